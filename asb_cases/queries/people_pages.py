"""The register of people and bodies: the list, and one entry with the parts they play where the reader may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from asb_cases.domain.duplicates import Known
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.case import Case, Participant
from asb_cases.models.complaint import Complaint
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.place import Address
from asb_cases.queries.contact_preferences import Needs, needs_of, preferences_recorded
from asb_cases.queries.contact_warnings import WarningShown, contact_warnings_for, warned_of, warnings_of_person
from asb_cases.queries.duplicates import Likely, known_of, possible_duplicates
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.paging import LARGEST_ID, STATEMENTS, Order, Page, Place, all_ids, read_page, rows_with_ids
from asb_cases.queries.people import load_person_for
from asb_cases.queries.person_merges import kept_for, merges_of, standing_merges
from asb_cases.queries.visibility import (
    complaints_visible_to,
    interventions_visible_to,
    of_complete_imports,
    of_visible_case,
    people_visible_to,
)

BY_NAME = Order(lambda person: (person.name_key,))
#: What one person's page lists of each kind; who has more is found by the lists of their own.
LISTED = 50


@dataclass(frozen=True)
class PersonPage:
    """One entry of the register, and what the reader may see of it elsewhere. `same` are other records of the same one: whom
    an occupier or owner turned out to be, or the occupiers and owners that this one is."""

    person: Person
    same: Sequence[Person]
    warnings: Sequence[WarningShown]
    warnings_over: Sequence[Any]
    preferences: Sequence[Any]
    needs: Needs
    duplicates: Sequence[Likely]
    merges: Sequence[Any]
    parts: Sequence[Any]
    interventions: Sequence[Any]
    complaints: Sequence[Any]


def people_page(actor: Actor, today: date, kinds: Sequence[str], place: Place | None) -> Page:
    """The register by name. One query, and one for a page that is not the first."""
    return read_page(_listed(actor, today, tuple(kinds)), Person, BY_NAME, _of_somebody_seen(actor, today, place))


def _of_somebody_seen(actor: Actor, today: date, place: Place | None) -> Place | None:
    """The place, if who stands there is somebody that the actor sees; else the beginning of the list. Where a record stands
    among others by its name would tell that name."""
    if place is None or place.row_id > LARGEST_ID:
        return place
    seen = select(Person.id).where(Person.id == place.row_id, people_visible_to(actor, today))
    return place if db.session.scalar(seen) is not None else None


def people_ids(actor: Actor, today: date, kinds: Sequence[str]) -> list[int]:
    """The ids of all of them, in that order: what a file is going to hold."""
    return all_ids(_listed(actor, today, tuple(kinds)), Person, BY_NAME)


def people_with_ids(actor: Actor, today: date, ids: Sequence[int]) -> list[Any]:
    """The rows with these ids, in their order. One query."""
    return rows_with_ids(_listed(actor, today, ()), Person, ids)


@lru_cache(maxsize=STATEMENTS)
def _listed(actor: Actor, today: date, kinds: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    current = (
        select(func.min(Address.text))
        .join(PersonAddress, PersonAddress.address_id == Address.id)
        .where(PersonAddress.person_id == Person.id, PersonAddress.to_on.is_(None))
        .correlate(Person)
        .scalar_subquery()
    )
    found = select(
        Person.id, Person.kind, Person.name, Person.born_on, current.label("address"), warned_of().label("warned")
    ).where(people_visible_to(actor, today))
    return found.where(Person.kind.in_(kinds)) if kinds else found


def person_page(actor: Actor, person_id: int, today: date, *, alone: bool = False) -> PersonPage:
    """One person with addresses, and the parts, steps and complaints the actor may see; `alone`: without a look at who may
    be the same. Raises `NotFound`."""
    person = load_person_for(actor, person_id, today)
    sees_complaints = actor.may(Permission.SEE_COMPLAINTS)
    suggests = not alone and actor.may(Permission.MERGE_RECORDS)
    return PersonPage(
        person=person,
        same=_same(actor, person, today),
        warnings=contact_warnings_for(actor, [person.id], today).get(person.id, ()),
        warnings_over=[each for each in warnings_of_person(person.id) if each.ended_on],
        preferences=preferences_recorded(person.id),
        needs=needs_of(actor, person.id, today),
        duplicates=possible_duplicates(actor, _known(person), today, besides=person.id) if suggests else [],
        merges=merges_of(person.id),
        parts=_parts(actor, person_id, today),
        interventions=_interventions(actor, person_id, today),
        complaints=_complaints(actor, person_id, today) if sees_complaints else [],
    )


def record_in_place_of(actor: Actor, person_id: int, today: date) -> int:
    """The record that stands for one which was merged, where the actor sees it. Raises `NotFound`."""
    kept = kept_for(person_id, standing_merges())
    if kept == person_id:
        raise NotFound("person")
    return load_person_for(actor, kept, today).id


def _same(actor: Actor, person: Person, today: date) -> Sequence[Person]:
    is_one: ColumnElement[bool] = Person.identified_as_id == person.id
    if person.identified_as_id is not None:  # asked with NULL, no index would be used
        is_one |= Person.id == person.identified_as_id
    return db.session.scalars(select(Person).where(is_one, people_visible_to(actor, today)).order_by(Person.id)).all()


def _known(person: Person) -> Known:
    return known_of(
        person.kind,
        person.name,
        born_on=person.born_on,
        company_number=person.company_number,
        email=person.email,
        phone=person.phone,
        addresses=[entry.address.text for entry in person.addresses],
    )


def _parts(actor: Actor, person_id: int, today: date) -> Sequence[Any]:
    return db.session.execute(
        select(
            Participant.part, Participant.to_on, Case.reference, Case.title, Case.status, Case.opened_on, Case.restricted,
            Case.id,
        )
        .join(Case, Case.id == Participant.case_id)
        .where(
            Participant.person_id == person_id,
            of_complete_imports(Participant),
            of_visible_case(Participant.case_id, actor, today),
        )
        .order_by(Case.opened_on.desc(), Case.id.desc(), Participant.id)
        .limit(LISTED)
    ).all()  # fmt: skip


def _interventions(actor: Actor, person_id: int, today: date) -> Sequence[Any]:
    return db.session.execute(
        select(
            Intervention.reference, Intervention.power, Intervention.status, Intervention.issued_on,
            Intervention.issued_by_body, Intervention.entered_in_error_on, Case.reference.label("case_reference"),
        )
        .join(Case, Case.id == Intervention.case_id)
        .where(and_(Intervention.subject_id == person_id, interventions_visible_to(actor, today)))
        .order_by(Intervention.id.desc())
        .limit(LISTED)
    ).all()  # fmt: skip


def _complaints(actor: Actor, person_id: int, today: date) -> Sequence[Any]:
    return db.session.execute(
        select(
            Complaint.reference, Complaint.made_on, Complaint.channel, Complaint.triage, Complaint.entered_in_error_on
        )
        .where(Complaint.complainant_id == person_id, complaints_visible_to(actor, today))
        .order_by(Complaint.made_on.desc(), Complaint.id.desc())
        .limit(LISTED)
    ).all()  # fmt: skip
