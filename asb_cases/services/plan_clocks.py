"""The clocks of action plans: the review, and each open step that has a day. Parts of acts, not acts."""

from datetime import date

from asb_cases.domain.action_plans import StepState
from asb_cases.domain.clocks import DeadlineState
from asb_cases.models.action_plan import ActionPlan, ActionPlanStep
from asb_cases.models.case import Case
from asb_cases.queries.action_plans import plans_that_go_on
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links

REVIEW, STEP, THEIRS = PLAN_CLOCKS = ("plan_review", "plan_step", "plan_step_of_theirs")


def settle_plan_clocks(plan: ActionPlan, case: Case, on: date) -> None:
    """Let the clocks of a plan run to the days it names now, and those end that it names no more. None runs once the plan is
    over or its case closed."""
    wanted = _wanted(plan) if plan.ended_on is None and case.closed_on is None else {}
    moved: list[int] = []
    gone: list[int] = []
    for clock in deadlines.running(*PLAN_CLOCKS, of=Links(action_plan_id=plan.id)):
        now = wanted.get(clock.plan_step_id)
        if now == (clock.rule, clock.last_day):
            del wanted[clock.plan_step_id]
        else:
            (moved if now else gone).append(clock.id)
    of = Links(action_plan_id=plan.id)
    if moved:
        deadlines.end(of=of, only=moved, state=DeadlineState.SUPERSEDED, on=on, because="Agreed anew")
    if gone:
        deadlines.end(of=of, only=gone, state=DeadlineState.STOPPED, on=on, because="No longer in the plan")
    for step_id, (rule, day) in wanted.items():
        deadlines.start(rule, day, Links(case_id=case.id, action_plan_id=plan.id, plan_step_id=step_id))


def step_is_closed(step: ActionPlanStep, on: date) -> None:
    """A step was done in time or late, or is dropped."""
    of = Links(plan_step_id=step.id)
    if step.state is StepState.DONE:
        deadlines.meet(STEP, THEIRS, of=of, at=on, because="Done")
    else:
        deadlines.stop(STEP, THEIRS, of=of, on=on, because="Dropped")


def plan_is_reviewed(plan: ActionPlan, on: date) -> None:
    """Somebody looked at the plan."""
    deadlines.meet(REVIEW, of=Links(action_plan_id=plan.id), at=on, because="Reviewed")


def stop_plan_clocks(case_id: int, on: date) -> None:
    """The case is closed. Part of the act that closes it."""
    deadlines.stop(*PLAN_CLOCKS, of=Links(case_id=case_id), on=on, because="Case closed")


def start_plan_clocks_again(case: Case, on: date) -> None:
    """The case is open again: what was agreed and not ended goes on. Part of the act that opens it."""
    for plan in plans_that_go_on(case.id):
        settle_plan_clocks(plan, case, on)


def _wanted(plan: ActionPlan) -> dict[int | None, tuple[str, date]]:
    """The clock that each step, and the review (None), is to have."""
    found: dict[int | None, tuple[str, date]] = {None: (REVIEW, plan.review_on)} if plan.review_on else {}
    for step in plan.steps:
        if step.state is StepState.OPEN and step.due_on is not None:
            found[step.id] = (STEP if step.owner_id is not None else THEIRS, step.due_on)
    return found
