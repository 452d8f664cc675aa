"""`/people/<id>/contact-preferences` and `/people/<id>/needs`: how to reach somebody, and what they need."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.contact_preferences import load_need_for, preferences_of, standing_preference
from asb_cases.queries.people import load_person_for
from asb_cases.services.contact_preferences import change_contact_preferences, end_need, record_need
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in
from asb_cases.web.people.contact_forms import EndNeedForm, NeedForm, PreferencesForm

contact_details = Blueprint("contact_details", __name__)


@contact_details.route("/people/<int:person_id>/contact-preferences", methods=["GET", "POST"])
@requires(Permission.EDIT_PEOPLE)
def edit_preferences(person_id: int) -> ResponseReturnValue:
    """Record how somebody wants to be contacted from today on."""
    actor = current_actor()
    person = load_person_for(actor, person_id, today())
    standing = standing_preference(person_id)
    form = PreferencesForm(version=standing.id if standing else 0, obj=preferences_of(standing) if standing else None)
    if form.validate_on_submit():
        with refusals_in(form):
            change_contact_preferences(
                actor=actor, now=now(), person_id=person_id, preferences=form.preferences, seen=form.version.data
            )
            flash("The contact preferences are changed. What held before stays on the person’s page.", "success")
            return redirect(url_for("people.person", person_id=person_id))
    shown("person", person.id)
    return render_template("people/contact_preferences.html", form=form, person=person), form.http_status


@contact_details.route("/people/<int:person_id>/needs/new", methods=["GET", "POST"])
@requires(Permission.EDIT_PEOPLE)
def new_need(person_id: int) -> ResponseReturnValue:
    """Record a need of somebody."""
    actor = current_actor()
    person = load_person_for(actor, person_id, today())
    form = NeedForm()
    if form.validate_on_submit():
        with refusals_in(form):
            record_need(
                actor=actor,
                now=now(),
                person_id=person_id,
                kind=form.kind.data,
                text=form.text.data,
                from_on=form.from_on.data,
            )
            flash("The need is recorded.", "success")
            return redirect(url_for("people.person", person_id=person_id))
    shown("person", person.id)
    return render_template("people/new_need.html", form=form, person=person), form.http_status


@contact_details.route("/people/<int:person_id>/needs/<int:need_id>/end", methods=["GET", "POST"])
@requires(Permission.EDIT_PEOPLE)
def over_need(person_id: int, need_id: int) -> ResponseReturnValue:
    """Record that a need is over."""
    actor = current_actor()
    person = load_person_for(actor, person_id, today())
    need = load_need_for(actor, person_id, need_id, today())
    form = EndNeedForm()
    if form.validate_on_submit():
        with refusals_in(form):
            end_need(actor=actor, now=now(), need_id=need_id, reason=form.reason.data, to_on=form.to_on.data)
            flash("The need is recorded as over.", "success")
            return redirect(url_for("people.person", person_id=person_id))
    shown("person", person.id)
    shown("person_need", need.id)
    return render_template("people/end_need.html", form=form, person=person, need=need), form.http_status
