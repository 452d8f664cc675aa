"""How somebody wants to be contacted, and what they need: kept as dated entries, so that what held before stays to be read.

Needs are special-category data more often than not (UK GDPR art.9; DPA 2018 Sch.1 para.6): they are shown only to those
who work with the person (`queries.contact_preferences`), and never leave with a notice or a letter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.record_keeping import (
    ALREADY_DONE,
    AUTHORITY,
    day_has_come,
    days_in_order,
    reason_given,
    words_given,
)


class ContactWay(StrEnum):
    """A way by which we reach somebody."""

    PHONE = "phone"
    TEXT_MESSAGE = "text_message"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"


WAY_TITLES = {
    ContactWay.PHONE: "Telephone",
    ContactWay.TEXT_MESSAGE: "Text message",
    ContactWay.EMAIL: "E-mail",
    ContactWay.LETTER: "Letter",
    ContactWay.IN_PERSON: "In person",
}


class NeedKind(StrEnum):
    """What sort of need: something we do differently, or something that puts the person at greater risk."""

    ADJUSTMENT = "adjustment"
    VULNERABILITY = "vulnerability"


NEED_TITLES = {
    NeedKind.ADJUSTMENT: "Reasonable adjustment",
    NeedKind.VULNERABILITY: "Vulnerability",
}

BOTH_WAYS = Refusal(
    "wanted_and_not_wanted",
    "{way} can’t be both the way to contact them and a way not to.",
    AUTHORITY,
    "Choose one.",
    field="not_by",
)
NO_WAY_LEFT = Refusal(
    "no_way_left",
    "That leaves no way to contact them.",
    AUTHORITY,
    "Leave one way open: notices must still be given (2014 Act s.55).",
    field="not_by",
)
NEEDS_LANGUAGE = Refusal(
    "interpreter_needs_language",
    "An interpreter needs a language.",
    AUTHORITY,
    "Say into which language, British Sign Language among them.",
    field="language",
)
NOTHING_CHANGED = Refusal(
    "nothing_changed",
    "This is what is recorded already.",
    AUTHORITY,
    "Change an answer, or cancel.",
)


@dataclass(frozen=True)
class Preferences:
    """How somebody wants to be contacted. `not_by`: ways that may give them away, or that they cannot use."""

    preferred: ContactWay | None = None
    times: str | None = None
    language: str | None = None
    interpreter: bool = False
    not_by: frozenset[ContactWay] = field(default_factory=frozenset)
    not_by_because: str | None = None


NO_PREFERENCES = Preferences()


def check_preferences(wanted: Preferences, recorded: Preferences) -> Findings:
    """Whether these may be recorded in place of what is."""
    both = wanted.preferred in wanted.not_by
    return gathered([
        BOTH_WAYS.of(way=WAY_TITLES[wanted.preferred]) if both and wanted.preferred else None,
        NO_WAY_LEFT if wanted.not_by == frozenset(ContactWay) else None,
        NEEDS_LANGUAGE if wanted.interpreter and not wanted.language else None,
        NOTHING_CHANGED if wanted == recorded else None,
    ])  # fmt: skip


def check_need(text: str | None, from_on: date | None, today: date) -> Findings:
    """Whether a need may be recorded."""
    return gathered([
        words_given("What they need", text, "text"),
        day_has_come("The first day", from_on, today, "from_on"),
    ])  # fmt: skip


def check_need_over(*, from_on: date, to_on: date, today: date, over: bool, reason: str | None) -> Findings:
    """Whether a need may be recorded as over."""
    return gathered([
        ALREADY_DONE if over else None,
        reason_given("Ending this", reason),
        day_has_come("The last day", to_on, today, "to_on"),
        days_in_order(("the first day", from_on), ("The last day", to_on), "to_on"),
    ])  # fmt: skip


def written_ways(ways: Iterable[ContactWay]) -> str:
    """Ways as they are kept: their codes in one order, with commas between them."""
    kept = set(ways)
    return ",".join(way.value for way in ContactWay if way in kept)


def read_ways(text: str | None) -> frozenset[ContactWay]:
    """Ways from how they are kept; what is no code is left out."""
    known = {way.value for way in ContactWay}
    return frozenset(ContactWay(each) for each in (text or "").split(",") if each in known)
