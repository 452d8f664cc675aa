"""Two processes that both take themselves for the only one: the keys and the states of rows, not the lease, make each effect
happen once."""

import threading
from collections import Counter
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select

from asb_cases.domain.permissions import Role, Via
from asb_cases.extensions import db
from asb_cases.jobs.job import Outcome, Tick
from asb_cases.jobs.register import job_called
from asb_cases.models.deadline import Deadline
from asb_cases.models.email import Email
from asb_cases.models.history import HistoryEntry
from asb_cases.models.reminder import Reminder
from tests.factories import keep, make_case, make_user
from tests.support.enforcement_track import at, day, make_track

FIRST_WORKING_DAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
TOGETHER = 3


def run_without_lease(app: Flask, name: str, moment: datetime) -> list[Outcome]:
    """The job in three threads at one moment, each told that it is alone."""
    job = job_called(name)
    assert job is not None
    together, outcomes = threading.Barrier(TOGETHER), []

    def run(number: int) -> None:
        with app.app_context():
            together.wait()
            outcomes.append(job.run(Tick(moment, f"thread {number}", lambda: None)))
            db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert len(outcomes) == TOGETHER, "none of them was cut off"
    return outcomes


def test_reminders_their_e_mails_and_the_caseload(in_app: Flask) -> None:
    people = [make_user() for _ in range(4)] + [make_user(Role.MANAGER)]
    for person in people:
        case = make_case(owner=person, opened_on=day(0))
        keep(
            Deadline(
                rule="cpn_review", case_id=case.id, starts_on=day(0), last_day=FIRST_WORKING_DAY.date(), working="w"
            )
        )
    for name, made in (("make_reminders", Reminder), ("email_reminders", Email), ("caseload", Email)):
        run_without_lease(in_app, name, FIRST_WORKING_DAY)
        keys = Counter(db.session.scalars(select(made.effect_key)))
        assert set(keys.values()) == {1}
        assert len(keys) == len(people) * (2 if name == "caseload" else 1), name


def test_what_time_ends(in_app: Flask) -> None:
    track = make_track()
    steps = {track.warn(0), track.notice(30, ends_on=day(200))}
    for name in ("lapse_warnings", "end_notices"):
        run_without_lease(in_app, name, at(900))
    found = db.session.execute(
        select(HistoryEntry.kind, HistoryEntry.entity_id).where(HistoryEntry.via == Via.JOB)
    ).all()
    assert sorted(kind for kind, _ in found) == ["ended", "lapsed"]
    assert {entity_id for _, entity_id in found} <= steps
