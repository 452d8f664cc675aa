"""What is asked of a council's own decisions before they are kept."""

from datetime import date

import pytest

from asb_cases.domain.legal_values import AddedValue, LegalValues
from asb_cases.domain.policy_changes import check_added, check_holiday

DAY = date(2026, 4, 1)
HIGHER_MAXIMUM = AddedValue("fpn_maximum", date(2027, 1, 1), "50000", "SI 2026/1")


def codes(values: LegalValues, code: str, value: str, from_on: date = DAY, source: str = "Cabinet") -> tuple[str, ...]:
    return check_added(values, code, from_on=from_on, value=value, source=source).codes


@pytest.mark.parametrize(
    ("code", "value", "from_on", "found"),
    [
        ("fpn_amount", "10000", DAY, ()),
        ("fpn_amount", "10001", DAY, ("value_above_bound",)),
        ("fpn_amount", "20000", date(2027, 1, 1), ()),
        ("fpn_amount", "20000", date(2026, 12, 31), ("value_above_bound",)),
        ("fpn_amount", "10000", date(2010, 1, 1), ()),
        ("response_priority_2_target_days", "5", DAY, ("value_above_bound",)),
        ("response_priority_2_target_days", "4", DAY, ()),
        ("fpn_reduced_offer_days", "14", DAY, ("value_not_allowed",)),
        ("fpn_maximum", "20000", date(2014, 10, 20), ("value_not_allowed",)),
        ("fpn_maximum", "20000", date(2027, 1, 1), ()),
        ("unheard_of", "1", DAY, ("value_not_allowed",)),
    ],
)
def test_a_value_is_judged_by_its_unit_and_by_what_bounds_it(
    code: str, value: str, from_on: date, found: tuple[str, ...]
) -> None:
    assert codes(LegalValues.load([HIGHER_MAXIMUM]), code, value, from_on) == found


def test_a_refusal_names_the_section_and_the_sum() -> None:
    (refusal,) = check_added(LegalValues.load(), "fpn_amount", from_on=DAY, value="15000", source="Cabinet").refusals
    assert "s.52(7)" in refusal.authority
    assert "£150 would be above £100 on 1 April 2026" in refusal.message
    assert refusal.field == "value"


def test_the_authority_is_asked_for() -> None:
    assert codes(LegalValues.load(), "fpn_amount", "8000", source=" ") == ("needs_words",)


def test_a_later_entry_for_a_day_corrects_the_earlier() -> None:
    wrong = AddedValue("fpn_maximum", DAY, "500000", "a slip")
    right = AddedValue("fpn_maximum", DAY, "50000", "SI 2026/1")
    assert codes(LegalValues.load([wrong]), "fpn_maximum", "50000") == ()
    assert LegalValues.load([wrong, right]).number("fpn_maximum", DAY) == 50000
    assert LegalValues.load([right, wrong]).number("fpn_maximum", DAY) == 500000


@pytest.mark.parametrize(
    ("day", "observed", "found"),
    [
        (date(2026, 6, 19), True, ()),
        (date(2026, 6, 20), True, ("no_working_day",)),
        (date(2026, 12, 28), True, ("holiday_already",)),
        (date(2026, 12, 28), False, ()),
        (date(2026, 6, 19), False, ("no_holiday",)),
    ],
)
def test_a_bank_holiday_is_added_to_a_working_day_and_taken_from_a_holiday(
    day: date, observed: bool, found: tuple[str, ...]
) -> None:
    known = frozenset({date(2026, 12, 28)})
    assert check_holiday(day, "Proclaimed", observed=observed, known=known).codes == found
