"""Periods that figures are counted over: financial and calendar years, quarters, months, any two days."""

import re
from dataclasses import dataclass
from datetime import date

from asb_cases.domain.calendar import ONE_DAY, YEARS, UnreadableDate, in_words, parse_date, plus_months

APRIL = 4
_FINANCIAL_YEAR = re.compile(r"(\d{4})\s*[-/–]\s*(\d{2}|\d{4})")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}")
_NAMED_MONTHS = re.compile(r"([a-z]{3,9})(?:\s+(?:to|[-–])\s+([a-z]{3,9}))?\s+(\d{4})", re.IGNORECASE)
_TWO_DAYS = re.compile(r"(.+?)\s+(?:to|[-–])\s+(.+)", re.IGNORECASE)
_SINCE = re.compile(r"since\s+(.+)", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, order=True)
class Period:
    """From `first` to `last`, both included, and what people call it. `months` is its length where it is whole months."""

    first: date
    last: date
    label: str
    months: int | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UnreadableDate(
                f"The period ends on {in_words(self.last)}, before it begins on {in_words(self.first)}."
            )

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def in_words(self) -> str:
        """`1 April 2015 to 31 March 2016`."""
        return f"{in_words(self.first)} to {in_words(self.last)}"

    @property
    def previous(self) -> "Period":
        """The period of the same kind that ends the day before this one begins."""
        if self.months is None:
            last = self.first - ONE_DAY
            return between(last - (self.last - self.first), last)
        return _whole_months(plus_months(self.first, -self.months), self.months)

    @property
    def year_before(self) -> "Period":
        """The same period of the year before."""
        if self.months is None:
            return between(plus_months(self.first, -12), plus_months(self.last, -12))
        return _whole_months(plus_months(self.first, -12), self.months)


def between(first: date, last: date) -> Period:
    """Any two days, both included. Whole years, quarters and months get their usual label."""
    for months in (12, 3, 1):
        if first.day == 1 and plus_months(first, months) - ONE_DAY == last and _named(first, months):
            return _whole_months(first, months)
    return Period(first, last, f"{in_words(first)} to {in_words(last)}")


def financial_year(starting: int) -> Period:
    """The financial year that starts on 1 April of the year given."""
    return _whole_months(date(starting, APRIL, 1), 12)


def financial_year_of(day: date) -> Period:
    """The financial year a day falls in."""
    return financial_year(day.year if day.month >= APRIL else day.year - 1)


def calendar_year(year: int) -> Period:
    return _whole_months(date(year, 1, 1), 12)


def quarter(year: int, number: int) -> Period:
    """Quarter 1 to 4 of a calendar year; quarter 2 is April to June, the first of a financial year."""
    return _whole_months(date(year, 3 * number - 2, 1), 3)


def month(year: int, number: int) -> Period:
    return _whole_months(date(year, number, 1), 1)


def parse_financial_year(text: str) -> Period:
    """`2015-16`, `2015/16` or `2015-2016`. Raises `UnreadableDate`."""
    match = _FINANCIAL_YEAR.fullmatch(text.strip())
    if match and match[2] in _next_year(match[1]):
        return financial_year(_year(match[1]))
    raise UnreadableDate(f"“{text}” is not a financial year: write it as 2015-16, for 1 April 2015 to 31 March 2016.")


def parse_month(text: str) -> Period:
    """`2026-10`. Raises `UnreadableDate`."""
    match = _MONTH.fullmatch(text.strip())
    if not match:
        raise UnreadableDate(f"“{text}” is not a month: write it as 2026-10.")
    return month(_year(match[1]), int(match[2]))


def parse_period(text: str) -> Period:
    """A financial year (`2015-16`), quarter (`2026-Q2`), month (`2026-10`) or calendar year (`2026`).

    `2011-12` is the financial year, as councils write it: ask `parse_month` where a month is meant.
    """
    stripped = text.strip()
    if match := _QUARTER.fullmatch(stripped):
        return quarter(_year(match[1]), int(match[2]))
    if _YEAR.fullmatch(stripped):
        return calendar_year(_year(stripped))
    for parse in (parse_financial_year, parse_month):
        try:
            return parse(stripped)
        except UnreadableDate:
            continue
    raise UnreadableDate(f"“{text}” is not a period: write 2015-16, 2026-Q2, 2026-10 or 2026.")


def parse_reporting_period(text: str) -> Period:
    """What `parse_period` reads, or any two days as an address names them: `2015-10-20_2016-10-19`."""
    first, between_days, last = text.strip().partition("_")
    return between(parse_date(first), parse_date(last)) if between_days else parse_period(text)


def parse_any_period(text: str, *, today: date) -> Period:
    """What `parse_period` reads, and as people write them: `June 2015`, `April to June 2015`, `1 November 2015 to 31 May
    2016`, `since September 2014` (up to today). Raises `UnreadableDate`."""
    stripped = text.strip()
    if match := _SINCE.fullmatch(stripped):
        return between(_first_day(match[1]), today)
    if match := _NAMED_MONTHS.fullmatch(stripped):
        first = month(_year(match[3]), _month_number(match[1]))
        last = month(_year(match[3]), _month_number(match[2])) if match[2] else first
        return between(first.first, last.last)
    try:
        return parse_period(stripped)
    except UnreadableDate:
        days = _TWO_DAYS.fullmatch(stripped)
        if days is None:
            raise UnreadableDate(
                f"“{text}” is not a period: write 2015-16, 2015, June 2015, or 1 November 2015 to 31 May 2016."
            ) from None
    return between(_day(days[1]), _day(days[2]))


def _first_day(text: str) -> date:
    """The day, or the first day of the month or year named."""
    if match := _NAMED_MONTHS.fullmatch(text.strip()):
        return month(_year(match[3]), _month_number(match[1])).first
    try:
        return parse_period(text).first
    except UnreadableDate:
        return _day(text)


def _day(text: str) -> date:
    """`1 November 2015`, or as files give it."""
    number, _, rest = text.strip().partition(" ")
    name, _, year = rest.strip().partition(" ")
    if not name:
        return parse_date(text)
    return parse_date(f"{number}/{_month_number(name)}/{year.strip()}")


def _month_number(name: str) -> int:
    if name[:3].lower() in _MONTHS:
        return _MONTHS.index(name[:3].lower()) + 1
    raise UnreadableDate(f"“{name}” is not a month.")


def _year(digits: str) -> int:
    if int(digits) not in YEARS:
        raise UnreadableDate(f"{digits} is outside the years {YEARS.start} to {YEARS.stop - 1}: check the year.")
    return int(digits)


def _next_year(digits: str) -> tuple[str, str]:
    following = f"{int(digits) + 1:04d}"
    return following, following[2:]


def _named(first: date, months: int) -> bool:
    return months == 1 or (months == 3 and first.month in (1, 4, 7, 10)) or (months == 12 and first.month in (1, APRIL))


def _whole_months(first: date, months: int) -> Period:
    last = plus_months(first, months) - ONE_DAY
    return Period(first, last, _label(first, months), months)


def _label(first: date, months: int) -> str:
    if months == 1:
        return f"{first:%B} {first.year}"
    if months == 3:
        return f"{first:%B} to {plus_months(first, 2):%B} {first.year}"
    return str(first.year) if first.month == 1 else f"{first.year}-{(first.year + 1) % 100:02d}"
