"""Where an application stands: the table crossed with every move, and long random walks along it."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.case_review_states import (
    NEXT_STEPS,
    OVER,
    REVIEW_TRANSITIONS,
    STATUS_TITLES,
    ReviewStatus,
    status_by_days,
)
from asb_cases.domain.case_review_steps import EscalationOutcome, move_after_escalation
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.workflow import moves_from, next_status, statuses

S = ReviewStatus
MOVES = sorted({row.move for row in REVIEW_TRANSITIONS})


class Walk(RuleBasedStateMachine):
    """An application that tries any move at any time, and remembers what was done with it."""

    def __init__(self) -> None:
        super().__init__()
        self.status: str = next_status(REVIEW_TRANSITIONS, None, "receive")
        self.done: list[str] = []

    @rule(move=st.sampled_from(MOVES))
    def tries(self, move: str) -> None:
        if self.status == S.ESCALATED and move not in self.after_escalation():
            return
        try:
            self.status = next_status(REVIEW_TRANSITIONS, self.status, move)
        except RuleBroken:
            return
        self.done.append(move)

    def after_escalation(self) -> set[str]:
        """What may come of an escalation: it depends on what was decided last, and whether a review was held since."""
        decided = [place for place, move in enumerate(self.done) if move in ("decide_met", "decide_not_met")][-1]
        met = self.done[decided] == "decide_met"
        threshold = ThresholdDecision.MET if met else ThresholdDecision.NOT_MET
        held = "hold" in self.done[decided:]
        return {move_after_escalation(outcome, threshold, held) for outcome in EscalationOutcome}

    @invariant()
    def comes_to_an_outcome_by_decision_notification_and_review_alone(self) -> None:
        if "send_outcome" in self.done:
            before = self.done[: self.done.index("send_outcome")]
            order = [before.index(move) for move in ("decide_met", "notify", "hold") if move in before]
            assert len(order) == 3
            assert before.index("decide_met") < len(before) - before[::-1].index("hold") - 1
        if self.status == S.NOT_MET_NOTIFIED:
            assert {"decide_not_met", "notify"} <= set(self.done)
        if "withdraw" in self.done:
            assert (self.done[-1], self.status) == ("withdraw", S.WITHDRAWN)


Walk.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestWalk = Walk.TestCase


def test_the_table_knows_every_status_and_says_what_comes_next() -> None:
    assert statuses(REVIEW_TRANSITIONS) == set(S) == set(STATUS_TITLES)
    assert set(S) - set(NEXT_STEPS) == set(OVER)
    keys = [(row.source, row.move) for row in REVIEW_TRANSITIONS]
    assert len(keys) == len(set(keys))
    assert moves_from(REVIEW_TRANSITIONS, S.WITHDRAWN) == ()


@pytest.mark.parametrize(
    ("outcome", "threshold", "held", "move"),
    [
        (EscalationOutcome.NOT_UPHELD, ThresholdDecision.NOT_MET, False, "decision_stands"),
        (EscalationOutcome.UPHELD, ThresholdDecision.NOT_MET, False, "decide_again"),
        (EscalationOutcome.REMITTED, ThresholdDecision.MET, True, "review_again"),
        (EscalationOutcome.NOT_UPHELD, ThresholdDecision.MET, True, "outcome_stands"),
    ],
)
def test_after_an_escalation(outcome: EscalationOutcome, threshold: ThresholdDecision, held: bool, move: str) -> None:
    assert move_after_escalation(outcome, threshold, held) == move
    assert next_status(REVIEW_TRANSITIONS, S.ESCALATED, move)


@pytest.mark.parametrize(
    ("days", "status"),
    [
        ({}, S.RECEIVED),
        ({"threshold": ThresholdDecision.MET}, S.THRESHOLD_MET),
        ({"threshold": ThresholdDecision.NOT_MET}, S.THRESHOLD_NOT_MET),
    ],
)
def test_where_an_old_register_leaves_it(days: dict[str, ThresholdDecision], status: ReviewStatus) -> None:
    least = {"threshold": None, "held_on": None, "outcome_sent_on": None, "withdrawn_on": None}
    assert status_by_days(**(least | days)) is status
