"""The steps of a case review, each refusal with its section and the way out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from asb_cases.domain.case_review import Assessment, Complaint, Threshold, ThresholdDecision, assess
from asb_cases.domain.case_review_steps import (
    DecisionFacts,
    ReviewFacts,
    check_decision,
    check_held,
    check_outcome_sent,
    check_withdrawal,
)

DAY = date(2026, 3, 2)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
MET, NOT_MET = ThresholdDecision.MET, ThresholdDecision.NOT_MET


def counted(complaints: int) -> Assessment:
    told = [Complaint(number, str(number), "", DAY, DAY) for number in range(complaints)]
    return assess(told, applied_on=DAY, threshold=Threshold(3, 1, 6))


RECEIVED = ReviewFacts(applied_on=DAY)
DECIDED = replace(RECEIVED, threshold=MET, decided_on=DAY)
HELD = replace(DECIDED, held_on=DAY)
SENT = replace(HELD, outcome_sent_on=DAY)
WITHDRAWN = replace(RECEIVED, withdrawn_on=DAY)
WEIGHED = DecisionFacts(NOT_MET, DAY, DAY, "Weighed", counted(2), decider_id=1, owner_id=2)


@pytest.mark.parametrize(
    ("review", "change", "codes"),
    [
        (RECEIVED, {}, ()),
        (RECEIVED, {"reason": " "}, ("reason_needed",)),
        (RECEIVED, {"decision": MET, "reason": None}, ("reason_needed",)),
        (RECEIVED, {"decision": MET, "reason": None, "assessment": counted(3)}, ()),
        (RECEIVED, {"assessment": counted(3)}, ("threshold_must_be_met",)),
        (RECEIVED, {"assessment": None}, ()),
        (RECEIVED, {"assessment": None, "reason": ""}, ("reason_needed",)),
        (RECEIVED, {"owner_id": 1}, ("decider_owns_case",)),
        (RECEIVED, {"owner_id": None, "decider_id": None}, ()),
        (RECEIVED, {"set_aside": ("Parking",)}, ("set_aside_needs_second_person",)),
        (RECEIVED, {"set_aside": ("Parking",), "seconded_by_id": 1}, ("set_aside_needs_second_person",)),
        (RECEIVED, {"set_aside": ("Parking",), "seconded_by_id": 3}, ()),
        (RECEIVED, {"set_aside": (" ",), "seconded_by_id": 3}, ("set_aside_needs_reason",)),
        (RECEIVED, {"decided_on": AFTER}, ("day_not_come",)),
        (RECEIVED, {"decided_on": BEFORE}, ("days_out_of_order",)),
        (DECIDED, {}, ("case_review_decided_already",)),
        (WITHDRAWN, {}, ("case_review_withdrawn",)),
    ],
)
def test_decision(review: ReviewFacts, change: dict[str, object], codes: tuple[str, ...]) -> None:
    assert check_decision(review, replace(WEIGHED, **change)).codes == codes


def test_the_section_is_cited_where_not_met_can_t_be_chosen() -> None:
    [refusal] = check_decision(RECEIVED, replace(WEIGHED, assessment=counted(4))).refusals
    assert refusal.authority == "2014 Act s.104(4)"
    assert refusal.message == "4 complaints qualify and the number is 3: the threshold must be decided to be met."


@pytest.mark.parametrize(
    ("review", "held_on", "recommendations", "codes"),
    [
        (DECIDED, DAY, 0, ()),
        (DECIDED, DAY, -1, ("recommendations_negative",)),
        (DECIDED, AFTER, 1, ("day_not_come",)),
        (DECIDED, BEFORE, 1, ("days_out_of_order",)),
        (HELD, DAY, 1, ("case_review_held_already",)),
        (RECEIVED, DAY, 1, ("case_review_not_met",)),
        (replace(DECIDED, threshold=NOT_MET), DAY, 1, ("case_review_not_met",)),
        (replace(DECIDED, withdrawn_on=DAY), DAY, 1, ("case_review_withdrawn",)),
    ],
)
def test_held(review: ReviewFacts, held_on: date, recommendations: int, codes: tuple[str, ...]) -> None:
    assert check_held(review, held_on, recommendations, DAY).codes == codes


@pytest.mark.parametrize(
    ("review", "sent_on", "codes"),
    [
        (HELD, DAY, ()),
        (replace(DECIDED, threshold=NOT_MET), DAY, ()),
        (DECIDED, DAY, ("case_review_nothing_to_send",)),
        (RECEIVED, DAY, ("case_review_nothing_to_send",)),
        (HELD, AFTER, ("day_not_come",)),
        (HELD, BEFORE, ("days_out_of_order",)),
        (SENT, DAY, ("case_review_sent_already",)),
        (replace(HELD, withdrawn_on=DAY), DAY, ("case_review_withdrawn",)),
    ],
)
def test_outcome_sent(review: ReviewFacts, sent_on: date, codes: tuple[str, ...]) -> None:
    assert check_outcome_sent(review, sent_on, DAY).codes == codes


@pytest.mark.parametrize(
    ("review", "withdrawn_on", "codes"),
    [
        (RECEIVED, DAY, ()),
        (HELD, DAY, ()),
        (WITHDRAWN, DAY, ("case_review_withdrawn",)),
        (SENT, DAY, ("case_review_over",)),
        (RECEIVED, AFTER, ("day_not_come",)),
        (RECEIVED, BEFORE, ("days_out_of_order",)),
    ],
)
def test_withdrawal(review: ReviewFacts, withdrawn_on: date, codes: tuple[str, ...]) -> None:
    assert check_withdrawal(review, withdrawn_on, DAY).codes == codes
