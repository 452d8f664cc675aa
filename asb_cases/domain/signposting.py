"""The duty to explain the case review at somebody's second complaint, whatever the threshold (guidance of 17 September
2025; none is owed for a complaint made before that day)."""

from collections.abc import Sequence
from datetime import date

from asb_cases.domain.counting import Count, months_beginning_with
from asb_cases.domain.errors import Findings, gathered
from asb_cases.domain.legal_values import shipped
from asb_cases.domain.record_keeping import ALREADY_DONE, day_has_come, days_in_order, words_given

DUTY = "case_review_signposting"
#: A complaint is a second one while an earlier one is no older than this.
MONTHS = 6


def is_second(made_on: date, earlier: Sequence[date]) -> bool:
    """Whether a complaint of a day comes within six months of an earlier one by the same person, beginning with the day
    that one was made."""
    return any(day <= made_on <= months_beginning_with(Count(day, MONTHS, "months")).last_day for day in earlier)


def duty_since(day: date) -> bool:
    """Whether the duty applies to a complaint of a day. Since when it does is the statute book's, and ships."""
    return day >= shipped()[DUTY].values[0].from_on


def owes_explanation(made_on: date, *, earlier: Sequence[date], explained: Sequence[date]) -> bool:
    """Whether an explanation is owed at a complaint. `earlier`: the days of the same person's earlier complaints;
    `explained`: of the complaints at which one was owed or given, within six months of which no other is owed."""
    return duty_since(made_on) and is_second(made_on, earlier) and not is_second(made_on, explained)


def check_explained(*, made_on: date, on: date, today: date, done: bool, proof: str | None) -> Findings:
    """Whether an explanation may be recorded as given, with what shows it."""
    return gathered([
        ALREADY_DONE if done else None,
        day_has_come("The day it was explained", on, today, "on"),
        days_in_order(("the complaint", made_on), ("The explanation", on), "on"),
        words_given("What shows that it was explained", proof, "proof"),
    ])  # fmt: skip
