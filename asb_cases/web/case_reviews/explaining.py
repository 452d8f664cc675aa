"""Explanations of the case review that are owed to people who complained again."""

from functools import partial
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.documents.case_review_letter import explanation_letter
from asb_cases.domain.permissions import Permission
from asb_cases.queries.case_review_explanations import explanation_at, explanations_page
from asb_cases.queries.complaints import load_complaint_for
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import values_in_force
from asb_cases.services.case_review_explanations import explain_case_review
from asb_cases.services.case_review_papers import keep_explanation
from asb_cases.web.access import current_actor, requires
from asb_cases.web.case_reviews.step_forms import ExplainForm
from asb_cases.web.consultations import shown
from asb_cases.web.documents.printing import printed
from asb_cases.web.documents.routes import KEPT, NOT_KEPT
from asb_cases.web.fields.base import GovukField
from asb_cases.web.forms import Form, refusals_in
from asb_cases.web.lists import asked_place, page_links

review_explaining = Blueprint("review_explaining", __name__)


@review_explaining.get("/case-reviews/explanations")
@requires(Permission.WORK_CASE_REVIEWS)
def owed() -> str:
    """Explanations that are still owed, the longest owed first."""
    page = explanations_page(current_actor(), today(), asked_place())
    shown("complaint", *(row.complaint_id for row in page.rows))
    return render_template("case_reviews/explanations.html", rows=page.rows, links=page_links(page), today=today())


@review_explaining.route("/complaints/<reference>/explain-case-review", methods=["GET", "POST"])
@requires(Permission.LOG_COMPLAINTS)
def explain(reference: str) -> ResponseReturnValue:
    """Record that it was explained to whoever made the complaint."""
    complaint, row = _owed_at(reference)
    form = ExplainForm(on=today())
    if form.validate_on_submit():
        with refusals_in(form):
            explain_case_review(
                actor=current_actor(),
                now=now(),
                complaint_id=complaint.id,
                on=form.on.data,
                way=form.way.data,
                proof=form.proof.data,
            )
            flash("It is recorded that the case review was explained.", "success")
            return redirect(url_for("complaints.complaint", reference=complaint.reference))
    fields = [field for field in form if isinstance(field, GovukField)]
    page = render_template("case_reviews/explain.html", form=form, fields=fields, complaint=complaint, owed=row)
    return page, form.http_status


@review_explaining.route("/complaints/<reference>/explain-case-review/letter", methods=["GET", "POST"])
@requires(Permission.LOG_COMPLAINTS)
def explanation(reference: str) -> ResponseReturnValue:
    """The explanation as a letter, to be looked at, printed or kept as it leaves."""
    complaint, _row = _owed_at(reference)
    form, called = Form(), complaint.reference
    if form.validate_on_submit():
        with refusals_in(form):
            printed(partial(keep_explanation, actor=current_actor(), now=now(), reference=called))
            flash(KEPT, "success")
            return redirect(url_for("review_explaining.explanation", reference=called))
    document = explanation_letter(complaint, current_app.config["COUNCIL_NAME"], values_in_force(), today())
    crumbs = [
        ("Complaints", url_for("complaints.list_complaints")),
        (called, url_for("complaints.complaint", reference=called)),
    ]
    page = render_template(
        "documents/explanation_letter.html", document=document, flags=[], crumbs=crumbs, mark=NOT_KEPT, form=form
    )
    return page, form.http_status


def _owed_at(reference: str) -> tuple[Any, Any]:
    """The complaint and what is, or was, owed at it. Raises `NotFound`."""
    complaint = load_complaint_for(current_actor(), reference, today())
    row = explanation_at(complaint.id)
    if row is None:
        raise NotFound("explanation owed at the complaint")
    shown("complaint", complaint.id, case_id=complaint.case_id)
    return complaint, row
