"""The steps of an ASB case review (2014 Act s.104): what must be so before each is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from asb_cases.domain.case_review import Assessment, ThresholdDecision
from asb_cases.domain.case_review_states import (
    BEFORE_OUTCOME,
    ESCALATABLE,
    UNDECIDED,
    ReviewStatus,
)
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.record_keeping import day_has_come, days_in_order, reason_given, words_given

PROCEDURES = "Local policy: case review procedures (2014 Act, Sch. 4)"

MUST_BE_MET = Refusal(
    "threshold_must_be_met",
    "{qualifying} complaints qualify and the number is {number}: the threshold must be decided to be met.",
    "2014 Act s.104(4)",
    "Decide that it is met; or set aside, with a reason that a second person confirms, a complaint that does not count.",
    field="threshold",
)
DECIDER_OWNS_CASE = Refusal(
    "decider_owns_case",
    "Whoever decides must not be the owner of the case.",
    PROCEDURES,
    "Ask somebody who has not worked on the case to decide.",
    field="decider",
)
DECIDED_ALREADY = Refusal(
    "case_review_decided_already",
    "The threshold of this application was decided already.",
    PROCEDURES,
    "A new application can be received at any time.",
)
NOT_MET_NOT_HELD = Refusal(
    "case_review_not_met",
    "A review is held only once the threshold is decided to be met.",
    "2014 Act s.104(1)",
    "Decide the threshold first.",
)
HELD_ALREADY = Refusal(
    "case_review_held_already", "This review was held already.", PROCEDURES, "Nothing needs to be done."
)
RECOMMENDATIONS_NEGATIVE = Refusal(
    "recommendations_negative",
    "There can’t be fewer than no recommendations.",
    "2014 Act s.104(7)",
    "Give their number; 0 where the review made none.",
    field="recommendations",
)
NOTHING_TO_SEND = Refusal(
    "case_review_nothing_to_send",
    "There is no outcome yet: the threshold must be decided not met, or the review held.",
    "2014 Act s.104(6) and (8)",
    "Record the decision, and the review where it was met, first.",
)
SENT_ALREADY = Refusal(
    "case_review_sent_already", "The outcome was sent already.", PROCEDURES, "Nothing needs to be done."
)
WITHDRAWN = Refusal(
    "case_review_withdrawn",
    "This application was withdrawn.",
    PROCEDURES,
    "A new application can be received at any time.",
)
OUTCOME_SENT_BEFORE = Refusal(
    "case_review_over",
    "The outcome was sent already: it can’t be withdrawn any more.",
    PROCEDURES,
    "Nothing needs to be done.",
)
NOT_TOLD_YET = Refusal(
    "case_review_not_told",
    "The applicant has not been told yet that the threshold is met.",
    "2014 Act s.104(6)",
    "Send that letter and record it, then record the review.",
)
NOTHING_TO_TELL = Refusal(
    "case_review_nothing_to_tell",
    "There is no decision that the applicant has not been told.",
    "2014 Act s.104(6)",
    "Record the decision first.",
)
NOT_TO_ESCALATE = Refusal(
    "case_review_not_to_escalate",
    "The applicant has not been told a decision or an outcome yet that could be taken further.",
    "2014 Act s.104 and Sch. 4, para. 3",
    "Tell them the decision or the outcome first.",
)
WITHOUT_RECOMMENDATIONS = Refusal(
    "recommendations_none_because",
    "The review made no recommendation, and it is not said why.",
    PROCEDURES,
    "Record its recommendations, or say why there are none.",
    field="no_recommendations_because",
)
ESCALATED_ALREADY = Refusal(
    "escalation_decided_already", "This was decided already.", PROCEDURES, "Nothing needs to be done."
)
PASSED_ALREADY = Refusal(
    "passed_on_already",
    "The application was passed to {body} already.",
    PROCEDURES,
    "Record what they answered, or a reminder to them, beside their name.",
    field="body_id",
)
TO_NO_BODY = Refusal(
    "passed_to_no_body", "No body is named to which it was passed.", PROCEDURES, "Choose the bodies that have it."
)
NOT_PASSED_ON = Caution(
    "not_passed_on",
    "The application has not been passed to {bodies}. The procedures must see to it that all the relevant bodies have it, "
    "and the decision is theirs.",
    authority="2014 Act s.104(1) and Sch. 4",
)
NOT_HEARD = Caution(
    "body_not_heard",
    "Nothing is recorded of what {bodies} said. The decision is recorded as taken on their behalf, with their silence shown.",
    authority="2014 Act s.104",
)
PLAN_NOT_TALKED_OVER = Caution(
    "plan_not_talked_over",
    "The victim has not been asked about the action plan.",
    authority="Statutory guidance under the 2014 Act",
)


class EscalationOutcome(StrEnum):
    """What the body decides to which an application was taken further."""

    UPHELD = "upheld"
    REMITTED = "remitted"
    NOT_UPHELD = "not_upheld"


@dataclass(frozen=True)
class Weighed:
    """What the bodies weigh below the number, each in words (2014 Act s.104(5))."""

    persistence: str | None
    harm: str | None
    response: str | None


@dataclass(frozen=True)
class ReviewFacts:
    """How far an application has come."""

    applied_on: date
    status: ReviewStatus = ReviewStatus.RECEIVED
    threshold: ThresholdDecision | None = None
    decided_on: date | None = None
    notified_on: date | None = None
    held_on: date | None = None
    outcome_sent_on: date | None = None


@dataclass(frozen=True)
class DecisionFacts:
    """A decision being recorded. `assessment` is None for a local scheme's application, made before the section was in
    force. `not_passed_on` and `not_heard` name relevant bodies."""

    decision: ThresholdDecision
    decided_on: date
    today: date
    assessment: Assessment | None
    decider_id: int | None
    owner_id: int | None
    reason: str | None = None
    weighed: Weighed | None = None
    not_passed_on: Sequence[str] = ()
    not_heard: Sequence[str] = ()


def check_decision(review: ReviewFacts, facts: DecisionFacts) -> Findings:
    """Whether the relevant bodies' decision may be recorded. At or above the number "not met" can't be chosen; below
    it they weigh persistence, harm and the response, and say so."""
    return gathered([
        _withdrawn(review),
        DECIDED_ALREADY if review.status not in (*UNDECIDED, ReviewStatus.WITHDRAWN) else None,
        day_has_come("The day of the decision", facts.decided_on, facts.today, "decided_on"),
        days_in_order(
            ("the application", review.applied_on), ("The decision", facts.decided_on), "decided_on"
        ),
        _owner_decides(facts),
        _must_be_met(facts),
        *_weighing(facts),
        NOT_PASSED_ON.of(bodies=_listed(facts.not_passed_on)) if facts.not_passed_on else None,
        NOT_HEARD.of(bodies=_listed(facts.not_heard)) if facts.not_heard else None,
    ])  # fmt: skip


def check_passed_on(review: ReviewFacts, sent_on: date, today: date, *, how: str | None, proof: str | None) -> Findings:
    """Whether the application may be recorded as passed to a relevant body, with what shows it."""
    return gathered([
        _withdrawn(review),
        day_has_come("The day it was passed on", sent_on, today, "sent_on"),
        days_in_order(("the application", review.applied_on), ("Passing it on", sent_on), "sent_on"),
        words_given("How it was passed on", how, "how"),
        words_given("What shows that it was passed on", proof, "proof"),
    ])  # fmt: skip


def check_notified(review: ReviewFacts, sent_on: date, today: date) -> Findings:
    """Whether the applicant can have been told the decision (s.104(6))."""
    undecided = review.status not in (ReviewStatus.THRESHOLD_MET, ReviewStatus.THRESHOLD_NOT_MET)
    return gathered([
        _withdrawn(review),
        NOTHING_TO_TELL if undecided and review.status is not ReviewStatus.WITHDRAWN else None,
        day_has_come("The day it was sent", sent_on, today, "sent_on"),
        days_in_order(("the decision", review.decided_on), ("Sending it", sent_on), "sent_on"),
    ])  # fmt: skip


def check_held(review: ReviewFacts, held_on: date, recommendations: int | None, today: date) -> Findings:
    """Whether a review may be recorded as held. `recommendations` None: their number is not known."""
    to_hold = review.status in (ReviewStatus.MET_NOTIFIED, ReviewStatus.MEETING_ARRANGED)
    return gathered([
        _withdrawn(review),
        None if review.threshold is ThresholdDecision.MET else NOT_MET_NOT_HELD,
        NOT_TOLD_YET if review.status is ReviewStatus.THRESHOLD_MET else None,
        HELD_ALREADY if review.held_on and not to_hold else None,
        RECOMMENDATIONS_NEGATIVE if recommendations is not None and recommendations < 0 else None,
        day_has_come("The day of the review", held_on, today, "held_on"),
        days_in_order(("the decision", review.decided_on), ("The review", held_on), "held_on"),
    ])  # fmt: skip


def check_outcome_sent(
    review: ReviewFacts, sent_on: date, today: date, *, recommendations: int | None, because: str | None
) -> Findings:
    """Whether the applicant can have been told what the review found and recommended (s.104(8)). `because`: why it
    recommended nothing. `recommendations` None: their number is not known."""
    unexplained = recommendations == 0 and not (because or "").strip()
    return gathered([
        _withdrawn(review),
        SENT_ALREADY if review.outcome_sent_on and review.status is not ReviewStatus.REVIEW_HELD else None,
        NOTHING_TO_SEND if review.held_on is None else None,
        WITHOUT_RECOMMENDATIONS if unexplained else None,
        day_has_come("The day it was sent", sent_on, today, "sent_on"),
        days_in_order(("the review", review.held_on), ("Sending its outcome", sent_on), "sent_on"),
    ])  # fmt: skip


def check_withdrawal(review: ReviewFacts, withdrawn_on: date, today: date) -> Findings:
    """Whether an application may be withdrawn: until its outcome is sent, in the applicant's own time."""
    over = review.status not in (*BEFORE_OUTCOME, ReviewStatus.WITHDRAWN)
    return gathered([
        _withdrawn(review),
        OUTCOME_SENT_BEFORE if over else None,
        day_has_come("The day it was withdrawn", withdrawn_on, today, "withdrawn_on"),
        days_in_order(
            ("the application", review.applied_on), ("Its withdrawal", withdrawn_on), "withdrawn_on"
        ),
    ])  # fmt: skip


def check_escalated(
    review: ReviewFacts, asked_on: date, today: date, *, asks: str | None, route: str | None
) -> Findings:
    """Whether an applicant can have taken further what they were told. However late they ask, it is recorded: whoever
    decides it says whether that matters."""
    return gathered([
        NOT_TO_ESCALATE if review.status not in ESCALATABLE else None,
        day_has_come("The day they asked", asked_on, today, "asked_on"),
        days_in_order(
            ("they were told", review.outcome_sent_on or review.notified_on), ("Asking", asked_on), "asked_on"
        ),
        words_given("What they are not satisfied with", asks, "asks"),
        words_given("Who decides it", route, "route"),
    ])  # fmt: skip


def move_after_escalation(outcome: EscalationOutcome, threshold: ThresholdDecision | None, held: bool) -> str:
    """Where an application goes on once whoever it was taken to has decided: what is not upheld stands; else the decision
    that it was not met is taken again, or the review is held again."""
    about_decision = threshold is ThresholdDecision.NOT_MET and not held
    if outcome is EscalationOutcome.NOT_UPHELD:
        return "decision_stands" if about_decision else "outcome_stands"
    return "decide_again" if about_decision else "review_again"


def _withdrawn(review: ReviewFacts) -> Refusal | None:
    return WITHDRAWN if review.status is ReviewStatus.WITHDRAWN else None


def _owner_decides(facts: DecisionFacts) -> Refusal | None:
    same = facts.decider_id is not None and facts.decider_id == facts.owner_id
    return DECIDER_OWNS_CASE if same else None


def _must_be_met(facts: DecisionFacts) -> Refusal | None:
    found = facts.assessment
    if found is None or found.may_be_decided(facts.decision):
        return None
    return MUST_BE_MET.of(qualifying=found.qualifying, number=found.threshold.number)


def _weighing(facts: DecisionFacts) -> Sequence[Refusal | None]:
    """Below the number each of the three is weighed in words; a local scheme's decision needs a reason; at or above the
    number there is nothing to weigh."""
    if facts.assessment is None:
        return [reason_given("A decision that the number alone does not settle", facts.reason)]
    if facts.assessment.met:
        return []
    weighed = facts.weighed or Weighed(None, None, None)
    return [
        words_given("How persistent the behaviour is", weighed.persistence, "persistence"),
        words_given("What harm it did or could do", weighed.harm, "harm"),
        words_given("How adequate the response was", weighed.response, "response"),
    ]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else names[0]
