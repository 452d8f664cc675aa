"""`/admin/users`: accounts. A one-time link made for somebody is e-mailed to them; where no e-mail leaves,
it is shown once, on the answer to the request that made it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Permission
from asb_cases.models.user import User
from asb_cases.queries.users import all_users, load_user
from asb_cases.services import users as users_service
from asb_cases.services.account_links import MadeLink
from asb_cases.services.address_change import ask_for_address_change
from asb_cases.services.setting_passwords import give_link, invite_user
from asb_cases.web.access import current_actor, requires
from asb_cases.web.accounts.site import this_site
from asb_cases.web.admin.forms import ChangeUserForm, NewAddressForm, NewUserForm, VersionForm
from asb_cases.web.forms import refusals_in

INVITES = "By this link {name} sets a password of their own:"
CONFIRMS = "By this link {name} confirms the new address. Until then they sign in with the old one:"

admin_users = Blueprint("admin_users", __name__, url_prefix="/admin/users")


@admin_users.get("")
@requires(Permission.MANAGE_USERS)
def users() -> ResponseReturnValue:
    """Everybody with an account."""
    return render_template("admin/users.html", users=all_users())


@admin_users.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def new_user() -> ResponseReturnValue:
    """Make an account, and the link by which its person sets a password."""
    form = NewUserForm()
    if form.validate_on_submit():
        with refusals_in(form):
            user_id, made = invite_user(
                actor=current_actor(),
                now=now(),
                email=form.email.data,
                name=form.name.data,
                role=form.role.data,
                team_id=form.team.data,
                body_id=form.body.data,
                site=this_site(),
            )
            return _shown_once(user_id, made, "Account created", INVITES)
    return render_template("admin/new_user.html", form=form), form.http_status


@admin_users.route("/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def user(user_id: int) -> ResponseReturnValue:
    """One account: its name, role, team and body."""
    row = load_user(user_id)
    form = ChangeUserForm(version=row.version, name=row.name, role=row.role, team=row.team_id, body=row.partner_body_id)
    if form.validate_on_submit():
        try:
            users_service.change_user(
                actor=current_actor(),
                now=now(),
                user_id=user_id,
                seen=form.version.data,
                name=form.name.data,
                role=form.role.data,
                team_id=form.team.data,
                body_id=form.body.data,
            )
            flash("The account has been changed.", "success")
            return redirect(url_for("admin_users.user", user_id=user_id))
        except RuleBroken as broken:
            form.show_refusals(broken.refusals)
            row = load_user(user_id)
    return _user_page(row, form), form.http_status


@admin_users.post("/<int:user_id>/deactivate")
@requires(Permission.MANAGE_USERS)
def deactivate(user_id: int) -> ResponseReturnValue:
    """Take the account out of use."""
    form = VersionForm()
    users_service.deactivate_user(actor=current_actor(), now=now(), user_id=user_id, seen=form.version.data)
    flash("The account is out of use. The person has been signed out everywhere.", "success")
    return redirect(url_for("admin_users.user", user_id=user_id))


@admin_users.post("/<int:user_id>/reactivate")
@requires(Permission.MANAGE_USERS)
def reactivate(user_id: int) -> ResponseReturnValue:
    """Let the person sign in again."""
    form = VersionForm()
    users_service.reactivate_user(actor=current_actor(), now=now(), user_id=user_id, seen=form.version.data)
    flash("The account is in use again.", "success")
    return redirect(url_for("admin_users.user", user_id=user_id))


@admin_users.post("/<int:user_id>/password")
@requires(Permission.MANAGE_USERS)
def reset_password(user_id: int) -> ResponseReturnValue:
    """A link to set a password, for somebody who forgot theirs or never used their invitation."""
    made = give_link(actor=current_actor(), now=now(), user_id=user_id, site=this_site())
    return _shown_once(user_id, made, "A link to set a password", INVITES)


@admin_users.route("/<int:user_id>/email", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def change_email(user_id: int) -> ResponseReturnValue:
    """A link by which somebody confirms another e-mail address."""
    row, form = load_user(user_id), NewAddressForm()
    if form.validate_on_submit():
        with refusals_in(form):
            made = ask_for_address_change(
                actor=current_actor(), now=now(), user_id=user_id, email=form.email.data, site=this_site()
            )
            return _shown_once(user_id, made, "A link to confirm the address", CONFIRMS, sent_to=form.email.data)
    return render_template("admin/user_email.html", user=row, form=form), form.http_status


def _shown_once(user_id: int, made: MadeLink, heading: str, does: str, sent_to: str = "") -> str:
    row = load_user(user_id)
    return render_template(
        "admin/link.html",
        user=row,
        made=made,
        heading=heading,
        does=does.format(name=row.name),
        mail=this_site().sends_email,
        sent_to=sent_to or row.email,
    )


def _user_page(row: User, form: ChangeUserForm) -> str:
    return render_template(
        "admin/user.html", user=row, form=form, button=VersionForm(formdata=None, version=row.version)
    )
