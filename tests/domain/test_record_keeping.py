"""What every entry is asked for."""

from datetime import date

import pytest

from asb_cases.domain import record_keeping
from asb_cases.domain.errors import Refusal
from asb_cases.domain.record_keeping import day_has_come, days_in_order, known_priority, reason_given, words_given

FIRST, SECOND = date(2026, 3, 1), date(2026, 3, 2)


@pytest.mark.parametrize(("text", "refused"), [(None, True), ("", True), (" \n", True), ("x", False)])
def test_words_and_reasons(text: str | None, refused: bool) -> None:
    assert (reason_given("This", text) is not None) is refused
    missing = words_given("The title", text, "title")
    assert (missing is not None) is refused
    if missing:
        assert (missing.message, missing.field) == ("The title is not given.", "title")


@pytest.mark.parametrize(("day", "refused"), [(None, False), (FIRST, False), (SECOND, True)])
def test_day_has_come(day: date | None, refused: bool) -> None:
    found = day_has_come("The visit", day, FIRST, "visited_on")
    assert (found is not None) is refused
    if found:
        assert found.message == "The visit, 2 March 2026, has not come yet."


@pytest.mark.parametrize(
    ("earlier", "later", "refused"),
    [(FIRST, SECOND, False), (FIRST, FIRST, False), (SECOND, FIRST, True), (None, FIRST, False), (SECOND, None, False)],
)
def test_days_in_order(earlier: date | None, later: date | None, refused: bool) -> None:
    found = days_in_order(("the visit", earlier), ("The report", later), "reported_on")
    assert (found is not None) is refused
    if found:
        assert found.message == "The report can’t come on 1 March 2026, before the visit on 2 March 2026."


@pytest.mark.parametrize(("priority", "refused"), [(None, False), (1, False), (3, False), (0, True), (4, True)])
def test_priorities(priority: int | None, refused: bool) -> None:
    assert (known_priority(priority) is not None) is refused


def test_each_refusal_has_its_own_code_and_a_remedy() -> None:
    refusals = [value for value in vars(record_keeping).values() if isinstance(value, Refusal)]
    assert len({refusal.code for refusal in refusals}) == len(refusals)
    assert all(refusal.remedy and refusal.authority for refusal in refusals)
