"""The clock of the first response: it waits for the person who reported, and runs again. Statutory clocks never wait.

A wait stops the clock; once it is over, a new one runs whose end was moved by the time waited, and says so.
"""

from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.clock_standing import Standing, standing
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.service_standards import NOT_PAUSED, RESPONSE_CLOCKS, Pause, check_pause, response_deadline
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.deadline import Deadline
from asb_cases.models.response_pause import ResponsePause
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.policy import policy_in_force
from asb_cases.queries.response_pauses import last_response_clock, open_pause, pauses_of
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction

RESPONSES = tuple(RESPONSE_CLOCKS.values())


@transaction
def pause_response(*, actor: Actor, now: datetime, case_id: int, reason: str) -> int:
    """Let the first response wait for the person who reported, who can't be reached. Returns the id of the wait."""
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    clocks = deadlines.running(*RESPONSES, of=Links(case_id=case.id))
    check_pause(
        reason=reason,
        paused=open_pause(case.id) is not None,
        running=bool(clocks),
        was_due=any(standing(clock, now) is Standing.OVERDUE for clock in clocks),
    ).raise_if_refused()
    deadlines.stop(*RESPONSES, of=Links(case_id=case.id), on=today, because="Waiting for the reporter")
    pause = ResponsePause(case_id=case.id, began_at=now, reason=reason.strip(), began_by_id=actor.user_id)
    db.session.add(pause)
    db.session.flush()
    about = Subject("response_pause", pause.id, case.id)
    record("response_paused", about, actor=actor, now=now, reason=reason)
    return pause.id


@transaction
def resume_response(*, actor: Actor, now: datetime, case_id: int) -> Deadline | None:
    """Let the clock run again, its end moved by the time waited. Returns the clock; None where the case has lost its
    priority, and owes no response."""
    actor.check(Permission.WORK_CASES)
    case = case_to_work_on(case_id, actor=actor, today=local(now).date())
    pause = open_pause(case.id)
    if pause is None:
        raise RuleBroken((NOT_PAUSED,))
    clock = run_again(case, now)
    record("response_resumed", Subject("response_pause", pause.id, case.id), actor=actor, now=now)
    return clock


def run_again(case: Case, at: datetime) -> Deadline | None:
    """The wait of a case is over, as a part of the act that finds it so."""
    end_wait(case.id, at)
    return start_response(case, received_of(case), at)


def end_wait(case_id: int, at: datetime) -> bool:
    """End the wait that goes on, if one does, and start no clock: nothing is owed any more. Returns whether one did."""
    pause = open_pause(case_id)
    if pause is not None:
        pause.ended_at = max(at, pause.began_at)
        db.session.flush()
    return pause is not None


def start_response(case: Case, received: datetime | date, now: datetime) -> Deadline | None:
    """Start the clock of the case's priority, where it has one, from when the report was received, with all time waited
    so far."""
    if case.priority is None:
        return None
    policy = policy_in_force()
    pauses = [Pause(each.began_at, each.ended_at, each.reason) for each in pauses_of(case.id)]
    found = response_deadline(
        case.priority, received, now=now, values=policy.values, holidays=policy.holidays, pauses=pauses
    )
    return deadlines.keep(found, Links(case_id=case.id))


def received_of(case: Case) -> datetime | date:
    """When the report was received, as far as it is known."""
    clock = last_response_clock(case.id)
    return case.received_at or (clock.starts_on if clock else case.opened_on)
