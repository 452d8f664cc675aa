"""`/case-reviews`: the list of applications, and the page of one."""

from flask import Blueprint, Response, render_template

from asb_cases.adapters.time import now, today
from asb_cases.domain.case_content import content_for
from asb_cases.domain.permissions import Permission
from asb_cases.queries.case_review_pages import (
    case_review_ids,
    case_review_page,
    case_reviews_page,
    case_reviews_with_ids,
)
from asb_cases.web.access import current_actor, requires
from asb_cases.web.case_reviews.case_review_file import columns_for
from asb_cases.web.case_reviews.forms import CaseReviewFilterForm
from asb_cases.web.consultations import shown
from asb_cases.web.list_file import list_file
from asb_cases.web.lists import asked_place, list_page

case_reviews = Blueprint("case_reviews", __name__)


@case_reviews.get("/case-reviews")
@requires(Permission.SEE_CASE_REVIEWS)
def list_case_reviews() -> str:
    """The applications that the reader may see, the newest first."""
    actor, form = current_actor(), CaseReviewFilterForm()
    page = case_reviews_page(actor, today(), form.wanted(), asked_place())
    shown("case_review", *page.ids)
    return list_page(
        "case_reviews/list.html",
        page,
        form,
        content=content_for(actor),
    )


@case_reviews.get("/case-reviews.csv")
@requires(Permission.EXPORT)
def download_case_reviews() -> Response:
    """All the applications of the list as a file."""
    actor, day = current_actor(), today()
    actor.check(Permission.SEE_CASE_REVIEWS)
    ids = case_review_ids(actor, day, CaseReviewFilterForm().wanted())
    columns = columns_for(content_for(actor))
    return list_file("case-reviews", "case_review", ids, columns, lambda some: case_reviews_with_ids(actor, day, some))


@case_reviews.get("/case-reviews/<reference>")
@requires(Permission.SEE_CASE_REVIEWS)
def case_review(reference: str) -> str:
    """One application and how far it has come."""
    actor, day = current_actor(), today()
    found = case_review_page(actor, reference, day)
    shown("case_review", found.facts.id, case_id=found.facts.case_id)
    return render_template(
        "case_reviews/case_review.html", review=found.facts, page=found, content=content_for(actor), now=now()
    )
