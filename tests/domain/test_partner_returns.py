"""Returns that partners owe: which periods, by which day, and what may take a value's place."""

from datetime import date
from decimal import Decimal

import pytest

from asb_cases.domain.partner_returns import Rhythm, Stage, Value, check_rhythm, check_value, returns_expected

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("rhythm", "since", "labels"),
    [
        (Rhythm.MONTH, date(2026, 9, 1), ["October 2026", "September 2026"]),
        (Rhythm.QUARTER, date(2026, 1, 1), ["July to September 2026", "April to June 2026", "January to March 2026"]),
        (Rhythm.YEAR, date(2024, 4, 1), ["2025-26"]),
        (Rhythm.MONTH, date(2026, 11, 1), []),
    ],
)
def test_periods_that_are_over_and_began_since(rhythm: Rhythm, since: date, labels: list[str]) -> None:
    found = returns_expected(rhythm, 14, since, TODAY)
    assert [each.period.label for each in found if (TODAY - each.period.last).days <= 365] == labels


def test_a_contact_is_told_a_week_before_and_once_it_is_late() -> None:
    [october] = returns_expected(Rhythm.MONTH, 14, date(2026, 10, 1), TODAY)
    assert october.due_on == date(2026, 11, 14)
    days = {day: october.stage(date(2026, 11, day)) for day in (6, 7, 14, 15)}
    assert days == {6: None, 7: Stage.COMING, 14: Stage.COMING, 15: Stage.OVERDUE}


OLD = Value(Decimal(10))


@pytest.mark.parametrize(
    ("new", "standing", "because", "last", "codes"),
    [
        (OLD, None, "", TODAY, ()),
        (Value(None, change_per_cent=Decimal(-11)), None, "", TODAY, ()),
        (Value(None), None, "", TODAY, ("says_nothing",)),
        (OLD, None, "", date(2026, 11, 23), ("period_not_over",)),
        (OLD, OLD, "", TODAY, ("same_value",)),
        (Value(Decimal(11)), OLD, " ", TODAY, ("revision_needs_reason",)),
        (Value(Decimal(10), "about"), OLD, "Rounded since", TODAY, ()),
    ],
)
def test_what_may_be_recorded(
    new: Value, standing: Value | None, because: str, last: date, codes: tuple[str, ...]
) -> None:
    assert check_value(new, standing, because, last, TODAY).codes == codes


def test_a_rhythm_says_when_returns_are_due() -> None:
    assert check_rhythm(Rhythm.MONTH, None).codes == ("rhythm_needs_days",)
    assert check_rhythm(None, None).allowed
