"""`/admin/authorisations`: who may issue which power (2014 Act s.53), given and ended, with the evidence of the authority."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission, roles_that_may
from asb_cases.domain.powers import POWERS
from asb_cases.queries.authorisations import authorisation_with, authorisations, possible_issuers
from asb_cases.queries.users import who_may_authorise
from asb_cases.services.authorisations import end_authorisation, give_authorisation
from asb_cases.web.access import current_actor, requires
from asb_cases.web.admin.forms import AuthorisationForm, EndAuthorisationForm
from asb_cases.web.forms import refusals_in

admin_authorisations = Blueprint("admin_authorisations", __name__, url_prefix="/admin/authorisations")

#: What nobody issues without an authorisation.
NEEDING = {code: power for code, power in POWERS.items() if power.needs_authorisation}


@admin_authorisations.get("")
@requires(Permission.MANAGE_USERS)
def list_authorisations() -> str:
    """Those that hold or will, those that ended, and who gives drafts the second look."""
    by_state: dict[str, list[object]] = {"in_force": [], "to_come": [], "ended": []}
    for row in authorisations():
        by_state[row.state(today())].append(row)
    return render_template(
        "admin/authorisations.html", by_state=by_state, powers=POWERS, authorisers=who_may_authorise(), needing=NEEDING
    )


@admin_authorisations.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def give() -> ResponseReturnValue:
    """Authorise somebody."""
    form = AuthorisationForm(from_on=today())
    form.user.choices = [(str(user.id), user.name) for user in possible_issuers(roles_that_may(Permission.ISSUE))]
    form.power.choices = [(code, power.title) for code, power in NEEDING.items()]
    if form.validate_on_submit():
        with refusals_in(form):
            give_authorisation(
                actor=current_actor(),
                now=now(),
                user_id=form.user.data,
                power=form.power.data,
                from_on=form.from_on.data,
                to_on=form.to_on.data,
                delegation_reference=form.delegation_reference.data,
            )
            flash("The authorisation is given.", "success")
            return redirect(url_for("admin_authorisations.list_authorisations"))
    return render_template("admin/new_authorisation.html", form=form), form.http_status


@admin_authorisations.route("/<int:authorisation_id>/end", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def end(authorisation_id: int) -> ResponseReturnValue:
    """End an authorisation on a day."""
    row = authorisation_with(authorisation_id)
    form = EndAuthorisationForm(version=row.authorisation.version, to_on=row.authorisation.to_on or today())
    if form.validate_on_submit():
        with refusals_in(form):
            end_authorisation(
                actor=current_actor(),
                now=now(),
                authorisation_id=authorisation_id,
                to_on=form.to_on.data,
                seen=form.version.data,
            )
            flash("The end of the authorisation is recorded.", "success")
            return redirect(url_for("admin_authorisations.list_authorisations"))
    return render_template("admin/end_authorisation.html", form=form, row=row, powers=POWERS), form.http_status
