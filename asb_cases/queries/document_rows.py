"""What letters and notices are made of: an intervention with what it requires, how it was given, and whom it is to; a letter
to somebody who complained; and the names that must not stand in anything the subject is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload

from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor
from asb_cases.domain.powers.penalty import Received
from asb_cases.domain.references import parse_reference
from asb_cases.domain.requirements import Requirement
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.case import Case, Participant
from asb_cases.models.casework import ContactEntry, Direction
from asb_cases.models.complaint import Complaint
from asb_cases.models.history import HistoryEntry
from asb_cases.models.intervention import Intervention
from asb_cases.models.measure import Measure
from asb_cases.models.person import Person
from asb_cases.models.service import Service
from asb_cases.models.user import User
from asb_cases.models.wording import WordingVersion
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.enforcement import clocks_of, requirements_of
from asb_cases.queries.enforcement_records import LIVE, as_requirement
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.steps_in_hand import addresses_of
from asb_cases.queries.visibility import interventions_visible_to, of_complete_imports
from asb_cases.queries.wordings import wordings_written

#: Those who turned to us or stand by them: never named to the subject.
PROTECTED = tuple(part for part in Part if part not in {Part.SUBJECT, Part.OWNER_LANDLORD, Part.OCCUPIER})
#: Those whom the council writes to about what came of their report.
WRITTEN_TO = (Part.COMPLAINANT, Part.VICTIM)
#: How the working of a clock says that its last day was not the notice's own.
NAMED_LATER = ("in the variation", "in the court’s order")
#: The latest of a case that are offered as letters.
MOST_CONTACTS = 50


@dataclass(frozen=True)
class VersionOfRequirement:
    """One version of a requirement, and what brought it about: the notice itself, a variation, a court."""

    rule: Requirement
    made_by: str


@dataclass(frozen=True)
class Names:
    """Who drafted, authorised and signed."""

    drafter: str | None
    authoriser: str | None
    issuer: str | None


@dataclass(frozen=True)
class DocumentRows:
    """An intervention as its documents need it. `address` is where the recipient lives or is based, as last known;
    `varied` the day and the reasons of the latest variation, `ends_on` the last day of a notice as it was given at first."""

    step: Intervention
    case_reference: str
    names: Names
    address: str | None
    requirements: Sequence[VersionOfRequirement]
    services: Sequence[Any]
    breach: AllegedBreach | None
    notice: Intervention | None
    breached: Sequence[Requirement]
    varied: tuple[datetime, str | None] | None
    received: Sequence[Received] = ()
    ends_on: date | None = None
    measures: Sequence[Measure] = ()
    wordings: Mapping[str, WordingVersion] = field(default_factory=dict)


class LetterOf(StrEnum):
    """What a letter to somebody who turned to us is of: a complaint of theirs, their part in a case, or what
    they were told."""

    COMPLAINT = "complaint"
    PART = "part"
    CONTACT = "contact"


@dataclass(frozen=True)
class LetterRows:
    """A letter to somebody who turned to us: who they are, and where; what they were told, in a letter about that; the
    reference and day of a complaint, in one that acknowledges it."""

    case: Case
    person: Person
    address: str | None
    told: str | None = None
    told_at: datetime | None = None
    complaint: tuple[str, date] | None = None
    wordings: Mapping[str, WordingVersion] = field(default_factory=dict)


def document_rows(actor: Actor, reference: str, today: date) -> DocumentRows:
    """The intervention with this reference, if its documents are ours to make: it is no other body's, and came from no old
    register. Raises `NotFound`."""
    step, case_reference, names = _step(actor, reference, today)
    breach = _breach(step.breach_id) if step.breach_id else None
    return DocumentRows(
        step=step,
        case_reference=case_reference,
        names=names,
        address=next(iter(addresses_of(step.subject_id, today)), None),
        requirements=[VersionOfRequirement(as_requirement(row), row.made_by) for row in requirements_of(step.id)],
        services=_services(step.id),
        breach=breach,
        notice=breach.intervention if breach else None,
        breached=LIVE.requirements_breached(breach.id) if breach else (),
        varied=_varied(step.id),
        ends_on=_ended_at_first(step),
        wordings=wordings_written(),
        measures=measures_of(step.id) if step.power == "CPN" else (),
        received=LIVE.received(step.id) if step.power == "FPN" else (),
    )


def letter_rows(of: LetterOf, actor: Actor, reference: str, of_id: int, today: date) -> LetterRows:
    """What a letter is made of, by the reference of its case and the id of what it is of. Raises `NotFound`."""
    read = {
        LetterOf.COMPLAINT: acknowledgement_rows,
        LetterOf.PART: closing_letter_rows,
        LetterOf.CONTACT: update_letter_rows,
    }
    return replace(read[of](actor, reference, of_id, today), wordings=wordings_written())


def measures_of(intervention_id: int) -> Sequence[Measure]:
    """What was done about breaches of a notice beside penalties and prosecutions, and stands, in the order recorded."""
    return db.session.scalars(
        select(Measure)
        .where(Measure.intervention_id == intervention_id, Measure.entered_in_error_on.is_(None))
        .order_by(Measure.id)
    ).all()


def acknowledgement_rows(actor: Actor, reference: str, complaint_id: int, today: date) -> LetterRows:
    """Whoever made a complaint of the case. Raises `NotFound`."""
    case = load_case_for(actor, reference, today)
    row = db.session.execute(
        select(Complaint.reference, Complaint.made_on, Person)
        .join(Person, Person.id == Complaint.complainant_id)
        .where(
            Complaint.id == complaint_id, Complaint.case_id == case.id, Complaint.entered_in_error_on.is_(None),
            of_complete_imports(Complaint),
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound("letter")
    address = next(iter(addresses_of(row.Person.id, today)), None)
    return LetterRows(case, row.Person, address, complaint=(row.reference, row.made_on))


def complaints_to_letter(case_id: int) -> Sequence[Any]:
    """The complaints of a case by somebody known, the latest first: each may be acknowledged in writing."""
    return db.session.execute(
        select(Complaint.id, Complaint.reference, Complaint.made_on, Person.name)
        .join(Person, Person.id == Complaint.complainant_id)
        .where(
            Complaint.case_id == case_id, Complaint.entered_in_error_on.is_(None), of_complete_imports(Complaint)
        )
        .order_by(Complaint.made_on.desc(), Complaint.id.desc())
        .limit(MOST_CONTACTS)
    ).all()  # fmt: skip


def closing_letter_rows(actor: Actor, reference: str, participant_id: int, today: date) -> LetterRows:
    """Somebody who complained or suffered, and the closed case. Raises `NotFound`."""
    case = load_case_for(actor, reference, today)
    person = db.session.scalars(_people_written_to(case.id).where(Participant.id == participant_id)).one_or_none()
    if person is None or case.closed_on is None:
        raise NotFound("letter")
    return LetterRows(case, person, next(iter(addresses_of(person.id, today)), None))


def update_letter_rows(actor: Actor, reference: str, contact_id: int, today: date) -> LetterRows:
    """What somebody who complained or suffered was told, by the entry of it. Raises `NotFound`."""
    case = load_case_for(actor, reference, today)
    entry = db.session.scalars(
        select(ContactEntry).where(
            ContactEntry.id == contact_id,
            ContactEntry.case_id == case.id,
            ContactEntry.direction == Direction.OUT,
            of_complete_imports(ContactEntry),
        )
    ).one_or_none()
    wanted = _people_written_to(case.id).where(Person.id == entry.person_id) if entry else None
    person = db.session.scalars(wanted).first() if wanted is not None else None
    if entry is None or person is None:
        raise NotFound("letter")
    return LetterRows(case, person, next(iter(addresses_of(person.id, today)), None), entry.told, entry.at)


def people_written_to(case_id: int) -> Sequence[Any]:
    """Those to whom a letter about the case may go: the entry of their part, and their name."""
    return db.session.execute(
        select(Participant.id, Person.name)
        .join(Person, Person.id == Participant.person_id)
        .where(
            Participant.case_id == case_id,
            Participant.part.in_(WRITTEN_TO),
            Participant.to_on.is_(None),
            of_complete_imports(Participant),
        )
        .order_by(Person.name_key, Participant.id)
    ).all()


def contacts_to_letter(case_id: int) -> Sequence[Any]:
    """What those who complained or suffered were told by us, the latest first: each may be put into a letter."""
    parts = select(Participant.person_id).where(Participant.case_id == case_id, Participant.part.in_(WRITTEN_TO))
    return db.session.execute(
        select(ContactEntry.id, ContactEntry.at, ContactEntry.told, Person.name)
        .join(Person, Person.id == ContactEntry.person_id)
        .where(
            ContactEntry.case_id == case_id,
            ContactEntry.direction == Direction.OUT,
            ContactEntry.person_id.in_(parts),
            of_complete_imports(ContactEntry),
        )
        .order_by(ContactEntry.at.desc(), ContactEntry.id.desc())
        .limit(MOST_CONTACTS)
    ).all()


def names_to_keep_out(case_id: int, recipient_id: int) -> list[str]:
    """The names of those who turned to us in the case, or stand by them, unless it is the recipient's own."""
    plays_part = select(Participant.person_id).where(Participant.case_id == case_id, Participant.part.in_(PROTECTED))
    complained = select(Complaint.complainant_id).where(
        Complaint.case_id == case_id, Complaint.complainant_id.is_not(None)
    )
    query = (
        select(Person.name)
        .where(or_(Person.id.in_(plays_part), Person.id.in_(complained)), Person.id != recipient_id)
        .order_by(Person.id)
    )
    return list(dict.fromkeys(db.session.scalars(query)))


def _step(actor: Actor, reference: str, today: date) -> tuple[Intervention, str, Names]:
    parsed = parse_reference(reference)
    drafter, authoriser, issuer = (aliased(User) for _ in range(3))
    row = db.session.execute(
        select(Intervention, Case.reference, drafter.name, authoriser.name, issuer.name)
        .join(Case, Case.id == Intervention.case_id)
        .outerjoin(drafter, drafter.id == Intervention.drafter_id)
        .outerjoin(authoriser, authoriser.id == Intervention.authoriser_id)
        .outerjoin(issuer, issuer.id == Intervention.issuer_id)
        .options(joinedload(Intervention.subject), joinedload(Intervention.follows))
        .where(
            Intervention.reference == (str(parsed) if parsed else reference),
            Intervention.import_id.is_(None),
            Intervention.issued_by_body.is_(None),
            interventions_visible_to(actor, today),
        )
    ).one_or_none()
    if row is None:
        raise NotFound("document")
    return row[0], row[1], Names(row[2], row[3], row[4])


def _breach(breach_id: int) -> AllegedBreach:
    query = select(AllegedBreach).where(AllegedBreach.id == breach_id).options(joinedload(AllegedBreach.intervention))
    return db.session.scalars(query).one()


def _services(intervention_id: int) -> Sequence[Any]:
    return db.session.execute(
        select(*Service.__table__.columns, User.name.label("server"))
        .outerjoin(User, User.id == Service.server_id)
        .where(Service.intervention_id == intervention_id, Service.entered_in_error_on.is_(None))
        .order_by(Service.id)
    ).all()


def _ended_at_first(step: Intervention) -> date | None:
    """The last day that a notice named when it was given, whatever a variation or the court named since."""
    first = next(iter(clocks_of("cpn_end", step.id)), None) if step.power == "CPN" else None
    if first is None:
        return step.ends_on
    return None if any(where in first.working for where in NAMED_LATER) else first.last_day


def _varied(intervention_id: int) -> tuple[datetime, str | None] | None:
    """When the notice was varied last, and why."""
    query = (
        select(HistoryEntry.at, HistoryEntry.reason)
        .where(
            HistoryEntry.entity_kind == "intervention",
            HistoryEntry.entity_id == intervention_id,
            HistoryEntry.kind == "varied",
        )
        .order_by(HistoryEntry.id.desc())
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return (row.at, row.reason) if row else None


def _people_written_to(case_id: int) -> Any:
    return (
        select(Person)
        .join(Participant, Participant.person_id == Person.id)
        .where(Participant.case_id == case_id, Participant.part.in_(WRITTEN_TO), of_complete_imports(Participant))
    )
