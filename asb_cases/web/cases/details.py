"""What a case is about, how urgent it is, and that work on it starts."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.cases import described, load_case_for
from asb_cases.queries.categories import categories_in_use
from asb_cases.queries.filter_options import filter_options
from asb_cases.services.cases import Description, change_case, change_priority, start_work
from asb_cases.web.access import current_actor, requires
from asb_cases.web.cases.details_forms import DescriptionForm, PriorityForm, StartForm
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in

case_details = Blueprint("case_details", __name__)


@case_details.route("/cases/<reference>/change", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def change(reference: str) -> ResponseReturnValue:
    """Describe a case anew."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    as_it_is = described(case)
    form = DescriptionForm(version=case.version, **vars(as_it_is))
    form.offer(filter_options().ward, categories_in_use(), case.categories)
    if form.validate_on_submit():
        with refusals_in(form):
            change_case(
                actor=actor,
                now=now(),
                case_id=case.id,
                version=form.version.data,
                description=Description(
                    form.title.data,
                    summary=form.summary.data,
                    categories=form.categories.data or (),
                    address=form.place.data,
                    ward_id=form.ward_id.data,
                ),
            )
            flash("The case is changed.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("cases/change.html", form=form, case=case), form.http_status


@case_details.route("/cases/<reference>/priority", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def priority(reference: str) -> ResponseReturnValue:
    """Give a case another priority. A first response still owed is owed by its clock."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = PriorityForm(version=case.version, priority=case.priority)
    if form.validate_on_submit():
        with refusals_in(form):
            change_priority(
                actor=actor,
                now=now(),
                case_id=case.id,
                priority=form.priority.data,
                reason=form.reason.data or "",
                version=form.version.data,
            )
            flash(f"The case has priority {form.priority.data}.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("cases/priority.html", form=form, case=case), form.http_status


@case_details.route("/cases/<reference>/start", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def start(reference: str) -> ResponseReturnValue:
    """Start to work on a new case."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = StartForm(version=case.version)
    if form.validate_on_submit():
        with refusals_in(form):
            start_work(actor=actor, now=now(), case_id=case.id, version=form.version.data)
            flash("Work on the case has started.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("cases/start.html", form=form, case=case), form.http_status
