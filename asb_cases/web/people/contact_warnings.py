"""`/people/<id>/contact-warnings`: what staff must know before any contact; set, reviewed and kept, ended."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.contact_warnings import load_warning_for
from asb_cases.queries.people import load_person_for
from asb_cases.services.contact_warnings import end_contact_warning, review_contact_warning, set_contact_warning
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in
from asb_cases.web.people.contact_forms import ContactWarningForm, EndContactWarningForm

contact_warnings = Blueprint("contact_warnings", __name__)


@contact_warnings.route("/people/<int:person_id>/contact-warnings/new", methods=["GET", "POST"])
@requires(Permission.SET_CONTACT_WARNINGS)
def new_warning(person_id: int) -> ResponseReturnValue:
    """Warn staff about contact with a person."""
    actor = current_actor()
    person = load_person_for(actor, person_id, today())
    form = ContactWarningForm()
    if form.validate_on_submit():
        with refusals_in(form):
            set_contact_warning(
                actor=actor,
                now=now(),
                person_id=person_id,
                reason=form.reason.data,
                precautions=form.precautions.data,
                review_on=form.review_on.data,
            )
            flash(
                "The contact warning is set. Staff read it before a visit and before a document is served.", "success"
            )
            return redirect(url_for("people.person", person_id=person_id))
    shown("person", person.id)
    return render_template("people/contact_warning.html", form=form, person=person, old=None), form.http_status


@contact_warnings.route("/people/<int:person_id>/contact-warnings/<int:warning_id>/review", methods=["GET", "POST"])
@requires(Permission.SET_CONTACT_WARNINGS)
def review_warning(person_id: int, warning_id: int) -> ResponseReturnValue:
    """Look at a warning again and keep it, in the same words or in others."""
    actor = current_actor()
    person = load_person_for(actor, person_id, today())
    old = load_warning_for(actor, person_id, warning_id, today())
    form = ContactWarningForm(reason=old.reason, precautions=old.precautions)
    if form.validate_on_submit():
        with refusals_in(form):
            review_contact_warning(
                actor=actor,
                now=now(),
                warning_id=warning_id,
                reason=form.reason.data,
                precautions=form.precautions.data,
                review_on=form.review_on.data,
            )
            flash("The contact warning is reviewed and kept.", "success")
            return redirect(url_for("people.person", person_id=person_id))
    shown("person", person.id)
    return render_template("people/contact_warning.html", form=form, person=person, old=old), form.http_status


@contact_warnings.route("/people/<int:person_id>/contact-warnings/<int:warning_id>/end", methods=["GET", "POST"])
@requires(Permission.SET_CONTACT_WARNINGS)
def end_warning(person_id: int, warning_id: int) -> ResponseReturnValue:
    """Say that a warning no longer holds."""
    actor = current_actor()
    person = load_person_for(actor, person_id, today())
    old = load_warning_for(actor, person_id, warning_id, today())
    form = EndContactWarningForm()
    if form.validate_on_submit():
        with refusals_in(form):
            end_contact_warning(actor=actor, now=now(), warning_id=warning_id, reason=form.reason.data)
            flash("The contact warning is ended.", "success")
            return redirect(url_for("people.person", person_id=person_id))
    shown("person", person.id)
    return render_template("people/end_contact_warning.html", form=form, person=person, old=old), form.http_status
