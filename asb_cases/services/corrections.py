"""Marking a counted row of the enforcement track as entered in error: it stays visible with the reason and leaves the
figures; what it had set going is put back."""

from collections.abc import Sequence
from datetime import date, datetime

from asb_cases.domain.appeals import AppealOutcome
from asb_cases.domain.calendar import local
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.corrections import check_correction
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.measures import ENDS, STARTS
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import CASE_IS_CLOSED
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.record import Correctable
from asb_cases.models.service import Service
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.enforcement import (
    appeal_to_work_on,
    appeals_against,
    breach_to_work_on,
    clocks_of,
    court_outcome_to_work_on,
    given_after,
    intervention_to_work_on,
    measure_to_work_on,
    payment_to_work_on,
    requirements_of,
    rows_before,
    rows_resting_on,
    service_to_work_on,
    services_of,
    steps_for_breach,
    varied_on,
)
from asb_cases.queries.enforcement_facts import penalty_given
from asb_cases.queries.measures import standing_measures
from asb_cases.queries.policy import policy_in_force
from asb_cases.services import deadlines
from asb_cases.services.appeals import IN_ORDER
from asb_cases.services.approvals import end_check
from asb_cases.services.case_closing import case_details, close_without_notice
from asb_cases.services.deadlines import Links
from asb_cases.services.enforcement_clocks import (
    run_limits_again,
    settle_requirement_clocks,
    start_clocks,
    stop_limits,
)
from asb_cases.services.hearings import end_hearing_to_come
from asb_cases.services.history import Subject, record
from asb_cases.services.moves import about, make_move
from asb_cases.services.service_of_documents import GIVEN_AGAIN, appeal_as_varied, count_from
from asb_cases.services.transaction import transaction

IN_ERROR = "Entered in error"


@transaction
def mark_intervention_entered_in_error(*, actor: Actor, now: datetime, intervention_id: int, reason: str) -> None:
    """Mark a warning, notice, penalty or prosecution on which nothing rests. Its clocks stop; a warning that only this
    notice had escalated is given, and no more, again; the six months for a breach run again."""
    today = _begin(actor, now)
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_correction(
        already=step.entered_in_error_on is not None, reason=reason, later_rows=rows_resting_on(step)
    ).raise_if_refused()
    laid = step.power == "PROSECUTION" and step.issued_on is not None
    end_hearing_to_come(step, date.min, today, IN_ERROR)
    _mark(step, reason, today)
    deadlines.stop(of=Links(intervention_id=step.id), on=today, because=IN_ERROR)
    _release_warning(step, today)
    end_check(step, today, IN_ERROR)
    closed = step.power == "CPN" and close_without_notice(step, actor, today)
    if laid and step.breach_id is not None:
        run_limits_again(breach_to_work_on(step.breach_id, actor=actor, today=today), policy_in_force())
    record("entered_in_error", about(step), actor=actor, now=now, details=case_details(closed), reason=reason)


@transaction
def mark_breach_entered_in_error(*, actor: Actor, now: datetime, breach_id: int, reason: str) -> None:
    """Mark an alleged breach for which no penalty, no prosecution and nothing else done stands. Its six months stop."""
    today = _begin(actor, now)
    breach = breach_to_work_on(breach_id, actor=actor, today=today)
    steps = [*steps_for_breach(breach.id, "FPN"), *steps_for_breach(breach.id, "PROSECUTION")]
    later = len(steps) + len(standing_measures(breach.id))
    check_correction(already=breach.entered_in_error_on is not None, reason=reason, later_rows=later).raise_if_refused()
    _mark(breach, reason, today)
    stop_limits(breach.id, today, IN_ERROR)
    subject = Subject("alleged_breach", breach.id, breach.intervention.case_id)
    record("entered_in_error", subject, actor=actor, now=now, reason=reason)


@transaction
def mark_measure_entered_in_error(*, actor: Actor, now: datetime, measure_id: int, reason: str) -> None:
    """Mark the latest thing done about an alleged breach. The clock that it started stops; the one that it ended runs
    again."""
    today = _begin(actor, now)
    measure = measure_to_work_on(measure_id, actor=actor, today=today)
    breach = breach_to_work_on(measure.breach_id, actor=actor, today=today)
    later = [row for row in standing_measures(breach.id) if row.id > measure.id]
    check_correction(
        already=measure.entered_in_error_on is not None, reason=reason, later_rows=len(later)
    ).raise_if_refused()
    _mark(measure, reason, today)
    of = Links(breach_id=breach.id)
    if measure.kind in STARTS:
        deadlines.stop(STARTS[measure.kind], of=of, on=today, because=IN_ERROR)
    if measure.kind in ENDS:
        deadlines.run_again(ENDS[measure.kind], of=of)
    subject = Subject("alleged_breach", breach.id, breach.intervention.case_id)
    details = {"measure_id": measure.id}
    record("entered_in_error", subject, actor=actor, now=now, details=details, reason=reason)


@transaction
def mark_service_entered_in_error(*, actor: Actor, now: datetime, service_id: int, reason: str) -> None:
    """Mark a record of service. The document then counts from the earliest giving that stands, and its clocks with it.
    Nothing counts from what is in the post."""
    today = _begin(actor, now)
    service = service_to_work_on(service_id, actor=actor, today=today)
    step = intervention_to_work_on(service.intervention_id, actor=actor, today=today)
    posted_only = service.given_on is None and not service.imported
    others = [each for each in services_of(step.id) if each.id != service.id and (each.given_on or each.imported)]
    first = _counts_next(step, service, others)
    check_correction(
        already=service.entered_in_error_on is not None,
        reason=reason,
        later_rows=rows_before(step, first.given_on, first.given_at) if first and first.given_on else 0,
        only_service=not (others or posted_only) and step.power in ("CPW", "CPN"),
    ).raise_if_refused()
    _mark(service, reason, today)
    policy, varied = policy_in_force(), varied_on(step.id)
    if first:
        count_from(step, first, policy)
    if varied and step.status in GIVEN_AGAIN:
        appeal_as_varied(step, varied, today, policy)
    if appeals_against(step.id):
        of = Links(intervention_id=step.id)
        deadlines.end("cpn_appeal", of=of, state=DeadlineState.MET, on=today, because="Appeal lodged")
    subject = Subject("service", service.id, step.case_id)
    record("entered_in_error", subject, actor=actor, now=now, reason=reason)


def _counts_next(step: Intervention, service: Service, others: Sequence[Service]) -> Service | None:
    """The giving that a warning or notice counts from once this one, from which it counts now, is marked; None where
    nothing changes. An old register's day, as written there, stands while its record of service does."""
    counts = service.imported or (service.given_on, service.given_at) == (step.issued_on, step.issued_at)
    if not counts or step.power not in ("CPW", "CPN") or any(each.imported for each in others):
        return None
    first = next((each for each in others if each.given_on), None)
    same = first and (first.given_on, first.given_at) == (step.issued_on, step.issued_at)
    return None if same else first


@transaction
def mark_appeal_entered_in_error(*, actor: Actor, now: datetime, appeal_id: int, reason: str) -> None:
    """Mark an appeal. The notice stands as it did without it, and the clocks of its requirements move back; the time to
    appeal runs on to its last day, and a hearing that was listed falls away."""
    today = _begin(actor, now)
    appeal = appeal_to_work_on(appeal_id, actor=actor, today=today)
    notice = intervention_to_work_on(appeal.intervention_id, actor=actor, today=today)
    of_court = any(row.to_on is None and row.made_by == "court" for row in requirements_of(notice.id))
    of_court = of_court or any(IN_ORDER in row.working for row in clocks_of("cpn_end", notice.id)[-1:])
    check_correction(
        already=appeal.entered_in_error_on is not None,
        reason=reason,
        court_words_stand=of_court and appeal.outcome == AppealOutcome.MODIFIED,
        over_before_quashed=appeal.outcome == AppealOutcome.QUASHED and notice.ended_on != appeal.determined_on,
    ).raise_if_refused()
    if appeal.outcome is None:
        end_hearing_to_come(notice, date.min, today, IN_ERROR)
    _mark(appeal, reason, today)
    was_quashed = notice.status == "quashed"
    if was_quashed and appeal.outcome == AppealOutcome.QUASHED:
        _check_open_again(notice, actor, today)
    if notice.status == "quashed" and appeal.outcome == AppealOutcome.QUASHED:
        notice.ended_on = None
    if (notice.status == "appealed" and appeal.outcome is None) or (
        notice.status == "quashed" and appeal.outcome == AppealOutcome.QUASHED
    ):
        make_move(notice, "appeal_in_error", today)
    if (notice.outcome or "").startswith("appeal_"):
        notice.outcome, notice.outcome_on = None, None
    db.session.flush()
    settle_requirement_clocks(notice, today)
    _run_clocks_again(notice, today, was_quashed=was_quashed)
    record("entered_in_error", Subject("appeal", appeal.id, notice.case_id), actor=actor, now=now, reason=reason)


@transaction
def mark_payment_entered_in_error(*, actor: Actor, now: datetime, payment_id: int, reason: str) -> None:
    """Mark a payment. Where the rest is not the amount due, the penalty may be paid, or marked unpaid, again, and the six
    months for the breach run again."""
    today = _begin(actor, now)
    payment = payment_to_work_on(payment_id, actor=actor, today=today)
    step = intervention_to_work_on(payment.intervention_id, actor=actor, today=today)
    check_correction(already=payment.entered_in_error_on is not None, reason=reason).raise_if_refused()
    policy = policy_in_force()
    before = penalty_given(step, policy)
    _mark(payment, reason, today)
    left = penalty_given(step, policy)
    if step.status == "paid" and not (left and left.paid_in_full):
        _check_open_again(step, actor, today)
        make_move(step, "payment_in_error", today)
        step.outcome, step.outcome_on = None, None
        if step.issued_on is not None:
            start_clocks(step, "issue", step.issued_on, policy)
    # Of an old register's payment it may not be known whether it was in time.
    discharged = payment.in_time is None or (before is not None and before.paid_in_time)
    if step.breach_id is not None and discharged and not (left and left.paid_in_time):
        run_limits_again(breach_to_work_on(step.breach_id, actor=actor, today=today), policy_in_force())
    record("entered_in_error", Subject("payment", payment.id, step.case_id), actor=actor, now=now, reason=reason)


@transaction
def mark_court_outcome_entered_in_error(*, actor: Actor, now: datetime, outcome_id: int, reason: str) -> None:
    """Mark a court's result. The prosecution is before the court again."""
    today = _begin(actor, now)
    outcome = court_outcome_to_work_on(outcome_id, actor=actor, today=today)
    step = intervention_to_work_on(outcome.intervention_id, actor=actor, today=today)
    check_correction(already=outcome.entered_in_error_on is not None, reason=reason).raise_if_refused()
    _check_open_again(step, actor, today)
    _mark(outcome, reason, today)
    make_move(step, "result_in_error", today)
    step.outcome, step.outcome_on, step.ended_on = None, None, None
    subject = Subject("court_outcome", outcome.id, step.case_id)
    record("entered_in_error", subject, actor=actor, now=now, reason=reason)


def _run_clocks_again(notice: Intervention, today: date, *, was_quashed: bool) -> None:
    """The clocks of a notice that an appeal had ended: to appeal, while there is time; its end and review, if it was quashed."""
    if notice.status != "in_force":
        return
    of = Links(intervention_id=notice.id)
    last_days = [row.last_day for row in clocks_of("cpn_appeal", notice.id)]
    if last_days and max(last_days) >= today and not appeals_against(notice.id):
        deadlines.run_again("cpn_appeal", of=of)
    if was_quashed:
        deadlines.run_again("cpn_review", of=of)
        deadlines.run_again("cpn_end", of=of)


def _check_open_again(step: Intervention, actor: Actor, today: date) -> None:
    """What is open again, or in force again, needs a case that is not simply closed."""
    case = case_to_work_on(step.case_id, actor=actor, today=today)
    if case.status is CaseStatus.CLOSED:
        raise RuleBroken((CASE_IS_CLOSED,))


def _begin(actor: Actor, now: datetime) -> date:
    actor.check(Permission.CORRECT_RECORDS)
    return local(now).date()


def _mark(row: Correctable, reason: str, today: date) -> None:
    row.entered_in_error_on, row.entered_in_error_reason = today, reason.strip()
    db.session.flush()


def _release_warning(step: Intervention, today: date) -> None:
    warning = step.follows
    if step.power != "CPN" or warning is None or warning.status != "escalated" or given_after(warning.id):
        return
    make_move(warning, "notice_in_error", today)
    if warning.issued_on is not None and warning.issued_by_body is None:
        start_clocks(warning, "record_service", warning.issued_on, policy_in_force())
