"""People and their addresses, for whoever may see them."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.case import Participant
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.person_merge import PersonMerge
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_complete_imports, of_unmerged, people_visible_to


def person_to_work_on(person_id: int, *, actor: Actor, today: date) -> Person:
    """The person for an act, the row locked until the act ends, with addresses. Raises `NotFound`."""
    query = (
        select(Person)
        .where(Person.id == person_id, people_visible_to(actor, today))
        .options(selectinload(Person.addresses).joinedload(PersonAddress.address))
        .with_for_update(of=Person)
        .execution_options(populate_existing=True)
    )
    person = db.session.scalars(query).one_or_none()
    if person is None or merged_meanwhile({person_id}):
        raise NotFound("person")
    return person


def load_person_for(actor: Actor, person_id: int, today: date) -> Person:
    """The person for a page, with addresses. Raises `NotFound`."""
    query = (
        select(Person)
        .where(Person.id == person_id, people_visible_to(actor, today))
        .options(selectinload(Person.addresses).joinedload(PersonAddress.address))
    )
    person = db.session.scalars(query).one_or_none()
    if person is None:
        raise NotFound("person")
    return person


def people_to_work_on(ids: Collection[int], *, actor: Actor, today: date) -> dict[int, Person]:
    """Several people for an act, by id, their rows locked in one order until it ends; without their addresses. Raises
    `NotFound` where one of them is not there for the actor."""
    if not ids:
        return {}
    query = (
        select(Person)
        .where(Person.id.in_(ids), people_visible_to(actor, today))
        .order_by(Person.id)
        .with_for_update(of=Person)
        .execution_options(populate_existing=True)
    )
    found = {person.id: person for person in db.session.scalars(query)}
    if set(ids) - set(found) or merged_meanwhile(set(ids)):
        raise NotFound("person")
    return found


def merged_meanwhile(ids: Collection[int]) -> bool:
    """Whether one of these records, which are locked, was merged while the lock was waited for: PostgreSQL judges a row that
    it waited for by what stood in other tables before."""
    merged = select(PersonMerge.id).where(PersonMerge.merged_id.in_(ids), PersonMerge.undone_on.is_(None))
    return db.session.scalar(merged.limit(1)) is not None


def load_address_entry_for(person: Person, entry_id: int) -> PersonAddress:
    """One of the addresses of a person who was loaded with them. Raises `NotFound`."""
    entry = next((each for each in person.addresses if each.id == entry_id), None)
    if entry is None:
        raise NotFound("address of the person")
    return entry


def named_behind(person: Person) -> Person:
    """Who an occupier or owner turned out to be; the person itself where nobody was identified."""
    if person.identified_as_id is None:
        return person
    return db.session.get_one(Person, person.identified_as_id)


def records_of_same(person: Person) -> frozenset[int]:
    """The other records of one subject: an occupier or owner, and the one they were identified as."""
    named = person.identified_as_id or person.id
    others = db.session.scalars(select(Person.id).where(Person.identified_as_id == named))
    return frozenset({named, *others}) - {person.id}


def participant_of(case_id: int, person_id: int, part: Part) -> Participant | None:
    """The entry of a person's part in a case, ended or not."""
    return db.session.scalars(
        select(Participant).where(
            Participant.case_id == case_id, Participant.person_id == person_id, Participant.part == part
        )
    ).one_or_none()


def parts_in_case(case_id: int, person_id: int) -> set[Part]:
    """Every part that a person plays, or played, in a case."""
    return set(
        db.session.scalars(
            select(Participant.part).where(Participant.case_id == case_id, Participant.person_id == person_id)
        )
    )


def plays_any_part(case_id: int, parts: Iterable[Part]) -> bool:
    """Whether somebody plays one of these parts in a case now."""
    of = (Participant.case_id == case_id, Participant.part.in_(list(parts)), Participant.to_on.is_(None))
    return db.session.scalar(select(Participant.id).where(*of).limit(1)) is not None


def load_part_for(case_id: int, participant_id: int) -> Participant:
    """A part that somebody plays in this case, with the person, for a page of the case. Raises `NotFound`."""
    participant = db.session.scalars(
        select(Participant)
        .where(
            Participant.id == participant_id,
            Participant.case_id == case_id,
            of_complete_imports(Participant),
            of_unmerged(Participant.person_id),
        )
        .options(joinedload(Participant.person))
    ).one_or_none()
    if participant is None:
        raise NotFound("participant")
    return participant


def subjects_of_case(case_id: int) -> list[Person]:
    """Everybody whom a case is about, now or before, in the order in which they were named."""
    query = (
        select(Person)
        .join(Participant, Participant.person_id == Person.id)
        .where(
            Participant.case_id == case_id,
            Participant.part == Part.SUBJECT,
            of_complete_imports(Participant),
            of_unmerged(Participant.person_id),
        )
        .order_by(Participant.id)
    )
    return list(db.session.scalars(query))


def participant_to_work_on(participant_id: int) -> Participant:
    """A part in a case, with the person; the caller asks whether the case may be seen. Raises `NotFound`."""
    participant = db.session.scalars(
        select(Participant).where(Participant.id == participant_id).options(joinedload(Participant.person))
    ).one_or_none()
    if participant is None:
        raise NotFound("participant")
    return participant
