"""Applications for an ASB case review (2014 Act s.104): received, acknowledged, decided, the applicant told, withdrawn.

What follows a decision that the threshold is met is in `case_review_meetings`; what is counted in `case_review_counting`.
"""

from collections.abc import Sequence
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.case_review_application import NOTHING_SAID, Application, check_application
from asb_cases.domain.case_review_letters import LetterKind
from asb_cases.domain.case_review_states import REVIEW_TRANSITIONS, ReviewStatus, decide_move
from asb_cases.domain.case_review_steps import (
    DecisionFacts,
    ReviewFacts,
    Weighed,
    check_decision,
    check_notified,
    check_withdrawal,
)
from asb_cases.domain.contact_preferences import ContactWay
from asb_cases.domain.errors import gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import ALREADY_DONE, day_has_come, days_in_order, reason_given
from asb_cases.domain.references import Prefix
from asb_cases.domain.workflow import next_status
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview, CaseReviewComplaint
from asb_cases.models.case_review_work import CaseReviewLetter
from asb_cases.queries.case_review_work import bodies_of, relevant_bodies
from asb_cases.queries.case_reviews import assessment_of, case_review_to_work_on
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.people import person_to_work_on
from asb_cases.queries.policy import values_in_force
from asb_cases.services import deadlines
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
        status=ReviewStatus(next_status(REVIEW_TRANSITIONS, None, "receive")),
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
            deadlines.start(rule, applied, links_of(review))
    index_review(review)
    if case is not None:
        settle_review_time(case, today)
    details = {"channel": said.channel, "complaints": len(said.complaints)} if said != NOTHING_SAID else None
    record("case_review_received", about(review), actor=actor, now=now, details=details)
    return review.id


@transaction
def acknowledge_application(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    on: date | None = None,
    way: ContactWay | None = None,
    version: int | None = None,
) -> None:
    """Record that the applicant was told that the application arrived."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    sent_on = on or today
    gathered([
        day_has_come("The day it was sent", sent_on, today, "sent_on"),
        days_in_order(("the application", review.applied_on), ("Sending it", sent_on), "sent_on"),
    ]).raise_if_refused()  # fmt: skip
    met = deadlines.meet("case_review_acknowledge", of=own(review), at=sent_on, because="Acknowledged")
    gathered([None if met else ALREADY_DONE]).raise_if_refused()
    move(review, "acknowledge")
    keep_letter(review, LetterKind.RECEIVED, sent_on, way, actor)
    record("case_review_acknowledged", about(review), actor=actor, now=now, details={"sent_on": sent_on.isoformat()})


@transaction
def decide_threshold(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    decision: ThresholdDecision,
    reason: str | None = None,
    weighed: Weighed | None = None,
    decided_on: date | None = None,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> None:
    """Record the relevant bodies' decision, taken on their behalf by somebody who does not own the case. At or above
    the number of qualifying complaints "not met" is refused; below it persistence, harm and the response are weighed."""
    actor.check(Permission.DECIDE_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    decided_on, found = decided_on or today, assessment_of(review)
    unsent, unheard = _bodies_missing(review)
    facts = DecisionFacts(
        decision=decision,
        decided_on=decided_on,
        today=today,
        reason=reason,
        weighed=weighed,
        assessment=found,
        decider_id=actor.user_id,
        owner_id=review.case.owner_id if review.case else None,
        not_passed_on=unsent,
        not_heard=unheard,
    )
    check_decision(facts_of(review), facts).raise_unless_reasoned(cautions_reason)
    move(review, decide_move(decision))
    review.threshold, review.decided_on = decision, decided_on
    review.decision_reason, review.decider_id = (reason or "").strip() or None, actor.user_id
    said = weighed or Weighed(None, None, None)
    review.persistence, review.harm, review.response = said.persistence, said.harm, said.response
    deadlines.meet("case_review_decide", of=own(review), at=decided_on, because="Decided")
    if not review.local_scheme:
        deadlines.start("case_review_notify", decided_on, links_of(review))
        if decision is ThresholdDecision.MET:
            deadlines.start("case_review_hold", decided_on, links_of(review))
    details = {"decision": decision.value, "qualifying": found.qualifying if found else None}
    typed = (reason, said.persistence, said.harm, said.response, cautions_reason)
    because = " / ".join(text.strip() for text in typed if text and text.strip())
    record("case_review_decided", about(review), actor=actor, now=now, details=details, reason=because)


@transaction
def notify_decision(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    sent_on: date | None = None,
    way: ContactWay | None = None,
    version: int | None = None,
) -> None:
    """Record that the applicant was told whether the threshold is met (s.104(6)). Where it is not, that is the outcome."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    sent_on = sent_on or today
    check_notified(facts_of(review), sent_on, today).raise_if_refused()
    move(review, "notify")
    not_met = review.threshold is ThresholdDecision.NOT_MET
    review.decision_notified_on = sent_on
    review.outcome_sent_on = sent_on if not_met else review.outcome_sent_on
    deadlines.meet("case_review_notify", of=own(review), at=sent_on, because="The applicant was told")
    keep_letter(review, LetterKind.NOT_MET if not_met else LetterKind.MET, sent_on, way, actor)
    record("case_review_notified", about(review), actor=actor, now=now, details={"sent_on": sent_on.isoformat()})


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
    found = check_withdrawal(facts_of(review), withdrawn_on, today)
    (found + gathered([reason_given("A withdrawal", reason)])).raise_if_refused()
    move(review, "withdraw")
    review.withdrawn_on = withdrawn_on
    deadlines.stop(of=own(review), on=withdrawn_on, because="Withdrawn")
    if review.case is not None:
        settle_review_time(review.case, today)
    record("case_review_withdrawn", about(review), actor=actor, now=now, reason=reason)


@transaction
def mark_case_review_entered_in_error(
    *, actor: Actor, now: datetime, case_review_id: int, reason: str, version: int | None = None
) -> None:
    """Mark an application as entered in error: it stays visible with the reason, leaves the figures, its clocks stop."""
    actor.check(Permission.CORRECT_RECORDS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    gathered([reason_given("Marking an application as entered in error", reason)]).raise_if_refused()
    review.entered_in_error_on, review.entered_in_error_reason = today, reason.strip()
    deadlines.stop(of=own(review), on=today, because="Entered in error")
    if review.case is not None:
        settle_review_time(review.case, today)
    record("entered_in_error", about(review), actor=actor, now=now, reason=reason)


def move(review: CaseReview, by: str) -> None:
    """Let an application move through the table; there is no other way. Raises `RuleBroken`."""
    review.status = ReviewStatus(next_status(REVIEW_TRANSITIONS, review.status, by))


def keep_letter(review: CaseReview, kind: LetterKind, sent_on: date, way: ContactWay | None, actor: Actor) -> None:
    """Keep that a letter was sent. Part of an act."""
    letter = CaseReviewLetter(
        case_review_id=review.id, kind=kind, sent_on=sent_on, way=way, recorded_by_id=actor.user_id
    )
    db.session.add(letter)


def facts_of(review: CaseReview) -> ReviewFacts:
    """How far an application has come, for the rules."""
    return ReviewFacts(
        applied_on=review.applied_on,
        status=review.status,
        threshold=review.threshold,
        decided_on=review.decided_on,
        notified_on=review.decision_notified_on,
        held_on=review.review_held_on,
        outcome_sent_on=review.outcome_sent_on,
    )


def about(review: CaseReview) -> Subject:
    """What a history entry about an application is about."""
    return Subject("case_review", review.id, review.case_id)


def own(review: CaseReview) -> Links:
    """The clocks of an application."""
    return Links(case_review_id=review.id)


def links_of(review: CaseReview) -> Links:
    """What a clock of an application belongs to."""
    return Links(case_review_id=review.id, case_id=review.case_id)


def index_review(review: CaseReview) -> None:
    """Let an application be found by its reference and by whom it names."""
    words = (review.reference, review.case_reference_as_recorded, review.contact_name, review.on_behalf_of)
    index("case_review", review.id, review.case_id, *words)


def _as_said(said: Application) -> dict[str, object]:
    """The columns that hold what an application says: an answer left blank is not given."""
    return {name: value or None for name, value in vars(said).items() if name != "complaints"}


def _bodies_missing(review: CaseReview) -> tuple[Sequence[str], Sequence[str]]:
    """The relevant bodies that do not have the application, and those that have it and said nothing. A local scheme had no
    relevant bodies."""
    if review.local_scheme:
        return (), ()
    bodies = bodies_of(review.id)
    unsent = relevant_bodies(but={each.partner_body_id for each in bodies})
    return [each.name for each in unsent], [each.body.name for each in bodies if each.answered_on is None]
