"""Applications for a case review, for whoever may see them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import case_reviews_visible_to


def case_review_to_work_on(case_review_id: int, *, actor: Actor, today: date) -> CaseReview:
    """The application for an act, its row locked until the act ends, with its case. Raises `NotFound`."""
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
    return review
