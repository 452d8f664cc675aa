"""`/cases/<reference>/wait`: the first response waits for whoever reported, and its clock runs again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.casework import responses_owed
from asb_cases.queries.response_pauses import pauses_of
from asb_cases.services.response_clock import RESPONSES, pause_response, resume_response
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.forms import Form, TextAreaField, refusals_in

waits = Blueprint("waits", __name__)


class WaitForm(Form):
    """Why the response waits."""

    reason = TextAreaField(
        "Why it waits",
        required="Say why it waits",
        rows=3,
        size="s",
        hint="What was asked of them, or how they were tried. For example, “No answer at 10:00 and 14:00; a card was left.”",
    )


@waits.route("/cases/<reference>/wait", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def wait(reference: str) -> ResponseReturnValue:
    """Let the response wait; and the waits there were."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = WaitForm()
    if form.validate_on_submit():
        with refusals_in(form):
            pause_response(actor=actor, now=now(), case_id=case.id, reason=form.reason.data)
            flash("The response clock is paused. It runs again once they have been in touch.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    found = pauses_of(case.id)
    page = render_template(
        "casework/wait.html",
        form=form,
        case=case,
        pauses=found,
        paused=next((each for each in found if each.ended_at is None), None),
        owed=any(clock.rule in RESPONSES for clock in responses_owed(case.id)),
        end=Form(formdata=None),
    )
    return page, form.http_status


@waits.post("/cases/<reference>/wait/end")
@requires(Permission.WORK_CASES)
def end_wait(reference: str) -> ResponseReturnValue:
    """Let the clock run again."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    clock = resume_response(actor=actor, now=now(), case_id=case.id)
    flash(f"The wait is over. {clock.working if clock else 'No response is owed.'}", "success")
    return redirect(url_for("cases.case", reference=case.reference))
