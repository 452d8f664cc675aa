"""Incidents of a case: what happened in the world, recorded, put right, marked as entered in error."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.case_content import content_for
from asb_cases.domain.incidents import IncidentSource
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.incidents import (
    ComplaintOfCase,
    complaints_of_case,
    complaints_telling_of,
    incident_for,
    incidents_of,
)
from asb_cases.services.incidents import change_incident, mark_incident_entered_in_error, record_incident
from asb_cases.web.access import current_actor, requires
from asb_cases.web.casework.incident_forms import IncidentForm, IncidentInErrorForm, as_typed
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in

incidents = Blueprint("incidents", __name__)


@incidents.get("/cases/<reference>/incidents")
@requires(Permission.SEE_PEOPLE)
def list_incidents(reference: str) -> str:
    """What happened, as far as the case knows, the latest first."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    found = incidents_of(case.id)
    shown("incident", *(each.id for each in found), case_id=case.id)
    may_add = actor.may(Permission.ADD_TO_CASE) and not case.entered_in_error_on
    return render_template("casework/incidents.html", case=case, incidents=found, may_add=may_add)


@incidents.route("/cases/<reference>/incidents/new", methods=["GET", "POST"])
@requires(Permission.SEE_PEOPLE)
def new_incident(reference: str) -> ResponseReturnValue:
    """Record what happened."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = IncidentForm(source=IncidentSource.COMPLAINT)
    form.offer(_complaints_shown(actor, case.id))
    if form.validate_on_submit():
        with refusals_in(form):
            record_incident(actor=actor, now=now(), case_id=case.id, happened=form.happened())
            flash("The incident is recorded.", "success")
            return redirect(url_for("incidents.list_incidents", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    page = render_template("casework/incident_form.html", form=form, case=case, incident=None)
    return page, form.http_status


@incidents.get("/incidents/<int:incident_id>")
@requires(Permission.SEE_PEOPLE)
def incident(incident_id: int) -> str:
    """One incident."""
    actor = current_actor()
    found, case = incident_for(actor, incident_id, today())
    shown("incident", found.id, case_id=case.id)
    return render_template(
        "casework/incident.html",
        case=case,
        incident=found,
        complaints=complaints_telling_of(found.id) if content_for(actor).complaints else [],
        may_change=actor.may(Permission.WORK_CASES),
        may_mark=actor.may(Permission.CORRECT_RECORDS),
    )


@incidents.route("/incidents/<int:incident_id>/change", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def change(incident_id: int) -> ResponseReturnValue:
    """Put right what is recorded of an incident."""
    actor = current_actor()
    found, case = incident_for(actor, incident_id, today())
    form = IncidentForm(**as_typed(found, [each.id for each in complaints_telling_of(found.id)]))
    form.offer(_complaints_shown(actor, case.id))
    if form.validate_on_submit():
        with refusals_in(form):
            change_incident(
                actor=actor,
                now=now(),
                incident_id=found.id,
                happened=form.happened(),
                version=form.version.data,
            )
            flash("The incident is changed.", "success")
            return redirect(url_for("incidents.incident", incident_id=found.id))
    shown("incident", found.id, case_id=case.id)
    page = render_template("casework/incident_form.html", form=form, case=case, incident=found)
    return page, form.http_status


@incidents.route("/incidents/<int:incident_id>/entered-in-error", methods=["GET", "POST"])
@requires(Permission.CORRECT_RECORDS)
def mark_in_error(incident_id: int) -> ResponseReturnValue:
    """Mark an incident as a mistake. It stays visible."""
    actor = current_actor()
    found, case = incident_for(actor, incident_id, today())
    form = IncidentInErrorForm()
    if form.validate_on_submit():
        with refusals_in(form):
            mark_incident_entered_in_error(actor=actor, now=now(), incident_id=found.id, reason=form.reason.data)
            flash("The incident is marked as entered in error.", "success")
            return redirect(url_for("incidents.incident", incident_id=found.id))
    shown("incident", found.id, case_id=case.id)
    return render_template("casework/incident_in_error.html", form=form, case=case, incident=found), form.http_status


def _complaints_shown(actor: Actor, case_id: int) -> list[ComplaintOfCase]:
    return complaints_of_case(case_id) if content_for(actor).complaints else []
