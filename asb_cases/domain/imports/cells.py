"""The cells of one row, read as what they should be. What is wrong is gathered, so that a row says all of it at once."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from asb_cases.domain.calendar import YEARS, UnreadableDate, in_words, parse_date
from asb_cases.domain.imports.columns import shortened
from asb_cases.domain.imports.problems import Problem
from asb_cases.domain.names import fold_key

#: Letters a text may have; a key of it must fit into an index of either database.
LONGEST_TEXT = 20_000
LONGEST_KEY = 1_000
EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)
#: No register of these matters goes back further, and our own numbers begin with a year of this century.
RECORDS_BEGIN = date(2000, 1, 1)
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
_CANNOT_BE_KEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LETTER_OR_DIGIT = re.compile(r"[A-Za-z0-9]")
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d{1,12})(\.\d{1,6})?", re.ASCII)

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")


class Cells:
    """One row by column. Each reader answers None for a blank cell, and for one that `problems` then says more about.

    `remarks` are sentences about what was read over or could not be checked; they refuse nothing.
    """

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.problems: list[Problem] = []
        self.remarks: list[str] = []

    def says(self, column: str) -> bool:
        """Whether the cell is not blank."""
        return bool(self._cells.get(column))

    def text(self, column: str, longest: int = LONGEST_TEXT) -> str | None:
        """Any text that can be kept."""
        text = self._cells.get(column)
        if not text:
            return None
        if _CANNOT_BE_KEPT.search(text):
            self.refuse(column, "letter_unknown", "It holds a letter that is none.", "Type the cell again.")
        elif len(text) > longest:
            self.refuse(column, "too_long", f"It has {len(text):,} letters.", f"Shorten it to {longest:,}.")
        else:
            return text
        return None

    def keyed(self, column: str, *, needed: bool = False) -> str | None:
        """A name, address or reference, by whose folded key a record is found again: some letter or digit in it."""
        text = self.text(column, LONGEST_KEY)
        if text is None:
            if needed and column not in self.columns_refused:
                self.refuse(column, "needed", f"{column} is blank.", "It is needed in every row.")
            return None
        if text.isascii() and _LETTER_OR_DIGIT.search(text):
            return text
        key = fold_key(text)
        if not key:
            self.refuse(column, "no_letters", f"“{shortened(text)}” has no letter or digit.", "Write it out.")
            return None
        if len(key.encode()) > LONGEST_KEY:
            self.refuse(
                column, "too_long", f"“{shortened(text)}” is too long.", f"Shorten it to {LONGEST_KEY} letters."
            )
            return None
        return text

    def day(self, column: str, *, needed: bool = False, since: date = EARLIEST, until: date = LATEST) -> date | None:
        """A day, not before `since` and not later than `until`."""
        text = self.text(column)
        if text is None:
            if needed and column not in self.columns_refused:
                self.refuse(
                    column, "needed", f"{column} is blank.", "It is needed in every row: 2015-04-01 or 01/04/2015."
                )
            return None
        try:
            day = _parsed(text)
        except UnreadableDate:
            self.refuse(
                column,
                "date_unreadable",
                f"“{shortened(text)}” is not a day of the calendar between {YEARS.start} and {YEARS.stop - 1}.",
                "Write it as 2015-04-01 or 01/04/2015 (day first), or leave it blank if not known.",
            )
            return None
        if since <= day <= until:
            return day
        future = until < LATEST and day > until
        wrong = "has not come yet" if future else "is too far away"
        self.refuse(
            column,
            "date_in_future" if future else "date_too_far",
            f"{in_words(day)} {wrong}.",
            "Check the year, or leave it blank if not known.",
        )
        return None

    def choice(self, column: str, choices: type[Choice]) -> Choice | None:
        """One of a closed list, by its code."""
        return self._found(column, {member.value: member for member in choices})

    def code(self, column: str, codes: Iterable[str]) -> str | None:
        """One of some codes, however it is capitalised."""
        return self._found(column, {code: code for code in codes})

    def pence(self, column: str) -> int | None:
        """Pounds, as £1,234.50, in pence."""
        text = self.text(column)
        number = _decimal((text or "").removeprefix("£").strip())
        right = "Write pounds as 100 or 99.50, or leave it blank if not known."
        if text is None:
            return None
        if number is None or number <= 0 or number > Decimal(10_000_000) or number != round(number, 2):
            self.refuse(
                column, "amount_unreadable", f"“{shortened(text)}” is not an amount of pounds and pence.", right
            )
            return None
        return int(number * 100)

    def number(self, column: str, *, places: int, largest: int) -> Decimal | None:
        """A number with at most so many decimal places, of at most that size either way."""
        text = self.text(column)
        if text is None:
            return None
        number = _decimal(text)
        if number is None or abs(number) > largest or number != round(number, places):
            decimals = f"at most {places} decimal places" if places else "no decimal places"
            self.refuse(
                column,
                "number_unreadable",
                f"“{shortened(text)}” is not a number of the kind kept here.",
                f"Write it with {decimals}, at most {largest:,}, or leave it blank if not known.",
            )
            return None
        return number

    def yes(self, column: str) -> bool:
        """Whether the cell says yes. Blank is no."""
        text = self.text(column)
        if text is None or text.casefold() in NO:
            return False
        if text.casefold() in YES:
            return True
        self.refuse(
            column, "not_yes_or_no", f"“{shortened(text)}” is neither yes nor no.", "Write yes, or leave it blank."
        )
        return False

    def several(self, column: str) -> tuple[str, ...]:
        """Texts separated by semicolons, each once."""
        parts = (part.strip() for part in (self.text(column) or "").split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def in_order(self, earlier: str, first: date | None, later: str, second: date | None) -> None:
        """Refuse two days that stand in the wrong order."""
        if first and second and second < first:
            self.refuse(
                later,
                "dates_out_of_order",
                f"{later} ({in_words(second)}) is before {earlier} ({in_words(first)}).",
                "Check both days.",
            )

    def refuse(self, column: str, code: str, message: str, remedy: str) -> None:
        """Note a problem of the format."""
        self.problems.append(Problem(column, code, message, remedy))

    @property
    def columns_refused(self) -> set[str]:
        return {problem.column for problem in self.problems}

    def _found(self, column: str, known: Mapping[str, Value]) -> Value | None:
        text = self.text(column)
        if text is None or text in known:
            return known[text] if text else None
        by_key = {fold_key(code): value for code, value in known.items()}
        found = by_key.get(fold_key(text))
        if found is None:
            self.refuse(
                column,
                "not_in_list",
                f"“{shortened(text)}” is not known.",
                f"Write one of {', '.join(known)}, or leave it blank.",
            )
        return found


@lru_cache(maxsize=4096)
def _parsed(text: str) -> date:
    """The day that text says; the rows of a file share most of theirs."""
    return parse_date(text)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None
