"""Statutory and policy values, each from a day: what ships in `legal_values.toml`, with what an administrator added.

A case is judged by the value of its own day (a penalty by the day of the offence). Before the first day known, or for
a code nobody knows, there is no answer: `OutsideDates` is raised, and the nearest value is never taken instead.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any, Self

from asb_cases.domain.calendar import in_words
from asb_cases.domain.counting import amount
from asb_cases.domain.tool_files import tool_tables

WHOLE_NUMBERS = frozenset({"pence", "years", "months", "weeks", "days", "working_days", "hours", "number"})
UNITS = WHOLE_NUMBERS | {"time", "choice", "in_force", "text"}
KINDS = frozenset({"statutory", "policy"})
FIELDS = frozenset({
    "title", "unit", "kind", "authority", "values", "at_least", "at_most", "choices", "limit", "not_above",
})  # fmt: skip
SHIPPED_FILE = Path(__file__).with_name("legal_values.toml")
#: Words for letters: some lines.
LONGEST_TEXT = 1000
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class OutsideDates(LookupError):
    """No value is known for this code on this day."""


class ValueNotAllowed(ValueError):
    """A dated value that may not be added, or a file of values that does not hold together. The message says why."""


@dataclass(frozen=True)
class AddedValue:
    """A value that an administrator entered, as its row keeps it: text, to be read in the unit of its code."""

    code: str
    from_on: date
    value: str
    source: str


@dataclass(frozen=True)
class DatedValue:
    """One value and the day from which it applies, until a later one takes over."""

    code: str
    from_on: date
    value: int | str
    source: str


@dataclass(frozen=True)
class LegalValue:
    """One thing that is fixed by law or policy, its limits, and its values in order of their days."""

    code: str
    title: str
    unit: str
    kind: str
    authority: str
    values: tuple[DatedValue, ...]
    at_least: int | None = None
    at_most: int | None = None
    choices: tuple[str, ...] = ()
    limit: str | None = None
    not_above: str | None = None

    def on(self, day: date) -> DatedValue:
        """The value in force on a day. Raises `OutsideDates` before the first one."""
        index = bisect_right(self.values, day, key=lambda dated: dated.from_on)
        if index == 0:
            raise OutsideDates(
                f"{self.title}: no value is known for {in_words(day)}. "
                f"The first one applies from {in_words(self.values[0].from_on)} ({self.authority})."
            )
        return self.values[index - 1]

    def written(self, value: int | str) -> str:
        """A value in the words of its unit: `£100`, `5 working days`, `17:00`."""
        if self.unit == "pence":
            return f"£{int(value) / 100:,.2f}".removesuffix(".00")
        if self.unit in WHOLE_NUMBERS:
            return f"{value}" if self.unit == "number" else amount(int(value), self.unit)
        if self.unit == "in_force":
            return "In force"
        return str(value).replace("_", " ").capitalize() if self.choices else str(value)

    def read(self, text: str) -> int | str:
        """The value that typed text stands for, within the limits. Raises `ValueNotAllowed` with the reason."""
        text = text.strip()
        if self.unit in WHOLE_NUMBERS:
            if not re.fullmatch(r"[0-9]{1,9}", text):
                raise ValueNotAllowed(f"{self.title}: “{text}” is not a whole number of {self.unit.replace('_', ' ')}.")
            return self._within_limits(int(text))
        if self.unit == "time" and not _TIME.fullmatch(text):
            raise ValueNotAllowed(f"{self.title}: “{text}” is not a time of day: write it as 17:00.")
        if self.unit == "choice" and text not in self.choices:
            raise ValueNotAllowed(f"{self.title}: “{text}” is not one of {', '.join(self.choices)}.")
        if self.unit == "text" and len(text) > LONGEST_TEXT:
            raise ValueNotAllowed(f"{self.title}: at most {LONGEST_TEXT} characters, and these are {len(text)}.")
        if self.unit == "in_force":
            raise ValueNotAllowed(f"{self.title}: the day this took effect is fixed and takes no further value.")
        return text

    def _within_limits(self, number: int) -> int:
        too_low = self.at_least is not None and number < self.at_least
        too_high = self.at_most is not None and number > self.at_most
        if too_low or too_high:
            bound = f"less than {self.at_least}" if too_low else f"more than {self.at_most}"
            reason = f" {self.limit}" if self.limit else ""
            raise ValueNotAllowed(f"{self.title}: {number} is {bound}, which is not allowed.{reason}")
        return number

    def with_added(self, added: AddedValue) -> Self:
        """The same with one more dated value. An added policy value takes the place of a shipped one of its day."""
        dated = DatedValue(self.code, added.from_on, self.read(added.value), added.source)
        others = tuple(each for each in self.values if each.from_on != added.from_on)
        if self.kind == "statutory" and (len(others) < len(self.values) or added.from_on < self.values[0].from_on):
            raise ValueNotAllowed(
                f"{self.title}: a new value may only apply from another day later than "
                f"{in_words(self.values[0].from_on)}; what the law was on a day known here does not change."
            )
        return replace(self, values=tuple(sorted((*others, dated), key=lambda each: each.from_on)))


class LegalValues(Mapping[str, LegalValue]):
    """Every value by code. Rules are given one of these and ask it for the value of the day that counts."""

    def __init__(self, entries: Mapping[str, LegalValue]) -> None:
        self._entries = dict(entries)

    @classmethod
    def load(cls, added: Iterable[AddedValue] = ()) -> Self:
        """The shipped values merged with those an administrator added, in the order in which they were: of two for one
        day the later corrects the other. Raises `ValueNotAllowed`."""
        entries = dict(shipped())
        for value in {(each.code, each.from_on): each for each in added}.values():
            if value.code not in entries:
                raise ValueNotAllowed(f"No value is called “{value.code}”.")
            entries[value.code] = entries[value.code].with_added(value)
        return cls(entries)

    def with_one_more(self, added: AddedValue) -> Self:
        """The same with one more value, which corrects another one added for its day. Raises `ValueNotAllowed`."""
        entry = shipped().get(added.code)
        if entry is None:
            raise ValueNotAllowed(f"No value is called “{added.code}”.")
        entry.with_added(added)  # judged by what ships: what was added before may be corrected
        known = self._entries[added.code]
        others = tuple(each for each in known.values if each.from_on != added.from_on)
        return type(self)({**self._entries, added.code: replace(known, values=others).with_added(added)})

    def __getitem__(self, code: str) -> LegalValue:
        return self._entries[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def on(self, code: str, day: date) -> DatedValue:
        """The value of a code in force on a day. Raises `OutsideDates`."""
        return self._known(code).on(day)

    def number(self, code: str, day: date) -> int:
        """A whole number in the unit of its code: pence, days, months ... Raises `OutsideDates`."""
        value = self.on(code, day).value
        if not isinstance(value, int):
            raise TypeError(f"{code} is not a number.")
        return value

    def text(self, code: str, day: date) -> str:
        """A choice, as its code word. Raises `OutsideDates`."""
        return str(self.on(code, day).value)

    def time_of_day(self, code: str, day: date) -> time:
        """A time on the clock in Europe/London. Raises `OutsideDates`."""
        return time.fromisoformat(self.text(code, day))

    def in_force_from(self, code: str) -> date:
        """The first day on which a code has a value: for a section, the day it came into force."""
        return self._known(code).values[0].from_on

    def in_force(self, code: str, day: date) -> bool:
        """Whether a section or a duty applies on a day."""
        return day >= self.in_force_from(code)

    def first_above_its_bound(self, code: str, from_on: date) -> tuple[date, DatedValue] | None:
        """Where the value of a code that applies from a day would be above the one that bounds it: from which day, and
        above which value. None where it never is."""
        entry = self._known(code)
        if entry.not_above is None:
            return None
        bound = self._known(entry.not_above)
        until = min((each.from_on for each in entry.values if each.from_on > from_on), default=date.max)
        days = {max(from_on, each.from_on) for each in bound.values if each.from_on < until}
        above = (day for day in sorted(days) if day < until and self.number(code, day) > self.number(bound.code, day))
        day = next(above, None)
        return None if day is None else (day, bound.on(day))

    def _known(self, code: str) -> LegalValue:
        try:
            return self._entries[code]
        except KeyError:
            raise OutsideDates(f"No value is called “{code}”.") from None


@cache
def shipped() -> Mapping[str, LegalValue]:
    """The values of `legal_values.toml` and of the tools' own files, checked. They do not change while the program runs."""
    with SHIPPED_FILE.open("rb") as file:
        tables = tomllib.load(file)
    for tool in tool_tables():
        tables |= tool.get("values", {})
    return read_entries(tables)


def read_entries(table: Mapping[str, Mapping[str, Any]]) -> Mapping[str, LegalValue]:
    """Entries from their tables. Raises `ValueNotAllowed` for what does not hold together."""
    return {code: _entry(code, fields) for code, fields in table.items()}


def _entry(code: str, fields: Mapping[str, Any]) -> LegalValue:
    unknown = set(fields) - FIELDS
    if unknown:
        raise ValueNotAllowed(f"{code}: unknown field {', '.join(sorted(unknown))}.")
    if fields["unit"] not in UNITS or fields["kind"] not in KINDS:
        raise ValueNotAllowed(f"{code}: unknown unit or kind ({fields['unit']}, {fields['kind']}).")
    values = tuple(DatedValue(code, row["from"], row["value"], row["source"]) for row in fields["values"])
    days = [dated.from_on for dated in values]
    if not days or days != sorted(set(days)):
        raise ValueNotAllowed(f"{code}: its values need dates, each later than the one before.")
    entry = LegalValue(
        code=code,
        title=fields["title"],
        unit=fields["unit"],
        kind=fields["kind"],
        authority=fields["authority"],
        values=values,
        at_least=fields.get("at_least"),
        at_most=fields.get("at_most"),
        choices=tuple(fields.get("choices", ())),
        limit=fields.get("limit"),
        not_above=fields.get("not_above"),
    )
    _check_shipped(entry)
    return entry


def _check_shipped(entry: LegalValue) -> None:
    """A shipped value keeps to the unit and limits that an added one would have to."""
    for dated in entry.values:
        if entry.unit == "in_force":
            allowed = dated.value is True
        else:
            allowed = entry.read(str(dated.value)) == dated.value
        if not allowed:
            raise ValueNotAllowed(f"{entry.code}: {dated.value} does not fit its unit, {entry.unit}.")
