"""Marking an entry of the enforcement track as entered in error: what hangs on an intervention, and the intervention itself.
It stays visible with the reason, and leaves the figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.corrections import LATER_ROWS_STAND
from asb_cases.domain.errors import Refusal
from asb_cases.domain.measures import MEASURE_TITLES
from asb_cases.domain.permissions import Permission
from asb_cases.domain.record_keeping import ALREADY_IN_ERROR
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.appeal import Appeal
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.intervention import Intervention
from asb_cases.models.measure import Measure
from asb_cases.models.payment import Payment
from asb_cases.models.service import Service
from asb_cases.models.tool import ToolEvent
from asb_cases.queries.interventions import breach_clocks, running_clocks
from asb_cases.queries.resting import (
    Resting,
    resting_on_breach,
    resting_on_measure,
    resting_on_step,
    row_of,
    standing_rows,
)
from asb_cases.services import corrections
from asb_cases.services.other_tools import mark_tool_event_entered_in_error
from asb_cases.web.access import current_actor, requires
from asb_cases.web.filters import day, pounds, words
from asb_cases.web.interventions.follows import Follow, stops
from asb_cases.web.interventions.moving import act_page, acting_on, done, step_called
from asb_cases.web.interventions.outcome_forms import MistakeForm
from asb_cases.web.record_words import power_title, service_method, tool_event_title

interventions_corrections = Blueprint("interventions_corrections", __name__)

STAYS = Follow("It stays visible, marked as entered in error with your reason, and leaves the figures.")
MARKED = "It is marked as entered in error."
OF_STEP = {
    "CPW": (),
    "CPN": (Follow("The warning that it followed is given, and no more, again, unless another notice follows it."),),
    "FPN": (Follow("Another penalty may be given for the alleged breach."),),
    "PROSECUTION": (
        Follow("If it was laid, the six months for the alleged breach run again, to the last day they had."),
    ),
}


@dataclass(frozen=True)
class Kind:
    """One kind of entry: its name in addresses and in words, its table, the act that marks it, and what follows."""

    noun: str
    title: str
    table: Any
    act: Callable[..., None]
    argument: str
    follows: tuple[Follow, ...]
    describe: Callable[[Any], str]


def _on(value: date | None) -> str:
    return day(value) or "a day that is not recorded"


KINDS = {
    "breach": Kind(
        "breach", "the alleged breach", AllegedBreach, corrections.mark_breach_entered_in_error, "breach_id",
        (Follow("Its six months stop."),), lambda row: f"Alleged breach of {_on(row.from_on)}",
    ),
    "measure": Kind(
        "measure", "what was done about the alleged breach", Measure, corrections.mark_measure_entered_in_error, "measure_id",
        (Follow("A clock that it started stops; one that it ended runs again to its last day."),),
        lambda row: f"{MEASURE_TITLES[row.kind]}, {_on(row.done_on)}",
    ),
    "service": Kind(
        "service", "the record of service", Service, corrections.mark_service_entered_in_error, "service_id",
        (Follow("The document counts from the earliest giving that stands, and its clocks start anew from that day."),),
        lambda row: f"{service_method(row.method) or 'Given'}, {_on(row.given_on or row.sent_on)}",
    ),
    "appeal": Kind(
        "appeal", "the appeal", Appeal, corrections.mark_appeal_entered_in_error, "appeal_id",
        (Follow("The notice stands as it did without it, and the last days of its requirements move back."),),
        lambda row: f"Appeal lodged on {_on(row.lodged_on)}" + (f", {words(row.outcome).lower()}" if row.outcome else ""),
    ),
    "payment": Kind(
        "payment", "the payment", Payment, corrections.mark_payment_entered_in_error, "payment_id",
        (Follow("Where what is left is not the amount due, the penalty may be paid, or marked unpaid, again, and the six "
                "months for the alleged breach run again."),),
        lambda row: f"{pounds(row.amount_pence) or 'Payment'}, paid on {_on(row.paid_on)}",
    ),
    "tool_event": Kind(
        "tool_event", "the entry", ToolEvent, mark_tool_event_entered_in_error, "event_id",
        (Follow("Of an extension, the last day before it counts again; of a review, the next one is due as it was."),),
        lambda row: f"{tool_event_title(row.kind)}, {_on(row.happened_on)}",
    ),
    "court_outcome": Kind(
        "court_outcome", "the court’s result", CourtOutcome, corrections.mark_court_outcome_entered_in_error, "outcome_id",
        (Follow("The prosecution is before the court again."),), lambda row: f"{words(row.result)}, {_on(row.decided_on)}",
    ),
}  # fmt: skip


@interventions_corrections.get("/interventions/<reference>/corrections")
@requires(Permission.CORRECT_RECORDS)
def choose(reference: str) -> ResponseReturnValue:
    """What of an intervention may have been entered in error."""
    step = step_called(reference)
    entries = [
        (kind.describe(row), url_for(f".{name}", reference=step.reference, **{kind.argument: row.id}))
        for name, kind in KINDS.items()
        for row in standing_rows(kind.table, step.id)
    ]
    return act_page("corrections", step, None, entries=entries)


@interventions_corrections.route("/interventions/<reference>/entered-in-error", methods=["GET", "POST"])
@requires(Permission.CORRECT_RECORDS)
def intervention(reference: str) -> ResponseReturnValue:
    """Mark a warning, notice, penalty or prosecution on which nothing rests."""
    step = step_called(reference)
    form = MistakeForm()
    if form.validate_on_submit():
        with acting_on(step, form):
            corrections.mark_intervention_entered_in_error(
                actor=current_actor(), now=now(), intervention_id=step.id, reason=form.reason.data
            )
            return done(step.reference, MARKED)
    resting = resting_on_step(step)
    follows = [*(stops(row) for row in running_clocks(step.id)), *OF_STEP.get(step.power, ()), STAYS]
    what = f"{power_title(step.power)} {step.reference}"
    return _page(
        step, form, _why_not(step.entered_in_error_on, resting), resting, what, power_title(step.power), follows
    )


@interventions_corrections.route(
    "/interventions/<reference>/breaches/<int:breach_id>/entered-in-error", methods=["GET", "POST"]
)
@requires(Permission.CORRECT_RECORDS)
def breach(reference: str, breach_id: int) -> ResponseReturnValue:
    """Mark an alleged breach for which no penalty and no prosecution stands."""
    return _mark("breach", reference, breach_id)


@interventions_corrections.route(
    "/interventions/<reference>/services/<int:service_id>/entered-in-error", methods=["GET", "POST"]
)
@requires(Permission.CORRECT_RECORDS)
def service(reference: str, service_id: int) -> ResponseReturnValue:
    """Mark a record of how a document was given."""
    return _mark("service", reference, service_id)


@interventions_corrections.route(
    "/interventions/<reference>/appeals/<int:appeal_id>/entered-in-error", methods=["GET", "POST"]
)
@requires(Permission.CORRECT_RECORDS)
def appeal(reference: str, appeal_id: int) -> ResponseReturnValue:
    """Mark an appeal."""
    return _mark("appeal", reference, appeal_id)


@interventions_corrections.route(
    "/interventions/<reference>/payments/<int:payment_id>/entered-in-error", methods=["GET", "POST"]
)
@requires(Permission.CORRECT_RECORDS)
def payment(reference: str, payment_id: int) -> ResponseReturnValue:
    """Mark a payment."""
    return _mark("payment", reference, payment_id)


@interventions_corrections.route(
    "/interventions/<reference>/court-outcomes/<int:outcome_id>/entered-in-error", methods=["GET", "POST"]
)
@requires(Permission.CORRECT_RECORDS)
def court_outcome(reference: str, outcome_id: int) -> ResponseReturnValue:
    """Mark a court's result."""
    return _mark("court_outcome", reference, outcome_id)


@interventions_corrections.route(
    "/interventions/<reference>/measures/<int:measure_id>/entered-in-error", methods=["GET", "POST"]
)
@requires(Permission.CORRECT_RECORDS)
def measure(reference: str, measure_id: int) -> ResponseReturnValue:
    """Mark what was done about an alleged breach."""
    return _mark("measure", reference, measure_id)


@interventions_corrections.route(
    "/interventions/<reference>/later-entries/<int:event_id>/entered-in-error", methods=["GET", "POST"]
)
@requires(Permission.CORRECT_RECORDS)
def tool_event(reference: str, event_id: int) -> ResponseReturnValue:
    """Mark a review, an extension, or that something was not kept to."""
    return _mark("tool_event", reference, event_id)


def _mark(name: str, reference: str, row_id: int) -> ResponseReturnValue:
    """Mark what hangs on an intervention."""
    kind, step = KINDS[name], step_called(reference)
    row = row_of(kind.table, step.id, row_id)
    form = MistakeForm()
    if form.validate_on_submit():
        with acting_on(step, form):
            kind.act(actor=current_actor(), now=now(), reason=form.reason.data, **{kind.argument: row_id})
            return done(step.reference, MARKED)
    row = row_of(kind.table, step.id, row_id)
    resting = _resting(name, row)
    ended = [stops(each) for each in breach_clocks(row_id)] if name == "breach" else []
    follows = [*(ended or kind.follows), STAYS]
    return _page(
        step, form, _why_not(row.entered_in_error_on, resting), resting, kind.describe(row), kind.title, follows
    )


def _resting(name: str, row: Any) -> Sequence[Resting]:
    """What rests on an entry and must be marked first."""
    if name == "measure":
        return resting_on_measure(row)
    return resting_on_breach(row.id) if name == "breach" else []


def _why_not(marked_on: date | None, resting: Sequence[Resting]) -> tuple[Refusal, ...]:
    """Why it can't be marked, as far as can be told before the reason is given."""
    if marked_on is not None:
        return (ALREADY_IN_ERROR,)
    return (LATER_ROWS_STAND.of(count=len(resting)),) if resting else ()


def _page(
    step: Intervention,
    form: MistakeForm,
    closed: tuple[Refusal, ...],
    resting: Sequence[Resting],
    what: str,
    title: str,
    follows: Sequence[Follow],
) -> ResponseReturnValue:
    rests = [(_describe(each), _address(each, step.reference)) for each in resting]
    return act_page(
        "entered_in_error",
        step,
        form,
        closed,
        resting=rests,
        what=what,
        title=title[:1].lower() + title[1:],
        follows=follows,
    )


def _describe(each: Resting) -> str:
    if each.reference:
        return f"{power_title(each.kind)} {each.reference}"
    title = KINDS[each.kind].title.removeprefix("the ")
    return f"{title[:1].upper()}{title[1:]} of {_on(each.on)}"


def _address(each: Resting, reference: str) -> str:
    """Where that is marked, the latest first."""
    if each.reference:
        return url_for(".intervention", reference=each.reference)
    part: dict[str, Any] = {KINDS[each.kind].argument: each.id}
    return url_for(f".{each.kind}", reference=reference, **part)
