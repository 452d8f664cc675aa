"""`/case-reviews`: the list of applications, and the page of one."""

from flask import Blueprint, Response, render_template, request

from asb_cases.adapters.time import now, today
from asb_cases.domain.case_content import content_for
from asb_cases.domain.case_review_count import GROUND_TITLES
from asb_cases.domain.case_review_letters import LETTER_TITLES, letters_there_are
from asb_cases.domain.case_review_states import NEXT_STEPS, OVER, UNDECIDED, ReviewStatus
from asb_cases.domain.permissions import Permission
from asb_cases.queries.case_review_pages import (
    case_review_ids,
    case_review_page,
    case_reviews_page,
    case_reviews_with_ids,
)
from asb_cases.queries.case_review_work import letter_sent_on, work_on
from asb_cases.queries.case_reviews import count_for
from asb_cases.web.access import current_actor, may_open, requires
from asb_cases.web.case_reviews.actions import actions_of
from asb_cases.web.case_reviews.case_review_file import columns_for
from asb_cases.web.case_reviews.forms import CaseReviewFilterForm
from asb_cases.web.case_reviews.step_forms import CONSENTS, INVOLVED, OUTCOMES, REGARDS, ROLES, VIEWS
from asb_cases.web.consultations import shown
from asb_cases.web.list_file import list_file
from asb_cases.web.lists import asked_place, list_page, sort_column

case_reviews = Blueprint("case_reviews", __name__)


@case_reviews.get("/case-reviews")
@requires(Permission.SEE_CASE_REVIEWS)
def list_case_reviews() -> str:
    """The applications that the reader may see, the newest first unless the oldest are asked for."""
    actor, form = current_actor(), CaseReviewFilterForm()
    order = "oldest" if request.args.get("sort") == "oldest" else "newest"
    page = case_reviews_page(actor, today(), form.wanted(), asked_place(), order)
    shown("case_review", *page.ids)
    return list_page(
        "case_reviews/list.html",
        page,
        form,
        content=content_for(actor),
        order=order,
        sort=sort_column,
        today=today(),
        now=now(),
        next_steps=NEXT_STEPS,
        unfinished=frozenset(ReviewStatus) - set(OVER),
        takes_in=may_open("review_applying.new_application", actor),
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
    review, work = found.facts, work_on(found.facts.id)
    shown("case_review", review.id, case_id=review.case_id)
    acknowledged = not any(each.rule == "case_review_acknowledge" and each.ended_on is None for each in found.deadlines)
    there_are = letters_there_are(threshold=review.threshold, held=review.review_held_on is not None)
    return render_template(
        "case_reviews/case_review.html",
        review=review,
        page=found,
        work=work,
        count=count_for(review),
        may_work=may_open("review_applying.link", actor) and not review.entered_in_error_on,
        undecided=review.status in UNDECIDED,
        actor_id=actor.user_id,
        letters=[(kind, LETTER_TITLES[kind], letter_sent_on(work.letters, kind)) for kind in there_are],
        actions=actions_of(review, work, actor, acknowledged=acknowledged),
        next_step=NEXT_STEPS.get(review.status),
        grounds=GROUND_TITLES,
        words_of=WORDS,
        content=content_for(actor),
        now=now(),
    )


#: The words of what was chosen on the forms, by code.
WORDS = {
    **{code.value: title for code, title in (*ROLES.items(), *CONSENTS.items(), *VIEWS.items(), *REGARDS.items())},
    **{code.value: title for code, title in INVOLVED.items()},
    **{code.value: told[0] for code, told in OUTCOMES.items()},
}
