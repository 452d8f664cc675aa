"""Days as the law and the service count them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.adapters.bank_holidays import shipped_bank_holidays
from asb_cases.domain.calendar import (
    LONDON,
    UnreadableDate,
    add_hours,
    add_working_days,
    in_words,
    is_working_day,
    parse_date,
    plus_months,
    shift_date,
    with_weekday,
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_between,
)

HOLIDAYS = shipped_bank_holidays()
DAYS = st.dates(date(2014, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize("text", ["2026-03-02", "02/03/2026", " 2/3/2026 "])
def test_a_date_is_read_as_written_day_first(text: str) -> None:
    assert parse_date(text) == date(2026, 3, 2)


@pytest.mark.parametrize(
    "text", ["", "2026-02-30", "31/04/2026", "03/13/2026", "2 March 2026", "02/03/26", "9999-12-31"]
)
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    with pytest.raises(UnreadableDate, match=r"write it as 2026-03-02|check the year"):
        parse_date(text)


def test_dates_in_words() -> None:
    assert in_words(date(2026, 3, 2)) == "2 March 2026"
    assert with_weekday(date(2026, 3, 22)) == "Sunday 22 March 2026"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 1, 5), 6, date(2026, 7, 5)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_are_added_and_clamped(day: date, months: int, expected: date) -> None:
    assert plus_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2020, 5, 4), True),  # the early May holiday was moved ...
        (date(2020, 5, 8), False),  # ... to VE day
        (date(2022, 5, 30), True),  # the spring holiday was moved ...
        (date(2022, 6, 2), False),  # ... and the jubilee added
        (date(2022, 6, 3), False),
        (date(2022, 9, 19), False),  # state funeral
        (date(2023, 5, 8), False),  # coronation
        (date(2026, 12, 28), False),  # Boxing Day's substitute
        (date(2027, 12, 27), False),
        (date(2027, 12, 28), False),
        (date(2028, 1, 3), False),
        (date(2014, 12, 26), False),
        (date(2026, 3, 2), True),
        (date(2026, 3, 1), False),
    ],
)
def test_bank_holidays_of_england(day: date, working: bool) -> None:
    assert is_working_day(day, HOLIDAYS) is working


def test_easter_is_crossed() -> None:
    thursday = date(2026, 4, 2)
    assert add_working_days(thursday, 1, HOLIDAYS) == date(2026, 4, 7)
    assert working_days_between(thursday, date(2026, 4, 7), HOLIDAYS) == 1
    assert working_day_on_or_after(date(2026, 4, 3), HOLIDAYS) == date(2026, 4, 7)
    assert working_day_on_or_before(date(2026, 4, 6), HOLIDAYS) == thursday


def test_working_days_are_not_counted_back() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 3, 2), -1, HOLIDAYS)


@given(day=DAYS, count=st.integers(0, 60))
def test_working_days_agree_with_counting_them_one_by_one(day: date, count: int) -> None:
    end = add_working_days(day, count, HOLIDAYS)
    assert working_days_between(day, end, HOLIDAYS) == count
    assert count == 0 or is_working_day(end, HOLIDAYS)


@pytest.mark.parametrize(
    ("moment", "shift"),
    [
        (datetime(2016, 1, 9, 23, 30, tzinfo=LONDON), date(2016, 1, 9)),
        (datetime(2016, 1, 10, 2, 30, tzinfo=LONDON), date(2016, 1, 9)),
        (datetime(2016, 1, 10, 11, 59, tzinfo=LONDON), date(2016, 1, 9)),
        (datetime(2016, 1, 10, 12, 0, tzinfo=LONDON), date(2016, 1, 10)),
        (datetime(2016, 7, 10, 11, 30, tzinfo=UTC), date(2016, 7, 10)),  # 12:30 in London
        (datetime(2016, 7, 10, 10, 59, tzinfo=UTC), date(2016, 7, 9)),  # 11:59 in London
        (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1), date(2026, 10, 24)),
        (datetime(2016, 3, 1, 1, 0, tzinfo=LONDON), date(2016, 2, 29)),
    ],
)
def test_a_night_belongs_to_the_day_it_began(moment: datetime, shift: date) -> None:
    assert shift_date(moment) == shift


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        shift_date(datetime(2026, 3, 2, 23, 0))  # noqa: DTZ001


@given(st.datetimes(datetime(2014, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)), st.integers(0, 72))  # noqa: DTZ001
def test_hours_are_hours_that_pass(moment: datetime, hours: int) -> None:
    assert add_hours(moment, hours).astimezone(UTC) - moment == timedelta(hours=hours)
