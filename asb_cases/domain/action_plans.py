"""What was agreed with somebody in a case: steps, who takes each, by when, and whether it was looked at again."""

from datetime import date
from enum import StrEnum

from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.record_keeping import AUTHORITY, day_has_come, days_in_order, words_given


class StepState(StrEnum):
    """How far one step of a plan has come."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


PLAN_NEEDS_STEP = Refusal(
    "plan_needs_step",
    "The plan has no step.",
    AUTHORITY,
    "Say at least one thing that somebody is to do.",
    field="step_1",
)
PLAN_IS_OVER = Refusal(
    "plan_is_over",
    "This plan has ended.",
    AUTHORITY,
    "Agree a new plan.",
)
STEP_IS_CLOSED = Refusal(
    "step_is_closed",
    "This step is closed already.",
    AUTHORITY,
    "Add a new step, if there is more to do.",
)
DROPPED_NEEDS_REASON = Refusal(
    "dropped_needs_reason",
    "It is not said why the step is dropped.",
    AUTHORITY,
    "Say why; whoever agreed to the plan may ask.",
    field="outcome",
)


def check_agreed(*, summary: str | None, steps: int, agreed_on: date, review_on: date | None, today: date) -> Findings:
    """Whether a plan may be recorded: it says what was agreed, holds a step, and is looked at again after it was agreed."""
    return gathered([
        words_given("What was agreed", summary, "summary"),
        None if steps else PLAN_NEEDS_STEP,
        day_has_come("The day it was agreed", agreed_on, today, "agreed_on"),
        days_in_order(("the day it was agreed", agreed_on), ("The review date", review_on), "review_on"),
    ])  # fmt: skip


def check_step(*, text: str | None, over: bool, agreed_on: date, due_on: date | None, field: str = "text") -> Findings:
    """Whether a step may be added to a plan, or put in other words."""
    return gathered([
        PLAN_IS_OVER if over else None,
        words_given("What is to be done", text, field),
        days_in_order(("the day the plan was agreed", agreed_on), ("The day it is due", due_on), "due_on"),
    ])  # fmt: skip


def check_step_closed(*, state: StepState, to: StepState, outcome: str | None) -> Findings:
    """Whether a step may be recorded as done or dropped."""
    silent = to is StepState.DROPPED and not (outcome or "").strip()
    return gathered([
        STEP_IS_CLOSED if state is not StepState.OPEN else None,
        DROPPED_NEEDS_REASON if silent else None,
    ])  # fmt: skip


def check_review(*, finding: str | None, over: bool, today: date, next_review_on: date | None) -> Findings:
    """Whether a review of the plan may be recorded."""
    return gathered([
        PLAN_IS_OVER if over else None,
        words_given("What the review found", finding, "finding"),
        days_in_order(("today", today), ("The next review date", next_review_on), "next_review_on"),
    ])  # fmt: skip
