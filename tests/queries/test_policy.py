"""Values and holidays: what ships, with what the council added."""

from datetime import date

from flask import Flask

from asb_cases.models.policy import BankHolidayChange, PolicyValue
from asb_cases.queries.policy import holidays, policy_in_force, values_in_force
from tests.factories import NOW, keep
from tests.support.query_counter import counted_queries


def test_shipped_values_serve_from_the_start(in_app: Flask) -> None:
    values = values_in_force()
    assert values.number("fpn_maximum", date(2026, 3, 2)) == 10000
    assert values.number("case_review_number", date(2014, 10, 20)) == 3


def test_added_value_applies_from_its_day(in_app: Flask) -> None:
    keep(
        PolicyValue(
            code="response_priority_3_days",
            from_on=date(2026, 4, 1),
            value="3",
            source="Cabinet, March 2026",
            entered_at=NOW,
        )
    )
    values = policy_in_force().values
    assert values.number("response_priority_3_days", date(2026, 3, 31)) == 5
    assert values.number("response_priority_3_days", date(2026, 4, 1)) == 3


def test_bank_holidays_as_the_council_corrected_them(in_app: Flask) -> None:
    proclaimed, moved, boxing_day = date(2026, 6, 19), date(2026, 5, 4), date(2026, 12, 28)
    assert {moved, boxing_day} <= holidays()
    assert proclaimed not in holidays()
    keep(BankHolidayChange(day=proclaimed, title="Proclaimed", observed=True))
    keep(BankHolidayChange(day=moved, title="Moved to Friday", observed=False))
    assert {proclaimed, boxing_day} <= holidays()
    assert moved not in policy_in_force().holidays


def test_both_come_with_one_question(in_app: Flask) -> None:
    keep(BankHolidayChange(day=date(2026, 6, 19), title="Proclaimed", observed=True))
    with counted_queries(in_app) as sent:
        policy = policy_in_force()
    assert len(sent) == 1
    assert (policy.holidays, dict(policy.values)) == (holidays(), dict(values_in_force()))
