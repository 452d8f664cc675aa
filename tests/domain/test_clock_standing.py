"""What a clock is called once its last day is over: all rules, one by one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clock_standing import ONCE_OVER, Standing, ended_as, most_urgent_first, standing
from asb_cases.domain.clocks import ClockNature, DeadlineState

LAST = date(2026, 6, 10)
OVERDUE, EXPIRED, PASSED = Standing.OVERDUE, Standing.EXPIRED, Standing.PASSED

#: Every clock there is, and what it has come to on the day after its last.
ONCE_PAST = {
    "cpn_appeal": PASSED,
    "fpn_no_proceedings": PASSED,
    "prosecution_limit": EXPIRED,
    "remedial_cost_appeal": PASSED,
    "seizure_warrant": EXPIRED,
    "seizure_retention": OVERDUE,
    "closure_order_appeal": PASSED,
    "pspo_challenge": PASSED,
    "qualifying_complaint": PASSED,
    "case_review_application": PASSED,
    "response_priority_1": OVERDUE,
    "response_priority_2": OVERDUE,
    "response_priority_3": OVERDUE,
    "acknowledge": OVERDUE,
    "case_review_acknowledge": OVERDUE,
    "case_review_decide": OVERDUE,
    "case_review_hold": OVERDUE,
    "case_review_outcome": OVERDUE,
    "fpn_reduced_offer": PASSED,
    "cpw_compliance": PASSED,
    "cpw_life": PASSED,
    "cpn_review": OVERDUE,
    "cpn_end": PASSED,
    "requirement_due": PASSED,
    "court_hearing": OVERDUE,
    "closed_notice_review": OVERDUE,
    "victim_update": OVERDUE,
    "case_review_notify": OVERDUE,
    "case_review_body_answer": OVERDUE,
    "case_review_explanation": OVERDUE,
    "case_review_publication": OVERDUE,
    "plan_review": OVERDUE,
    "plan_step": OVERDUE,
    "plan_step_of_theirs": PASSED,
    "case_review_recommendation": OVERDUE,
    "case_review_action": OVERDUE,
    "tool_end": PASSED,
    "tool_review": OVERDUE,
    "mediation_answer": OVERDUE,
    "closure_hearing": EXPIRED,
    "noise_abatement_serve": OVERDUE,
    "noise_abatement_appeal": PASSED,
    "risk_high": OVERDUE,
    "risk_medium": OVERDUE,
    "risk_standard": OVERDUE,
    "risk_new_incident": OVERDUE,
}


@dataclass(frozen=True)
class Started:
    rule: str
    last_day: date = LAST
    state: DeadlineState = DeadlineState.RUNNING
    due_at: datetime | None = None


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def test_the_table_knows_every_clock() -> None:
    assert set(ONCE_PAST) == set(CLOCK_RULES)
    assert set(ONCE_OVER) == set(ClockNature)


@pytest.mark.parametrize(("rule", "once_past"), ONCE_PAST.items())
def test_what_each_clock_has_come_to(rule: str, once_past: Standing) -> None:
    clock = Started(rule)
    assert standing(clock, noon(LAST)) is Standing.RUNNING
    assert standing(clock, noon(LAST + timedelta(days=1))) is once_past
    missed = Standing.MISSED if once_past is OVERDUE else once_past
    assert ended_as(rule, DeadlineState.MISSED) is missed
    for state in (DeadlineState.MET, DeadlineState.STOPPED, DeadlineState.SUPERSEDED):
        assert standing(Started(rule, state=state), noon(LAST + timedelta(days=1))) == state


def test_the_last_day_ends_at_midnight_in_london() -> None:
    clock = Started("acknowledge")
    assert standing(clock, datetime(2026, 6, 10, 22, 59, tzinfo=UTC)) is Standing.RUNNING
    assert standing(clock, datetime(2026, 6, 10, 23, 0, tzinfo=UTC)) is OVERDUE


def test_what_is_owed_in_hours_is_overdue_within_the_day() -> None:
    due = noon(LAST)
    clock = Started("response_priority_1", due_at=due)
    assert standing(clock, due) is Standing.RUNNING
    assert standing(clock, due + timedelta(minutes=1)) is OVERDUE


def test_what_has_passed_stands_below_what_runs() -> None:
    today = LAST + timedelta(days=1)
    clocks = [
        Started("cpn_appeal"),
        Started("prosecution_limit"),
        Started("acknowledge", state=DeadlineState.MET),
        Started("cpn_review", today + timedelta(days=9)),
        Started("cpw_life", today),
        Started("response_priority_2"),
        Started("acknowledge", state=DeadlineState.MISSED),
        Started("case_review_decide", LAST - timedelta(days=9)),
    ]
    assert [(clock.rule, str(standing(clock, noon(today)))) for clock in most_urgent_first(clocks, noon(today))] == [
        ("case_review_decide", "overdue"),
        ("response_priority_2", "overdue"),
        ("cpw_life", "running"),
        ("cpn_review", "running"),
        ("acknowledge", "missed"),
        ("prosecution_limit", "expired"),
        ("cpn_appeal", "passed"),
        ("acknowledge", "met"),
    ]
