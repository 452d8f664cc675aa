"""Complaints, for whoever may see them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.extensions import db
from asb_cases.models.complaint import Complaint
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import complaints_visible_to, of_complete_imports


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
