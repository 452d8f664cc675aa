"""`/saved-filters`: one's own filters of the lists: keep, open, rename, delete."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.permissions import Permission
from asb_cases.domain.saved_filters import LISTS
from asb_cases.queries.saved_filters import own_filter, saved_filters
from asb_cases.services.saved_filters import delete_filter, rename_filter, save_filter
from asb_cases.web.access import current_actor, requires
from asb_cases.web.forms import Form, refusals_in
from asb_cases.web.navigation import opens
from asb_cases.web.saved_filters.forms import NameForm, kept_query

filters_kept = Blueprint("saved_filters", __name__, url_prefix="/saved-filters")


@filters_kept.get("")
@requires(Permission.USE_OWN_ACCOUNT)
def own() -> str:
    """All of one's own, by list."""
    rows = saved_filters(current_actor())
    by_list = {
        title: [row for row in rows if row.list_code == code] for code, title in LISTS.items() if _may_list(code)
    }
    button = Form(formdata=None)
    return render_template("saved_filters/own.html", by_list=by_list, any=bool(rows), button=button)


@filters_kept.route("/new", methods=["GET", "POST"])
@requires(Permission.USE_OWN_ACCOUNT)
def new() -> ResponseReturnValue:
    """Keep what the address asks: `list` says of which list, the rest is as the list's address has it."""
    code = request.args.get("list", "")
    if code not in LISTS or not _may_list(code):
        abort(404)
    form, query = NameForm(), kept_query(code)
    if form.validate_on_submit():
        with refusals_in(form):
            save_filter(actor=current_actor(), now=now(), list_code=code, name=form.name.data, query=query)
            flash("The filter is saved.", "success")
            return redirect(f"/{code}?{query}")
    return render_template(
        "saved_filters/new.html", form=form, title=LISTS[code], back=f"/{code}?{query}"
    ), form.http_status


@filters_kept.get("/<int:filter_id>/open")
@requires(Permission.USE_OWN_ACCOUNT)
def open_one(filter_id: int) -> ResponseReturnValue:
    """On to the list, narrowed as it was."""
    row = own_filter(current_actor(), filter_id)
    return redirect(f"/{row.list_code}?{row.query}")


@filters_kept.route("/<int:filter_id>", methods=["GET", "POST"])
@requires(Permission.USE_OWN_ACCOUNT)
def rename(filter_id: int) -> ResponseReturnValue:
    """Give it another name."""
    row = own_filter(current_actor(), filter_id)
    form = NameForm(name=row.name)
    if form.validate_on_submit():
        with refusals_in(form):
            rename_filter(actor=current_actor(), now=now(), filter_id=filter_id, name=form.name.data)
            flash("The filter has its new name.", "success")
            return redirect(url_for("saved_filters.own"))
    return render_template("saved_filters/rename.html", form=form), form.http_status


@filters_kept.post("/<int:filter_id>/delete")
@requires(Permission.USE_OWN_ACCOUNT)
def delete(filter_id: int) -> ResponseReturnValue:
    """Delete it."""
    delete_filter(actor=current_actor(), now=now(), filter_id=filter_id)
    flash("The filter is deleted.", "success")
    return redirect(url_for("saved_filters.own"))


def _may_list(code: str) -> bool:
    """Whether the person may open the list at all."""
    return opens(f"/{code}")
