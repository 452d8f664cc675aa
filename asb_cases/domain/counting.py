"""The ways a period is counted from the day of its event, each giving its last day and the arithmetic in words.

tests/domain/test_clocks.py compares each with a slow day-by-day reference.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from asb_cases.domain.calendar import (
    LONDON,
    ONE_DAY,
    SATURDAY,
    Holidays,
    add_hours,
    add_working_days,
    day_and_month,
    days_between,
    in_words,
    local,
    plus_months,
)


class Counting(StrEnum):
    """How days are counted: "21 days beginning with" a day and "21 days following" it differ by one."""

    DAYS_BEGINNING_WITH = "days_beginning_with"  # the day is day 1
    DAYS_FOLLOWING = "days_following"  # the next day is day 1
    MONTHS_BEGINNING_WITH = "months_beginning_with"  # ends the day before the same-numbered day
    MONTHS_FROM = "months_from"  # ends on the same-numbered day
    WORKING_DAYS_AFTER = "working_days_after"  # the next working day is day 1
    HOURS_AFTER = "hours_after"  # hours that pass, whatever the clocks do
    HOURS_BUT_CHRISTMAS = "hours_but_christmas"  # the same, and Christmas Day does not count
    DAY_NAMED = "day_named"  # the event names the last day


@dataclass(frozen=True)
class Counted:
    """Where a count ends, how it got there, and what to beware of. `due_at` only where hours were counted."""

    last_day: date
    working: str
    warnings: tuple[str, ...] = ()
    due_at: datetime | None = None


@dataclass(frozen=True)
class Count:
    """What to count: `length` in `unit`, from `start` (a moment only where hours are counted), leaving out `holidays`."""

    start: date
    length: int
    unit: str
    holidays: Holidays = frozenset()
    moment: datetime | None = None

    @property
    def span(self) -> str:
        """`21 days`, `1 month`, `6 weeks (42 days)`."""
        said = amount(self.length, self.unit)
        return f"{said} ({amount(self.days, 'days')})" if self.unit == "weeks" else said

    @property
    def days(self) -> int:
        return self.length * 7 if self.unit == "weeks" else self.length


def amount(length: int, unit: str) -> str:
    """`1 month`, `5 working days`."""
    said = unit.replace("_", " ")
    return f"{length} {said.removesuffix('s') if length == 1 else said}"


def days_beginning_with(count: Count) -> Counted:
    """The day itself is day 1."""
    last = count.start + timedelta(days=count.days - 1)
    return Counted(
        last,
        f"{count.span} beginning with {in_words(count.start)}: {day_and_month(count.start)} is day 1, "
        f"so day {count.days} is {in_words(last)}.",
    )


def days_following(count: Count) -> Counted:
    """The day itself is left out, and the next is day 1."""
    last = count.start + timedelta(days=count.days)
    return Counted(
        last,
        f"{count.span} following {in_words(count.start)}: {in_words(count.start + ONE_DAY)} is day 1, "
        f"so day {count.days} is {in_words(last)}.",
    )


def months_beginning_with(count: Count) -> Counted:
    """The day itself is included: the last day is the one before the same-numbered day, or the month's last."""
    same = plus_months(count.start, count.length)
    opening = f"{count.span} beginning with {in_words(count.start)}: "
    if same.day == count.start.day:
        last = same - ONE_DAY
        return Counted(
            last,
            f"{opening}that day is included, so the last day is {in_words(last)}, "
            f"the day before {in_words(same)} ({amount(count.length, 'months')} on).",
        )
    return Counted(same, f"{opening}{_clamped(count, same)}", (_clamped_warning(count, same),))


def months_from(count: Count) -> Counted:
    """The day itself is left out: the last day is the same-numbered one, or the month's last."""
    last = plus_months(count.start, count.length)
    opening = f"{count.span} from {in_words(count.start)}: "
    if last.day == count.start.day:
        return Counted(
            last,
            f"{opening}that day is left out, so the last day is the same-numbered day "
            f"{amount(count.length, 'months')} on, {in_words(last)}.",
        )
    return Counted(last, f"{opening}{_clamped(count, last)}", (_clamped_warning(count, last),))


def working_days_after(count: Count) -> Counted:
    """The next working day is day 1. Weekends and bank holidays are left out, and the holidays are named."""
    last = add_working_days(count.start, count.length, count.holidays)
    opening = f"{count.span} after {in_words(count.start)}: "
    if count.length == 0:
        return Counted(last, f"{opening}the same day.")
    first = add_working_days(count.start, 1, count.holidays)
    working = f"{opening}{day_and_month(first)} is working day 1, so working day {count.length} is {in_words(last)}."
    return Counted(last, working + _left_out(count.start, last, count.holidays))


def hours_after(count: Count) -> Counted:
    """Hours that pass. Of a day without its time, the earliest end is given, since that is the safe one."""
    start = local(count.moment) if count.moment else datetime.combine(count.start, time(), LONDON)
    end = add_hours(start, count.length)
    working = f"{count.span} after {_hour_and_day(start)} end at {_hour_and_day(end)}."
    if start.utcoffset() != end.utcoffset():
        forward = (end.utcoffset() or timedelta()) > (start.utcoffset() or timedelta())
        working += f" The clocks go {'forward' if forward else 'back'} an hour in between."
    warnings = () if count.moment else ("The time of day was not given: counted from the start of the day.",)
    return Counted(end.date(), working, warnings, end)


def hours_but_christmas(count: Count) -> Counted:
    """Hours that pass, those of Christmas Day left out: an end on that day, or after it, comes 24 hours later; what begins on
    it is counted from its end."""
    start = local(count.moment) if count.moment else datetime.combine(count.start, time(), LONDON)
    christmas = datetime(start.year, 12, 25, tzinfo=LONDON)
    boxing_day = add_hours(christmas, 24)
    plain = hours_after(count)
    if plain.due_at is None or start >= boxing_day or plain.due_at <= christmas:
        return plain
    before = max(christmas - start, timedelta())
    end = boxing_day + timedelta(hours=count.length) - before
    working = f"{count.span} after {_hour_and_day(start)}, Christmas Day left out, end at {_hour_and_day(end)}."
    return Counted(end.date(), working, plain.warnings, end)


def day_named(count: Count) -> Counted:
    """The event names its own last day, or its last moment, and nothing is counted."""
    if count.moment is not None:
        end = local(count.moment)
        return Counted(end.date(), f"The last moment is the one named, {_hour_and_day(end)}.", due_at=end)
    return Counted(count.start, f"The last day is the day named, {in_words(count.start)}.")


COUNT: Mapping[Counting, Callable[[Count], Counted]] = MappingProxyType(
    {
        Counting.DAYS_BEGINNING_WITH: days_beginning_with,
        Counting.DAYS_FOLLOWING: days_following,
        Counting.MONTHS_BEGINNING_WITH: months_beginning_with,
        Counting.MONTHS_FROM: months_from,
        Counting.WORKING_DAYS_AFTER: working_days_after,
        Counting.HOURS_AFTER: hours_after,
        Counting.HOURS_BUT_CHRISTMAS: hours_but_christmas,
        Counting.DAY_NAMED: day_named,
    }
)


def _clamped(count: Count, last: date) -> str:
    return f"there is no day {count.start.day} in {last:%B %Y}, so the last day is {in_words(last)}."


def _clamped_warning(count: Count, last: date) -> str:
    return f"{last:%B %Y} has no day {count.start.day}: the period ends with the month, on {in_words(last)}."


def _left_out(start: date, last: date, holidays: Holidays) -> str:
    skipped = [day for day in days_between(start + ONE_DAY, last) if day.weekday() >= SATURDAY or day in holidays]
    bank = [in_words(day) for day in skipped if day.weekday() < SATURDAY]
    left_out = (["weekends"] if len(bank) < len(skipped) else []) + (
        [f"bank holidays ({', '.join(bank)})"] if bank else []
    )
    return f" Not counted: {' and '.join(left_out)}." if left_out else ""


def _hour_and_day(moment: datetime) -> str:
    return f"{moment:%H:%M} on {in_words(moment.date())}"
