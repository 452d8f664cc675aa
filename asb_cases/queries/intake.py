"""What became of a report, for the page that comes after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from asb_cases.domain.clocks import DeadlineState
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.complaint import Complaint
from asb_cases.models.deadline import Deadline


@dataclass(frozen=True)
class LoggedComplaint:
    """A complaint that whoever asks has just logged: its reference, its case's, and the clocks that run for it."""

    reference: str
    case_reference: str | None
    due: Sequence[Deadline]


def logged_complaint(complaint_id: int) -> LoggedComplaint:
    """The complaint of that id, which the caller logged."""
    row = db.session.execute(
        select(Complaint.reference, Case.reference.label("case_reference"))
        .outerjoin(Case, Case.id == Complaint.case_id)
        .where(Complaint.id == complaint_id)
    ).one()
    running = select(Deadline).where(Deadline.complaint_id == complaint_id, Deadline.state == DeadlineState.RUNNING)
    return LoggedComplaint(row.reference, row.case_reference, db.session.scalars(running).all())


def opened_case(case_id: int) -> tuple[str, Sequence[Deadline]]:
    """The reference of a case that whoever asks has just opened, and the clocks that run on it."""
    running = select(Deadline).where(Deadline.case_id == case_id, Deadline.state == DeadlineState.RUNNING)
    reference = db.session.scalars(select(Case.reference).where(Case.id == case_id)).one()
    return reference, db.session.scalars(running).all()
