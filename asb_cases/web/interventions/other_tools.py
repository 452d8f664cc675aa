"""Another tool or power in a case: chosen, recorded as proposed or begun, and what comes after. One set of pages for them all."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.other_tools import Term, tool_of
from asb_cases.domain.permissions import Permission
from asb_cases.domain.powers import POWERS, TOOLS
from asb_cases.domain.powers.power import Power
from asb_cases.models.intervention import Intervention
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.other_tools import terms_of
from asb_cases.queries.policy import policy_in_force
from asb_cases.queries.recipients import recipients_of, reference_of
from asb_cases.services import other_tools as acts
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.forms import Form, refusals_in
from asb_cases.web.interventions.moving import act_page, acting_on, done, step_called, why_not_open
from asb_cases.web.interventions.signing_forms import at_moment
from asb_cases.web.interventions.tool_forms import (
    BreachNoteForm,
    NotMadeForm,
    ToolEndForm,
    ToolReviewForm,
    begin_form,
    extend_form,
)

tools = Blueprint("tools", __name__)

STAGES = ("propose", "start")


@tools.get("/cases/<reference>/tools")
@requires(Permission.DRAFT)
def choose(reference: str) -> ResponseReturnValue:
    """Which tool is recorded, and at what stage."""
    case = load_case_for(current_actor(), reference, today())
    shown("case", case.id, case_id=case.id)
    values, entries = policy_in_force().values, [POWERS[code] for code in TOOLS]
    waiting = {
        power.code for power in entries
        if power.tool and power.tool.in_force and values.text(power.tool.in_force.value, today()) != "in_force"
    }  # fmt: skip
    return render_template("tools/choose.html", case=case, entries=entries, waiting=waiting, slug=slug)


@tools.route("/cases/<reference>/tools/<power>/<stage>", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def record(reference: str, power: str, stage: str) -> ResponseReturnValue:
    """Record that a tool was proposed or applied for, or that it began."""
    entry = _called(power, stage)
    case = load_case_for(current_actor(), reference, today())
    people = recipients_of(case.id, today())
    form = begin_form(entry.code, stage, known=False)(
        subject=request.args.get("subject", type=int) or (people[0].id if len(people) == 1 else None)
    )
    form.offer(people)
    if form.validate_on_submit():
        with refusals_in(form):
            recorded = acts.record_tool(
                actor=current_actor(),
                now=now(),
                case_id=case.id,
                subject_id=form.subject.data,
                power=entry.code,
                begin=form.begin(tool_of(entry), stage),
                cautions_reason=form.cautions_reason.data,
            )
            flash("It is recorded.", "success")
            return redirect(url_for("interventions.intervention", reference=reference_of(recorded)))
    case = load_case_for(current_actor(), reference, today())
    shown("person", *(person.id for person in people), case_id=case.id)
    page = render_template("tools/record.html", form=form, case=case, people=people, power=entry, stage=stage)
    return page, form.http_status


@tools.route("/interventions/<reference>/start", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def start(reference: str) -> ResponseReturnValue:
    """Record that what was proposed or applied for has begun."""
    step, entry = _step(reference)
    form = begin_form(entry.code, "start", known=True)(
        version=step.version, under_18=_age(terms_of(step.id).under_18), court=terms_of(step.id).court
    )
    if form.validate_on_submit():
        with acting_on(step, form):
            acts.start_tool(
                actor=current_actor(), now=now(), intervention_id=step.id,
                begin=form.begin(tool_of(entry), "start"),
                cautions_reason=form.cautions_reason.data, version=form.version.data,
            )  # fmt: skip
            return done(step.reference, "It is recorded as begun.")
    return _page("start", step, form, entry, f"{entry.tool.started if entry.tool else 'Begun'}: record it")


@tools.route("/interventions/<reference>/not-made", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def refuse(reference: str) -> ResponseReturnValue:
    """Record that what was proposed or applied for did not come about."""
    step, entry = _step(reference)
    form = NotMadeForm(version=step.version, happened_on=today())
    if form.validate_on_submit():
        with acting_on(step, form):
            acts.refuse_tool(
                actor=current_actor(), now=now(), intervention_id=step.id, happened_on=form.happened_on.data,
                reason=form.text.data, version=form.version.data,
            )  # fmt: skip
            return done(step.reference, "It is recorded as not made.")
    return _page("not_made", step, form, entry, "Record that it did not come about")


@tools.route("/interventions/<reference>/tool-review", methods=["GET", "POST"])
@requires(Permission.ASSESS_COMPLIANCE)
def review(reference: str) -> ResponseReturnValue:
    """Record that it was looked at again."""
    step, entry = _step(reference)
    form = ToolReviewForm(version=step.version, happened_on=today())
    if form.validate_on_submit():
        with acting_on(step, form):
            acts.review_tool(
                actor=current_actor(), now=now(), intervention_id=step.id, happened_on=form.happened_on.data,
                text=form.text.data, next_review_on=form.next_review_on.data, version=form.version.data,
            )  # fmt: skip
            return done(step.reference, "The review is recorded.")
    return _page("review", step, form, entry, "Record a review")


@tools.route("/interventions/<reference>/extend", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def extend(reference: str) -> ResponseReturnValue:
    """Record that it lasts longer."""
    step, entry = _step(reference)
    form = extend_form(entry.code)(version=step.version, happened_on=today())
    if form.validate_on_submit():
        ends_at = at_moment(form.ends_on.data, form.ends_at.data) if "ends_at" in form else None
        until = Term(step.issued_on or today(), form.ends_on.data, step.issued_at if ends_at else None, ends_at)
        with acting_on(step, form):
            acts.extend_tool(
                actor=current_actor(), now=now(), intervention_id=step.id, happened_on=form.happened_on.data, until=until,
                text=form.text.data, cautions_reason=form.cautions_reason.data, version=form.version.data,
            )  # fmt: skip
            return done(step.reference, "The extension is recorded.")
    return _page("extend", step, form, entry, "Extend it")


@tools.route("/interventions/<reference>/not-kept-to", methods=["GET", "POST"])
@requires(Permission.ALLEGE_BREACH)
def note_breach(reference: str) -> ResponseReturnValue:
    """Note that it was said not to be kept to."""
    step, entry = _step(reference)
    form = BreachNoteForm(version=step.version, happened_on=today())
    if form.validate_on_submit():
        with acting_on(step, form):
            acts.note_tool_breach(
                actor=current_actor(), now=now(), intervention_id=step.id, happened_on=form.happened_on.data,
                text=form.text.data, cautions_reason=form.cautions_reason.data, version=form.version.data,
            )  # fmt: skip
            return done(step.reference, "It is noted.")
    return _page("note_breach", step, form, entry, "Note that it was not kept to")


@tools.route("/interventions/<reference>/tool-end", methods=["GET", "POST"])
@requires(Permission.ASSESS_COMPLIANCE)
def end(reference: str) -> ResponseReturnValue:
    """Record how it ended."""
    step, entry = _step(reference)
    form = ToolEndForm(version=step.version, happened_on=today())
    form.outcome.choices = list(tool_of(entry).outcomes.items())
    if form.validate_on_submit():
        with acting_on(step, form):
            acts.end_tool(
                actor=current_actor(), now=now(), intervention_id=step.id, happened_on=form.happened_on.data,
                outcome=form.outcome.data, text=form.text.data, version=form.version.data,
            )  # fmt: skip
            return done(step.reference, "It is recorded as ended.")
    return _page("end", step, form, entry, "Record how it ended")


def slug(power: Power) -> str:
    """How a power stands in an address: `closure-notice`."""
    return power.code.lower().replace("_", "-")


def _called(text: str, stage: str) -> Power:
    """The tool of an address, at one of its stages. Raises `NotFound`."""
    entry = next((POWERS[code] for code in TOOLS if slug(POWERS[code]) == text), None)
    if entry is None or stage not in STAGES or (stage == "propose" and not tool_of(entry).proposed):
        raise NotFound("tool")
    return entry


def _step(reference: str) -> tuple[Intervention, Power]:
    step = step_called(reference, *TOOLS)
    return step, POWERS[step.power]


def _age(under_18: bool | None) -> str:
    return {True: "yes", False: "no"}.get(under_18, "") if under_18 is not None else ""


def _page(move: str, step: Intervention, form: Form, entry: Power, heading: str) -> ResponseReturnValue:
    return act_page("tool_act", step, form, why_not_open(step, move), power=entry, act_title=heading)
