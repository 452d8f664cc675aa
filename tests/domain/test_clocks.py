"""Every clock: the vectors, the edges of the calendar, and agreement with a slow reference."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from asb_cases.adapters.bank_holidays import shipped_bank_holidays
from asb_cases.domain.calendar import LONDON, in_words
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import ClockKind, Deadline, explain
from asb_cases.domain.counting import Counting
from asb_cases.domain.legal_values import AddedValue, LegalValues, OutsideDates, ValueNotAllowed
from tests.domain import slow_reference as slow

HOLIDAYS = shipped_bank_holidays()
VALUES = LegalValues.load()
DAYS = st.dates(date(2014, 10, 20), date(2045, 12, 31))
CODES = {
    "cpn_appeal",
    "fpn_no_proceedings",
    "fpn_reduced_offer",
    "prosecution_limit",
    "remedial_cost_appeal",
    "seizure_warrant",
    "seizure_retention",
    "closure_order_appeal",
    "pspo_challenge",
    "qualifying_complaint",
    "case_review_application",
    "case_review_publication",
    "response_priority_1",
    "response_priority_2",
    "response_priority_3",
    "acknowledge",
    "victim_update",
    "case_review_acknowledge",
    "case_review_decide",
    "case_review_hold",
    "case_review_outcome",
    "case_review_notify",
    "case_review_body_answer",
    "case_review_recommendation",
    "case_review_action",
    "case_review_explanation",
    "risk_high",
    "risk_medium",
    "risk_standard",
    "risk_new_incident",
    "cpw_compliance",
    "cpw_life",
    "cpn_review",
    "cpn_end",
    "requirement_due",
    "court_hearing",
    "closed_notice_review",
    "plan_review",
    "plan_step",
    "plan_step_of_theirs",
    "tool_end",
    "tool_review",
    "mediation_answer",
    "closure_hearing",
    "noise_abatement_serve",
    "noise_abatement_appeal",
}


def clock(code: str, event: date, *, length: int | None = None, values: LegalValues = VALUES) -> Deadline:
    return explain(CLOCK_RULES[code], event, values=values, holidays=HOLIDAYS, length=length)


def test_the_register_holds_exactly_the_clocks_known() -> None:
    assert set(CLOCK_RULES) == CODES
    assert all(code == rule.code for code, rule in CLOCK_RULES.items())


def test_every_clock_names_a_length_that_ships_and_says_who_says_so() -> None:
    for rule in CLOCK_RULES.values():
        assert (rule.length is None) == (rule.counting is Counting.DAY_NAMED)
        if rule.length:
            assert rule.length in VALUES
        if rule.length and rule.kind is ClockKind.STATUTORY:
            assert rule.authority == VALUES[rule.length].authority
        assert rule.target is None or rule.target in VALUES


@pytest.mark.parametrize(
    ("code", "event", "last_day", "acts_from"),
    [
        ("cpn_appeal", date(2026, 3, 2), date(2026, 3, 22), None),
        ("remedial_cost_appeal", date(2026, 3, 2), date(2026, 3, 22), None),
        ("closure_order_appeal", date(2026, 3, 2), date(2026, 3, 22), None),
        ("fpn_no_proceedings", date(2026, 3, 2), date(2026, 3, 16), date(2026, 3, 17)),
        ("fpn_no_proceedings", date(2028, 2, 20), date(2028, 3, 5), date(2028, 3, 6)),
        ("fpn_reduced_offer", date(2026, 3, 2), date(2026, 3, 12), None),
        ("seizure_warrant", date(2026, 3, 2), date(2026, 3, 16), None),
        ("seizure_retention", date(2026, 3, 2), date(2026, 3, 30), None),
        ("prosecution_limit", date(2026, 1, 5), date(2026, 7, 5), None),
        ("prosecution_limit", date(2026, 1, 1), date(2026, 7, 1), None),
        ("prosecution_limit", date(2026, 8, 31), date(2027, 2, 28), None),
        ("prosecution_limit", date(2027, 8, 31), date(2028, 2, 29), None),
        ("prosecution_limit", date(2028, 2, 29), date(2028, 8, 29), None),
        ("qualifying_complaint", date(2026, 1, 5), date(2026, 2, 4), None),
        ("qualifying_complaint", date(2026, 1, 28), date(2026, 2, 27), None),
        ("qualifying_complaint", date(2026, 1, 29), date(2026, 2, 28), None),
        ("qualifying_complaint", date(2026, 1, 30), date(2026, 2, 28), None),
        ("qualifying_complaint", date(2026, 1, 31), date(2026, 2, 28), None),
        ("qualifying_complaint", date(2028, 1, 29), date(2028, 2, 28), None),
        ("qualifying_complaint", date(2028, 1, 30), date(2028, 2, 29), None),
        ("qualifying_complaint", date(2028, 2, 29), date(2028, 3, 28), None),
        ("case_review_application", date(2026, 1, 5), date(2026, 7, 4), None),
        ("case_review_application", date(2026, 8, 31), date(2027, 2, 28), None),
        ("case_review_application", date(2026, 9, 1), date(2027, 2, 28), None),
        ("pspo_challenge", date(2026, 3, 2), date(2026, 4, 12), None),
        ("response_priority_2", date(2026, 3, 2), date(2026, 3, 6), None),
        ("response_priority_3", date(2026, 4, 1), date(2026, 4, 10), None),
        ("acknowledge", date(2020, 5, 7), date(2020, 5, 11), None),
        ("acknowledge", date(2023, 5, 5), date(2023, 5, 9), None),
        ("acknowledge", date(2022, 6, 1), date(2022, 6, 6), None),
        ("acknowledge", date(2022, 9, 16), date(2022, 9, 20), None),
        ("acknowledge", date(2026, 2, 28), date(2026, 3, 3), None),  # a Saturday counts as Monday, which is day 0
        ("case_review_acknowledge", date(2026, 12, 24), date(2026, 12, 31), None),
        ("case_review_decide", date(2026, 3, 2), date(2026, 3, 16), None),
        ("case_review_hold", date(2026, 3, 2), date(2026, 3, 30), None),
        ("case_review_outcome", date(2026, 3, 2), date(2026, 3, 9), None),
        ("cpw_compliance", date(2026, 3, 2), date(2026, 3, 2), None),
        ("requirement_due", date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 3)),
        ("cpw_life", date(2026, 3, 2), date(2026, 9, 1), None),
        ("cpn_end", date(2026, 3, 2), date(2027, 3, 1), None),
        ("cpn_review", date(2026, 3, 2), date(2026, 6, 2), None),
        ("closed_notice_review", date(2026, 11, 30), date(2027, 2, 28), None),
    ],
)
def test_last_days(code: str, event: date, last_day: date, acts_from: date | None) -> None:
    deadline = clock(code, event)
    assert (deadline.starts, deadline.last_day, deadline.acts_from) == (event, last_day, acts_from)


#: Reckoned by hand on a wall calendar: (clock, event, last day).
EDGES = [
    ("cpn_appeal", date(2014, 10, 20), date(2014, 11, 9)),  # the first day of the Act's notices
    ("cpn_appeal", date(2026, 2, 8), date(2026, 2, 28)),
    ("cpn_appeal", date(2026, 2, 9), date(2026, 3, 1)),
    ("cpn_appeal", date(2028, 2, 9), date(2028, 2, 29)),
    ("cpn_appeal", date(2028, 2, 10), date(2028, 3, 1)),
    ("cpn_appeal", date(2026, 12, 12), date(2027, 1, 1)),
    ("cpn_appeal", date(2026, 12, 31), date(2027, 1, 20)),
    ("cpn_appeal", date(2026, 3, 29), date(2026, 4, 18)),  # given on the day the clocks go forward
    ("fpn_no_proceedings", date(2026, 2, 14), date(2026, 2, 28)),
    ("fpn_no_proceedings", date(2026, 2, 15), date(2026, 3, 1)),
    ("fpn_no_proceedings", date(2028, 2, 15), date(2028, 2, 29)),
    ("fpn_no_proceedings", date(2026, 12, 18), date(2027, 1, 1)),
    ("fpn_no_proceedings", date(2026, 10, 24), date(2026, 11, 7)),  # the clocks go back the next day
    ("seizure_retention", date(2026, 2, 1), date(2026, 3, 1)),
    ("seizure_retention", date(2028, 2, 1), date(2028, 2, 29)),
    ("prosecution_limit", date(2026, 8, 28), date(2027, 2, 28)),
    ("prosecution_limit", date(2026, 8, 29), date(2027, 2, 28)),
    ("prosecution_limit", date(2026, 8, 30), date(2027, 2, 28)),
    ("prosecution_limit", date(2027, 8, 29), date(2028, 2, 29)),
    ("prosecution_limit", date(2026, 3, 31), date(2026, 9, 30)),
    ("prosecution_limit", date(2026, 10, 31), date(2027, 4, 30)),
    ("prosecution_limit", date(2026, 12, 31), date(2027, 6, 30)),
    ("prosecution_limit", date(2026, 6, 30), date(2026, 12, 30)),
    ("prosecution_limit", date(2026, 7, 1), date(2027, 1, 1)),
    ("qualifying_complaint", date(2026, 2, 1), date(2026, 2, 28)),
    ("qualifying_complaint", date(2026, 2, 28), date(2026, 3, 27)),
    ("qualifying_complaint", date(2026, 3, 1), date(2026, 3, 31)),
    ("qualifying_complaint", date(2026, 3, 31), date(2026, 4, 30)),
    ("qualifying_complaint", date(2026, 12, 1), date(2026, 12, 31)),
    ("qualifying_complaint", date(2026, 12, 31), date(2027, 1, 30)),
    ("case_review_application", date(2026, 8, 28), date(2027, 2, 27)),
    ("case_review_application", date(2026, 8, 29), date(2027, 2, 28)),
    ("case_review_application", date(2027, 8, 29), date(2028, 2, 28)),
    ("case_review_application", date(2027, 8, 30), date(2028, 2, 29)),
    ("case_review_application", date(2028, 2, 29), date(2028, 8, 28)),
    ("pspo_challenge", date(2026, 12, 25), date(2027, 2, 4)),
    ("cpw_life", date(2026, 8, 31), date(2027, 2, 28)),
    ("cpn_end", date(2028, 2, 29), date(2029, 2, 28)),
    ("cpn_end", date(2026, 3, 1), date(2027, 2, 28)),
    ("case_review_acknowledge", date(2026, 4, 1), date(2026, 4, 8)),  # across Good Friday and Easter Monday
    ("case_review_decide", date(2026, 4, 2), date(2026, 4, 20)),
    ("response_priority_3", date(2026, 12, 24), date(2027, 1, 5)),
    ("response_priority_3", date(2026, 12, 25), date(2027, 1, 6)),  # Christmas Day counts as 29 December
]


@pytest.mark.parametrize(("code", "event", "last_day"), EDGES)
def test_edges_of_months_years_and_holidays(code: str, event: date, last_day: date) -> None:
    assert clock(code, event).last_day == last_day


def test_the_longest_reduced_offer_ends_a_day_before_the_no_proceedings_period() -> None:
    assert clock("fpn_reduced_offer", date(2026, 3, 2), length=13).last_day == date(2026, 3, 15)
    assert clock("fpn_no_proceedings", date(2026, 3, 2)).last_day == date(2026, 3, 16)


def test_the_arithmetic_reads_as_a_person_would_say_it() -> None:
    assert clock("cpn_appeal", date(2026, 3, 2)).working == (
        "21 days beginning with 2 March 2026: 2 March is day 1, so day 21 is 22 March 2026."
    )
    assert clock("fpn_no_proceedings", date(2026, 3, 2)).working.startswith(
        "14 days following 2 March 2026: 3 March 2026 is day 1, so day 14 is 16 March 2026. "
        "Proceedings may be started from 17 March 2026."
    )
    assert clock("pspo_challenge", date(2026, 3, 2)).working == (
        "6 weeks (42 days) beginning with 2 March 2026: 2 March is day 1, so day 42 is 12 April 2026."
    )
    assert clock("response_priority_2", date(2026, 4, 1)).working == (
        "4 working days after 1 April 2026: 2 April is working day 1, so working day 4 is 9 April 2026. "
        "Not counted: weekends and bank holidays (3 April 2026, 6 April 2026). "
        "The target is 2 working days: 7 April 2026."
    )


def test_a_last_day_when_the_court_office_is_shut_is_the_statutory_day_with_a_flag() -> None:
    deadline = clock("cpn_appeal", date(2026, 3, 2))
    (warning,) = deadline.warnings
    assert deadline.last_day == date(2026, 3, 22)
    assert "Sunday 22 March 2026" in warning
    assert "Kaur" in warning
    assert "Monday 23 March 2026" in warning


def test_an_appeal_that_ends_on_a_working_day_warns_of_nothing() -> None:
    assert clock("cpn_appeal", date(2026, 3, 3)).warnings == ()


def test_other_statutory_periods_are_not_extended_and_say_so() -> None:
    (warning,) = clock("prosecution_limit", date(2026, 1, 5)).warnings
    assert "Sunday 5 July 2026" in warning
    assert "not extended" in warning
    assert "Friday 3 July 2026" in warning
    assert "Kaur" not in warning


def test_a_bank_holiday_is_named_as_one() -> None:
    (warning,) = clock("fpn_no_proceedings", date(2026, 4, 20)).warnings
    assert "Monday 4 May 2026, is a bank holiday" in warning
    assert "Friday 1 May 2026" in warning


def test_a_month_without_the_day_is_pointed_out() -> None:
    deadline = clock("qualifying_complaint", date(2025, 12, 31), values=months("case_review_complaint_months", 2))
    assert deadline.last_day == date(2026, 2, 28)
    assert deadline.warnings[0] == "February 2026 has no day 31: the period ends with the month, on 28 February 2026."
    assert "there is no day 31 in February 2026" in deadline.working


def months(code: str, number: int) -> LegalValues:
    return LegalValues.load([AddedValue(code, date(2025, 1, 1), str(number), "Published procedures")])


def test_the_length_is_the_one_in_force_on_the_day_of_the_event() -> None:
    values = LegalValues.load([AddedValue("cpn_review_months", date(2026, 4, 1), "6", "Policy 2026")])
    assert clock("cpn_review", date(2026, 3, 31), values=values).last_day == date(2026, 6, 30)
    assert clock("cpn_review", date(2026, 4, 1), values=values).last_day == date(2026, 10, 1)


def test_before_the_act_was_in_force_there_is_no_clock() -> None:
    with pytest.raises(OutsideDates, match="20 October 2014"):
        clock("cpn_appeal", date(2014, 10, 19))
    assert clock("cpn_appeal", date(2014, 10, 20)).last_day == date(2014, 11, 9)


@pytest.mark.parametrize("length", [1, 7, 13])
def test_a_reduced_offer_of_less_than_14_days_is_counted(length: int) -> None:
    assert clock("fpn_reduced_offer", date(2026, 3, 2), length=length).last_day == date(2026, 3, 2) + timedelta(length)


@pytest.mark.parametrize("length", [0, 14, 28])
def test_a_reduced_offer_of_14_days_or_more_is_refused_with_the_section(length: int) -> None:
    with pytest.raises(ValueNotAllowed, match=r"less than 14 days \(s\.52\(8\)\)"):
        clock("fpn_reduced_offer", date(2026, 3, 2), length=length)


@pytest.mark.parametrize(
    ("received", "due", "said"),
    [
        (datetime(2026, 3, 2, 14, 30, tzinfo=LONDON), "2026-03-03T14:30+00:00", None),
        (datetime(2026, 3, 28, 14, 30, tzinfo=LONDON), "2026-03-29T15:30+01:00", "forward"),
        (datetime(2026, 10, 24, 14, 30, tzinfo=LONDON), "2026-10-25T13:30+00:00", "back"),
        (datetime(2026, 7, 1, 22, 15, tzinfo=UTC), "2026-07-02T23:15+01:00", None),
        (datetime(2026, 12, 31, 23, 59, tzinfo=LONDON), "2027-01-01T23:59+00:00", None),
    ],
)
def test_twenty_four_hours_pass_whatever_the_clocks_do(received: datetime, due: str, said: str | None) -> None:
    deadline = clock("response_priority_1", received)
    assert deadline.due_at is not None
    assert deadline.due_at.isoformat(timespec="minutes") == due
    assert deadline.last_day == deadline.due_at.date()
    assert ("clocks go" in deadline.working) == (said is not None)
    assert said is None or said in deadline.working
    assert deadline.warnings == ()


def test_hours_from_a_day_without_its_time_end_at_the_earliest_and_say_so() -> None:
    deadline = clock("response_priority_1", date(2026, 3, 2))
    assert deadline.due_at == datetime(2026, 3, 3, tzinfo=LONDON)
    assert deadline.warnings == ("The time of day was not given: counted from the start of the day.",)


@pytest.mark.parametrize(
    ("received", "limit", "target"),
    [
        (datetime(2026, 3, 2, 16, 59, tzinfo=LONDON), date(2026, 3, 6), date(2026, 3, 4)),
        (datetime(2026, 3, 2, 17, 0, tzinfo=LONDON), date(2026, 3, 9), date(2026, 3, 5)),
        (datetime(2026, 3, 1, 9, 0, tzinfo=LONDON), date(2026, 3, 6), date(2026, 3, 4)),
        (datetime(2026, 3, 6, 18, 0, tzinfo=LONDON), date(2026, 3, 13), date(2026, 3, 11)),
        (datetime(2026, 7, 1, 16, 30, tzinfo=UTC), date(2026, 7, 8), date(2026, 7, 6)),  # 17:30 in London
    ],
)
def test_after_close_of_business_counts_as_the_next_working_day(received: datetime, limit: date, target: date) -> None:
    deadline = clock("response_priority_2", received)
    assert (deadline.last_day, deadline.target_day) == (limit, target)


SLOW = {
    Counting.DAYS_BEGINNING_WITH: lambda day, n: slow.days_beginning_with(day, n),
    Counting.DAYS_FOLLOWING: lambda day, n: slow.days_following(day, n),
    Counting.MONTHS_BEGINNING_WITH: lambda day, n: slow.months_beginning_with(day, n),
    Counting.MONTHS_FROM: lambda day, n: slow.months_from(day, n),
    Counting.WORKING_DAYS_AFTER: lambda day, n: slow.working_days_after(
        slow.received(day, False, HOLIDAYS), n, HOLIDAYS
    ),
    Counting.DAY_NAMED: lambda day, n: day,
}
COUNTED_IN_DAYS = sorted(code for code, rule in CLOCK_RULES.items() if rule.counting in SLOW)


@given(code=st.sampled_from(COUNTED_IN_DAYS), day=DAYS)
@example(code="qualifying_complaint", day=date(2028, 1, 31))
@example(code="prosecution_limit", day=date(2027, 8, 30))
def test_every_clock_agrees_with_the_wall_calendar(code: str, day: date) -> None:
    rule = CLOCK_RULES[code]
    length = VALUES.number(rule.length, day) if rule.length else 0
    days = length * 7 if rule.length and VALUES[rule.length].unit == "weeks" else length
    deadline = clock(code, day)
    assert deadline.last_day == SLOW[rule.counting](day, days)
    assert deadline.acts_from in (None, deadline.last_day + timedelta(1))


@given(code=st.sampled_from(COUNTED_IN_DAYS), day=DAYS, later=st.integers(0, 40))
def test_a_later_event_never_ends_sooner(code: str, day: date, later: int) -> None:
    assert clock(code, day).last_day <= clock(code, day + timedelta(later)).last_day


@given(code=st.sampled_from(COUNTED_IN_DAYS), day=DAYS)
def test_the_working_names_the_days_that_it_is_about(code: str, day: date) -> None:
    deadline = clock(code, day)
    named = re.findall(r"\d{1,2} [A-Z][a-z]+ \d{4}", deadline.working)
    assert in_words(deadline.last_day) in named
    assert deadline.acts_from is None or in_words(deadline.acts_from) in named
    assert in_words(day) in named


@given(
    moment=st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_hours_agree_with_counting_minutes(moment: datetime) -> None:
    assert clock("response_priority_1", moment).due_at == slow.hours_after(moment, 24)


def test_both_nights_on_which_clocks_change_agree_with_counting_minutes() -> None:
    for start in (datetime(2026, 3, 28, 1, 30, tzinfo=UTC), datetime(2026, 10, 24, 1, 30, tzinfo=UTC)):
        for half_hour in range(60):
            moment = start + timedelta(minutes=30 * half_hour)
            assert clock("response_priority_1", moment).due_at == slow.hours_after(moment, 24)


@pytest.mark.parametrize(
    ("served", "heard_by"),
    [
        (datetime(2026, 12, 22, 18, tzinfo=UTC), datetime(2026, 12, 24, 18, tzinfo=UTC)),
        (datetime(2026, 12, 23, 18, tzinfo=UTC), datetime(2026, 12, 26, 18, tzinfo=UTC)),
        (datetime(2026, 12, 25, 10, tzinfo=UTC), datetime(2026, 12, 28, tzinfo=UTC)),
        (datetime(2026, 12, 26, tzinfo=UTC), datetime(2026, 12, 28, tzinfo=UTC)),
        (datetime(2026, 3, 28, 18, tzinfo=UTC), datetime(2026, 3, 30, 18, tzinfo=UTC)),
    ],
)
def test_christmas_day_does_not_count_in_the_hours_of_a_closure(served: datetime, heard_by: datetime) -> None:
    assert explain(CLOCK_RULES["closure_hearing"], served, values=VALUES, holidays=HOLIDAYS).due_at == heard_by
