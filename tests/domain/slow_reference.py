"""Counting as a careful person would do it on a wall calendar: one day, one month, one minute at a time.

Written without the product's functions, and slow on purpose, to be compared with them.
"""

from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


def days_beginning_with(day: date, length: int) -> date:
    number = 1
    while number < length:
        day += DAY
        number += 1
    return day


def days_following(day: date, length: int) -> date:
    for _ in range(length):
        day += DAY
    return day


def corresponding_day(day: date, months: int) -> date | None:
    """The same-numbered day, found by walking through the months; None where the month has no such day."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    each = date(year, month, 1)
    while each.month == month:
        if each.day == day.day:
            return each
        each += DAY
    return None


def last_of_month(day: date, months: int) -> date:
    first = corresponding_day(day.replace(day=1), months)
    assert first is not None
    each = first
    while (each + DAY).month == first.month:
        each += DAY
    return each


def months_beginning_with(day: date, months: int) -> date:
    same = corresponding_day(day, months)
    return last_of_month(day, months) if same is None else same - DAY


def months_from(day: date, months: int) -> date:
    return corresponding_day(day, months) or last_of_month(day, months)


def working_days_after(day: date, length: int, holidays: AbstractSet[date]) -> date:
    numbered = 0
    while numbered < length:
        day += DAY
        if day.strftime("%a") not in ("Sat", "Sun") and day not in holidays:
            numbered += 1
    return day


def received(day: date, late: bool, holidays: AbstractSet[date]) -> date:
    if late:
        day += DAY
    while day.strftime("%a") in ("Sat", "Sun") or day in holidays:
        day += DAY
    return day


def hours_after(moment: datetime, hours: int) -> datetime:
    elapsed = moment.astimezone(UTC)
    for _ in range(hours * 60):
        elapsed += timedelta(minutes=1)
    return elapsed.astimezone(ZoneInfo("Europe/London"))
