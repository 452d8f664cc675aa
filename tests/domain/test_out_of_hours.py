"""The duty officer's night: times of day, and what can be said of a request. The shift itself: test_calendar.py."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.calendar import LONDON, moments_shown, shift_date
from asb_cases.domain.complaints import OutOfHoursResponse
from asb_cases.domain.out_of_hours import (
    check_response,
    kind_of,
    minutes_to_arrive,
    moments_arrived,
    moments_received,
    shift_of,
)

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
VISIT, CONTACT = OutOfHoursResponse.VISIT, OutOfHoursResponse.CONTACT


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("day", "clock", "moments"),
    [
        (date(2026, 3, 8), time(0, 40), [utc(2026, 3, 8, 0, 40)]),
        (date(2026, 7, 8), time(0, 40), [utc(2026, 7, 7, 23, 40)]),
        (SPRING, time(0, 59), [utc(2026, 3, 29, 0, 59)]),
        (SPRING, time(1, 0), []),
        (SPRING, time(1, 59), []),
        (SPRING, time(2, 0), [utc(2026, 3, 29, 1, 0)]),
        (AUTUMN, time(0, 59), [utc(2026, 10, 24, 23, 59)]),
        (AUTUMN, time(1, 0), [utc(2026, 10, 25, 0, 0), utc(2026, 10, 25, 1, 0)]),
        (AUTUMN, time(1, 59), [utc(2026, 10, 25, 0, 59), utc(2026, 10, 25, 1, 59)]),
        (AUTUMN, time(2, 0), [utc(2026, 10, 25, 2, 0)]),
    ],
)
def test_when_a_clock_shows_a_time(day: date, clock: time, moments: list[datetime]) -> None:
    assert list(moments_shown(day, clock)) == moments


@pytest.mark.parametrize(
    ("clock", "day", "now", "moments"),
    [
        # Told at 00:40 on the 8th: what lies ahead today was yesterday.
        (time(23, 50), None, utc(2026, 3, 8, 0, 40), [utc(2026, 3, 7, 23, 50)]),
        (time(0, 40), None, utc(2026, 3, 8, 0, 40), [utc(2026, 3, 8, 0, 40)]),
        (time(0, 41), None, utc(2026, 3, 8, 0, 40), [utc(2026, 3, 7, 0, 41)]),
        (time(23, 50), date(2026, 3, 8), utc(2026, 3, 8, 0, 40), [utc(2026, 3, 8, 23, 50)]),
        # The hour that came twice, told in its first and in its second half, and the hour that never was.
        (time(1, 30), None, utc(2026, 10, 25, 0, 45), [utc(2026, 10, 25, 0, 30)]),
        (time(1, 30), None, utc(2026, 10, 25, 1, 45), [utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30)]),
        (time(1, 30), None, utc(2026, 3, 29, 6, 0), [utc(2026, 3, 28, 1, 30)]),
    ],
)
def test_a_time_without_a_day_is_the_last_that_there_was(
    clock: time, day: date | None, now: datetime, moments: list[datetime]
) -> None:
    assert list(moments_received(clock, day, now)) == moments


@pytest.mark.parametrize(
    ("clock", "received", "moments"),
    [
        (time(0, 10), utc(2026, 3, 7, 23, 50), [utc(2026, 3, 8, 0, 10)]),
        (time(23, 50), utc(2026, 3, 7, 23, 50), [utc(2026, 3, 7, 23, 50)]),
        (time(1, 30), utc(2026, 10, 25, 0, 20), [utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30)]),
        (time(1, 30), utc(2026, 10, 25, 1, 20), [utc(2026, 10, 25, 1, 30)]),
        (time(1, 30), utc(2026, 3, 29, 0, 40), [utc(2026, 3, 30, 0, 30)]),
    ],
)
def test_an_arrival_is_the_first_such_time_after_the_request(
    clock: time, received: datetime, moments: list[datetime]
) -> None:
    assert list(moments_arrived(clock, received)) == moments


@pytest.mark.parametrize(
    ("response", "arrived", "codes"),
    [
        (None, None, ()),
        (VISIT, None, ()),
        (VISIT, 38, ()),
        (VISIT, 0, ()),
        (VISIT, 12 * 60, ()),
        (CONTACT, 38, ("arrival_needs_visit",)),
        (None, 38, ("arrival_needs_visit",)),
        (VISIT, -1, ("arrived_before_request",)),
        (VISIT, 12 * 60 + 1, ("arrived_on_another_night",)),
        (VISIT, 24 * 60 + 1, ("moment_not_come", "arrived_on_another_night")),
        (VISIT, 48 * 60, ("day_not_come", "arrived_on_another_night")),
    ],
)
def test_what_can_be_said_of_an_arrival(
    response: OutOfHoursResponse | None, arrived: int | None, codes: tuple[str, ...]
) -> None:
    received = utc(2026, 3, 7, 23, 50)
    moment = None if arrived is None else received + timedelta(minutes=arrived)
    found = check_response(received=received, response=response, arrived=moment, now=received + timedelta(days=1))
    assert found.codes == codes


@pytest.mark.parametrize(
    ("received", "working"),
    [
        (
            datetime(2026, 3, 8, 0, 40, tzinfo=LONDON),
            "Received at 00:40 on Sunday 8 March 2026, before noon: a night belongs to the day on which it began, so the "  # noqa: ISC004
            "shift is that of Saturday 7 March 2026.",
        ),
        (
            datetime(2026, 3, 7, 23, 50, tzinfo=LONDON),
            "Received at 23:50 on Saturday 7 March 2026, after noon: the shift of that day.",
        ),
    ],
)
def test_the_shift_is_told_with_its_working(received: datetime, working: str) -> None:
    assert (shift_of(received).day, shift_of(received).working) == (date(2026, 3, 7), working)


@given(st.datetimes(datetime(2014, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_working_names_the_day_that_is_counted(moment: datetime) -> None:
    found = shift_of(moment)
    assert found.day == shift_date(moment)
    assert f"{found.day.day} " in found.working


@pytest.mark.parametrize(
    ("received", "arrived", "minutes"),
    [
        (utc(2026, 3, 7, 23, 50), utc(2026, 3, 8, 0, 28), 38),
        (utc(2026, 10, 25, 0, 50), utc(2026, 10, 25, 1, 20), 30),
        (utc(2026, 3, 7, 23, 50), None, None),
        (None, utc(2026, 3, 8, 0, 28), None),
    ],
)
def test_minutes_to_arrive(received: datetime | None, arrived: datetime | None, minutes: int | None) -> None:
    assert minutes_to_arrive(received, arrived) == minutes


@pytest.mark.parametrize(
    ("categories", "kind"),
    [
        (("noise_music",), "noise_music"),
        (("rowdy", "noise_alarm"), "noise_alarm"),
        (("rowdy",), "noise_other"),
        ((), "noise_other"),
    ],
)
def test_every_request_is_counted_as_one_kind(categories: tuple[str, ...], kind: str) -> None:
    assert kind_of(categories) == kind
