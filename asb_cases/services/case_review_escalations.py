"""What an applicant takes further, because they are not satisfied with a decision or with a review (2014 Act, Sch. 4)."""

from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.case_review_meeting import check_answered
from asb_cases.domain.case_review_steps import (
    ESCALATED_ALREADY,
    EscalationOutcome,
    check_escalated,
    move_after_escalation,
)
from asb_cases.domain.errors import RuleBroken, gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import days_in_order
from asb_cases.extensions import db
from asb_cases.models.case_review_work import CaseReviewEscalation
from asb_cases.queries.case_review_work import open_escalation
from asb_cases.queries.case_reviews import case_review_to_work_on
from asb_cases.services import deadlines
from asb_cases.services.case_reviews import about, facts_of, links_of, move
from asb_cases.services.history import record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def escalate(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    asked_on: date,
    asks: str,
    route: str,
    version: int | None = None,
) -> None:
    """Record that the applicant takes it further: with what they are not satisfied, and who decides it. What they were told
    until now is kept with it."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    check_escalated(facts_of(review), asked_on, today, asks=asks, route=route).raise_if_refused()
    move(review, "escalate")
    row = CaseReviewEscalation(
        case_review_id=review.id,
        asked_on=asked_on,
        asks=asks.strip(),
        route=route.strip(),
        earlier_threshold=review.threshold,
        earlier_decided_on=review.decided_on,
        earlier_reason=review.decision_reason,
        earlier_held_on=review.review_held_on,
        earlier_outcome_sent_on=review.outcome_sent_on,
    )
    db.session.add(row)
    record("case_review_escalated", about(review), actor=actor, now=now)


@transaction
def decide_escalation(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    decided_on: date,
    outcome: EscalationOutcome,
    finding: str,
    version: int | None = None,
) -> None:
    """Record what was decided: it stands, or the decision is taken or the review held again, whose clocks begin anew."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    row = open_escalation(review.id)
    if row is None:
        raise RuleBroken([ESCALATED_ALREADY])
    check_answered(
        answered=False, on=decided_on, today=today, what="What was found", text=finding, field="finding"
    ).raise_if_refused()
    gathered(
        [days_in_order(("they asked", row.asked_on), ("The decision", decided_on), "decided_on")]
    ).raise_if_refused()
    by = move_after_escalation(outcome, review.threshold, review.review_held_on is not None)
    move(review, by)
    row.decided_on, row.outcome, row.finding = decided_on, outcome, finding.strip()
    if by in ("decide_again", "review_again") and not review.local_scheme:
        again = "case_review_decide" if by == "decide_again" else "case_review_hold"
        deadlines.start(again, decided_on, links_of(review))
    details = {"outcome": outcome.value, "goes_on": by}
    record("case_review_escalation_decided", about(review), actor=actor, now=now, details=details, reason=finding)
