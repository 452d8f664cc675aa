"""Periods that figures are counted over."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.calendar import UnreadableDate
from asb_cases.domain.periods import (
    Period,
    between,
    calendar_year,
    financial_year,
    financial_year_of,
    month,
    parse_any_period,
    parse_financial_year,
    parse_month,
    parse_period,
    quarter,
)


@pytest.mark.parametrize("text", ["2015-16", "2015/16", "2015-2016", "2015–16", " 2015-16 "])
def test_a_financial_year_runs_from_april_to_march(text: str) -> None:
    period = parse_financial_year(text)
    assert (period.first, period.last, period.label) == (date(2015, 4, 1), date(2016, 3, 31), "2015-16")
    assert period.in_words == "1 April 2015 to 31 March 2016"


def test_the_turn_of_the_century_has_its_label() -> None:
    assert parse_financial_year("1999-00") == financial_year(1999)
    assert financial_year(1999).label == "1999-00"


@pytest.mark.parametrize("text", ["2015", "2015-17", "2015-15", "15-16", "2015-2017", "", "1815-16", "9999-00"])
def test_what_is_no_financial_year_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDate):
        parse_financial_year(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2011-12", date(2011, 4, 1), date(2012, 3, 31)),
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods_are_read(text: str, first: date, last: date) -> None:
    period = parse_period(text)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2015-16", "2015-16"), ("2015", "2015"), ("2015-Q2", "April to June 2015"), ("June 2015", "June 2015"),
        ("sept 2015", "September 2015"), ("April to June 2015", "April to June 2015"), ("apr - jun 2015", "April to June 2015"),
        ("November to December 2015", "1 November 2015 to 31 December 2015"),
        ("1 November 2015 to 31 May 2016", "1 November 2015 to 31 May 2016"),
        ("2015-04-01 to 31/03/2016", "2015-16"), ("since September 2014", "1 September 2014 to 2 March 2016"),
        ("since 15 February 2016", "15 February 2016 to 2 March 2016"), ("Since 2015-16", "1 April 2015 to 2 March 2016"),
    ],
)  # fmt: skip
def test_a_period_as_people_write_it(text: str, label: str) -> None:
    assert parse_any_period(text, today=date(2016, 3, 2)).label == label


@given(st.dates(date(1990, 1, 1), date(2050, 12, 31)), st.integers(0, 800))
def test_every_label_is_read_as_its_period(first: date, days: int) -> None:
    period = between(first, first + timedelta(days=days))
    assert parse_any_period(period.label, today=first) == period


@pytest.mark.parametrize(
    "text",
    ["", "soon", "Smarch 2015", "31 June 2015 to 1 July 2015", "2 May 2015 to 1 May 2015", "since", "1 May 2015"],
)
def test_what_names_no_period_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDate):
        parse_any_period(text, today=date(2016, 3, 2))


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "soon", "26", "2026-1"])
def test_other_text_is_no_period(text: str) -> None:
    with pytest.raises(UnreadableDate, match="not a period"):
        parse_period(text)


def test_a_month_may_be_asked_for_where_the_text_could_be_a_year() -> None:
    assert parse_month("2011-12") == month(2011, 12)
    with pytest.raises(UnreadableDate, match="not a month"):
        parse_month("2011-2012")


@pytest.mark.parametrize(
    ("period", "previous"),
    [
        (financial_year(2015), financial_year(2014)),
        (quarter(2026, 1), quarter(2025, 4)),
        (month(2028, 3), month(2028, 2)),
        (calendar_year(2026), calendar_year(2025)),
        (between(date(2026, 3, 10), date(2026, 3, 19)), between(date(2026, 2, 28), date(2026, 3, 9))),
    ],
)
def test_the_period_before(period: Period, previous: Period) -> None:
    assert period.previous == previous


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (financial_year(2015), financial_year(2014)),
        (quarter(2026, 1), quarter(2025, 1)),
        (month(2028, 2), month(2027, 2)),
        (between(date(2015, 11, 1), date(2016, 5, 30)), between(date(2014, 11, 1), date(2015, 5, 30))),
        (between(date(2028, 1, 30), date(2028, 2, 29)), between(date(2027, 1, 30), date(2027, 2, 28))),
    ],
)
def test_the_same_period_a_year_before(period: Period, before: Period) -> None:
    assert period.year_before == before


def test_two_days_that_make_a_usual_period_get_its_label() -> None:
    assert between(date(2015, 4, 1), date(2016, 3, 31)).label == "2015-16"
    assert between(date(2016, 1, 1), date(2016, 12, 31)).label == "2016"
    assert between(date(2026, 4, 1), date(2026, 6, 30)).label == "April to June 2026"
    assert between(date(2026, 4, 1), date(2026, 4, 30)).label == "April 2026"
    assert between(date(2015, 11, 1), date(2016, 5, 31)).label == "1 November 2015 to 31 May 2016"
    assert between(date(2015, 7, 1), date(2016, 6, 30)).label == "1 July 2015 to 30 June 2016"


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(UnreadableDate, match="before it begins"):
        between(date(2026, 3, 2), date(2026, 3, 1))


def test_both_ends_belong_to_it() -> None:
    period = financial_year(2015)
    assert date(2015, 4, 1) in period
    assert date(2016, 3, 31) in period
    assert date(2015, 3, 31) not in period
    assert date(2016, 4, 1) not in period


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)))
def test_every_day_lies_in_exactly_its_financial_year(day: date) -> None:
    period = financial_year_of(day)
    assert day in period
    assert day not in period.previous
    assert period.previous.last + timedelta(days=1) == period.first
    assert parse_financial_year(period.label) == period
