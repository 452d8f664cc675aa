"""`/admin/wards`: the wards of the district; those that an import brought are looked at first."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.permissions import Permission
from asb_cases.models.place import Ward
from asb_cases.queries.admin_registers import all_wards, row_of, wards_in_use
from asb_cases.services import wards as acts
from asb_cases.web.access import current_actor, requires
from asb_cases.web.admin.forms import MergeWardForm, NameForm, VersionForm
from asb_cases.web.admin.register_pages import EntryPage
from asb_cases.web.forms import refusals_in

admin_wards = Blueprint("admin_wards", __name__, url_prefix="/admin/wards")

WARD = EntryPage(
    ("Wards", "admin_wards.list_wards"),
    "admin_wards.retire",
    "admin_wards.restore",
    "ward_id",
    "It is offered no more. What lies in it is still counted under it.",
)


@admin_wards.route("", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def list_wards() -> ResponseReturnValue:
    """Every ward, and a form for one more."""
    form = NameForm()
    if form.validate_on_submit():
        with refusals_in(form):
            acts.add_ward(actor=current_actor(), now=now(), name=form.name.data)
            return _saved(f"{form.name.data} is in the list of wards.")
    return render_template("admin/wards.html", wards=all_wards(), form=form), form.http_status


@admin_wards.route("/<int:ward_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def ward(ward_id: int) -> ResponseReturnValue:
    """Rename a ward; say that it is one, or which one it is really."""
    row = row_of(Ward, ward_id)
    form = NameForm(version=row.version, name=row.name)
    if form.validate_on_submit():
        with refusals_in(form):
            acts.change_ward(
                actor=current_actor(), now=now(), ward_id=ward_id, seen=form.version.data, name=form.name.data
            )
            return _saved("Saved.")
    return _page(row, form), form.http_status


@admin_wards.post("/<int:ward_id>/looked-at")
@requires(Permission.MANAGE_SETTINGS)
def confirm(ward_id: int) -> ResponseReturnValue:
    """It is a ward, as it is written."""
    acts.confirm_ward(actor=current_actor(), now=now(), ward_id=ward_id, seen=VersionForm().version.data)
    return _saved("Saved.")


@admin_wards.route("/<int:ward_id>/merge", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def merge(ward_id: int) -> ResponseReturnValue:
    """It is another ward, written differently."""
    row = row_of(Ward, ward_id)
    form = MergeWardForm(version=row.version)
    form.into.choices = [(str(each.id), each.name) for each in wards_in_use(but=row.id)]
    if form.validate_on_submit():
        with refusals_in(form):
            moved = acts.merge_ward(
                actor=current_actor(), now=now(), ward_id=ward_id, seen=form.version.data, into_id=form.into.data
            )
            return _saved(f"{row_of(Ward, ward_id).name} is merged: {moved} cases and complaints moved.")
    return render_template("admin/merge_ward.html", form=form, ward=row), form.http_status


@admin_wards.post("/<int:ward_id>/retire")
@requires(Permission.MANAGE_SETTINGS)
def retire(ward_id: int) -> ResponseReturnValue:
    """Offer a ward no more."""
    acts.retire_ward(actor=current_actor(), now=now(), ward_id=ward_id, seen=VersionForm().version.data)
    return _saved("Saved.")


@admin_wards.post("/<int:ward_id>/restore")
@requires(Permission.MANAGE_SETTINGS)
def restore(ward_id: int) -> ResponseReturnValue:
    """Offer a ward again."""
    acts.restore_ward(actor=current_actor(), now=now(), ward_id=ward_id, seen=VersionForm().version.data)
    return _saved("Saved.")


def _page(row: Ward, form: NameForm) -> str:
    merge = url_for("admin_wards.merge", ward_id=row.id)
    confirm = url_for("admin_wards.confirm", ward_id=row.id) if row.to_be_checked else ""
    return WARD.page(row, row.name, form, [form.name], merge=merge, confirm=confirm)


def _saved(told: str) -> ResponseReturnValue:
    flash(told, "success")
    return redirect(url_for("admin_wards.list_wards"))
