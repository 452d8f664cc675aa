"""`/admin/wording`: the council's own words in letters and notices, beside the texts of the law, which are locked."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.documents import statutory
from asb_cases.documents.wording import BLOCKS, LONGEST, PLACEHOLDERS, SAMPLE, changes, check_wording, filled
from asb_cases.domain.permissions import Permission
from asb_cases.queries.wordings import latest_wording, versions_of, wordings_written
from asb_cases.services.wordings import write_wording
from asb_cases.web.access import current_actor, requires
from asb_cases.web.forms import TextAreaField, TextField, VersionedForm, refusals_in

wordings = Blueprint("wordings", __name__, url_prefix="/admin/wording")


class WordingForm(VersionedForm):
    """New words for a block."""

    text = TextAreaField("Words", rows=12, max_length=LONGEST, hint="Leave it blank to print nothing there.")
    reason = TextField("Why they change", hint="Kept with the version.")


@wordings.get("")
@requires(Permission.MANAGE_SETTINGS)
def list_wordings() -> str:
    """Every block with its version, and every text of the law with its own."""
    written = wordings_written()
    rows = [(block, written.get(block.code)) for block in BLOCKS.values()]
    return render_template("admin/wordings.html", rows=rows, locked=statutory.BLOCKS)


@wordings.route("/<code>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def wording(code: str) -> ResponseReturnValue:
    """One block: its words, how they would read, how they changed; give it others."""
    block = BLOCKS.get(code)
    if block is None:
        abort(404)
    latest = latest_wording(code)
    standing = latest.text if latest else block.shipped
    form = WordingForm(version=latest.version if latest else 0, text=standing)
    preview: str | None = None
    if form.validate_on_submit():
        typed = form.text.data or ""
        if "back" in request.form:
            fault = check_wording(typed)
            form.show_refusals([fault] if fault else [])
            preview = None if fault else filled(typed, SAMPLE)
        else:
            with refusals_in(form):
                write_wording(
                    actor=current_actor(), now=now(), code=code, text=typed, reason=form.reason.data or "",
                    version=form.version.data,
                )  # fmt: skip
                flash("The words are changed, for everything that is not frozen yet.", "success")
                return redirect(url_for("wordings.wording", code=code))
    page = render_template(
        "admin/wording.html",
        form=form,
        block=block,
        placeholders=PLACEHOLDERS,
        preview=preview,
        changed=changes(standing, form.text.data or "") if preview is not None else [],
        versions=_with_changes(code, block.shipped),
    )
    return page, form.http_status


def _with_changes(code: str, shipped: str) -> list[tuple[object, list[tuple[str, str]]]]:
    """Each version, the latest first, with what it changed of the one before."""
    rows = list(versions_of(code))
    before = [*(row.text for row in rows[1:]), shipped]
    return [(row, changes(old, row.text)) for row, old in zip(rows, before, strict=True)] if rows else []
