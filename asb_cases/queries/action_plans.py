"""What was agreed with somebody in a case."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from asb_cases.domain.case_content import content_for
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.action_plan import ActionPlan, ActionPlanReview, ActionPlanStep
from asb_cases.models.case import Case
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_visible_case

_WHOLE = (
    joinedload(ActionPlan.person),
    joinedload(ActionPlan.agreed_by),
    selectinload(ActionPlan.steps).joinedload(ActionPlanStep.owner),
    selectinload(ActionPlan.reviews).joinedload(ActionPlanReview.reviewed_by),
)


def plan_for(actor: Actor, plan_id: int, today: date) -> tuple[ActionPlan, Case]:
    """A plan with its steps and reviews, and its case, for whoever reads what the service keeps for itself. Raises
    `NotFound`."""
    plan = None
    if content_for(actor).internal_notes:
        found = select(ActionPlan).where(ActionPlan.id == plan_id, of_visible_case(ActionPlan.case_id, actor, today))
        plan = db.session.scalars(found.options(*_WHOLE)).one_or_none()
    if plan is None:
        raise NotFound("action plan")
    return plan, db.session.get_one(Case, plan.case_id)


def step_for(actor: Actor, step_id: int, today: date) -> tuple[ActionPlanStep, ActionPlan, Case]:
    """A step, its plan and its case. Raises `NotFound`."""
    plan_id = db.session.scalar(select(ActionPlanStep.plan_id).where(ActionPlanStep.id == step_id))
    if plan_id is None:
        raise NotFound("step of an action plan")
    plan, case = plan_for(actor, plan_id, today)
    return next(step for step in plan.steps if step.id == step_id), plan, case


def plans_of(case_id: int) -> Sequence[ActionPlan]:
    """Every plan of a case, those that go on first, the latest first."""
    return db.session.scalars(
        select(ActionPlan)
        .where(ActionPlan.case_id == case_id)
        .options(*_WHOLE)
        .order_by(ActionPlan.ended_on.is_not(None), ActionPlan.agreed_on.desc(), ActionPlan.id.desc())
    ).all()


def plans_that_go_on(case_id: int) -> Sequence[ActionPlan]:
    """The plans of a case that have not ended, with their steps, for an act."""
    goes_on = (ActionPlan.case_id == case_id, ActionPlan.ended_on.is_(None))
    found = select(ActionPlan).where(*goes_on).options(selectinload(ActionPlan.steps)).order_by(ActionPlan.id)
    return db.session.scalars(found.execution_options(populate_existing=True)).all()


def plan_to_work_on(plan_id: int) -> ActionPlan:
    """The plan with its steps for an act; the caller asks whether its case may be seen. Raises `NotFound`."""
    plan = db.session.scalars(
        select(ActionPlan).where(ActionPlan.id == plan_id).options(selectinload(ActionPlan.steps))
    ).one_or_none()
    if plan is None:
        raise NotFound("action plan")
    return plan


def step_to_work_on(step_id: int) -> ActionPlanStep:
    """The same for a step, with its plan. Raises `NotFound`."""
    step = db.session.scalars(
        select(ActionPlanStep)
        .where(ActionPlanStep.id == step_id)
        .options(joinedload(ActionPlanStep.plan).selectinload(ActionPlan.steps))
    ).one_or_none()
    if step is None:
        raise NotFound("step of an action plan")
    return step
