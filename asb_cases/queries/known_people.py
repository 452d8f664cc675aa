"""People known already while a report is taken in, by name or telephone number.

Whoever turned to us is found for the question who reported it, and whoever was reported for the question who it is
about, never across: what is read out to a caller must not tell them who else complained. A part that somebody plays
where the asking person may not look counts for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from asb_cases.domain.case_content import NAMED_TO_ALL
from asb_cases.domain.people import Part, PersonKind
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.case import Participant
from asb_cases.models.complaint import Complaint
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.place import Address
from asb_cases.models.search_entry import SearchEntry
from asb_cases.queries.known_asked import AT_MOST, is_enough
from asb_cases.queries.search import asked_of_index, matching_entries, newest_entry, on_sqlite, search_words
from asb_cases.queries.visibility import (
    ACTORS_AT_ONCE,
    complaints_visible_to,
    in_no_record,
    of_complete_imports,
    of_visible_case,
    people_visible_to,
    told_of_in,
)

#: The parts of those who were reported, and of those who turned to us or stand by them.
REPORTED = NAMED_TO_ALL
REPORTING = frozenset(Part) - REPORTED


@dataclass(frozen=True)
class KnownPerson:
    """Somebody in the register, with where they live or are based now."""

    id: int
    kind: PersonKind
    name: str
    born_on: date | None
    address: str | None


def known_people(
    actor: Actor,
    today: date,
    side: str,
    name: str | None,
    kinds: tuple[PersonKind, ...],
    chosen: Sequence[int],
    phone: str | None = None,
) -> list[KnownPerson]:
    """Those of the name or the telephone number, the newest entries first, after whoever is chosen."""
    # A single letter is a word that is still being typed.
    words = [word for word in search_words(name or "") if len(word) > 1] if is_enough(name) else []
    if not (words or phone or chosen):
        return []
    found = _people_found(actor, today, side, kinds, len(words), bool(phone), bool(chosen), on_sqlite())
    values: dict[str, object] = {"phone": phone, "chosen": list(chosen)}
    values.update((f"word_{number}", f"% {word}%") for number, word in enumerate(words))
    if words:
        values["asked"] = asked_of_index(words)
    people = {
        row.id: KnownPerson(row.id, row.kind, row.name, row.born_on, row.address)
        for row in db.session.execute(found, values)
    }
    return sorted(people.values(), key=lambda each: (each.id not in chosen, -each.id))


@lru_cache(maxsize=ACTORS_AT_ONCE)
def _people_found(
    actor: Actor,
    today: date,
    side: str,
    kinds: tuple[PersonKind, ...],
    words: int,
    phone: bool,
    chosen: bool,
    sqlite: bool,
) -> CompoundSelect[*tuple[Any, ...]]:
    """Put together once for each reader, day and way of asking: that takes longer than to send it."""
    seen = select(*_shown_of_person()).where(people_visible_to(actor, today))
    wanted = [_of_name(actor, today, side, kinds, words, sqlite)] if words else []
    if phone:
        of_phone = seen.where(Person.phone_key == bindparam("phone", type_=String), _on_side(actor, today, side))
        wanted.append(of_phone.limit(AT_MOST + 1))
    if chosen:
        wanted.append(seen.where(Person.id.in_(bindparam("chosen", expanding=True, type_=Integer))))
    return union_all(*(select(each.subquery()) for each in wanted))


def _of_name(
    actor: Actor, today: date, side: str, kinds: tuple[PersonKind, ...], words: int, sqlite: bool
) -> Select[*tuple[Any, ...]]:
    """An entry holds addresses and telephone numbers too: the words asked for must be of the name."""
    named = literal(" ").concat(Person.name_key)
    return (
        matching_entries(sqlite)
        .join(Person, Person.id == SearchEntry.entity_id)
        .with_only_columns(*_shown_of_person(), maintain_column_froms=True)
        .where(
            SearchEntry.entity_kind == "person",
            people_visible_to(actor, today),
            _on_side(actor, today, side),
            Person.kind.in_(kinds),
            *(named.like(bindparam(f"word_{number}", type_=String)) for number in range(words)),
        )
        .order_by(newest_entry(sqlite).desc())
        .limit(AT_MOST + 1)
    )


def _shown_of_person() -> tuple[Any, ...]:
    home = (
        select(func.min(Address.text))
        .join(PersonAddress, PersonAddress.address_id == Address.id)
        .where(PersonAddress.person_id == Person.id, PersonAddress.to_on.is_(None))
        .correlate(Person)
        .scalar_subquery()
    )
    return Person.id, Person.kind, Person.name, Person.born_on, home.label("address")


def _on_side(actor: Actor, today: date, side: str) -> ColumnElement[bool]:
    """The condition on `Person`: known to the actor as somebody who turned to us or stands by them ("reporting"), or as
    somebody that was reported; or in no record at all."""
    parts = REPORTING if side == "reporting" else REPORTED
    plays = exists().where(
        Participant.person_id == Person.id,
        Participant.part.in_(parts),
        of_complete_imports(Participant),
        of_visible_case(Participant.case_id, actor, today),
    )
    complaints = complaints_visible_to(actor, today)
    if side == "reporting":
        in_complaint: ColumnElement[bool] = exists().where(Complaint.complainant_id == Person.id, complaints)
        in_complaint = in_complaint.correlate(Person)
    else:
        in_complaint = told_of_in(complaints)
    known = [plays.correlate(Person), in_complaint]
    return or_(*known, in_no_record()) if actor.may(Permission.EDIT_PEOPLE) else or_(*known)
