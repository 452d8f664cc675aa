"""Action plans of a case: agreed, changed, their steps closed, reviewed."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.case_content import content_for
from asb_cases.domain.permissions import Permission
from asb_cases.models.action_plan import ActionPlanStep
from asb_cases.models.case import Case
from asb_cases.queries.action_plans import plan_for, plans_of, step_for
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.casework import involved_in
from asb_cases.queries.users import colleagues
from asb_cases.services.action_plans import (
    PlannedStep,
    add_plan_step,
    agree_plan,
    change_plan,
    change_plan_step,
    close_plan_step,
    review_plan,
)
from asb_cases.web.access import current_actor, requires
from asb_cases.web.casework.forms import owner_choices
from asb_cases.web.casework.plan_forms import (
    ChangePlanForm,
    ChangeStepForm,
    CloseStepForm,
    PlanForm,
    ReviewPlanForm,
    StepForm,
)
from asb_cases.web.consultations import shown
from asb_cases.web.forms import Form, refusals_in

plans = Blueprint("plans", __name__)


@plans.get("/cases/<reference>/plan")
@requires(Permission.SEE_PEOPLE)
def list_plans(reference: str) -> str:
    """What was agreed in a case, with steps and reviews."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    found = plans_of(case.id)
    shown("action_plan", *(each.id for each in found), case_id=case.id)
    may_work = actor.may(Permission.WORK_CASES) and not case.entered_in_error_on
    return render_template("casework/plans.html", case=case, plans=found, may_work=may_work, today=today())


@plans.route("/cases/<reference>/plan/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def new_plan(reference: str) -> ResponseReturnValue:
    """Record what was agreed."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = PlanForm(agreed_on=today())
    form.offer(involved_in(case.id, content_for(actor)), colleagues())
    if form.validate_on_submit():
        with refusals_in(form):
            agree_plan(
                actor=actor,
                now=now(),
                case_id=case.id,
                person_id=form.person_id.data,
                agreed_on=form.agreed_on.data,
                summary=form.summary.data,
                steps=form.planned(),
                review_on=form.review_on.data,
            )
            flash("The action plan is recorded.", "success")
            return _to_plans(case)
    shown("case", case.id, case_id=case.id)
    return render_template("casework/new_plan.html", form=form, case=case), form.http_status


@plans.route("/plans/<int:plan_id>/change", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def change(plan_id: int) -> ResponseReturnValue:
    """Put what was agreed in other words."""
    actor = current_actor()
    plan, case = plan_for(actor, plan_id, today())
    form = ChangePlanForm(version=plan.version, summary=plan.summary, review_on=plan.review_on)
    if form.validate_on_submit():
        with refusals_in(form):
            change_plan(
                actor=actor,
                now=now(),
                plan_id=plan_id,
                summary=form.summary.data,
                review_on=form.review_on.data,
                reason=form.reason.data,
                version=form.version.data,
            )
            flash("The action plan is changed.", "success")
            return _to_plans(case)
    return _page("casework/change_plan.html", form, case, plan_id)


@plans.route("/plans/<int:plan_id>/review", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def review(plan_id: int) -> ResponseReturnValue:
    """Record a look at the plan, which may end it."""
    actor = current_actor()
    plan, case = plan_for(actor, plan_id, today())
    form = ReviewPlanForm(version=plan.version)
    if form.validate_on_submit():
        with refusals_in(form):
            review_plan(
                actor=actor,
                now=now(),
                plan_id=plan_id,
                finding=form.finding.data,
                next_review_on=form.next_review_on.data,
                ends=form.ends.data,
                version=form.version.data,
            )
            flash("The review is recorded.", "success")
            return _to_plans(case)
    return _page("casework/review_plan.html", form, case, plan_id)


@plans.route("/plans/<int:plan_id>/steps/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def new_step(plan_id: int) -> ResponseReturnValue:
    """Add a step."""
    actor = current_actor()
    _plan, case = plan_for(actor, plan_id, today())
    form = StepForm()
    form.owner_id.choices = owner_choices(colleagues())
    if form.validate_on_submit():
        with refusals_in(form):
            add_plan_step(actor=actor, now=now(), plan_id=plan_id, step=_answered(form))
            flash("The step is added.", "success")
            return _to_plans(case)
    return _page("casework/new_plan_step.html", form, case, plan_id)


@plans.route("/plan-steps/<int:step_id>/change", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def change_step(step_id: int) -> ResponseReturnValue:
    """Put a step in other words, give it to somebody else or move its day."""
    actor = current_actor()
    step, plan, case = step_for(actor, step_id, today())
    form = ChangeStepForm(version=step.version, text=step.text, owner_id=step.owner_id, due_on=step.due_on)
    form.owner_id.choices = _owners(step)
    if form.validate_on_submit():
        with refusals_in(form):
            change_plan_step(
                actor=actor,
                now=now(),
                step_id=step_id,
                step=_answered(form),
                reason=form.reason.data,
                version=form.version.data,
            )
            flash("The step is changed.", "success")
            return _to_plans(case)
    return _page("casework/change_plan_step.html", form, case, plan.id)


@plans.route("/plan-steps/<int:step_id>/close", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def close_step(step_id: int) -> ResponseReturnValue:
    """Say that a step is done, or dropped."""
    actor = current_actor()
    step, plan, case = step_for(actor, step_id, today())
    form = CloseStepForm(version=step.version)
    if form.validate_on_submit():
        with refusals_in(form):
            close_plan_step(
                actor=actor,
                now=now(),
                step_id=step_id,
                state=form.state.data,
                outcome=form.outcome.data,
                version=form.version.data,
            )
            flash("The step is closed.", "success")
            return _to_plans(case)
    return _page("casework/close_plan_step.html", form, case, plan.id, step=step)


def _answered(form: StepForm | ChangeStepForm) -> PlannedStep:
    return PlannedStep(form.text.data, form.owner_id.data, form.due_on.data)


def _owners(step: ActionPlanStep) -> list[tuple[str, str]]:
    """Colleagues, and whoever has the step now, who may have left."""
    offered = owner_choices(colleagues())
    if step.owner and (str(step.owner_id), step.owner.name) not in offered:
        offered.append((str(step.owner_id), f"{step.owner.name} (account out of use)"))
    return offered


def _to_plans(case: Case) -> ResponseReturnValue:
    return redirect(url_for("plans.list_plans", reference=case.reference))


def _page(
    template: str, form: Form, case: Case, plan_id: int, step: ActionPlanStep | None = None
) -> ResponseReturnValue:
    shown("action_plan", plan_id, case_id=case.id)
    return render_template(template, form=form, case=case, step=step), form.http_status
