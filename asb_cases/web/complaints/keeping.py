"""What else is done with a complaint: acknowledged, or marked as entered in error."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import LONDON, now, today
from asb_cases.domain.calendar import local
from asb_cases.domain.permissions import Permission
from asb_cases.queries.complaints import load_complaint_for
from asb_cases.services.complaints import acknowledge_complaint, mark_complaint_entered_in_error
from asb_cases.web.access import current_actor, requires
from asb_cases.web.complaints.forms import AcknowledgeForm, EnteredInErrorForm
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in

complaint_keeping = Blueprint("complaint_keeping", __name__)


@complaint_keeping.route("/complaints/<reference>/acknowledge", methods=["GET", "POST"])
@requires(Permission.LOG_COMPLAINTS)
def acknowledge(reference: str) -> ResponseReturnValue:
    """Record that whoever reported it was told that we have it. Its clock stops."""
    actor, moment = current_actor(), local(now())
    complaint = load_complaint_for(actor, reference, today())
    form = AcknowledgeForm(at_on=moment.date(), at_time=moment.time())
    if form.validate_on_submit():
        with refusals_in(form):
            at = datetime.combine(form.at_on.data, form.at_time.data, tzinfo=LONDON)
            acknowledge_complaint(actor=actor, now=now(), complaint_id=complaint.id, at=at)
            flash("The complaint is acknowledged.", "success")
            return redirect(url_for("complaints.complaint", reference=complaint.reference))
    if form.refusals:
        complaint = load_complaint_for(actor, reference, today())  # the act that was refused let go of its rows
    shown("complaint", complaint.id, case_id=complaint.case_id)
    return render_template("complaints/acknowledge.html", form=form, complaint=complaint), form.http_status


@complaint_keeping.route("/complaints/<reference>/entered-in-error", methods=["GET", "POST"])
@requires(Permission.CORRECT_RECORDS)
def entered_in_error(reference: str) -> ResponseReturnValue:
    """Mark it as a mistake: it stays visible with the reason and leaves the figures."""
    actor = current_actor()
    complaint = load_complaint_for(actor, reference, today())
    form = EnteredInErrorForm()
    if form.validate_on_submit():
        with refusals_in(form):
            mark_complaint_entered_in_error(actor=actor, now=now(), complaint_id=complaint.id, reason=form.reason.data)
            flash("The complaint is marked as entered in error.", "success")
            return redirect(url_for("complaints.complaint", reference=complaint.reference))
    if form.refusals:
        complaint = load_complaint_for(actor, reference, today())  # the act that was refused let go of its rows
    shown("complaint", complaint.id, case_id=complaint.case_id)
    return render_template("complaints/entered_in_error.html", form=form, complaint=complaint), form.http_status
