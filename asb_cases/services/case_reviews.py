"""Applications for an ASB case review (2014 Act s.104), from receipt to the outcome sent, with their clocks."""

from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.case_review_application import NOTHING_SAID, Application, check_application
from asb_cases.domain.case_review_steps import (
    Counting,
    DecisionFacts,
    ReviewFacts,
    check_decision,
    check_held,
    check_outcome_sent,
    check_withdrawal,
)
from asb_cases.domain.errors import gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import ALREADY_DONE, reason_given
from asb_cases.domain.references import Prefix
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview, CaseReviewComplaint
from asb_cases.queries.case_reviews import assessment_of, case_review_to_work_on
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.people import person_to_work_on
from asb_cases.queries.policy import values_in_force
from asb_cases.services import deadlines
from asb_cases.services.case_owners import check_may_have_done
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject, record
from asb_cases.services.reference_numbers import next_reference
from asb_cases.services.review_time import settle_review_time
from asb_cases.services.search_index import index
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

RECEIVED_CLOCKS = ("case_review_acknowledge", "case_review_decide")


@transaction
def receive_application(
    *,
    actor: Actor,
    now: datetime,
    applied: datetime | date | None = None,
    case_id: int | None = None,
    case_reference: str | None = None,
    applicant_id: int | None = None,
    said: Application = NOTHING_SAID,
) -> int:
    """Receive an application, whoever makes it and whatever they say; its clocks run at once. Returns the id.

    One made before section 104 was in force is the local scheme's: it is counted, and no clock or threshold is the
    Act's.
    """
    actor.check(Permission.RECEIVE_CASE_REVIEWS)
    today = local(now).date()
    applied = applied or now
    applied_on = local(applied).date() if isinstance(applied, datetime) else applied
    case = case_to_work_on(case_id, actor=actor, today=today) if case_id is not None else None
    applicant = person_to_work_on(applicant_id, actor=actor, today=today) if applicant_id is not None else None
    check_application(said, applied_on, today).raise_if_refused()
    review = CaseReview(
        reference=next_reference(Prefix.CASE_REVIEW, applied_on.year),
        applied_on=applied_on,
        applicant_id=applicant.id if applicant else None,
        case_id=case.id if case else None,
        case_reference_as_recorded=case_reference or None,
        local_scheme=not values_in_force().in_force("act_section_104", applied_on),
        **_as_said(said),
    )
    db.session.add(review)
    db.session.flush()
    db.session.add_all(CaseReviewComplaint(case_review_id=review.id, **vars(each)) for each in said.complaints)
    if not review.local_scheme:
        for rule in RECEIVED_CLOCKS:
            deadlines.start(rule, applied, _links(review))
    names = (said.contact_name, said.on_behalf_of)
    index("case_review", review.id, review.case_id, review.reference, case_reference, *names)
    if case is not None:
        settle_review_time(case, today)
    details = {"channel": said.channel, "complaints": len(said.complaints)} if said != NOTHING_SAID else None
    record("case_review_received", _subject(review), actor=actor, now=now, details=details)
    return review.id


def _as_said(said: Application) -> dict[str, object]:
    """The columns that hold what an application says: an answer left blank is not given."""
    return {name: value or None for name, value in vars(said).items() if name != "complaints"}


@transaction
def acknowledge_application(*, actor: Actor, now: datetime, case_review_id: int, on: date | None = None) -> None:
    """Record that the applicant was told that the application arrived."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    met = deadlines.meet("case_review_acknowledge", of=_own(review), at=on or today, because="Acknowledged")
    gathered([None if met else ALREADY_DONE]).raise_if_refused()
    record("case_review_changed", _subject(review), actor=actor, now=now, details={"acknowledged": True})


@transaction
def decide_threshold(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    decision: ThresholdDecision,
    reason: str | None,
    decided_on: date | None = None,
    counting: Counting | None = None,
    version: int | None = None,
) -> None:
    """Record the relevant bodies' decision, taken on their behalf by somebody who does not own the case. At or above
    the number of qualifying complaints "not met" is refused."""
    actor.check(Permission.DECIDE_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    counting, decided_on = counting or Counting(), decided_on or today
    seconds = (Permission.WORK_CASES, Permission.DECIDE_CASE_REVIEWS)
    check_may_have_done(counting.seconded_by_id, "seconded_by", *seconds)
    found = assessment_of(review, counting)
    facts = DecisionFacts(
        decision=decision,
        decided_on=decided_on,
        today=today,
        reason=reason,
        assessment=found,
        decider_id=actor.user_id,
        owner_id=review.case.owner_id if review.case else None,
        seconded_by_id=counting.seconded_by_id,
        set_aside=tuple(counting.set_aside.values()),
    )
    check_decision(_facts(review), facts).raise_if_refused()
    review.threshold, review.decided_on = decision, decided_on
    review.decision_reason, review.decider_id = reason or None, actor.user_id
    deadlines.meet("case_review_decide", of=_own(review), at=decided_on, because="Decided")
    if decision is ThresholdDecision.MET and not review.local_scheme:
        deadlines.start("case_review_hold", decided_on, _links(review))
    details = {
        "decision": decision.value,
        "qualifying": found.qualifying if found else None,
        "set_aside": sorted(counting.set_aside),
        "seconded_by_id": counting.seconded_by_id,
    }
    said = " / ".join(text for text in (reason, *counting.set_aside.values()) if text)
    record("case_review_decided", _subject(review), actor=actor, now=now, details=details, reason=said)


@transaction
def record_review_held(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    held_on: date,
    recommendations: int | None,
    version: int | None = None,
) -> None:
    """Record that the review was held, and how many recommendations it made (0 where none, None where that is not
    known any more)."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    check_held(_facts(review), held_on, recommendations, today).raise_if_refused()
    review.review_held_on, review.recommendations = held_on, recommendations
    deadlines.meet("case_review_hold", of=_own(review), at=held_on, because="Held")
    if not review.local_scheme:
        deadlines.start("case_review_outcome", held_on, _links(review))
    details = {"recommendations": recommendations}
    record("case_review_held", _subject(review), actor=actor, now=now, details=details)


@transaction
def send_outcome(
    *, actor: Actor, now: datetime, case_review_id: int, sent_on: date | None = None, version: int | None = None
) -> None:
    """Record that the applicant was told the outcome: that the threshold was not met, or what the review found."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    sent_on = sent_on or today
    check_outcome_sent(_facts(review), sent_on, today).raise_if_refused()
    review.outcome_sent_on = sent_on
    deadlines.meet("case_review_outcome", of=_own(review), at=sent_on, because="Outcome sent")
    record("case_review_outcome_sent", _subject(review), actor=actor, now=now)


@transaction
def withdraw_application(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    reason: str,
    withdrawn_on: date | None = None,
    version: int | None = None,
) -> None:
    """Record that the applicant withdrew, in their words. The application stays counted as received."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    withdrawn_on = withdrawn_on or today
    found = check_withdrawal(_facts(review), withdrawn_on, today)
    (found + gathered([reason_given("A withdrawal", reason)])).raise_if_refused()
    review.withdrawn_on = withdrawn_on
    deadlines.stop(of=_own(review), on=withdrawn_on, because="Withdrawn")
    if review.case is not None:
        settle_review_time(review.case, today)
    record("case_review_withdrawn", _subject(review), actor=actor, now=now, reason=reason)


@transaction
def mark_case_review_entered_in_error(*, actor: Actor, now: datetime, case_review_id: int, reason: str) -> None:
    """Mark an application as entered in error: it stays visible with the reason, leaves the figures, its clocks stop."""
    actor.check(Permission.CORRECT_RECORDS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    gathered([reason_given("Marking an application as entered in error", reason)]).raise_if_refused()
    review.entered_in_error_on, review.entered_in_error_reason = today, reason.strip()
    deadlines.stop(of=_own(review), on=today, because="Entered in error")
    if review.case is not None:
        settle_review_time(review.case, today)
    record("entered_in_error", _subject(review), actor=actor, now=now, reason=reason)


def _facts(review: CaseReview) -> ReviewFacts:
    return ReviewFacts(
        applied_on=review.applied_on,
        threshold=review.threshold,
        decided_on=review.decided_on,
        held_on=review.review_held_on,
        outcome_sent_on=review.outcome_sent_on,
        withdrawn_on=review.withdrawn_on,
    )


def _subject(review: CaseReview) -> Subject:
    return Subject("case_review", review.id, review.case_id)


def _own(review: CaseReview) -> Links:
    return Links(case_review_id=review.id)


def _links(review: CaseReview) -> Links:
    return Links(case_review_id=review.id, case_id=review.case_id)
