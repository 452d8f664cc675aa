"""What stands on a page once a report is taken in: what is due next, and how much is known already."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from asb_cases.domain.service_standards import RESPONSE_CLOCKS
from asb_cases.queries.known_already import Known
from asb_cases.web.filters import day, moment

ACKNOWLEDGE, RESPOND = "acknowledge the report", "make the first response"


class DueClock(Protocol):
    """A clock that runs: its rule, its last day, and the moment where hours count."""

    @property
    def rule(self) -> str: ...
    @property
    def last_day(self) -> date: ...
    @property
    def due_at(self) -> datetime | None: ...


def due_next(clocks: Sequence[DueClock]) -> str:
    """ "Next: acknowledge the report by 3 March 2026, and make the first response by 3 March 2026 at 10:42am." """
    owed = [
        f"{RESPOND if clock.rule in RESPONSE_CLOCKS.values() else ACKNOWLEDGE} by {moment(clock.due_at) or day(clock.last_day)}"
        for clock in sorted(clocks, key=lambda each: (each.last_day, each.due_at is None))
    ]
    return f"Next: {', and '.join(owed)}." if owed else ""


def found_in_words(known: Known) -> str:
    """How much was found, for whoever hears the page."""
    people = len({person.id for person in (*known.reporters, *known.subjects)})
    counts = [
        (people, "person or body", "people or bodies"),
        (len(known.places), "place", "places"),
        (len(known.cases), "open case", "open cases"),
    ]
    said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    if not said:
        return "Nothing like that is known already, as far as you may see."
    return f"Known already: {', '.join(said)}."
