"""The steps of an ASB case review (2014 Act s.104): what must be so before each is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from asb_cases.domain.case_review import Assessment, ThresholdDecision
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.record_keeping import day_has_come, days_in_order, reason_given

PROCEDURES = "Local policy: case review procedures (2014 Act, Sch. 4)"

MUST_BE_MET = Refusal(
    "threshold_must_be_met",
    "{qualifying} complaints qualify and the number is {number}: the threshold must be decided to be met.",
    "2014 Act s.104(4)",
    "Decide that it is met; or set aside, with a reason and a second person, a complaint that is not about this behaviour.",
    field="threshold",
)
DECIDER_OWNS_CASE = Refusal(
    "decider_owns_case",
    "Whoever decides must not be the owner of the case.",
    PROCEDURES,
    "Ask somebody who has not worked on the case to decide.",
    field="decider",
)
SET_ASIDE_NEEDS_SECOND = Refusal(
    "set_aside_needs_second_person",
    "Setting a complaint aside needs a second person.",
    "2014 Act s.105; council practice",
    "Name a colleague, other than the one who decides, who agrees that it does not count.",
    field="seconded_by",
)
SET_ASIDE_NEEDS_REASON = Refusal(
    "set_aside_needs_reason",
    "The reason for setting a complaint aside is not given.",
    "2014 Act s.105; council practice",
    "Say whether it is not about this behaviour, not in the area, or not harassment, alarm or distress, and why.",
    field="set_aside",
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


@dataclass(frozen=True)
class Counting:
    """What the count of complaints is to leave out or count once. `set_aside` gives, by complaint, why it is not about
    this behaviour (s.105), with the second person who agrees; `incidents` names the incident a complaint is about, so
    that one person's complaints about one incident count once (s.104(12))."""

    set_aside: Mapping[int, str] = field(default_factory=dict)
    seconded_by_id: int | None = None
    incidents: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReviewFacts:
    """How far an application has come."""

    applied_on: date
    threshold: ThresholdDecision | None = None
    decided_on: date | None = None
    held_on: date | None = None
    outcome_sent_on: date | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True)
class DecisionFacts:
    """A decision being recorded. `assessment` is None for a local scheme's application, made before the section was in
    force. `set_aside` holds the reason for each complaint taken out of the count."""

    decision: ThresholdDecision
    decided_on: date
    today: date
    reason: str | None
    assessment: Assessment | None
    decider_id: int | None
    owner_id: int | None
    seconded_by_id: int | None = None
    set_aside: tuple[str, ...] = ()


def check_decision(review: ReviewFacts, facts: DecisionFacts) -> Findings:
    """Whether the relevant bodies' decision may be recorded. At or above the number "not met" can't be chosen; below
    it they weigh persistence, harm and the response, and say so."""
    met_by_number = facts.assessment is not None and facts.assessment.met
    return gathered([
        WITHDRAWN if review.withdrawn_on else None,
        DECIDED_ALREADY if review.threshold else None,
        day_has_come("The day of the decision", facts.decided_on, facts.today, "decided_on"),
        days_in_order(
            ("the application", review.applied_on), ("The decision", facts.decided_on), "decided_on"
        ),
        _owner_decides(facts),
        *_set_aside(facts),
        _must_be_met(facts),
        None if met_by_number else reason_given("A decision that the number alone does not settle", facts.reason),
    ])  # fmt: skip


def check_held(review: ReviewFacts, held_on: date, recommendations: int | None, today: date) -> Findings:
    """Whether a review may be recorded as held. `recommendations` None: their number is not known."""
    return gathered([
        WITHDRAWN if review.withdrawn_on else None,
        None if review.threshold is ThresholdDecision.MET else NOT_MET_NOT_HELD,
        HELD_ALREADY if review.held_on else None,
        RECOMMENDATIONS_NEGATIVE if recommendations is not None and recommendations < 0 else None,
        day_has_come("The day of the review", held_on, today, "review_held_on"),
        days_in_order(("the decision", review.decided_on), ("The review", held_on), "review_held_on"),
    ])  # fmt: skip


def check_outcome_sent(review: ReviewFacts, sent_on: date, today: date) -> Findings:
    """Whether the applicant can have been told the outcome: not met, or what the review found and recommended."""
    outcome_on = review.decided_on if review.threshold is ThresholdDecision.NOT_MET else review.held_on
    return gathered([
        WITHDRAWN if review.withdrawn_on else None,
        SENT_ALREADY if review.outcome_sent_on else None,
        NOTHING_TO_SEND if outcome_on is None else None,
        day_has_come("The day it was sent", sent_on, today, "outcome_sent_on"),
        days_in_order(("the outcome", outcome_on), ("Sending it", sent_on), "outcome_sent_on"),
    ])  # fmt: skip


def check_withdrawal(review: ReviewFacts, withdrawn_on: date, today: date) -> Findings:
    """Whether an application may be withdrawn: until its outcome is sent, in the applicant's own time."""
    return gathered([
        WITHDRAWN if review.withdrawn_on else None,
        OUTCOME_SENT_BEFORE if review.outcome_sent_on else None,
        day_has_come("The day it was withdrawn", withdrawn_on, today, "withdrawn_on"),
        days_in_order(
            ("the application", review.applied_on), ("Its withdrawal", withdrawn_on), "withdrawn_on"
        ),
    ])  # fmt: skip


def _owner_decides(facts: DecisionFacts) -> Refusal | None:
    same = facts.decider_id is not None and facts.decider_id == facts.owner_id
    return DECIDER_OWNS_CASE if same else None


def _set_aside(facts: DecisionFacts) -> tuple[Refusal | None, ...]:
    if not facts.set_aside:
        return ()
    alone = facts.seconded_by_id is None or facts.seconded_by_id == facts.decider_id
    unexplained = any(not reason.strip() for reason in facts.set_aside)
    return (SET_ASIDE_NEEDS_SECOND if alone else None, SET_ASIDE_NEEDS_REASON if unexplained else None)


def _must_be_met(facts: DecisionFacts) -> Refusal | None:
    found = facts.assessment
    if found is None or found.may_be_decided(facts.decision):
        return None
    return MUST_BE_MET.of(qualifying=found.qualifying, number=found.threshold.number)
