"""Who and what is known already while a report is taken in: people of a name, places, open cases about them or there.

Only what the asking person may see, and a few of each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from asb_cases.domain.people import PersonKind, phone_match_key
from asb_cases.domain.permissions import Actor
from asb_cases.queries.known_asked import AT_MOST, Asked, given_ids
from asb_cases.queries.known_cases import KnownCase, known_cases
from asb_cases.queries.known_people import KnownPerson, known_people
from asb_cases.queries.known_places import KnownPlace, known_places


@dataclass(frozen=True)
class Known:
    """What was found: `more_...` where there are others than those shown."""

    reporters: Sequence[KnownPerson] = ()
    subjects: Sequence[KnownPerson] = ()
    places: Sequence[KnownPlace] = ()
    cases: Sequence[KnownCase] = ()
    more_reporters: bool = False
    more_subjects: bool = False
    more_cases: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.reporters or self.subjects or self.places or self.cases)


NOTHING = Known()


def known_already(actor: Actor, today: date, asked: Asked) -> Known:
    """What the actor is offered. Six queries at most, and none that grows with the register."""
    if not asked.anything:
        return NOTHING
    reporters = known_people(
        actor,
        today,
        "reporting",
        asked.reporter,
        tuple(PersonKind),
        given_ids(asked.reporter_id),
        phone_match_key(asked.phone),
    )
    subjects = known_people(actor, today, "reported", asked.subject, asked.subject_kinds, asked.subject_ids)
    cases = known_cases(actor, today, asked, reporters, subjects)
    return Known(
        reporters[:AT_MOST], subjects[:AT_MOST], known_places(actor, today, asked), cases[:AT_MOST],
        len(reporters) > AT_MOST, len(subjects) > AT_MOST, len(cases) > AT_MOST,
    )  # fmt: skip
