"""Explanations of the case review that are owed to somebody who complained again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select, union_all

from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.case_review_work import CaseReviewExplanation
from asb_cases.models.complaint import Complaint
from asb_cases.models.deadline import Deadline
from asb_cases.models.person import Person
from asb_cases.models.user import User
from asb_cases.queries.paging import Order, Page, Place, read_page
from asb_cases.queries.visibility import complaints_visible_to, of_complete_imports

OLDEST = Order(lambda explanation: (explanation.owed_from,))


@dataclass(frozen=True)
class SaidBefore:
    """The days of somebody's earlier complaints, and those at which an explanation was owed."""

    complaints: Sequence[date]
    explanations: Sequence[date]


def said_before(complaint: Complaint) -> SaidBefore:
    """What somebody told us before a complaint, and when they were to be told of the case review; at this complaint too,
    where that is on record. One query."""
    earlier = select(Complaint.made_on, literal(1)).where(
        Complaint.complainant_id == complaint.complainant_id,
        Complaint.id != complaint.id,
        Complaint.made_on <= complaint.made_on,
        Complaint.entered_in_error_on.is_(None),
        of_complete_imports(Complaint),
    )
    owed = select(CaseReviewExplanation.owed_from, literal(0)).where(
        CaseReviewExplanation.person_id == complaint.complainant_id,
        CaseReviewExplanation.owed_from <= complaint.made_on,
    )
    rows = db.session.execute(union_all(earlier, owed)).all()
    return SaidBefore([day for day, told in rows if told], [day for day, told in rows if not told])


def explanation_at(complaint_id: int, *, lock: bool = False) -> CaseReviewExplanation | None:
    """What is owed, or was given, at a complaint."""
    query = select(CaseReviewExplanation).where(CaseReviewExplanation.complaint_id == complaint_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one_or_none()


def explanations_page(actor: Actor, today: date, place: Place | None) -> Page:
    """One page of those still owed, the longest owed first. One query."""
    query = (
        select(
            CaseReviewExplanation.id,
            CaseReviewExplanation.owed_from,
            Complaint.id.label("complaint_id"),
            Complaint.reference.label("complaint"),
            Person.name.label("person"),
            Case.reference.label("case_reference"),
            User.name.label("owner"),
            Deadline.last_day,
        )
        .join(Complaint, Complaint.id == CaseReviewExplanation.complaint_id)
        .join(Person, Person.id == CaseReviewExplanation.person_id)
        .outerjoin(Case, Case.id == Complaint.case_id)
        .outerjoin(User, User.id == Case.owner_id)
        .outerjoin(Deadline, (Deadline.complaint_id == Complaint.id) & (Deadline.rule == "case_review_explanation"))
        .where(*_owed(actor, today))
    )
    return read_page(query, CaseReviewExplanation, OLDEST, place)


def owed_explanation_ids(actor: Actor, today: date) -> Select[int]:
    """The ids of those owed, to be counted."""
    return (
        select(CaseReviewExplanation.id)
        .join(Complaint, Complaint.id == CaseReviewExplanation.complaint_id)
        .where(*_owed(actor, today))
    )


def _owed(actor: Actor, today: date) -> Sequence[ColumnElement[bool] | Any]:
    return (
        CaseReviewExplanation.given_on.is_(None),
        Complaint.entered_in_error_on.is_(None),
        complaints_visible_to(actor, today),
    )
