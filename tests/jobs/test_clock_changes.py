"""The two nights on which clocks change, and a clock that was put back or forward: nothing is left out and nothing twice."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from asb_cases.adapters.time import now
from asb_cases.domain.calendar import local
from asb_cases.domain.reminders import Delivery
from asb_cases.extensions import db
from asb_cases.jobs.job import At, Every, Job
from asb_cases.jobs.register import JOBS
from asb_cases.jobs.scheduler import JUMP, Clockwork, next_start
from asb_cases.models.deadline import Deadline
from asb_cases.models.email import Email
from asb_cases.models.reminder import Reminder, ReminderChoice
from tests.factories import keep, make_case, make_user
from tests.jobs.test_reminders import ran

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
#: Clocks are put forward from one to two o'clock, and back from two to one, at this hour in UTC.
CHANGE = 1


def midnight(day: date) -> datetime:
    """The first moment of a day in London; both nights begin in the time that ends in them."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=day == AUTUMN)


def starts(job: Job, since: datetime, until: datetime) -> Iterator[datetime]:
    at = since
    while (at := next_start(job, at + timedelta(microseconds=1)).astimezone(UTC)) < until:
        yield at


def test_no_schedule_by_the_clock_has_the_hour_that_comes_twice_or_not_at_all() -> None:
    by_the_clock = [job.schedule for job in JOBS if isinstance(job.schedule, At)]
    assert by_the_clock
    hours = [int(hour) for at in by_the_clock for part in at.hour.split(",") for hour in part.split("-")]
    assert 1 not in hours, "no hour field names it"
    for at in by_the_clock:
        spans = [part.split("-") for part in at.hour.split(",") if "-" in part]
        assert not any(int(first) <= 1 <= int(last) for first, last in spans), "and none reaches over it"


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_jobs_start_on_those_nights_as_on_others(job: Job, day: date) -> None:
    since = midnight(day)
    until = midnight(day + timedelta(days=1)) if day == SPRING else since + timedelta(hours=25)
    found = list(starts(job, since, until))
    other = list(starts(job, since + timedelta(days=2), since + timedelta(days=3)))
    if isinstance(job.schedule, Every):
        assert {later - earlier for earlier, later in pairwise(found)} == {timedelta(seconds=job.schedule.seconds)}
    else:
        assert not any(local(at).hour == 1 for at in (*found, *other)), (
            "nothing by the clock in the hour that comes twice"
        )
        assert [local(at).strftime("%H:%M") for at in found] == [local(at).strftime("%H:%M") for at in other]


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_what_is_due_on_those_days_is_told_once_though_an_hour_comes_twice(in_app: Flask, day: date) -> None:
    officer = make_user()
    case = make_case(owner=officer, opened_on=date(2026, 1, 5))
    keep(ReminderChoice(user_id=officer.id, delivery=Delivery.DIGEST))
    keep(Deadline(rule="cpn_review", case_id=case.id, starts_on=date(2026, 1, 5), last_day=day, working="w"))
    at = midnight(day)
    moments = [at + timedelta(minutes=40 * step) for step in range(14)]
    # Every run once more, as after a clock that was put back by an hour, by a day, or forward by a week and back again.
    back = [moments[-1] - timedelta(hours=1), moments[-1] - timedelta(days=1), moments[-1]]
    for moment in (*moments, *back):
        for job in ("make_reminders", "email_reminders", "email_digests"):
            ran(in_app, job, moment)
    [reminder] = db.session.scalars(select(Reminder).where(Reminder.stage == "due"))
    assert local(reminder.made_at).hour == 7
    assert len(db.session.scalars(select(Email)).all()) == 1
    assert all(db.session.scalars(select(Reminder.emailed_at)))


@pytest.mark.parametrize("by", [timedelta(hours=-1), timedelta(days=-1), timedelta(weeks=1)])
def test_a_clock_that_was_put_is_noticed_and_one_that_drifts_is_not(by: timedelta) -> None:
    noticed = Clockwork._clock_was_put
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=True) as clock:
        watch, wall = time.monotonic(), now()
        assert not noticed(watch, wall)
        clock.move_to(now() + timedelta(seconds=JUMP / 2))
        assert not noticed(watch, wall)
        clock.move_to(wall + by)
        assert noticed(watch, wall)
