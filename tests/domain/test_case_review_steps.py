"""The steps of a case review, each refusal with its section and the way out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from asb_cases.domain.case_review import Assessment, Complaint, Threshold, ThresholdDecision, assess
from asb_cases.domain.case_review_states import ReviewStatus
from asb_cases.domain.case_review_steps import (
    DecisionFacts,
    ReviewFacts,
    Weighed,
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


S = ReviewStatus
RECEIVED = ReviewFacts(applied_on=DAY)
DECIDED = replace(RECEIVED, status=S.THRESHOLD_MET, threshold=MET, decided_on=DAY)
TOLD = replace(DECIDED, status=S.MET_NOTIFIED, notified_on=DAY)
NOT_MET_TOLD = replace(TOLD, status=S.NOT_MET_NOTIFIED, threshold=NOT_MET)
HELD = replace(TOLD, status=S.REVIEW_HELD, held_on=DAY)
SENT = replace(HELD, status=S.OUTCOME_ISSUED, outcome_sent_on=DAY)
WITHDRAWN = replace(RECEIVED, status=S.WITHDRAWN)
ALL_THREE = Weighed("Twice", "None", "At once")
WEIGHED = DecisionFacts(NOT_MET, DAY, DAY, counted(2), decider_id=1, owner_id=2, weighed=ALL_THREE)


@pytest.mark.parametrize(
    ("review", "change", "codes"),
    [
        (RECEIVED, {}, ()),
        (RECEIVED, {"weighed": Weighed("Twice", " ", None)}, ("needs_words", "needs_words")),
        (RECEIVED, {"decision": MET, "weighed": None}, ("needs_words",) * 3),
        (RECEIVED, {"decision": MET, "weighed": None, "assessment": counted(3)}, ()),
        (RECEIVED, {"not_passed_on": ("Police",), "not_heard": ("Board",)}, ("not_passed_on", "body_not_heard")),
        (replace(RECEIVED, status=S.INFO_GATHERING, threshold=NOT_MET), {}, ()),
        (RECEIVED, {"assessment": counted(3)}, ("threshold_must_be_met",)),
        (RECEIVED, {"assessment": None, "reason": "Five asked for"}, ()),
        (RECEIVED, {"assessment": None, "reason": ""}, ("reason_needed",)),
        (RECEIVED, {"owner_id": 1}, ("decider_owns_case",)),
        (RECEIVED, {"owner_id": None, "decider_id": None}, ()),
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
        (TOLD, DAY, 0, ()),
        (replace(TOLD, status=S.MEETING_ARRANGED), DAY, None, ()),
        (TOLD, DAY, -1, ("recommendations_negative",)),
        (TOLD, AFTER, 1, ("day_not_come",)),
        (TOLD, BEFORE, 1, ("days_out_of_order",)),
        (DECIDED, DAY, 0, ("case_review_not_told",)),
        (HELD, DAY, 1, ("case_review_held_already",)),
        (RECEIVED, DAY, 1, ("case_review_not_met",)),
        (NOT_MET_TOLD, DAY, 1, ("case_review_not_met",)),
        (replace(TOLD, status=S.WITHDRAWN), DAY, 1, ("case_review_withdrawn",)),
    ],
)
def test_held(review: ReviewFacts, held_on: date, recommendations: int, codes: tuple[str, ...]) -> None:
    assert check_held(review, held_on, recommendations, DAY).codes == codes


@pytest.mark.parametrize(
    ("review", "sent_on", "recommendations", "because", "codes"),
    [
        (HELD, DAY, 1, None, ()),
        (HELD, DAY, None, None, ()),
        (HELD, DAY, 0, "All was done", ()),
        (HELD, DAY, 0, " ", ("recommendations_none_because",)),
        (TOLD, DAY, 1, None, ("case_review_nothing_to_send",)),
        (HELD, AFTER, 1, None, ("day_not_come",)),
        (HELD, BEFORE, 1, None, ("days_out_of_order",)),
        (SENT, DAY, 1, None, ("case_review_sent_already",)),
        (replace(HELD, status=S.WITHDRAWN), DAY, 1, None, ("case_review_withdrawn",)),
    ],
)
def test_outcome_sent(
    review: ReviewFacts, sent_on: date, recommendations: int | None, because: str | None, codes: tuple[str, ...]
) -> None:
    found = check_outcome_sent(review, sent_on, DAY, recommendations=recommendations, because=because)
    assert found.codes == codes


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
