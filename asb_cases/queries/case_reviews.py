"""Applications for a case review, for whoever may see them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from asb_cases.domain.case_review import Assessment, Complaint, assess, threshold_on
from asb_cases.domain.case_review_steps import Counting
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview
from asb_cases.queries.complaints import standing_complaints_of
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import values_in_force
from asb_cases.queries.visibility import case_reviews_visible_to


def case_review_to_work_on(case_review_id: int, *, actor: Actor, today: date) -> CaseReview:
    """The application for an act, its row locked until the act ends, with its case. Raises `NotFound`, and `RuleBroken`
    for one entered in error."""
    query = (
        select(CaseReview)
        .where(CaseReview.id == case_review_id, case_reviews_visible_to(actor, today))
        .options(joinedload(CaseReview.case))
        .with_for_update(of=CaseReview)
        .execution_options(populate_existing=True)
    )
    review = db.session.scalars(query).one_or_none()
    if review is None:
        raise NotFound("case review")
    if review.entered_in_error_on:
        raise RuleBroken([IN_ERROR])
    return review


def assessment_of(review: CaseReview, counting: Counting) -> Assessment | None:
    """The threshold with its working on the complaints of the application's case; None for a local scheme's."""
    if review.local_scheme:
        return None
    rows = standing_complaints_of(review.case_id) if review.case_id is not None else []
    complaints = [
        Complaint(
            row=row.id,
            complainant=str(row.complainant_id or ""),
            incident=counting.incidents.get(row.id, ""),
            occurred_on=row.occurred_on,
            made_on=row.made_on,
            body=row.received_by_body or "",
            excluded=counting.set_aside.get(row.id),
        )
        for row in rows
    ]
    threshold = threshold_on(values_in_force(), review.applied_on)
    return assess(complaints, applied_on=review.applied_on, threshold=threshold)
