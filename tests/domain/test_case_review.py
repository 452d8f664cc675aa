"""The case-review threshold: dates round every edge, doubles, what is not known, and a slow second opinion."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.case_review import Assessment, Complaint, Threshold, ThresholdDecision, assess, threshold_on
from asb_cases.domain.legal_values import AddedValue, LegalValues, OutsideDates
from tests.domain import slow_reference as slow

SHIPPED = Threshold(number=3, complaint_months=1, application_months=6)
APPLIED = date(2026, 3, 5)


def complaint(row: int = 2, **facts: object) -> Complaint:
    usual: dict[str, object] = {"occurred_on": date(2026, 2, 1), "made_on": date(2026, 2, 2)}
    return Complaint(row=row, **{**usual, **facts})  # type: ignore[arg-type]


def check(*complaints: Complaint, applied_on: date = APPLIED, threshold: Threshold = SHIPPED) -> Assessment:
    return assess(complaints, applied_on=applied_on, threshold=threshold)


def counts(*complaints: Complaint, applied_on: date = APPLIED) -> list[bool | None]:
    return [each.counts for each in check(*complaints, applied_on=applied_on).complaints]


@pytest.mark.parametrize(
    ("occurred_on", "made_on", "expected"),
    [
        (date(2026, 1, 5), date(2026, 1, 5), True),
        (date(2026, 1, 5), date(2026, 2, 4), True),
        (date(2026, 1, 5), date(2026, 2, 5), False),
        (date(2026, 1, 31), date(2026, 2, 28), True),
        (date(2026, 1, 31), date(2026, 3, 1), False),
        (date(2026, 1, 28), date(2026, 2, 27), True),
        (date(2026, 1, 28), date(2026, 2, 28), False),
        (date(2025, 12, 31), date(2026, 1, 30), True),
        (date(2025, 12, 31), date(2026, 1, 31), False),
        (date(2026, 1, 6), date(2026, 1, 5), False),
    ],
)
def test_a_complaint_is_made_within_one_month_beginning_with_the_behaviour(
    occurred_on: date, made_on: date, expected: bool
) -> None:
    assert counts(complaint(occurred_on=occurred_on, made_on=made_on)) == [expected]


def test_a_leap_day_is_a_day_like_others() -> None:
    on_leap_day = complaint(occurred_on=date(2028, 1, 30), made_on=date(2028, 2, 29))
    assert counts(on_leap_day, applied_on=date(2028, 8, 28)) == [True]
    assert counts(on_leap_day, applied_on=date(2028, 8, 29)) == [False]
    assert counts(replace(on_leap_day, made_on=date(2028, 3, 1)), applied_on=date(2028, 8, 28)) == [False]


@pytest.mark.parametrize(
    ("made_on", "applied_on", "expected"),
    [
        (date(2026, 1, 5), date(2026, 7, 4), True),
        (date(2026, 1, 5), date(2026, 7, 5), False),
        (date(2026, 1, 5), date(2026, 1, 5), True),
        (date(2026, 1, 5), date(2026, 1, 4), False),
        (date(2026, 8, 31), date(2027, 2, 28), True),
        (date(2026, 8, 31), date(2027, 3, 1), False),
    ],
)
def test_the_application_is_made_within_six_months_beginning_with_the_complaint(
    made_on: date, applied_on: date, expected: bool
) -> None:
    assert counts(complaint(occurred_on=made_on, made_on=made_on), applied_on=applied_on) == [expected]


def test_the_reason_shows_the_dates_arithmetic() -> None:
    counted, late = check(
        complaint(occurred_on=date(2026, 1, 5), made_on=date(2026, 2, 4)),
        complaint(3, occurred_on=date(2026, 1, 5), made_on=date(2026, 2, 5)),
    ).complaints
    assert counted.reason == (
        "Made on 4 February 2026, within 1 month beginning with 5 January 2026 (last day 4 February 2026). "
        "Review applied for on 5 March 2026, within 6 months beginning with 4 February 2026 (last day 3 August 2026)."
    )
    assert late.reason == (
        "Made on 5 February 2026, too late: 1 month beginning with 5 January 2026 (last day 4 February 2026)."
    )


def test_three_are_enough_and_two_are_not() -> None:
    rows = [complaint(row) for row in (2, 3, 4)]
    assert (check(*rows[:2]).qualifying, check(*rows[:2]).met) == (2, False)
    assert (check(*rows).qualifying, check(*rows).met) == (3, True)
    assert check().met is False


def test_one_persons_incident_told_to_two_bodies_counts_once() -> None:
    council = complaint(2, complainant="Ann Lee", incident="Party 5 Feb", body="council")
    police = complaint(3, complainant="ann  lee", incident="party, 5 feb", body="police")
    assert counts(council, police) == [True, False]
    assert "row 2" in check(council, police).complaints[1].reason


def test_two_peoples_complaints_about_one_night_are_two() -> None:
    rows = [complaint(row, complainant=name, incident="party") for row, name in ((2, "Ann"), (3, "Bob"), (4, "Cy"))]
    assert check(*rows).met


def test_a_blank_incident_is_one_of_its_own() -> None:
    assert counts(*(complaint(row, complainant="Ann") for row in (2, 3))) == [True, True]


def test_people_who_are_not_named_are_not_taken_for_one() -> None:
    assert counts(*(complaint(row, incident="party") for row in (2, 3))) == [True, True]


def test_the_double_that_qualifies_stands_for_the_one_that_does_not() -> None:
    late = complaint(2, complainant="Ann", incident="party", made_on=date(2026, 3, 3))
    in_time = complaint(3, complainant="Ann", incident="party", body="police")
    undated = complaint(4, complainant="Ann", incident="party", made_on=None)
    assert counts(late, undated, in_time) == [False, False, True]


@pytest.mark.parametrize("unknown", [{"occurred_on": None}, {"made_on": None}, {"occurred_on": None, "made_on": None}])
def test_an_unknown_date_never_fails_a_complaint_in_silence(unknown: dict[str, None]) -> None:
    (answer,) = check(complaint(**unknown)).complaints
    assert answer.counts is None
    assert "not known" in answer.reason


def test_a_date_that_cannot_change_the_answer_is_not_asked_for() -> None:
    made_long_ago = complaint(occurred_on=None, made_on=date(2025, 9, 1))
    happened_long_ago = complaint(occurred_on=date(2025, 7, 1), made_on=None)
    just_too_long_ago = complaint(occurred_on=date(2025, 8, 6), made_on=None)
    still_possible = complaint(occurred_on=date(2025, 8, 7), made_on=None)
    answers = counts(made_long_ago, happened_long_ago, just_too_long_ago, still_possible)
    assert answers == [False, False, False, None]
    assert "whenever the complaint was made" in check(happened_long_ago).complaints[0].reason


def test_unknown_dates_that_could_bring_it_to_the_number_are_asked_about() -> None:
    known, unknown = [complaint(2), complaint(3)], complaint(4, occurred_on=None)
    assert "find them out" in (check(*known, unknown).open_question or "")
    assert check(known[0], unknown).open_question is None
    assert check(*known, complaint(5), unknown).open_question is None


def test_unknown_doubles_could_bring_only_one() -> None:
    doubles = [complaint(row, complainant="Ann", incident="party", occurred_on=None) for row in (3, 4)]
    assert check(complaint(2), *doubles).open_question is None
    assert check(complaint(2), complaint(5), *doubles).open_question is not None


def test_what_was_set_aside_does_not_count_and_says_why() -> None:
    (answer,) = check(complaint(excluded="not about this behaviour")).complaints
    assert (answer.counts, answer.reason) == (False, "Set aside: not about this behaviour")


def test_not_met_cannot_be_chosen_at_or_above_the_number() -> None:
    rows = [complaint(row) for row in (2, 3, 4)]
    assert not check(*rows).may_be_decided(ThresholdDecision.NOT_MET)
    assert check(*rows).may_be_decided(ThresholdDecision.MET)
    assert check(*rows[:2]).may_be_decided(ThresholdDecision.NOT_MET)
    assert check(*rows[:2]).may_be_decided(ThresholdDecision.MET)


def test_the_numbers_are_those_of_the_day_of_the_application() -> None:
    values = LegalValues.load([AddedValue("case_review_number", date(2026, 4, 1), "2", "Procedures 2026")])
    assert threshold_on(values, date(2026, 3, 31)) == SHIPPED
    assert threshold_on(values, date(2026, 4, 1)) == replace(SHIPPED, number=2)


def test_before_commencement_the_threshold_is_not_computed() -> None:
    with pytest.raises(OutsideDates, match="local scheme"):
        threshold_on(LegalValues.load(), date(2014, 10, 19))
    assert threshold_on(LegalValues.load(), date(2014, 10, 20)) == SHIPPED


def slow_qualifying(complaints: list[Complaint], applied_on: date) -> int:
    """How many count, by listing every allowed day. For complaints whose dates are known."""
    told: set[object] = set()
    for each in complaints:
        assert each.occurred_on is not None
        assert each.made_on is not None
        to_complain, to_apply = (
            slow.months_beginning_with(each.occurred_on, 1),
            slow.months_beginning_with(each.made_on, 6),
        )
        days_to_complain = {each.occurred_on + timedelta(n) for n in range((to_complain - each.occurred_on).days + 1)}
        days_to_apply = {each.made_on + timedelta(n) for n in range((to_apply - each.made_on).days + 1)}
        if each.made_on in days_to_complain and applied_on in days_to_apply:
            told.add((each.complainant, each.incident) if each.complainant and each.incident else each.row)
    return len(told)


@st.composite
def complaint_lists(draw: st.DrawFn) -> list[Complaint]:
    days = st.dates(APPLIED - timedelta(230), APPLIED + timedelta(5))
    return [
        Complaint(
            row=row,
            complainant=draw(st.sampled_from(["", "Ann", "Bob"])),
            incident=draw(st.sampled_from(["", "party", "music"])),
            occurred_on=(occurred := draw(days)),
            made_on=occurred + timedelta(draw(st.integers(-2, 35))),
        )
        for row in range(2, 2 + draw(st.integers(0, 8)))
    ]


@given(complaint_lists())
def test_agrees_with_a_slow_second_opinion(complaints: list[Complaint]) -> None:
    found = check(*complaints)
    assert found.qualifying == slow_qualifying(complaints, APPLIED)
    assert found.met == (found.qualifying >= 3)
    assert [each.row for each in found.complaints] == [each.row for each in complaints]
    assert all(each.reason for each in found.complaints)


@given(complaint_lists(), st.data())
def test_hiding_a_date_never_settles_an_answer_the_other_way(complaints: list[Complaint], data: st.DataObject) -> None:
    full = check(*complaints)
    hidden = [
        replace(each, **{data.draw(st.sampled_from(["occurred_on", "made_on"])): None})
        if data.draw(st.booleans())
        else each
        for each in complaints
    ]
    less = check(*hidden)
    assert less.qualifying <= full.qualifying
    keys = {each.row for each in less.complaints if each.counts is None}
    assert less.qualifying + len(keys) >= full.qualifying
