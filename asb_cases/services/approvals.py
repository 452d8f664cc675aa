"""Between the drafter and whoever authorises: a draft is put before somebody, who authorises it, or asks for changes.

Each is a task of the case, so that nobody has to be told twice; authorising a draft ends both.
"""

from datetime import date, datetime

from asb_cases.domain.calendar import add_working_days, local
from asb_cases.domain.errors import RuleBroken, gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers.authority import NEEDS_REASON
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.extensions import db
from asb_cases.models.casework import Task
from asb_cases.models.intervention import Intervention
from asb_cases.queries.enforcement import intervention_to_work_on, open_check, open_task
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import policy_in_force
from asb_cases.queries.users import who_may_authorise
from asb_cases.services.history import record
from asb_cases.services.moves import about
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def ask_to_authorise(*, actor: Actor, now: datetime, intervention_id: int, of_id: int) -> None:
    """Put a draft before somebody who may authorise it, to be looked at by the next working day."""
    actor.check(Permission.DRAFT)
    step = _draft(intervention_id, actor, now, move="ask for it to be authorised")
    if of_id not in {user.id for user in who_may_authorise(but=step.drafter_id)}:
        raise NotFound("somebody who may authorise")
    _finish(_to_change(step), step, now, "Asked again")
    _add_task(_to_authorise(step), step, of_id, now)
    record("authorisation_asked", about(step), actor=actor, now=now, details={"of_id": of_id})


@transaction
def ask_for_changes(
    *, actor: Actor, now: datetime, intervention_id: int, reason: str, version: int | None = None
) -> None:
    """Give a draft back to its drafter, and say what is to be changed before it can be authorised."""
    actor.check(Permission.AUTHORISE)
    step = _draft(intervention_id, actor, now, move="ask for changes")
    check_version(step, version)
    gathered([None if reason.strip() else NEEDS_REASON]).raise_if_refused()
    _finish(_to_authorise(step), step, now, "Changes asked for")
    _add_task(_to_change(step), step, step.drafter_id, now)
    record("changes_asked", about(step), actor=actor, now=now, reason=reason)


def authorisation_done(step: Intervention, now: datetime) -> None:
    """End what was asked for of a draft. Part of the act that authorises it, or gives it up."""
    for title in (_to_authorise(step), _to_change(step)):
        _finish(title, step, now, "Authorised" if step.status == "authorised" else "Given up")


def end_check(step: Intervention, today: date, outcome: str) -> None:
    """End the task of a second person's check of a document. Part of the act that makes the check, or makes it needless."""
    task = open_check(step.id)
    if task is not None:
        task.done_on, task.outcome = today, outcome


def _draft(intervention_id: int, actor: Actor, now: datetime, *, move: str) -> Intervention:
    step = intervention_to_work_on(intervention_id, actor=actor, today=_day(now))
    if step.entered_in_error_on is not None:
        raise RuleBroken((IN_ERROR,))
    if step.status != "draft" or step.power == "PROSECUTION":
        remedy = "This is for drafts of warnings, notices and fixed penalties."
        raise RuleBroken((NO_SUCH_MOVE.of(move=move, status=step.status, remedy=remedy),))
    return step


def _add_task(title: str, step: Intervention, owner_id: int | None, now: datetime) -> None:
    known = open_task(step.case_id, title)
    if known is not None:
        known.owner_id = owner_id
        return
    today = _day(now)
    due_on = add_working_days(today, 1, policy_in_force().holidays)
    db.session.add(Task(case_id=step.case_id, title=title, owner_id=owner_id, created_on=today, due_on=due_on))


def _finish(title: str, step: Intervention, now: datetime, outcome: str) -> None:
    task = open_task(step.case_id, title)
    if task is not None:
        task.done_on, task.outcome = _day(now), outcome


def _to_authorise(step: Intervention) -> str:
    return f"Authorise {step.reference}, or ask for changes"


def _to_change(step: Intervention) -> str:
    return f"Change {step.reference} as asked"


def _day(now: datetime) -> date:
    return local(now).date()
