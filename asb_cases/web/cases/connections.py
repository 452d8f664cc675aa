"""`/cases/<reference>/connections`: links with other cases, and merges: made, ended, undone."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.case_connections import LINK_TITLES, NO_SUCH_CASE, LinkKind
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.models.case import Case
from asb_cases.queries.case_connections import kept_case, links_of, merged_into
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.not_found import NotFound
from asb_cases.services.case_connections import end_case_link, link_cases, merge_case, unmerge_case
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.forms import CautiousForm, Form, RadioField, TextAreaField, TextField, refusals_in

connections = Blueprint("connections", __name__)


class LinkForm(Form):
    """Another case, and what it has to do with this one."""

    reference = TextField(
        "Reference of the other case",
        required="Enter the reference of the other case",
        hint="For example, ASB-2026-000123.",
        width=20,
        autocomplete="off",
        spellcheck=False,
    )
    kind = RadioField(
        "What they have to do with each other",
        required="Choose what they have to do with each other",
        choices=[(kind.value, title) for kind, title in LINK_TITLES.items()],
        coerce=LinkKind,
    )
    reason = TextAreaField("Why they are linked", required="Say why they are linked", rows=3)


class MergeForm(CautiousForm):
    """The case that this one goes into, and why they are one."""

    reference = TextField(
        "Reference of the case that is kept",
        required="Enter the reference of the case that is kept",
        hint="For example, ASB-2026-000123.",
        width=20,
        autocomplete="off",
        spellcheck=False,
    )
    reason = TextAreaField("Why they are one case", required="Say why they are one case", rows=3)


class UnmergeForm(Form):
    """Why the merge was wrong."""

    reason = TextAreaField("Why the merge is undone", required="Say why the merge is undone", rows=3)


@connections.get("/cases/<reference>/connections")
@requires(Permission.WORK_CASES)
def overview(reference: str) -> str:
    """What a case is linked to, what was merged into it, or where it went."""
    actor, day = current_actor(), today()
    case = load_case_for(actor, reference, day)
    shown("case", case.id, case_id=case.id)
    return render_template(
        "cases/connections.html",
        case=case,
        links=links_of(case.id, actor, day),
        titles=LINK_TITLES,
        merges=merged_into(case.id),
        kept=kept_case(case.merged_into_id, actor, day),
        end_form=Form(),
    )


@connections.route("/cases/<reference>/connections/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def link(reference: str) -> ResponseReturnValue:
    """Link a case with another."""
    actor = current_actor()
    case, form = load_case_for(actor, reference, today()), LinkForm()
    if form.validate_on_submit() and (other := _called(form, actor)) is not None:
        with refusals_in(form):
            link_cases(
                actor=actor,
                now=now(),
                case_id=case.id,
                other_id=other.id,
                kind=form.kind.data,
                reason=form.reason.data,
            )
            flash("The cases are linked.", "success")
            return redirect(url_for("connections.overview", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("cases/link.html", form=form, case=case), form.http_status


@connections.post("/cases/<reference>/connections/<int:link_id>/end")
@requires(Permission.WORK_CASES)
def end_link(reference: str, link_id: int) -> ResponseReturnValue:
    """End a link."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    end_case_link(actor=actor, now=now(), case_id=case.id, link_id=link_id)
    flash("The link is ended.", "success")
    return redirect(url_for("connections.overview", reference=case.reference))


@connections.route("/cases/<reference>/merge", methods=["GET", "POST"])
@requires(Permission.MERGE_RECORDS)
def merge(reference: str) -> ResponseReturnValue:
    """Merge a case into another."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = MergeForm(version=case.version)
    if form.validate_on_submit() and (kept := _called(form, actor)) is not None:
        with refusals_in(form):
            merge_case(
                actor=actor,
                now=now(),
                case_id=case.id,
                into_id=kept.id,
                reason=form.reason.data,
                cautions_reason=form.cautions_reason.data,
                version=form.version.data,
            )
            flash(f"{case.reference} is merged into this case.", "success")
            return redirect(url_for("cases.case", reference=kept.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("cases/merge.html", form=form, case=case), form.http_status


@connections.route("/cases/<reference>/unmerge", methods=["GET", "POST"])
@requires(Permission.MERGE_RECORDS)
def unmerge(reference: str) -> ResponseReturnValue:
    """Undo the merge by which a case went into another."""
    actor = current_actor()
    case, form = load_case_for(actor, reference, today()), UnmergeForm()
    if case.merged_into_id is None:
        raise NotFound("merge")
    if form.validate_on_submit():
        with refusals_in(form):
            unmerge_case(actor=actor, now=now(), case_id=case.id, reason=form.reason.data)
            flash("The merge is undone: everything is where it was.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("cases/unmerge.html", form=form, case=case), form.http_status


def _called(form: LinkForm | MergeForm, actor: Actor) -> Case | None:
    """The case whose reference was typed; None, and the form says so, where there is none for this person."""
    try:
        return load_case_for(actor, form.reference.data, today())
    except NotFound:
        form.show_refusals([NO_SUCH_CASE])
        return None
