"""`/people/new`, `/people/<id>/edit`, their addresses, and who an occupier or owner turned out to be."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.queries.duplicates import Likely, known_of, people_called, possible_duplicates
from asb_cases.queries.people import load_address_entry_for, load_person_for
from asb_cases.services import people as acts
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in
from asb_cases.web.people.forms import (
    AddressForm,
    ChangePersonForm,
    EndAddressForm,
    IdentifyForm,
    NewPersonForm,
    ReasonForm,
)

register = Blueprint("register", __name__)


@register.route("/people/new", methods=["GET", "POST"])
@requires(Permission.EDIT_PEOPLE)
def new_person() -> ResponseReturnValue:
    """Record a person or body, unless they turn out to be recorded already."""
    actor, form = current_actor(), NewPersonForm()
    if form.is_submitted():
        form.offer(likely_people(actor, form))
    if form.validate_on_submit() and form.knows_who():
        if form.chosen is not None:
            flash("They are recorded already. Nothing was added.", "information")
            return redirect(url_for("people.person", person_id=form.chosen))
        with refusals_in(form):
            person_id = acts.add_person(
                actor=actor,
                now=now(),
                details=form.details,
                address=form.address.data,
                address_from=form.address_from.data,
            )
            flash("They are recorded.", "success")
            return redirect(url_for("people.person", person_id=person_id))
    shown("person", *form.offered)
    return render_template("people/new_person.html", form=form), form.http_status


@register.route("/people/<int:person_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_PEOPLE)
def edit_person(person_id: int) -> ResponseReturnValue:
    """Change what is recorded of somebody."""
    actor = current_actor()
    person = load_person_for(actor, person_id, today())
    form = ChangePersonForm(obj=person)
    if form.validate_on_submit():
        with refusals_in(form):
            acts.change_person(
                actor=actor, now=now(), person_id=person_id, version=form.version.data, details=form.details
            )
            flash("The details are changed.", "success")
            return redirect(url_for("people.person", person_id=person_id))
    shown("person", person.id)
    return render_template("people/edit_person.html", form=form, person=person), form.http_status


@register.route("/people/<int:person_id>/addresses/new", methods=["GET", "POST"])
@requires(Permission.EDIT_PEOPLE)
def new_address(person_id: int) -> ResponseReturnValue:
    """Record one more address of somebody."""
    actor = current_actor()
    person = load_person_for(actor, person_id, today())
    form = AddressForm()
    if form.validate_on_submit():
        with refusals_in(form):
            acts.add_address(
                actor=actor,
                now=now(),
                person_id=person_id,
                address=form.address.data,
                from_on=form.from_on.data,
                to_on=form.to_on.data,
            )
            flash("The address is added.", "success")
            return redirect(url_for("people.person", person_id=person_id))
    shown("person", person.id)
    return render_template("people/new_address.html", form=form, person=person), form.http_status


@register.route("/people/<int:person_id>/addresses/<int:entry_id>/end", methods=["GET", "POST"])
@requires(Permission.EDIT_PEOPLE)
def end_address(person_id: int, entry_id: int) -> ResponseReturnValue:
    """Record that somebody left an address."""
    actor = current_actor()
    person = load_person_for(actor, person_id, today())
    entry = load_address_entry_for(person, entry_id)
    form = EndAddressForm(to_on=entry.to_on)
    if form.validate_on_submit():
        with refusals_in(form):
            acts.end_address(actor=actor, now=now(), person_id=person_id, entry_id=entry_id, to_on=form.to_on.data)
            flash("The address is ended.", "success")
            return redirect(url_for("people.person", person_id=person_id))
    shown("person", person.id)
    return render_template("people/end_address.html", form=form, person=person, entry=entry), form.http_status


@register.route("/people/<int:person_id>/identify", methods=["GET", "POST"])
@requires(Permission.EDIT_PEOPLE)
def identify(person_id: int) -> ResponseReturnValue:
    """Record whom the occupier or owner of premises turned out to be."""
    actor = current_actor()
    person = load_person_for(actor, person_id, today())
    form = IdentifyForm(version=person.version)
    if form.is_submitted():
        form.offer(people_called(actor, form.find.data or "", today()))
    if form.validate_on_submit() and form.knows_who() and form.chosen is not None:
        with refusals_in(form):
            acts.identify_person(
                actor=actor,
                now=now(),
                person_id=person_id,
                identified_as_id=form.chosen,
                because=form.identified_because.data,
                identified_on=form.identified_on.data,
                version=form.version.data,
            )
            flash("It is recorded who this is.", "success")
            return redirect(url_for("people.person", person_id=person_id))
    shown("person", person.id, *form.offered)
    return render_template("people/identify.html", form=form, person=person), form.http_status


@register.route("/people/<int:person_id>/undo-identification", methods=["GET", "POST"])
@requires(Permission.CORRECT_RECORDS)
def undo_identification(person_id: int) -> ResponseReturnValue:
    """Take back that the occupier or owner is somebody."""
    actor = current_actor()
    person = load_person_for(actor, person_id, today())
    form = ReasonForm(version=person.version, question="Why it was wrong")
    if form.validate_on_submit():
        with refusals_in(form):
            acts.undo_identification(
                actor=actor, now=now(), person_id=person_id, reason=form.reason.data, version=form.version.data
            )
            flash("The identification is undone.", "success")
            return redirect(url_for("people.person", person_id=person_id))
    shown("person", person.id)
    return render_template("people/undo_identification.html", form=form, person=person), form.http_status


def likely_people(actor: Actor, form: NewPersonForm) -> list[Likely]:
    """Those who may be the one that the form is about: by everything that was typed, and by the words of the name."""
    name = form.name.data or ""
    if not name or form.kind.data is None:
        return []
    known = known_of(
        form.kind.data,
        name,
        born_on=form.born_on.data,
        company_number=form.company_number.data,
        email=form.email.data,
        phone=form.phone.data,
        addresses=[form.address.data or ""],
    )
    return [*possible_duplicates(actor, known, today()), *people_called(actor, name, today())]
