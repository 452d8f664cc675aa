"""Days and hours as the law and the service count them: months, working days, shifts and the clock in Europe/London.

Days are `date`s in Europe/London. Moments are aware `datetime`s; a naive one is refused, since its hour would be a guess.
"""

import calendar
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

#: The bank holidays of England and Wales that a calculation is to leave out.
Holidays = frozenset[date]

ONE_DAY = timedelta(days=1)
SATURDAY = 5
NOON = time(12)
#: The years that a date or period may lie in. What lies outside is a slip of the pen.
YEARS = range(1900, 2200)


class UnreadableDate(ValueError):
    """Text that should have been a date, a year or a period. The message says what would be right."""


def parse_date(text: str) -> date:
    """`2026-03-02` or `02/03/2026` (day first), of the years that records reach. Raises `UnreadableDate`."""
    text = text.strip()
    for layout in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.strptime(text, layout).date()  # noqa: DTZ007 (only the day is kept)
        except ValueError:
            continue
        if day.year in YEARS:
            return day
        raise UnreadableDate(f"“{text}” is outside the years {YEARS.start} to {YEARS.stop - 1}: check the year.")
    raise UnreadableDate(
        f"“{text}” is not a date: write it as 2026-03-02 or 02/03/2026 (day first), a day that exists in the calendar."
    )


def in_words(day: date) -> str:
    """`2 March 2026`."""
    return f"{day_and_month(day)} {day.year}"


def day_and_month(day: date) -> str:
    """`2 March`, for a day whose year has just been said."""
    return f"{day.day} {calendar.month_name[day.month]}"


def with_weekday(day: date) -> str:
    """`Sunday 22 March 2026`."""
    return f"{calendar.day_name[day.weekday()]} {in_words(day)}"


def local(moment: datetime) -> datetime:
    """The moment as a clock in Europe/London shows it."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return moment.astimezone(LONDON)


def moments_shown(day: date, clock: time) -> tuple[datetime, ...]:
    """The moments at which a clock in Europe/London shows a time on a day: one; none in the hour that is left out when
    the clocks go forward; two, the earlier first, in the hour that comes twice when they go back. In UTC: Python compares
    moments of one zone by their clocks alone."""
    shown = {datetime.combine(day, clock, LONDON).replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(sorted(each for each in shown if local(each).time() == clock))


def add_hours(moment: datetime, hours: int) -> datetime:
    """So many hours of elapsed time later, in Europe/London; the nights on which clocks change have 23 or 25 hours."""
    return local(local(moment).astimezone(UTC) + timedelta(hours=hours))


def plus_months(day: date, months: int) -> date:
    """The same-numbered day so many months on (or back), or the last day of that month where it has no such day."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


def is_working_day(day: date, holidays: Holidays) -> bool:
    """Monday to Friday, bank holidays excepted."""
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(day: date, count: int, holidays: Holidays) -> date:
    """The `count`th working day after `day`, which is day 0 whatever it is itself."""
    if count < 0:
        raise ValueError("Working days are counted forward.")
    while count:
        day += ONE_DAY
        count -= is_working_day(day, holidays)
    return day


def working_day_on_or_after(day: date, holidays: Holidays) -> date:
    """`day` itself where it is a working day, else the next one."""
    return _first(day, ONE_DAY, lambda each: is_working_day(each, holidays))


def working_day_on_or_before(day: date, holidays: Holidays) -> date:
    """`day` itself where it is a working day, else the last one before it."""
    return _first(day, -ONE_DAY, lambda each: is_working_day(each, holidays))


def working_days_between(first: date, last: date, holidays: Holidays) -> int:
    """Working days after `first`, up to and including `last`; 0 where `last` is not later."""
    return sum(is_working_day(day, holidays) for day in days_between(first + ONE_DAY, last))


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def shift_date(moment: datetime) -> date:
    """The day an out-of-hours shift belongs to: a night belongs to the day it began, and the border is noon."""
    clock = local(moment)
    return clock.date() - ONE_DAY if clock.time() < NOON else clock.date()


def _first(day: date, step: timedelta, wanted: Callable[[date], bool]) -> date:
    while not wanted(day):
        day += step
    return day
