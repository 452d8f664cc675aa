"""Drafting a warning or a notice: to whom, then part by part, as the power's entry in the register asks."""

from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue, RouteCallable

from asb_cases.adapters.time import now, today
from asb_cases.domain.draft_content import Content
from asb_cases.domain.errors import Findings
from asb_cases.domain.permissions import Permission
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.drafts import DraftInHand, draft_in_hand
from asb_cases.queries.judgement import Asking
from asb_cases.queries.recipients import (
    notice_to_begin,
    recipients_of,
    reference_of,
    warnings_to_follow,
    who_may_be_told,
)
from asb_cases.queries.steps_in_hand import last_word, step_in_hand
from asb_cases.services.draft_content import NoticeTo
from asb_cases.services.drafting import Change, Unnamed, change_drafts, draft_notice, draft_warning
from asb_cases.services.people import record_age
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in
from asb_cases.web.interventions.drafting_forms import (
    CONSULTEES,
    PARTS,
    AgeForm,
    NewNoticeForm,
    NewWarningForm,
    Part,
    PartForm,
    age_in_words,
)

drafting = Blueprint("drafting", __name__)


@drafting.route("/cases/<reference>/warnings/new", methods=["GET", "POST"], endpoint="draft_warning")
@requires(Permission.DRAFT)
def new_warning(reference: str) -> ResponseReturnValue:
    """Begin a warning: to whom."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    asked = request.args.get("subject", type=int)
    form = NewWarningForm(recipients=[asked] if asked else [])
    form.offer(people := recipients_of(case.id, today()))
    if form.validate_on_submit():
        with refusals_in(form):
            unnamed = Unnamed(form.unnamed.data, form.premises.data or "") if form.unnamed.data else None
            ids = draft_warning(
                actor=actor, now=now(), case_id=case.id, subject_ids=form.recipients.data, content=Content(),
                unnamed=unnamed,
            )  # fmt: skip
            return _begun(ids)
    shown("person", *(person.id for person in people), case_id=case.id)
    return render_template("drafting/new_warning.html", form=form, case=case, people=people), form.http_status


@drafting.route("/cases/<reference>/notices/new", methods=["GET", "POST"], endpoint="draft_notice")
@requires(Permission.DRAFT)
def new_notice(reference: str) -> ResponseReturnValue:
    """Begin a notice: on which warnings. Each begins with what its warning says."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    warnings = warnings_to_follow(case.id, actor, today())
    form = NewNoticeForm(follows=[each.id for each in warnings if each.reference == request.args.get("follows")])
    form.offer(warnings, request.args.get("subject", type=int))
    if form.validate_on_submit():
        with refusals_in(form):
            chosen = [each for each in warnings if each.id in form.follows.data]
            to = [NoticeTo(each.subject_id, each.id, notice_to_begin(each.id, today())) for each in chosen]
            ids = draft_notice(actor=actor, now=now(), case_id=case.id, recipients=to, content=Content())
            return _begun(ids)
    shown("intervention", *(each.id for each in warnings), case_id=case.id)
    return render_template("drafting/new_notice.html", form=form, case=case, warnings=warnings), form.http_status


class Task(NamedTuple):
    """A part of a draft as the list shows it."""

    id: str
    title: str
    status: str
    colour: str
    href: str
    hint: str


@drafting.get("/interventions/<reference>/draft", endpoint="change_draft")
@requires(Permission.DRAFT)
def whole(reference: str) -> str:
    """The draft: its parts, and how far each has come."""
    actor, moment = current_actor(), now()
    draft = draft_in_hand(actor, reference, today())
    step = step_in_hand(actor, reference, moment, asking=Asking.AUTHORISE)
    shown("intervention", draft.id, case_id=draft.case_id)
    return render_template(
        "drafting/draft.html",
        draft=draft,
        tasks=[_task(part, draft, step.allowed) for part in PARTS[draft.power]],
        last_word=last_word(draft.id),
    )


def _task(part: Part, draft: DraftInHand, allowed: Findings) -> Task:
    refused = [each.message for each in allowed.refusals if each.field in part.fields]
    cautions = [each.message for each in allowed.cautions if each.field in part.fields]
    begun = any(part.form.answers_of(draft.content).values())
    status, colour = ("Done", "") if begun else ("Nothing is needed", "")
    if _taken(part, draft):
        status, colour = "As in the warning", "teal"
    if cautions:
        status, colour = "Look again", "orange"
    if refused:
        status, colour = ("Not complete" if begun else "To do"), "blue"
    told = " ".join([*refused, *cautions])
    return Task(part.code, part.title, status, colour, part_address(draft.reference, part.code), told)


def _taken(part: Part, draft: DraftInHand) -> bool:
    """Whether a part of a notice still says what the warning said."""
    if draft.follows is None or part.form.personal:
        return False
    answers = part.form.answers_of(draft.content)
    return any(answers.values()) and answers == part.form.answers_of(draft.follows.content)


def _part(reference: str, code: str) -> ResponseReturnValue:
    actor = current_actor()
    draft = draft_in_hand(actor, reference, today())
    part = next((each for each in PARTS[draft.power] if each.code == code), None) or abort(404)
    form = part.form(version=draft.version, **part.form.answers_of(draft.content))
    form.prepare(draft)
    if form.validate_on_submit():
        with refusals_in(form):
            change_drafts(actor=actor, now=now(), changes=_changes(draft, form))
            return redirect(_onward(draft, part))
    shown("intervention", draft.id, case_id=draft.case_id)
    page = render_template(
        "drafting/part.html",
        form=form,
        draft=draft,
        part=part,
        age=age_in_words(draft.recipient),
        taken=_taken(part, draft) and not form.is_submitted(),
        others_in_case=who_may_be_told(draft.case_id, today()) if part is CONSULTEES else [],
    )
    return page, form.http_status


def _changes(draft: DraftInHand, form: PartForm) -> list[Change]:
    others = form.kept_in_step()
    return [
        Change(draft.id, form.version.data, form.put_into(draft.content)),
        *(Change(each.id, others[each.id], form.put_into(each.content)) for each in draft.others if each.id in others),
    ]


def _onward(draft: DraftInHand, part: Part) -> str:
    """The next part; after the last, or if asked for, the whole."""
    parts = PARTS[draft.power]
    following = parts[parts.index(part) + 1 :]
    if "back" in request.form:
        return url_for("drafting.change_draft", reference=draft.reference)
    if not following:
        return url_for("signing.check", reference=draft.reference)
    return part_address(draft.reference, following[0].code)


def _view_of(code: str) -> RouteCallable:
    @requires(Permission.DRAFT)
    def part_of_draft(reference: str) -> ResponseReturnValue:
        return _part(reference, code)

    return part_of_draft


for _code in dict.fromkeys(part.code for parts in PARTS.values() for part in parts):
    drafting.add_url_rule(
        f"/interventions/<reference>/draft/{_code}",
        endpoint=f"part_{_code.replace('-', '_')}",
        view_func=_view_of(_code),
        methods=["GET", "POST"],
    )


@drafting.route("/interventions/<reference>/draft/age", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def age(reference: str) -> ResponseReturnValue:
    """What is known of the recipient's age: a notice needs somebody of 16 or over (s.43(1))."""
    actor = current_actor()
    draft = draft_in_hand(actor, reference, today())
    person = draft.recipient
    form = AgeForm(version=person.version, born_on=person.born_on, believed_16_or_over_because=person.believed_because)
    if form.validate_on_submit():
        with refusals_in(form):
            record_age(
                actor=actor, now=now(), person_id=person.id, version=form.version.data, born_on=form.born_on.data,
                believed_16_or_over_because=form.believed_16_or_over_because.data,
            )  # fmt: skip
            flash("The age is recorded.", "success")
            return redirect(part_address(draft.reference, "recipient"))
    shown("person", person.id, case_id=draft.case_id)
    return render_template("drafting/age.html", form=form, draft=draft), form.http_status


def part_address(reference: str, code: str) -> str:
    """Where a part of a draft is changed."""
    return url_for(f"drafting.part_{code.replace('-', '_')}", reference=reference)


def _begun(ids: list[int]) -> ResponseReturnValue:
    """On to the first of what was drafted."""
    if len(ids) > 1:
        flash(
            f"{len(ids)} documents are drafted, one for each recipient. What you write can go into all of them.",
            "success",
        )
    return redirect(part_address(reference_of(ids[0]), "recipient"))
