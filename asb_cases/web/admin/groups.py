"""`/admin/teams`, `/admin/partner-bodies`: the teams of the service and the bodies it works with."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.permissions import Permission
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.user import Team
from asb_cases.queries.admin_registers import all_partner_bodies, all_teams, row_of
from asb_cases.services import teams as acts
from asb_cases.web.access import current_actor, requires
from asb_cases.web.admin.forms import BodyForm, NameForm, PartnerBodyForm, TeamForm, VersionForm
from asb_cases.web.admin.register_pages import EntryPage
from asb_cases.web.forms import refusals_in

admin_groups = Blueprint("admin_groups", __name__, url_prefix="/admin")

LISTED = ("Teams and partner bodies", "admin_groups.groups")
TEAM = EntryPage(
    LISTED,
    "admin_groups.retire_team",
    "admin_groups.restore_team",
    "team_id",
    "It is offered no more. Its closed cases stay with it. First its people and its open cases go to other teams.",
)
BODY = EntryPage(
    LISTED,
    "admin_groups.retire_body",
    "admin_groups.restore_body",
    "body_id",
    "It is offered no more. What was shared with it stays on record, and its people see no more of it. First the "
    "accounts of its people are taken out of use.",
)


@admin_groups.get("/teams")
@requires(Permission.MANAGE_USERS)
def groups() -> ResponseReturnValue:
    """Teams, partner bodies, and a form for one more of each."""
    return _groups(TeamForm(), PartnerBodyForm())


@admin_groups.post("/teams")
@requires(Permission.MANAGE_USERS)
def add_team() -> ResponseReturnValue:
    """One more team."""
    form = TeamForm()
    if form.validate_on_submit():
        with refusals_in(form):
            acts.add_team(actor=current_actor(), now=now(), name=form.team_name.data)
            flash(f"{form.team_name.data} is in the list of teams.", "success")
            return redirect(url_for("admin_groups.groups"))
    return _groups(form, PartnerBodyForm(formdata=None)), form.http_status


@admin_groups.post("/partner-bodies")
@requires(Permission.MANAGE_USERS)
def add_partner_body() -> ResponseReturnValue:
    """One more partner body."""
    form = PartnerBodyForm()
    if form.validate_on_submit():
        with refusals_in(form):
            name = form.body_name.data
            acts.add_partner_body(
                actor=current_actor(), now=now(), name=name, kind=form.kind.data, relevant=form.relevant.data
            )
            flash(f"{name} is in the list of partner bodies.", "success")
            return redirect(url_for("admin_groups.groups"))
    return _groups(TeamForm(formdata=None), form), form.http_status


@admin_groups.route("/teams/<int:team_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def team(team_id: int) -> ResponseReturnValue:
    """Rename a team."""
    row = row_of(Team, team_id)
    form = NameForm(version=row.version, name=row.name)
    if form.validate_on_submit():
        with refusals_in(form):
            acts.change_team(
                actor=current_actor(), now=now(), team_id=team_id, seen=form.version.data, name=form.name.data
            )
            return _saved()
    return TEAM.page(row, row.name, form, [form.name]), form.http_status


@admin_groups.post("/teams/<int:team_id>/retire")
@requires(Permission.MANAGE_USERS)
def retire_team(team_id: int) -> ResponseReturnValue:
    """Offer a team no more."""
    acts.retire_team(actor=current_actor(), now=now(), team_id=team_id, seen=VersionForm().version.data)
    return _saved()


@admin_groups.post("/teams/<int:team_id>/restore")
@requires(Permission.MANAGE_USERS)
def restore_team(team_id: int) -> ResponseReturnValue:
    """Offer a team again."""
    acts.restore_team(actor=current_actor(), now=now(), team_id=team_id, seen=VersionForm().version.data)
    return _saved()


@admin_groups.route("/partner-bodies/<int:body_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def body(body_id: int) -> ResponseReturnValue:
    """Rename a partner body, or say what it is."""
    row = row_of(PartnerBody, body_id)
    form = BodyForm(version=row.version, name=row.name, kind=row.kind, relevant=row.relevant)
    if form.validate_on_submit():
        with refusals_in(form):
            acts.change_partner_body(
                actor=current_actor(),
                now=now(),
                body_id=body_id,
                seen=form.version.data,
                name=form.name.data,
                kind=form.kind.data,
                relevant=form.relevant.data,
            )
            return _saved()
    return BODY.page(row, row.name, form, [form.name, form.kind, form.relevant]), form.http_status


@admin_groups.post("/partner-bodies/<int:body_id>/retire")
@requires(Permission.MANAGE_USERS)
def retire_body(body_id: int) -> ResponseReturnValue:
    """Offer a partner body no more."""
    acts.retire_partner_body(actor=current_actor(), now=now(), body_id=body_id, seen=VersionForm().version.data)
    return _saved()


@admin_groups.post("/partner-bodies/<int:body_id>/restore")
@requires(Permission.MANAGE_USERS)
def restore_body(body_id: int) -> ResponseReturnValue:
    """Offer a partner body again."""
    acts.restore_partner_body(actor=current_actor(), now=now(), body_id=body_id, seen=VersionForm().version.data)
    return _saved()


def _saved() -> ResponseReturnValue:
    flash("Saved.", "success")
    return redirect(url_for("admin_groups.groups"))


def _groups(team_form: TeamForm, body_form: PartnerBodyForm) -> str:
    return render_template(
        "admin/groups.html",
        teams=all_teams(),
        bodies=all_partner_bodies(),
        team_form=team_form,
        body_form=body_form,
        errors=team_form.error_items() + body_form.error_items(),
        form=team_form if team_form.refusals else body_form,
    )
