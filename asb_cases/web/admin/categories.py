"""`/admin/categories`: the kinds of behaviour that reports and cases are about."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.permissions import Permission
from asb_cases.models.category import Category
from asb_cases.queries.admin_registers import category_tree, main_categories, row_of
from asb_cases.services import categories as acts
from asb_cases.web.access import current_actor, requires
from asb_cases.web.admin.forms import CategoryForm, NewCategoryForm, VersionForm
from asb_cases.web.admin.register_pages import EntryPage
from asb_cases.web.forms import refusals_in

admin_categories = Blueprint("admin_categories", __name__, url_prefix="/admin/categories")

CATEGORY = EntryPage(
    ("Categories", "admin_categories.list_categories"),
    "admin_categories.retire",
    "admin_categories.restore",
    "category_id",
    "It is offered no more. Records in it stay in it and are counted. Its code is never used again.",
)
#: New ones stand behind the others, with room between.
STEP = 10


@admin_categories.get("")
@requires(Permission.MANAGE_SETTINGS)
def list_categories() -> str:
    """Every category in the order of lists."""
    return render_template("admin/categories.html", categories=category_tree())


@admin_categories.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def new() -> ResponseReturnValue:
    """One more category."""
    last = max((each.position for each in category_tree()), default=0)
    form = NewCategoryForm(position=last + STEP)
    form.parent_id.choices = _parents()
    if form.validate_on_submit():
        with refusals_in(form):
            acts.add_category(
                actor=current_actor(),
                now=now(),
                code=form.code.data,
                title=form.title.data,
                parent_id=form.parent_id.data,
                position=form.position.data,
            )
            return _saved()
    return render_template("admin/new_category.html", form=form), form.http_status


@admin_categories.route("/<int:category_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def category(category_id: int) -> ResponseReturnValue:
    """Rename a category, or move it in the list."""
    row = row_of(Category, category_id)
    form = CategoryForm(version=row.version, title=row.title, parent_id=row.parent_id, position=row.position)
    form.parent_id.choices = _parents(but=row.id)
    if form.validate_on_submit():
        with refusals_in(form):
            acts.change_category(
                actor=current_actor(),
                now=now(),
                category_id=category_id,
                seen=form.version.data,
                title=form.title.data,
                parent_id=form.parent_id.data,
                position=form.position.data,
            )
            return _saved()
    return CATEGORY.page(row, row.title, form, [form.title, form.parent_id, form.position], code=row.code), (
        form.http_status
    )


@admin_categories.post("/<int:category_id>/retire")
@requires(Permission.MANAGE_SETTINGS)
def retire(category_id: int) -> ResponseReturnValue:
    """Offer a category no more."""
    acts.retire_category(actor=current_actor(), now=now(), category_id=category_id, seen=VersionForm().version.data)
    return _saved()


@admin_categories.post("/<int:category_id>/restore")
@requires(Permission.MANAGE_SETTINGS)
def restore(category_id: int) -> ResponseReturnValue:
    """Offer a category again."""
    acts.restore_category(actor=current_actor(), now=now(), category_id=category_id, seen=VersionForm().version.data)
    return _saved()


def _parents(but: int = 0) -> list[tuple[str, str]]:
    return [(str(each.id), each.title) for each in main_categories(but=but)]


def _saved() -> ResponseReturnValue:
    flash("Saved.", "success")
    return redirect(url_for("admin_categories.list_categories"))
