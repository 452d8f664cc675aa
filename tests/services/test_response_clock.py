"""The first response waits for whoever reported, and its clock runs again with the time waited."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from asb_cases.domain.complaints import Channel
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import Direction
from asb_cases.models.deadline import Deadline
from asb_cases.queries.response_pauses import open_pause, pauses_of
from asb_cases.services.case_closing import close_case
from asb_cases.services.cases import Description, change_priority, mark_case_entered_in_error, open_case
from asb_cases.services.casework import add_contact
from asb_cases.services.response_clock import pause_response, resume_response
from tests.factories import NOW, TODAY, make_actor, make_team
from tests.support.record import clocks, history_kinds, refused

#: Monday 2 March 2026 at ten; priority 2 is due four working days later, on Friday the 6th.
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NO_ANSWER = "No answer at the number given"


def opened(priority: int = 2) -> int:
    return open_case(actor=CONSOLE, now=NOW, description=Description("Music"), priority=priority)


def paused(case_id: int, now: datetime = NOW) -> int:
    return pause_response(actor=CONSOLE, now=now, case_id=case_id, reason=NO_ANSWER)


def response(case_id: int) -> Deadline:
    """The clock that the case has now, or had last."""
    return db.session.query(Deadline).filter_by(case_id=case_id).order_by(Deadline.id.desc()).first()  # type: ignore[return-value]


def test_the_time_waited_is_added_and_said(in_app: Flask) -> None:
    case_id = opened()
    assert response(case_id).last_day == TODAY + 4 * DAY
    paused(case_id, NOW + HOUR)
    assert clocks(case_id=case_id) == {"response_priority_2": "stopped"}
    resume_response(actor=CONSOLE, now=NOW + 2 * DAY, case_id=case_id)
    clock = response(case_id)
    assert (clock.state.value, clock.last_day) == ("running", TODAY + 8 * DAY)
    assert "Waiting for the reporter added 2 working days" in clock.working
    assert history_kinds()[-2:] == ["response_paused", "response_resumed"]


def test_hours_run_on_by_the_hours_waited(in_app: Flask) -> None:
    case_id = opened(1)
    paused(case_id, NOW + HOUR)
    resume_response(actor=CONSOLE, now=NOW + 4 * HOUR, case_id=case_id)
    assert response(case_id).due_at == NOW + 27 * HOUR


def test_what_may_not_wait(in_app: Flask) -> None:
    without = open_case(actor=CONSOLE, now=NOW, description=Description("Music"))
    with refused("no_response_owed"):
        paused(without)
    late = opened(1)
    with refused("response_was_due"):
        paused(late, NOW + 25 * HOUR)
    case_id = opened()
    with refused("response_not_paused"):
        resume_response(actor=CONSOLE, now=NOW, case_id=case_id)
    with refused("reason_needed"):
        pause_response(actor=CONSOLE, now=NOW, case_id=case_id, reason=" ")
    paused(case_id)
    with refused("response_paused_already"):
        paused(case_id)
    for role in (Role.LEGAL, Role.PARTNER, Role.DUTY_OFFICER):
        with pytest.raises(NotPermitted):
            pause_response(actor=make_actor(role), now=NOW, case_id=case_id, reason=NO_ANSWER)


@pytest.mark.parametrize(
    ("direction", "at", "state", "waits"),
    [
        (Direction.OUT, 3 * HOUR, "met", False),
        (Direction.IN, 3 * HOUR, "running", False),
        # What they said before we began to wait for them ends nothing.
        (Direction.IN, HOUR, "stopped", True),
    ],
)
def test_their_answer_ends_the_wait(
    in_app: Flask, direction: Direction, at: timedelta, state: str, waits: bool
) -> None:
    case_id = opened()
    paused(case_id, NOW + 2 * HOUR)
    made = add_contact(
        actor=CONSOLE, now=NOW + 4 * HOUR, case_id=case_id, channel=Channel.PHONE, direction=direction, told="Yes",
        at=NOW + at,
    )  # fmt: skip
    assert clocks(case_id=case_id) == {"response_priority_2": state}
    assert (open_pause(case_id) is not None) is waits
    assert made.resumed is not waits


def test_another_try_that_reaches_nobody_ends_nothing(in_app: Flask) -> None:
    case_id = opened()
    paused(case_id)
    add_contact(
        actor=CONSOLE, now=NOW + HOUR, case_id=case_id, channel=Channel.PHONE, direction=Direction.OUT, told="No answer",
        reached=False,
    )  # fmt: skip
    assert open_pause(case_id) is not None


def test_a_new_priority_is_owed_with_the_time_waited_before(in_app: Flask) -> None:
    case_id = opened()
    paused(case_id)
    resume_response(actor=CONSOLE, now=NOW + DAY, case_id=case_id)
    change_priority(actor=CONSOLE, now=NOW + DAY, case_id=case_id, priority=3, reason="Less urgent")
    clock = response(case_id)
    assert (clock.rule, clock.last_day) == ("response_priority_3", TODAY + 8 * DAY)
    # And while it waits, the priority that counts is the one it has when the clock runs again.
    paused(case_id, NOW + DAY)
    change_priority(actor=CONSOLE, now=NOW + DAY, case_id=case_id, priority=2, reason="More urgent")
    assert "running" not in clocks(case_id=case_id).values()
    resume_response(actor=CONSOLE, now=NOW + 2 * DAY, case_id=case_id)
    assert clocks(case_id=case_id)["response_priority_2"] == "running"
    assert len(pauses_of(case_id)) == 2


def test_a_case_that_ends_waits_for_nobody(in_app: Flask) -> None:
    manager = make_actor(Role.MANAGER, team=make_team())
    closed, wrong = opened(), opened()
    for case_id in (closed, wrong):
        paused(case_id)
    close_case(actor=manager, now=NOW + HOUR, case_id=closed, outcome="resolved", reason="Quiet", told="Rang")
    mark_case_entered_in_error(actor=manager, now=NOW + HOUR, case_id=wrong, reason="Twice")
    for case_id in (closed, wrong):
        assert [pause.ended_at for pause in pauses_of(case_id)] == [NOW + HOUR]
        assert clocks(case_id=case_id) == {"response_priority_2": "stopped"}
    assert db.session.get_one(Case, closed).closed_on == TODAY
