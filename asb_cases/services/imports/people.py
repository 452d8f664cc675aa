"""People that rows name: the same where kind, name and birth date (or else address) are, never by a likeness."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from asb_cases.domain.names import fold_key
from asb_cases.domain.people import Part, PersonKind, email_match_key, phone_match_key
from asb_cases.models.case import Participant
from asb_cases.models.person import Person, PersonAddress
from asb_cases.queries.imports import homes_of, parts_played, people_with_identity
from asb_cases.services.imports.bulk import add_rows, add_rows_for_ids
from asb_cases.services.search_index import Entry, index_new


@dataclass(frozen=True)
class Named:
    """Somebody that a row names. `key` tells them from others (see `domain.people.identity_key`)."""

    name: str
    key: str
    kind: PersonKind = PersonKind.INDIVIDUAL
    born_on: date | None = None
    address: str | None = None
    email: str | None = None
    phone: str | None = None
    #: Whether the key holds more than a name.
    distinct: bool = True


@dataclass(frozen=True)
class People:
    """People looked up: by line, the ids of those known; by line, the others; where those known live."""

    known: Mapping[int, int]
    new: Mapping[int, Named]
    homes: frozenset[tuple[int, int]]


def people_named(named: Mapping[int, Named], import_id: int, known: Mapping[int, int] | None = None) -> People:
    """Look people up, by the line that names them; those of a name alone are people of their own. `known`: those of other
    lines, who were found in another way."""
    ids = people_with_identity({each.key for each in named.values() if each.distinct}, import_id)
    found = {line: ids[each.key] for line, each in named.items() if each.distinct and each.key in ids} | dict(
        known or {}
    )
    new = {line: each for line, each in named.items() if line not in found}
    return People(found, new, frozenset(homes_of(set(found.values()))))


def with_new(people: People, homes: Mapping[int, int], import_id: int) -> dict[int, int]:
    """By line, the ids of people, those that are new added. `homes`: by line, the address it gives. Part of an act."""
    first_lines: dict[object, int] = {}
    for line, each in people.new.items():
        first_lines.setdefault(each.key if each.distinct else line, line)
    ids = dict(zip(first_lines, _add([people.new[line] for line in first_lines.values()], import_id), strict=True))
    found = {line: ids[each.key if each.distinct else line] for line, each in people.new.items()} | dict(people.known)
    wanted = dict.fromkeys((found[line], address) for line, address in homes.items() if line in found)
    rows = [
        {"person_id": person, "address_id": address, "import_id": import_id}
        for person, address in wanted
        if (person, address) not in people.homes
    ]
    add_rows(PersonAddress, rows)
    return found


@dataclass(frozen=True)
class Parts:
    """The part that people play in cases: as pairs of case and person, those who do already."""

    part: Part
    played: frozenset[tuple[int, int]]


def parts_in(case_ids: Iterable[int], part: Part) -> Parts:
    """Look up who plays the part in these cases."""
    return Parts(part, frozenset(parts_played(set(case_ids), part)))


def add_participants(wanted: Iterable[tuple[int, int]], parts: Parts, import_id: int) -> None:
    """Let people play the part in cases; those who do already go on doing so. Part of an act."""
    rows = [
        {"case_id": case_id, "person_id": person_id, "part": parts.part, "import_id": import_id}
        for case_id, person_id in dict.fromkeys(wanted)
        if (case_id, person_id) not in parts.played
    ]
    add_rows(Participant, rows)


def _add(new: list[Named], import_id: int) -> list[int]:
    rows = [
        {
            "kind": each.kind,
            "name": each.name,
            "name_key": fold_key(each.name),
            "identity_key": each.key,
            "born_on": each.born_on,
            "email": each.email,
            "phone": each.phone,
            "email_key": email_match_key(each.email),
            "phone_key": phone_match_key(each.phone),
            "import_id": import_id,
        }
        for each in new
    ]
    ids = add_rows_for_ids(Person, rows)
    index_new(
        Entry("person", person_id, None, (each.name, each.email, each.phone, each.address), import_id)
        for person_id, each in zip(ids, new, strict=True)
    )
    return ids
