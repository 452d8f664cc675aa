"""How warnings and notices end: withdrawn, discharged, lapsed, over."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.permissions import Permission
from asb_cases.domain.workflow import CaseStatus
from asb_cases.models.intervention import Intervention
from asb_cases.services import endings
from asb_cases.web.access import current_actor, requires
from asb_cases.web.documents.printing import printed
from asb_cases.web.interventions.follows import Follow, stopped_by
from asb_cases.web.interventions.moving import act_page, acting_on, done, step_called, why_not_open
from asb_cases.web.interventions.outcome_forms import ButtonForm, EndingForm, OverForm

interventions_endings = Blueprint("interventions_endings", __name__)

NOTHING_BINDS = Follow(
    "From today nothing in it has to be done or left. What is alleged of earlier days can still be decided."
)
APPEAL_STAYS = Follow("The appeal stays open until the court has dealt with it: tell the court.")
CASE_CLOSES = Follow("If no other notice of the case is in force, the case is then simply closed.")


@interventions_endings.route("/interventions/<reference>/withdraw", methods=["GET", "POST"])
@requires(Permission.WITHDRAW)
def withdraw(reference: str) -> ResponseReturnValue:
    """Withdraw a warning or notice: it should not stand."""
    step = step_called(reference, "CPW", "CPN")
    return _end_early(step, "withdraw", endings.withdraw, "withdrawn", "It is withdrawn.")


@interventions_endings.route("/interventions/<reference>/discharge", methods=["GET", "POST"])
@requires(Permission.WITHDRAW)
def discharge(reference: str) -> ResponseReturnValue:
    """Discharge a notice that has done its work."""
    step = step_called(reference, "CPN")
    return _end_early(step, "discharge", endings.discharge, "discharged", "The notice is discharged.")


def _end_early(step: Intervention, move: str, act: Callable[..., None], word: str, message: str) -> ResponseReturnValue:
    """The page and the act by which a step ends before its time."""
    form = EndingForm(version=step.version)
    if form.validate_on_submit():
        with acting_on(step, form):
            printed(partial(act, actor=current_actor(), now=now(), intervention_id=step.id, **form.ending()))
            return done(step.reference, message)
    return act_page(move, step, form, why_not_open(step, move), follows=_ended(step, move, word))


@interventions_endings.route("/interventions/<reference>/end", methods=["GET", "POST"])
@requires(Permission.ASSESS_COMPLIANCE)
def end_notice(reference: str) -> ResponseReturnValue:
    """Record that a notice is over: its last day has passed, or every requirement was met."""
    step = step_called(reference, "CPN")
    form = OverForm(version=step.version)
    if form.validate_on_submit():
        with acting_on(step, form):
            endings.end_notice(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                complied_because=form.complied_because.data,
                version=form.version.data,
            )
            return done(step.reference, "The notice is recorded as over.")
    return act_page("end", step, form, why_not_open(step, "end"), follows=_ended(step, "end", "over"))


@interventions_endings.route("/interventions/<reference>/lapse", methods=["GET", "POST"])
@requires(Permission.ASSESS_COMPLIANCE)
def lapse(reference: str) -> ResponseReturnValue:
    """Record that a warning's life under local policy is over."""
    step = step_called(reference, "CPW")
    form = ButtonForm(version=step.version)
    if form.validate_on_submit():
        with acting_on(step, form):
            endings.lapse(actor=current_actor(), now=now(), intervention_id=step.id, version=form.version.data)
            return done(step.reference, "The warning is recorded as lapsed.")
    follows = [*stopped_by(step, "lapse"), Follow("A notice may still follow it, with a reason.")]
    return act_page("lapse", step, form, why_not_open(step, "lapse"), follows=follows)


def _ended(step: Intervention, move: str, word: str) -> list[Follow]:
    """What follows from ending a warning or notice."""
    follows = [*stopped_by(step, move), Follow(f"It stays counted as given, and is shown as {word} from today.")]
    if step.power == "CPN":
        follows.append(NOTHING_BINDS)
    if step.status == "appealed":
        follows.append(APPEAL_STAYS)
    if step.case.status is CaseStatus.CLOSED_NOTICE_IN_FORCE:
        follows.append(CASE_CLOSES)
    return follows
