"""A case closed, with each thing that stands in the way linked to where it is put right; reopened; entered in error."""

from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import explain
from asb_cases.domain.closing import BLOCKERS
from asb_cases.domain.errors import Refusal
from asb_cases.domain.permissions import Permission
from asb_cases.queries.cases import StepLeft, load_case_for, steps_left
from asb_cases.queries.policy import policy_in_force
from asb_cases.services.case_closing import REVIEW, close_case, record_notice_over, reopen_case
from asb_cases.services.cases import mark_case_entered_in_error
from asb_cases.web.access import current_actor, requires
from asb_cases.web.cases.closing_forms import CaseInErrorForm, CloseForm, ReopenForm
from asb_cases.web.consultations import shown
from asb_cases.web.filters import words
from asb_cases.web.forms import Form, refusals_in

case_closing = Blueprint("case_closing", __name__)


class Blocker(NamedTuple):
    """Something that must be over first, and the steps where it is put right."""

    refusal: Refusal
    steps: list[StepLeft]


@case_closing.route("/cases/<reference>/close", methods=["GET", "POST"])
@requires(Permission.CLOSE_CASES)
def close(reference: str) -> ResponseReturnValue:
    """Close a case."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    left = steps_left(case, today())
    form = CloseForm(version=case.version, notice_review_on=_review_by_policy() if left["notices_in_force"] else None)
    if not left["notices_in_force"]:
        form.notice_review_on.data = None
    if form.validate_on_submit():
        with refusals_in(form):
            status = close_case(
                actor=actor,
                now=now(),
                case_id=case.id,
                outcome=form.closure_outcome.data,
                reason=form.closure_reason.data,
                told=form.closure_told.data,
                review_on=form.notice_review_on.data,
                cautions_reason=form.cautions_reason.data,
                version=form.version.data,
            )
            flash(f"The case is {words(status).lower()}.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    page = render_template(
        "cases/close.html",
        form=form,
        case=case,
        blockers=[Blocker(refusal, left[count]) for count, refusal in BLOCKERS.items() if left[count]],
        notices=left["notices_in_force"],
        drafts=left["drafts"],
    )
    return page, form.http_status


@case_closing.route("/cases/<reference>/reopen", methods=["GET", "POST"])
@requires(Permission.REOPEN_CASES)
def reopen(reference: str) -> ResponseReturnValue:
    """Open a closed case again."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = ReopenForm(version=case.version)
    if form.validate_on_submit():
        with refusals_in(form):
            reopen_case(actor=actor, now=now(), case_id=case.id, reason=form.reason.data, version=form.version.data)
            flash("The case is open again.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("cases/reopen.html", form=form, case=case), form.http_status


@case_closing.route("/cases/<reference>/notice-over", methods=["GET", "POST"])
@requires(Permission.ASSESS_COMPLIANCE)
def notice_over(reference: str) -> ResponseReturnValue:
    """Let a case that was closed with a notice in force be simply closed, once the last one's last day has passed."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = Form()
    if form.validate_on_submit():
        with refusals_in(form):
            record_notice_over(actor=actor, now=now(), case_id=case.id)
            flash("The case is closed, and there is no notice to look at again.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    standing = steps_left(case, today())["notices_in_force"]
    return render_template("cases/notice_over.html", form=form, case=case, notices=standing), form.http_status


@case_closing.route("/cases/<reference>/entered-in-error", methods=["GET", "POST"])
@requires(Permission.CORRECT_RECORDS)
def mark_in_error(reference: str) -> ResponseReturnValue:
    """Mark a case as a mistake. It stays visible and leaves the figures."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = CaseInErrorForm()
    if form.validate_on_submit():
        with refusals_in(form):
            mark_case_entered_in_error(actor=actor, now=now(), case_id=case.id, reason=form.reason.data)
            flash("The case is marked as entered in error.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("cases/in_error.html", form=form, case=case), form.http_status


def _review_by_policy() -> object:
    """The last day on which policy would have it looked at again, from today."""
    policy = policy_in_force()
    return explain(CLOCK_RULES[REVIEW], today(), values=policy.values, holidays=policy.holidays).last_day
