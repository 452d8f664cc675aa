"""`/admin/users`: accounts. A password made up for somebody is shown once, on the answer to the request that made it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Permission
from asb_cases.models.user import User
from asb_cases.queries.users import all_users, load_user
from asb_cases.services import users as users_service
from asb_cases.services.new_passwords import make_up_password
from asb_cases.web.access import current_actor, requires
from asb_cases.web.admin.forms import ChangeUserForm, NewUserForm, VersionForm

admin_users = Blueprint("admin_users", __name__, url_prefix="/admin/users")


@admin_users.get("")
@requires(Permission.MANAGE_USERS)
def users() -> ResponseReturnValue:
    """Everybody with an account."""
    return render_template("admin/users.html", users=all_users())


@admin_users.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def new_user() -> ResponseReturnValue:
    """Make an account, with a password for the first sign-in."""
    form = NewUserForm()
    if form.validate_on_submit():
        made_up = make_up_password()
        try:
            user_id = users_service.create_user(
                actor=current_actor(),
                now=now(),
                email=form.email.data,
                name=form.name.data,
                role=form.role.data,
                team_id=form.team.data,
                body_id=form.body.data,
                password_hash=made_up.password_hash,
                own_password=False,
            )
            return render_template("admin/password.html", user=load_user(user_id), password=made_up.password, new=True)
        except RuleBroken as broken:
            form.show_refusals(broken.refusals)
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
def give_password(user_id: int) -> ResponseReturnValue:
    """A new password for somebody who forgot theirs."""
    made_up = make_up_password()
    users_service.give_password(actor=current_actor(), now=now(), user_id=user_id, password_hash=made_up.password_hash)
    return render_template("admin/password.html", user=load_user(user_id), password=made_up.password, new=False)


def _user_page(row: User, form: ChangeUserForm) -> str:
    return render_template(
        "admin/user.html", user=row, form=form, button=VersionForm(formdata=None, version=row.version)
    )
