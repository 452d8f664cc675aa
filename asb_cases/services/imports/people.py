"""People that rows name: the same where kind, name and birth date (or else address) are, never by a likeness.

Parts of an act.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from asb_cases.domain.names import fold_key
from asb_cases.domain.people import Part, PersonKind, identity_key
from asb_cases.extensions import db
from asb_cases.models.case import Participant
from asb_cases.models.person import Person, PersonAddress
from asb_cases.queries.imports import people_with_identity
from asb_cases.services.imports.bulk import add_rows, add_rows_for_ids
from asb_cases.services.search_index import Entry, index_new


@dataclass(frozen=True)
class Named:
    """Somebody that a row names."""

    name: str
    kind: PersonKind = PersonKind.INDIVIDUAL
    born_on: date | None = None
    address: str | None = None
    email: str | None = None
    phone: str | None = None
    #: Whether birth date or address tell this person from others of the name.
    distinct: bool = True

    @property
    def key(self) -> str:
        return identity_key(self.kind, self.name, self.born_on, self.address)


def find_or_add_people(named: Mapping[int, Named], addresses: Mapping[str, int], import_id: int) -> dict[int, int]:
    """By line, the id of the person it names. Those of a name alone are people of their own."""
    known = people_with_identity({each.key for each in named.values() if each.distinct}, import_id)
    new: dict[object, Named] = {}
    for line, each in named.items():
        if not each.distinct:
            new[line] = each
        elif each.key not in known:
            new.setdefault(each.key, each)
    added = _add(new, import_id)
    people = {line: known.get(each.key) or added[each.key if each.distinct else line] for line, each in named.items()}
    homes = {(people[line], addresses[fold_key(each.address)]) for line, each in named.items() if each.address}
    _add_addresses(homes, import_id)
    return people


def add_participants(parts: Iterable[tuple[int, int]], part: Part, import_id: int) -> None:
    """Let people play a part in cases, as pairs of case and person; those who do already go on doing so."""
    wanted = dict.fromkeys(parts)
    playing = set(
        db.session.execute(
            select(Participant.case_id, Participant.person_id).where(
                Participant.case_id.in_({case_id for case_id, _person_id in wanted}), Participant.part == part
            )
        ).all()
    )
    new = [
        {"case_id": case_id, "person_id": person_id, "part": part, "import_id": import_id}
        for case_id, person_id in wanted
        if (case_id, person_id) not in playing
    ]
    add_rows(Participant, new)


def _add(new: Mapping[object, Named], import_id: int) -> dict[object, int]:
    if not new:
        return {}
    rows = [
        {
            "kind": each.kind,
            "name": each.name,
            "name_key": fold_key(each.name),
            "identity_key": each.key,
            "born_on": each.born_on,
            "email": each.email,
            "phone": each.phone,
            "import_id": import_id,
        }
        for each in new.values()
    ]
    ids = add_rows_for_ids(Person, rows)
    index_new(
        Entry("person", person_id, None, (each.name, each.email, each.phone, each.address), import_id)
        for person_id, each in zip(ids, new.values(), strict=True)
    )
    return dict(zip(new, ids, strict=True))


def _add_addresses(wanted: set[tuple[int, int]], import_id: int) -> None:
    known = set(
        db.session.execute(
            select(PersonAddress.person_id, PersonAddress.address_id).where(
                PersonAddress.person_id.in_({person_id for person_id, _address_id in wanted})
            )
        ).all()
    )
    new = [
        {"person_id": person, "address_id": address, "import_id": import_id}
        for person, address in sorted(wanted - known)
    ]
    add_rows(PersonAddress, new)
