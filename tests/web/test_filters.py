"""Days, moments, money and codes as people read them."""

from datetime import UTC, date, datetime

import pytest

from asb_cases.web import filters


def test_days() -> None:
    assert filters.day(date(2016, 3, 2)) == "2 March 2016"
    assert filters.short_day(date(2016, 3, 2)) == "2 Mar 2016"
    assert filters.day(None) == filters.short_day(None) == filters.moment(None) == filters.machine_time(None) == ""


def test_a_moment_is_told_in_london() -> None:
    just_before_midnight_utc = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert filters.day(just_before_midnight_utc) == "2 July 2026"
    assert filters.moment(just_before_midnight_utc) == "2 July 2026 at 12:30am"
    assert filters.machine_time(just_before_midnight_utc) == "2026-07-02T00:30:00+01:00"
    assert filters.moment(datetime(2026, 1, 1, 12, 0, tzinfo=UTC)) == "1 January 2026 at 12pm"
    assert filters.moment(date(2026, 1, 1)) == "1 January 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "said"), [(0, 0, "12am"), (9, 5, "9:05am"), (12, 30, "12:30pm"), (23, 59, "11:59pm")]
)
def test_times(hour: int, minute: int, said: str) -> None:
    assert filters.clock_time(datetime(2026, 1, 5, hour, minute, tzinfo=UTC)) == said


@pytest.mark.parametrize(
    ("pence", "said"),
    [(0, "£0"), (10000, "£100"), (9950, "£99.50"), (125000, "£1,250"), (5, "£0.05"), (-5, "-£0.05")],
)
def test_money(pence: int, said: str) -> None:
    assert filters.pounds(pence) == said


def test_counts() -> None:
    assert filters.pounds(None) == filters.count(None) == ""
    assert filters.count(1234567) == "1,234,567"
    assert filters.count(0) == "0"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("closed_notice_in_force", "Closed, notice in force"),
        ("in_person", "In person"),
        ("cpw", "CPW"),
        (None, ""),
        (1, "1"),
    ],
)
def test_codes(code: object, said: str) -> None:
    assert filters.words(code) == said


def test_every_colour_is_one_of_the_design_systems() -> None:
    known = {"grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"}
    assert set(filters.COLOURS.values()) <= known


def test_no_reference_is_broken_over_two_lines() -> None:
    said = filters.unbroken("Draft CPN-2026-0001 <b>")
    assert said == 'Draft <span class="asb-no-wrap">CPN-2026-0001</span> &lt;b&gt;'
    assert filters.unbroken("A-2026-1") == "A-2026-1"
