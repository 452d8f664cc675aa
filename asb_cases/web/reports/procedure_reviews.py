"""`/reports/procedure-reviews`: the yearly look at how well the case review procedures work (2014 Act, Sch. 4)."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.periods import financial_year_of
from asb_cases.domain.permissions import Permission
from asb_cases.domain.procedure_reviews import ProcedureReviewed
from asb_cases.queries import procedure_reviews as reads
from asb_cases.services.procedure_reviews import correct_procedure_review, record_procedure_review
from asb_cases.web.access import current_actor, requires
from asb_cases.web.forms import refusals_in
from asb_cases.web.reports.procedure_review_forms import CorrectReviewForm, ReviewForm

procedure_reviews = Blueprint("procedure_reviews", __name__, url_prefix="/reports/procedure-reviews")


@procedure_reviews.get("")
@requires(Permission.SEE_CASE_REVIEWS)
def list_reviews() -> str:
    """Every review with what it found, what was changed, and how it was corrected."""
    return render_template(
        "reports/procedure_reviews.html",
        reviews=reads.procedure_reviews(),
        year_of=financial_year_of,
        may_record=current_actor().may(Permission.DECIDE_CASE_REVIEWS),
    )


@procedure_reviews.route("/new", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE_REVIEWS)
def new() -> ResponseReturnValue:
    """Record a review."""
    form = ReviewForm()
    form.offer_years(today())
    if form.validate_on_submit():
        with refusals_in(form):
            record_procedure_review(actor=current_actor(), now=now(), found=_found(form))
            flash("The review is recorded.", "success")
            return redirect(url_for("procedure_reviews.list_reviews"))
    return render_template("reports/procedure_review_form.html", form=form, entry=None), form.http_status


@procedure_reviews.route("/<int:review_id>/correct", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE_REVIEWS)
def correct(review_id: int) -> ResponseReturnValue:
    """Put another entry in the place of one."""
    wrong = reads.procedure_review(review_id)
    form = CorrectReviewForm(obj=wrong, year=str(wrong.year_first_on.year))
    form.because.data = form.because.data if form.is_submitted() else None
    form.offer_years(today(), wrong.year_first_on)
    if form.validate_on_submit():
        with refusals_in(form):
            correct_procedure_review(
                actor=current_actor(),
                now=now(),
                review_id=review_id,
                found=_found(form),
                because=form.because.data or "",
            )
            flash("The correction is recorded. What it takes the place of stays below it.", "success")
            return redirect(url_for("procedure_reviews.list_reviews"))
    return render_template("reports/procedure_review_form.html", form=form, entry=wrong), form.http_status


def _found(form: ReviewForm) -> ProcedureReviewed:
    return ProcedureReviewed(
        year_first_on=form.year_first_on,
        reviewed_on=form.reviewed_on.data,
        policing_body=form.policing_body.data,
        landlords=form.landlords.data,
        others=form.others.data,
        findings=form.findings.data or "",
        changes=form.changes.data,
    )
