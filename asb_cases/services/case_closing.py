"""Closing a case, and opening it again."""

from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.closing import check_close, check_notice_over, check_reopen, closing_move
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.service_standards import RESPONSE_CLOCKS
from asb_cases.domain.workflow import TRANSITIONS, CaseStatus, next_status
from asb_cases.models.case import Case
from asb_cases.models.intervention import Intervention
from asb_cases.queries.cases import case_to_work_on, closing_facts
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject, record
from asb_cases.services.plan_clocks import start_plan_clocks_again, stop_plan_clocks
from asb_cases.services.response_clock import end_wait
from asb_cases.services.review_time import settle_review_time
from asb_cases.services.risk import ask_again_on_reopening, stop_asking
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version
from asb_cases.services.victim_updates import settle_update

REVIEW = "closed_notice_review"


@transaction
def close_case(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    outcome: str,
    reason: str,
    told: str | None,
    review_on: date | None = None,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> CaseStatus:
    """Close the case. With a notice in force it becomes "closed, notice in force" and is looked at again on
    `review_on`; the notice's own clocks run on. `told` is what the people who complained were told. Returns the status.
    """
    actor.check(Permission.CLOSE_CASES)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    check_version(case, version)
    facts = closing_facts(case, today, reason=reason, told=told, review_on=review_on)
    move = closing_move(facts)
    status = CaseStatus(next_status(TRANSITIONS, case.status, move))
    check_close(facts).raise_unless_reasoned(cautions_reason)
    notice_stays = status is CaseStatus.CLOSED_NOTICE_IN_FORCE
    case.status, case.closed_on, case.notice_review_on = status, today, review_on if notice_stays else None
    case.closure_outcome, case.closure_reason, case.closure_told = outcome, reason.strip(), told or None
    deadlines.stop(*RESPONSE_CLOCKS.values(), of=Links(case_id=case.id), on=today, because="Case closed")
    end_wait(case.id, now)
    stop_asking(case.id, today)
    stop_plan_clocks(case.id, today)
    settle_update(case, today)
    settle_review_time(case, today)
    if notice_stays:
        _watch(case, today, review_on)
    kind = "case_closed_notice_in_force" if notice_stays else "case_closed"
    about = Subject("case", case.id, case.id)
    said = " / ".join(text.strip() for text in (reason, cautions_reason) if text and text.strip())
    record(kind, about, actor=actor, now=now, details={"outcome": outcome}, reason=said)
    return status


@transaction
def reopen_case(*, actor: Actor, now: datetime, case_id: int, reason: str, version: int | None = None) -> None:
    """Open a closed case again, with what has come up."""
    actor.check(Permission.REOPEN_CASES)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    check_version(case, version)
    check_reopen(reason).raise_if_refused()
    _open_again(case, "reopen", today)
    record("case_reopened", Subject("case", case.id, case.id), actor=actor, now=now, reason=reason)


def reopen_for_breach(case: Case, today: date) -> bool:
    """An alleged breach opens a closed case again, as a part of the act that records it. Returns whether it was closed."""
    if case.closed_on is None:
        return False
    _open_again(case, "breach_alleged", today)
    return True


def case_details(closed: bool) -> dict[str, bool]:
    """What the history of the act that ends a notice says of its case."""
    return {"case_closed": True} if closed else {}


def close_without_notice(notice: Intervention, actor: Actor, today: date) -> bool:
    """Once the last notice in force of a case "closed, notice in force" is over, the case is simply closed, as a part of
    the act that ends the notice. Returns whether it now is."""
    case = case_to_work_on(notice.case_id, actor=actor, today=today)
    if case.status is not CaseStatus.CLOSED_NOTICE_IN_FORCE or _notices_in_force(case, today):
        return False
    _simply_close(case, today)
    return True


@transaction
def record_notice_over(*, actor: Actor, now: datetime, case_id: int) -> None:
    """Where no notice of a case "closed, notice in force" is in force any more, since the last day of the last one has
    passed, it is simply closed."""
    actor.check(Permission.ASSESS_COMPLIANCE)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    next_status(TRANSITIONS, case.status, "notice_over")
    check_notice_over(_notices_in_force(case, today)).raise_if_refused()
    _simply_close(case, today)
    record("case_closed", Subject("case", case.id, case.id), actor=actor, now=now, details={"notice_over": True})


def _notices_in_force(case: Case, today: date) -> int:
    return closing_facts(case, today, reason=None, told=None, review_on=None).notices_in_force


def _simply_close(case: Case, today: date) -> None:
    """The case stays closed as it was, without a notice to look at again."""
    case.status = CaseStatus(next_status(TRANSITIONS, case.status, "notice_over"))
    case.notice_review_on = None
    deadlines.stop(REVIEW, of=Links(case_id=case.id), on=today, because="Notice over")


def _watch(case: Case, today: date, review_on: date | None) -> None:
    """Start the review's clock. Its last day is the one named, which may come before policy would have it."""
    deadline = deadlines.restart(REVIEW, today, Links(case_id=case.id), on=today, because="Review day set anew")
    deadlines.name_last_day(deadline, review_on, where="at closing")


def _open_again(case: Case, move: str, today: date) -> None:
    """The closing stays in the history; the case carries on without it."""
    case.status = CaseStatus(next_status(TRANSITIONS, case.status, move))
    case.closed_on = case.notice_review_on = None
    case.closure_outcome = case.closure_reason = case.closure_told = None
    deadlines.stop(REVIEW, of=Links(case_id=case.id), on=today, because="Case reopened")
    ask_again_on_reopening(case.id, today)
    start_plan_clocks_again(case, today)
    settle_update(case, today)
    settle_review_time(case, today)
