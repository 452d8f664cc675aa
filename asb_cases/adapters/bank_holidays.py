"""The bank holidays of England and Wales as they ship. What is proclaimed later is a row that an administrator adds."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import holidays

from asb_cases.domain.calendar import SATURDAY, Holidays

#: Wide enough for an old register's first row and for a notice without an end.
YEARS = range(2010, 2071)


@cache
def shipped_bank_holiday_titles() -> Mapping[date, str]:
    """Every bank holiday that falls on a weekday with what it is called, substitute days and the single ones of 2020, 2022
    and 2023 included."""
    known = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
    return {day: title for day, title in sorted(known.items()) if day.weekday() < SATURDAY}


@cache
def shipped_bank_holidays() -> Holidays:
    """The days alone."""
    return frozenset(shipped_bank_holiday_titles())
