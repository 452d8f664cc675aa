"""`/complaints/new` and `/cases/new`: a report taken in, and what is known already of whom and what it names."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Actor, Permission, Role
from asb_cases.models.case import Case
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.intake import logged_complaint
from asb_cases.queries.known_already import NOTHING, Known, known_already
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import values_in_force
from asb_cases.services.complaints import log_complaint
from asb_cases.services.intake import log_case
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in
from asb_cases.web.intake.answers import asked_in, complainant_in, told_about_in, told_in
from asb_cases.web.intake.due import due_next, found_in_words
from asb_cases.web.intake.forms import IntakeForm, NewCaseForm, NewComplaintForm

intake = Blueprint("intake", __name__)

NO_LONGER_THERE = "What you chose of what is known already is no longer there for you. Choose again"


@intake.route("/complaints/new", methods=["GET", "POST"])
@requires(Permission.LOG_COMPLAINTS)
def new_complaint() -> ResponseReturnValue:
    """Log a complaint: for triage, or into an open case that was found."""
    form = NewComplaintForm()
    if form.validate_on_submit():
        with _chosen_still_there(form), refusals_in(form):
            return _log(form, form.join.data)
    return _page("intake/new_complaint.html", form)


@intake.route("/cases/<reference>/complaints/new", methods=["GET", "POST"])
@requires(Permission.LOG_COMPLAINTS)
def new_complaint_in_case(reference: str) -> ResponseReturnValue:
    """Log a further complaint in a case."""
    case = load_case_for(current_actor(), reference, today())
    form = NewComplaintForm()
    if form.validate_on_submit():
        with _chosen_still_there(form), refusals_in(form):
            return _log(form, case.id)
    shown("case", case.id, case_id=case.id)
    return _page("intake/new_complaint.html", form, case)


@intake.route("/cases/new", methods=["GET", "POST"])
@requires(Permission.OPEN_CASES)
def new_case() -> ResponseReturnValue:
    """Log a complaint and open its case in one act; or join it to an open case that was found."""
    actor = current_actor()
    form = NewCaseForm(mine=actor.role is Role.OFFICER)
    if form.validate_on_submit():
        with _chosen_still_there(form), refusals_in(form):
            return _log(form, form.join.data) if form.join.data is not None else _open(form, actor)
    form.show_standards(today(), values_in_force())
    return _page("intake/new_case.html", form)


@intake.post("/complaints/known")
@requires(Permission.LOG_COMPLAINTS)
def known() -> ResponseReturnValue:
    """What is known already of what was typed so far, for the page to show while it is typed."""
    form = NewComplaintForm()
    found = _known(form)
    html = render_template("intake/_known.html", form=form, known=found)
    return jsonify(html=html, said=found_in_words(found) if asked_in(form).anything else "")


def _open(form: NewCaseForm, actor: Actor) -> ResponseReturnValue:
    logged = log_case(
        actor=actor,
        now=now(),
        told=told_in(form),
        priority=form.priority.data,
        complainant=complainant_in(form),
        about=told_about_in(form),
        title=form.case_title.data,
        owner_id=actor.user_id if form.mine.data else None,
    )
    flash(f"Case {logged.case_reference} is opened. {due_next(logged.due)}", "success")
    return redirect(url_for("cases.case", reference=logged.case_reference))


def _log(form: IntakeForm, case_id: int | None) -> ResponseReturnValue:
    actor = current_actor()
    complaint_id = log_complaint(
        actor=actor,
        now=now(),
        told=told_in(form),
        complainant=complainant_in(form),
        about=told_about_in(form),
        case_id=case_id,
    )
    logged = logged_complaint(complaint_id)
    if logged.case_reference is not None:
        flash(f"Complaint {logged.reference} has joined this case. {due_next(logged.due)}", "success")
        return redirect(url_for("cases.case", reference=logged.case_reference))
    flash(f"Complaint {logged.reference} is logged and waits for triage. {due_next(logged.due)}", "success")
    return redirect(url_for("complaints.complaint", reference=logged.reference))


def _page(template: str, form: IntakeForm, case: Case | None = None) -> ResponseReturnValue:
    known_now = _known(form) if form.is_submitted() else NOTHING
    said = found_in_words(known_now) if form.looks or known_now.anything else ""
    return render_template(template, form=form, case=case, known=known_now, said=said), form.http_status


def _known(form: IntakeForm) -> Known:
    """Look it up, and keep on record who was shown what."""
    asked = asked_in(form)
    found = known_already(current_actor(), today(), asked)
    if asked.anything:
        shown("person", *(person.id for person in (*found.reporters, *found.subjects)))
        shown("case", *(case.id for case in found.cases))
        shown("address", *(place.id for place in found.places))
    return found


@contextmanager
def _chosen_still_there(form: IntakeForm) -> Iterator[None]:
    """Keep what was typed where a person or case that was chosen is not there for whoever asks."""
    try:
        yield
    except NotFound:
        form.join.errors = [NO_LONGER_THERE]
