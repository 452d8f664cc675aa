"""Complaints, for whoever may see them."""

from datetime import date

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.domain.references import parse_reference
from asb_cases.extensions import db
from asb_cases.models.case import Participant
from asb_cases.models.complaint import Complaint, ComplaintSubject, ComplaintUpdate
from asb_cases.models.intervention import Intervention, InterventionEvidence
from asb_cases.models.person import Person
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import complaints_visible_to, of_complete_imports, of_unmerged


def complaint_to_work_on(complaint_id: int, *, actor: Actor, today: date) -> Complaint:
    """The complaint for an act, its row locked until the act ends, with its categories. Raises `NotFound`, and
    `RuleBroken` for a complaint entered in error."""
    query = (
        select(Complaint)
        .where(Complaint.id == complaint_id, complaints_visible_to(actor, today))
        .options(selectinload(Complaint.categories))
        .with_for_update(of=Complaint)
        .execution_options(populate_existing=True)
    )
    complaint = db.session.scalars(query).one_or_none()
    if complaint is None:
        raise NotFound("complaint")
    if complaint.entered_in_error_on:
        raise RuleBroken([IN_ERROR])
    return complaint


def load_complaint_for(actor: Actor, reference: str, today: date) -> Complaint:
    """The complaint with this reference, however it was typed, with who made it, its place and its categories. Raises
    `NotFound`."""
    parsed = parse_reference(reference)
    query = (
        select(Complaint)
        .where(
            Complaint.reference == (str(parsed) if parsed else reference), complaints_visible_to(actor, today)
        )
        .options(
            selectinload(Complaint.categories), joinedload(Complaint.complainant), joinedload(Complaint.address),
            joinedload(Complaint.case),
        )
    )  # fmt: skip
    complaint = db.session.scalars(query).one_or_none()
    if complaint is None:
        raise NotFound("complaint")
    return complaint


def told_about(complaint_id: int) -> list[int]:
    """Whom a complaint is about, by id."""
    about = select(ComplaintSubject.person_id).where(
        ComplaintSubject.complaint_id == complaint_id, of_unmerged(ComplaintSubject.person_id)
    )
    return list(db.session.scalars(about.order_by(ComplaintSubject.person_id)))


def names_told_about(complaint_id: int) -> list[str]:
    """Whom a complaint is about, by name."""
    about = (
        select(Person.name)
        .join(ComplaintSubject, ComplaintSubject.person_id == Person.id)
        .where(ComplaintSubject.complaint_id == complaint_id, of_unmerged(ComplaintSubject.person_id))
    )
    return list(db.session.scalars(about.order_by(Person.id)))


def standing_complaints_of(case_id: int) -> list[Complaint]:
    """The complaints of a case that count, oldest first: not those entered in error or of an unfinished import."""
    return list(
        db.session.scalars(
            select(Complaint)
            .where(
                Complaint.case_id == case_id,
                Complaint.entered_in_error_on.is_(None),
                of_complete_imports(Complaint),
            )
            .order_by(Complaint.made_on, Complaint.id)
        )
    )


def steps_resting_on_complaint(complaint_id: int) -> int:
    """How many steps that were drafted or taken, and stand, name the complaint as their evidence."""
    resting = (
        select(func.count(InterventionEvidence.intervention_id.distinct()))
        .join(Intervention, Intervention.id == InterventionEvidence.intervention_id)
        .where(InterventionEvidence.complaint_id == complaint_id, Intervention.entered_in_error_on.is_(None))
    )
    return db.session.scalar(resting) or 0


def parts_of_nothing_else(case_id: int, complaint: Complaint, today: date) -> list[Participant]:
    """The parts in a case that a complaint which left it gave people: the complainant's, and those of whom it is about,
    where no other complaint of the case and no step in it names them so."""
    others = (Complaint.case_id == case_id, Complaint.id != complaint.id, Complaint.entered_in_error_on.is_(None))
    told_by = exists().where(Complaint.complainant_id == Participant.person_id, *others)
    told_of = exists().where(
        ComplaintSubject.person_id == Participant.person_id, ComplaintSubject.complaint_id == Complaint.id, *others
    )
    stepped = exists().where(
        Intervention.subject_id == Participant.person_id,
        Intervention.case_id == case_id,
        Intervention.entered_in_error_on.is_(None),
    )
    complainants = and_(
        Participant.part == Part.COMPLAINANT, Participant.person_id == complaint.complainant_id, ~told_by
    )
    subjects = and_(
        Participant.part == Part.SUBJECT, Participant.person_id.in_(told_about(complaint.id)), ~told_of, ~stepped
    )
    still = or_(Participant.to_on.is_(None), Participant.to_on > today)
    found = select(Participant).where(Participant.case_id == case_id, still, or_(complainants, subjects))
    return list(db.session.scalars(found.order_by(Participant.id)))


def reference_of_complaint(complaint_id: int) -> str:
    """The reference of a complaint that was just made."""
    return db.session.execute(select(Complaint.reference).where(Complaint.id == complaint_id)).scalar_one()


def updates_of(complaint_id: int) -> list[ComplaintUpdate]:
    """What happened later about an out-of-hours request, with whoever wrote it, in the order written."""
    return list(
        db.session.scalars(
            select(ComplaintUpdate)
            .where(ComplaintUpdate.complaint_id == complaint_id)
            .options(joinedload(ComplaintUpdate.author))
            .order_by(ComplaintUpdate.written_at, ComplaintUpdate.id)
        )
    )
