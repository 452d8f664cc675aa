"""Who a case is given to: one from its page, several from the list."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.cases import cases_to_allocate, load_case_for
from asb_cases.queries.users import colleagues, load_user, teams
from asb_cases.services.cases import allocate, allocate_cases
from asb_cases.web.access import current_actor, requires
from asb_cases.web.cases.details_forms import AllocateForm, AllocateSeveralForm, chosen_versions
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in

allocation = Blueprint("allocation", __name__)

#: So many are given away at once: a page of the list.
AT_ONCE = 25


@allocation.route("/cases/<reference>/allocate", methods=["GET", "POST"])
@requires(Permission.ALLOCATE_CASES)
def one(reference: str) -> ResponseReturnValue:
    """Give one case to a team and an officer."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = AllocateForm(version=case.version, team_id=case.team_id, owner_id=case.owner_id)
    form.offer(teams(), colleagues(), (case.owner_id, load_user(case.owner_id).name) if case.owner_id else None)
    if form.validate_on_submit():
        with refusals_in(form):
            allocate(
                actor=actor,
                now=now(),
                case_id=case.id,
                team_id=form.team_id.data,
                owner_id=form.owner_id.data,
                version=form.version.data,
            )
            flash("The case is allocated.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("cases/allocate.html", form=form, case=case), form.http_status


@allocation.route("/cases/allocate", methods=["GET", "POST"])
@requires(Permission.ALLOCATE_CASES)
def several() -> ResponseReturnValue:
    """Give the cases that were ticked in the list to a team and an officer."""
    actor = current_actor()
    form = AllocateSeveralForm()
    sent = chosen_versions(form.cases.raw_data or ())
    found = cases_to_allocate(actor, today(), references=request.args.getlist("case")[:AT_ONCE], ids=sent)
    if not found:
        return render_template(
            "cases/allocate_several.html", form=None, found=found
        ), 422 if form.is_submitted() else 200
    form.offer(teams(), colleagues(), found)
    if form.validate_on_submit():
        with refusals_in(form):
            versions = chosen_versions(form.cases.data)
            allocate_cases(
                actor=actor,
                now=now(),
                versions=versions,
                team_id=form.team_id.data,
                owner_id=form.owner_id.data,
            )
            flash(f"{len(versions)} case{'s are' if len(versions) != 1 else ' is'} allocated.", "success")
            return redirect(url_for("cases.list_cases"))
    shown("case", *(each.id for each in found))
    return render_template("cases/allocate_several.html", form=form, found=found), form.http_status
