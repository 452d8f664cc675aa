"""`/cases/<reference>/people`: who plays which part in a case."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.models.case import Case
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.people import load_part_for
from asb_cases.services.participants import add_new_participant, add_participant, end_participant
from asb_cases.web.access import current_actor, requires
from asb_cases.web.cases.people_forms import AddToCaseForm, EndPartForm
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in
from asb_cases.web.people.register import likely_people

case_people = Blueprint("case_people", __name__)


@case_people.route("/cases/<reference>/people/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def add(reference: str) -> ResponseReturnValue:
    """Add somebody to the case: somebody known, who is offered first, or somebody new."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = AddToCaseForm()
    if form.is_submitted():
        form.offer(likely_people(actor, form))
    if form.validate_on_submit() and form.knows_who():
        with refusals_in(form):
            _add(actor, case, form)
            flash("They are added to the case.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    shown("person", *form.offered)
    return render_template("cases/add_person.html", form=form, case=case), form.http_status


@case_people.route("/cases/<reference>/people/<int:participant_id>/end", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def end_part(reference: str, participant_id: int) -> ResponseReturnValue:
    """Record that somebody no longer plays a part in the case."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    participant = load_part_for(case.id, participant_id)
    form = EndPartForm()
    if form.validate_on_submit():
        with refusals_in(form):
            end_participant(actor=actor, now=now(), participant_id=participant.id, to_on=form.to_on.data)
            flash("The part is ended. They stay named in the record of the case.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("cases/end_part.html", form=form, case=case, participant=participant), form.http_status


def _add(actor: Actor, case: Case, form: AddToCaseForm) -> None:
    """The one act: for the one chosen, or for somebody new."""
    if form.chosen is not None:
        add_participant(
            actor=actor,
            now=now(),
            case_id=case.id,
            person_id=form.chosen,
            part=form.part.data,
            from_on=form.from_on.data,
        )
    else:
        add_new_participant(
            actor=actor,
            now=now(),
            case_id=case.id,
            details=form.details,
            part=form.part.data,
            address=form.address.data,
            address_from=form.address_from.data,
            from_on=form.from_on.data,
        )
