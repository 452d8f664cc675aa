"""What happened in the world, as a case keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from asb_cases.domain.case_content import content_for
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.complaint import Complaint
from asb_cases.models.incident import Incident, IncidentComplaint
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_complete_imports, of_visible_case


@dataclass(frozen=True)
class ComplaintOfCase:
    """A complaint of a case, in short, to be named as one that told of an incident."""

    id: int
    reference: str
    made_on: date
    description: str | None


def incidents_of(case_id: int) -> Sequence[Incident]:
    """The incidents of a case that stand, with their places, the latest first: those that can be relied on (`evidence`)
    are what a notice may rest on."""
    return db.session.scalars(
        select(Incident)
        .where(Incident.case_id == case_id, Incident.entered_in_error_on.is_(None))
        .options(joinedload(Incident.address), joinedload(Incident.recorded_by))
        .order_by(Incident.happened_on.desc(), Incident.id.desc())
    ).all()


def incident_for(actor: Actor, incident_id: int, today: date) -> tuple[Incident, Case]:
    """An incident and its case, for whoever reads what the service keeps for itself. Raises `NotFound`."""
    found = None
    if content_for(actor).internal_notes:
        found = db.session.scalars(
            select(Incident)
            .where(Incident.id == incident_id, of_visible_case(Incident.case_id, actor, today))
            .options(joinedload(Incident.address), joinedload(Incident.recorded_by))
        ).one_or_none()
    if found is None:
        raise NotFound("incident")
    return found, db.session.get_one(Case, found.case_id)


def incident_to_work_on(incident_id: int) -> Incident:
    """The incident for an act; the caller asks whether its case may be seen. Raises `NotFound`."""
    incident = db.session.scalars(
        select(Incident).where(Incident.id == incident_id).options(joinedload(Incident.address))
    ).one_or_none()
    if incident is None:
        raise NotFound("incident")
    return incident


def complaints_of_case(case_id: int) -> list[ComplaintOfCase]:
    """The complaints of a case that stand, the latest first."""
    rows = db.session.execute(
        select(Complaint.id, Complaint.reference, Complaint.made_on, Complaint.description)
        .where(Complaint.case_id == case_id, Complaint.entered_in_error_on.is_(None), of_complete_imports(Complaint))
        .order_by(Complaint.made_on.desc(), Complaint.id.desc())
    )
    return [ComplaintOfCase(*row) for row in rows]


def complaints_telling_of(incident_id: int) -> list[ComplaintOfCase]:
    """The complaints that told of an incident, as far as they are still of its case: one that was moved to another is for
    those who see that."""
    rows = db.session.execute(
        select(Complaint.id, Complaint.reference, Complaint.made_on, Complaint.description)
        .join(IncidentComplaint, IncidentComplaint.complaint_id == Complaint.id)
        .join(Incident, and_(Incident.id == IncidentComplaint.incident_id, Incident.case_id == Complaint.case_id))
        .where(Incident.id == incident_id, of_complete_imports(Complaint))
        .order_by(Complaint.made_on, Complaint.id)
    )
    return [ComplaintOfCase(*row) for row in rows]
