"""What is agreed with somebody in a case: a plan, its steps, its reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asb_cases.domain.action_plans import (
    PLAN_IS_OVER,
    StepState,
    check_agreed,
    check_review,
    check_step,
    check_step_closed,
)
from asb_cases.domain.calendar import local
from asb_cases.domain.errors import gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import reason_given
from asb_cases.extensions import db
from asb_cases.models.action_plan import ActionPlan, ActionPlanReview, ActionPlanStep
from asb_cases.models.case import Case
from asb_cases.queries.action_plans import plan_to_work_on, step_to_work_on
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.people import parts_in_case
from asb_cases.services.case_owners import check_works_cases
from asb_cases.services.history import Subject, record
from asb_cases.services.plan_clocks import plan_is_reviewed, settle_plan_clocks, step_is_closed
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@dataclass(frozen=True)
class PlannedStep:
    """One thing to be done: by a colleague, or (None) by the person it is agreed with; by a day, where one is set."""

    text: str
    owner_id: int | None = None
    due_on: date | None = None


@transaction
def agree_plan(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    summary: str,
    steps: Sequence[PlannedStep],
    agreed_on: date,
    person_id: int | None = None,
    review_on: date | None = None,
) -> int:
    """Record what was agreed with somebody (nobody named: with whoever reported), and the steps. Returns the id."""
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    if person_id is not None and not parts_in_case(case.id, person_id):
        raise NotFound("person in the case")
    check_agreed(
        summary=summary, steps=len(steps), agreed_on=agreed_on, review_on=review_on, today=today
    ).raise_if_refused()
    plan = ActionPlan(
        case_id=case.id,
        person_id=person_id,
        summary=summary.strip(),
        agreed_on=agreed_on,
        agreed_by_id=actor.user_id,
        review_on=review_on,
    )
    db.session.add(plan)
    db.session.flush()
    for number, step in enumerate(steps, 1):
        _add(plan, number, step)
    _settle(plan, case, today)
    record("plan_agreed", _about(plan), actor=actor, now=now, details={"person_id": person_id, "steps": len(steps)})
    return plan.id


@transaction
def change_plan(
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    summary: str,
    review_on: date | None,
    reason: str,
    version: int | None = None,
) -> None:
    """Put what was agreed in other words, or look at it again on another day, and say why."""
    actor.check(Permission.WORK_CASES)
    plan, case = _to_work_on(plan_id, actor, now)
    check_version(plan, version)
    gathered([
        PLAN_IS_OVER if plan.ended_on else None,
        reason_given("Changing what was agreed", reason),
    ]).raise_if_refused()  # fmt: skip
    check_agreed(
        summary=summary, steps=1, agreed_on=plan.agreed_on, review_on=review_on, today=local(now).date()
    ).raise_if_refused()
    plan.summary, plan.review_on = summary.strip(), review_on
    settle_plan_clocks(plan, case, local(now).date())
    record("plan_changed", _about(plan), actor=actor, now=now, reason=reason)


@transaction
def add_plan_step(*, actor: Actor, now: datetime, plan_id: int, step: PlannedStep) -> int:
    """Add a step to a plan. Returns the step's id."""
    actor.check(Permission.WORK_CASES)
    plan, case = _to_work_on(plan_id, actor, now)
    check_step(
        text=step.text, over=plan.ended_on is not None, agreed_on=plan.agreed_on, due_on=step.due_on
    ).raise_if_refused()
    number = max((each.number for each in plan.steps), default=0) + 1
    added = _add(plan, number, step)
    _settle(plan, case, local(now).date())
    details = {"number": number, "owner_id": step.owner_id}
    record("plan_step_added", _about(plan), actor=actor, now=now, details=details)
    return added.id


@transaction
def change_plan_step(
    *, actor: Actor, now: datetime, step_id: int, step: PlannedStep, reason: str, version: int | None = None
) -> None:
    """Put a step in other words, give it to somebody else or move its day, and say why."""
    actor.check(Permission.WORK_CASES)
    row, case = _step_to_work_on(step_id, actor, now)
    check_version(row, version)
    (
        check_step_closed(state=row.state, to=StepState.DONE, outcome=None)
        + check_step(text=step.text, over=False, agreed_on=row.plan.agreed_on, due_on=step.due_on)
        + gathered([reason_given("Changing a step that was agreed", reason)])
    ).raise_if_refused()
    if step.owner_id != row.owner_id:
        check_works_cases(step.owner_id, "owner_id")
    details = {"number": row.number, "from_owner_id": row.owner_id, "owner_id": step.owner_id}
    row.text, row.owner_id, row.due_on = step.text.strip(), step.owner_id, step.due_on
    settle_plan_clocks(row.plan, case, local(now).date())
    about = Subject("action_plan", row.plan_id, case.id)
    record("plan_changed", about, actor=actor, now=now, details=details, reason=reason)


@transaction
def close_plan_step(
    *,
    actor: Actor,
    now: datetime,
    step_id: int,
    state: StepState,
    outcome: str | None = None,
    version: int | None = None,
) -> None:
    """Record that a step is done, or that it is dropped and why."""
    actor.check(Permission.WORK_CASES)
    row, case = _step_to_work_on(step_id, actor, now)
    check_version(row, version)
    check_step_closed(state=row.state, to=state, outcome=outcome).raise_if_refused()
    row.state, row.closed_on, row.outcome = state, local(now).date(), (outcome or "").strip() or None
    step_is_closed(row, row.closed_on)
    about, details = Subject("action_plan", row.plan_id, case.id), {"number": row.number, "state": state.value}
    record("plan_step_closed", about, actor=actor, now=now, details=details)


@transaction
def review_plan(
    *,
    actor: Actor,
    now: datetime,
    plan_id: int,
    finding: str,
    next_review_on: date | None,
    ends: bool = False,
    version: int | None = None,
) -> None:
    """Record that the plan was looked at, and what was found. It is looked at again on a day, or it ends with this."""
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    plan, case = _to_work_on(plan_id, actor, now)
    check_version(plan, version)
    check_review(
        finding=finding, over=plan.ended_on is not None, today=today, next_review_on=next_review_on
    ).raise_if_refused()
    db.session.add(
        ActionPlanReview(plan_id=plan.id, reviewed_on=today, reviewed_by_id=actor.user_id, finding=finding.strip())
    )
    plan_is_reviewed(plan, today)
    plan.review_on, plan.ended_on = (None, today) if ends else (next_review_on, None)
    settle_plan_clocks(plan, case, today)
    record("plan_ended" if ends else "plan_reviewed", _about(plan), actor=actor, now=now)


def _to_work_on(plan_id: int, actor: Actor, now: datetime) -> tuple[ActionPlan, Case]:
    plan = plan_to_work_on(plan_id)
    return plan, case_to_work_on(plan.case_id, actor=actor, today=local(now).date())


def _settle(plan: ActionPlan, case: Case, today: date) -> None:
    """The clocks of a plan that has new steps."""
    db.session.refresh(plan, ["steps"])
    settle_plan_clocks(plan, case, today)


def _step_to_work_on(step_id: int, actor: Actor, now: datetime) -> tuple[ActionPlanStep, Case]:
    step = step_to_work_on(step_id)
    case = case_to_work_on(step.plan.case_id, actor=actor, today=local(now).date())
    gathered([PLAN_IS_OVER if step.plan.ended_on else None]).raise_if_refused()
    return step, case


def _add(plan: ActionPlan, number: int, step: PlannedStep) -> ActionPlanStep:
    check_step(
        text=step.text, over=False, agreed_on=plan.agreed_on, due_on=step.due_on, field=f"step_{number}"
    ).raise_if_refused()
    check_works_cases(step.owner_id, "owner_id")
    row = ActionPlanStep(
        plan_id=plan.id, number=number, text=step.text.strip(), owner_id=step.owner_id, due_on=step.due_on
    )
    db.session.add(row)
    db.session.flush()
    return row


def _about(plan: ActionPlan) -> Subject:
    return Subject("action_plan", plan.id, plan.case_id)
