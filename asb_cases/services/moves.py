"""Moves of an intervention along its power's table, and the clocks that each move ends. Parts of acts, not acts."""

from datetime import date

from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.authority import NO_SIGNATORY
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.domain.workflow import next_status
from asb_cases.models.intervention import Intervention
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject


def check_move(step: Intervention, move: str, actor: Actor) -> str:
    """The status that a move leads to, for whoever may make it. Raises `NotPermitted`, or `RuleBroken` where the row is
    marked as entered in error or its status does not know the move."""
    table = POWERS[step.power].transitions
    permission = next((row.permission for row in table if row.move == move), None)
    if permission is not None:
        actor.check(permission)
    if step.entered_in_error_on is not None:
        raise RuleBroken((IN_ERROR,))
    return next_status(table, step.status, move)


def make_move(step: Intervention, move: str, on: date) -> None:
    """Take the step along and end the clocks that the move ends. Whether it may be made was asked before."""
    power = POWERS[step.power]
    target = next_status(power.transitions, step.status, move)
    rules = power.clocks_stopped_by(move)
    # Before the status: reading writes the row, which can't be without what the act has yet to say of its end.
    if rules:
        deadlines.stop(*rules, of=Links(intervention_id=step.id), on=on, because=power.status_titles[target])
    step.status = target


def result_in(step: Intervention, outcome: str, on: date) -> None:
    """What came of it in the end, for lists and figures."""
    step.outcome, step.outcome_on = outcome, on


def signatory(actor: Actor, step: Intervention) -> int:
    """The person who signs. Raises `RuleBroken` where nobody is signed in."""
    if actor.user_id is None:
        raise RuleBroken((NO_SIGNATORY.of(document=POWERS[step.power].document),))
    return actor.user_id


def about(step: Intervention) -> Subject:
    """What a history entry of an intervention is about."""
    return Subject("intervention", step.id, step.case_id)


def said(*texts: str | None) -> str | None:
    """What somebody typed as reasons, as one text for the history."""
    return " / ".join(text.strip() for text in texts if text and text.strip()) or None
