"""Dated values: what ships, what may be added, and no answer outside the dates known."""

from datetime import date, time
from typing import Any

import pytest

from asb_cases.domain.legal_values import AddedValue, LegalValues, OutsideDates, ValueNotAllowed, read_entries, shipped

STARTED = date(2014, 10, 20)
VALUES = LegalValues.load()


def added(code: str, day: date, value: str) -> AddedValue:
    return AddedValue(code, day, value, "Record of the decision")


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("cpn_minimum_age", 16),
        ("cpn_appeal_days", 21),
        ("remedial_cost_appeal_days", 21),
        ("closure_order_appeal_days", 21),
        ("fpn_maximum", 10000),
        ("fpn_no_proceedings_days", 14),
        ("fpn_reduced_below_days", 14),
        ("prosecution_months", 6),
        ("seizure_warrant_days", 14),
        ("seizure_retention_days", 28),
        ("pspo_challenge_weeks", 6),
        ("case_review_number", 3),
        ("case_review_complaint_months", 1),
        ("case_review_application_months", 6),
        ("response_priority_1_hours", 24),
        ("response_priority_2_target_days", 2),
        ("response_priority_2_days", 4),
        ("response_priority_3_days", 5),
    ],
)
def test_what_ships_applies_from_the_act_to_today(code: str, number: int) -> None:
    assert VALUES.number(code, STARTED) == number
    assert VALUES.number(code, date(2026, 11, 22)) == number
    assert VALUES.in_force_from(code) == STARTED


def test_every_value_names_its_title_authority_and_source() -> None:
    for value in VALUES.values():
        assert value.title
        assert value.authority
        assert all(dated.source for dated in value.values)
        assert value.kind == "statutory" or value.authority.startswith(
            ("Local policy", "Anti-social Behaviour", "Sentencing Act 2020, as generally understood")
        )


def test_before_the_first_day_there_is_no_answer() -> None:
    with pytest.raises(OutsideDates, match=r"19 October 2014.*20 October 2014"):
        VALUES.number("fpn_maximum", date(2014, 10, 19))


def test_an_unknown_code_has_no_answer() -> None:
    with pytest.raises(OutsideDates, match="parking"):
        VALUES.on("parking", STARTED)


def test_choices_times_and_duties() -> None:
    assert VALUES.text("cpn_four_eyes", STARTED) == "always"
    assert VALUES.time_of_day("close_of_business", STARTED) == time(17)
    assert not VALUES.in_force("case_review_signposting", date(2025, 9, 16))
    assert VALUES.in_force("case_review_signposting", date(2025, 9, 17))
    assert VALUES.in_force("act_sections_43_to_58", STARTED)
    with pytest.raises(TypeError):
        VALUES.number("cpn_four_eyes", STARTED)


def test_a_higher_maximum_applies_only_from_its_own_day() -> None:
    values = LegalValues.load([added("fpn_maximum", date(2027, 4, 1), "50000")])
    assert values.number("fpn_maximum", date(2027, 3, 31)) == 10000
    assert values.number("fpn_maximum", date(2027, 4, 1)) == 50000
    assert VALUES.number("fpn_maximum", date(2027, 4, 1)) == 10000


def test_what_the_law_was_does_not_change() -> None:
    for day in (STARTED, date(2014, 1, 1)):
        with pytest.raises(ValueNotAllowed, match="does not change"):
            LegalValues.load([added("fpn_maximum", day, "50000")])


def test_a_councils_own_value_takes_the_place_of_a_shipped_one_of_its_day() -> None:
    values = LegalValues.load([added("cpw_life_months", STARTED, "3"), added("cpw_life_months", date(2020, 1, 1), "9")])
    assert values.number("cpw_life_months", STARTED) == 3
    assert values.number("cpw_life_months", date(2020, 1, 1)) == 9


@pytest.mark.parametrize(
    ("code", "value", "reason"),
    [
        ("case_review_number", "4", r"s.*104\(4\)"),
        ("case_review_number", "0", "less than 1"),
        ("case_review_complaint_months", "0", r"104\(11\)"),
        ("case_review_application_months", "5", r"104\(11\)"),
        ("fpn_reduced_offer_days", "14", r"52\(8\)"),
        ("fpn_amount", "ten pounds", "not a whole number of pence"),
        ("fpn_amount", "-5", "not a whole number"),
        ("acknowledge_days", "1.5", "not a whole number of working days"),
        ("close_of_business", "5pm", "17:00"),
        ("close_of_business", "24:00", "17:00"),
        ("cpn_four_eyes", "sometimes", "always, checked_next_working_day, off"),
        ("act_section_104", "true", "no further value"),
        ("unheard_of", "1", "unheard_of"),
    ],
)
def test_a_value_outside_its_limits_is_refused_with_the_reason(code: str, value: str, reason: str) -> None:
    with pytest.raises(ValueNotAllowed, match=reason):
        LegalValues.load([added(code, date(2026, 1, 1), value)])


@pytest.mark.parametrize(
    ("code", "value"),
    [("case_review_number", "2"), ("case_review_complaint_months", "2"), ("case_review_application_months", "12")],
)
def test_the_case_review_may_be_easier_than_the_section(code: str, value: str) -> None:
    assert LegalValues.load([added(code, date(2026, 1, 1), value)]).number(code, date(2026, 1, 1)) == int(value)


def entry(**changes: Any) -> dict[str, Any]:
    row = {"from": STARTED, "value": 3, "source": "An Act"}
    return {"title": "T", "unit": "days", "kind": "policy", "authority": "A", "values": [row], **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": "fortnights"},
        {"kind": "advice"},
        {"values": []},
        {"values": [{"from": STARTED, "value": 3, "source": "A"}, {"from": STARTED, "value": 4, "source": "B"}]},
        {"values": [{"from": STARTED, "value": "three", "source": "A"}]},
        {"values": [{"from": STARTED, "value": "3", "source": "A"}]},
        {"unit": "in_force"},
        {"at_most": 2},
        {"colour": "red"},
    ],
)
def test_a_file_that_does_not_hold_together_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueNotAllowed):
        read_entries({"some_code": entry(**changes)})


def test_a_file_that_does_is_read() -> None:
    assert read_entries({"some_code": entry()})["some_code"].on(STARTED).value == 3
    assert set(shipped()) == set(VALUES)
