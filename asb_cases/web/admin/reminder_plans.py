"""`/admin/reminder-plans`: when people are reminded of clocks of each kind."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.permissions import Permission
from asb_cases.domain.reminders import TASK
from asb_cases.queries.reminders import plan_for, plan_row, plans_set
from asb_cases.services.reminders import set_plan
from asb_cases.web.access import current_actor, requires
from asb_cases.web.forms import refusals_in
from asb_cases.web.reminders.forms import PlanForm

reminder_plans = Blueprint("reminder_plans", __name__, url_prefix="/admin/reminder-plans")

#: What is reminded of: every clock, and tasks.
RULES = {**{code: rule.title for code, rule in CLOCK_RULES.items()}, TASK: "A task"}


@reminder_plans.get("")
@requires(Permission.MANAGE_SETTINGS)
def list_plans() -> str:
    """Every kind of clock with its plan."""
    own = plans_set()
    rows = [(code, title, plan_for(code, own), code in own) for code, title in RULES.items()]
    return render_template("admin/reminder_plans.html", rows=rows)


@reminder_plans.route("/<rule>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def plan(rule: str) -> ResponseReturnValue:
    """The plan of one kind of clock."""
    if rule not in RULES:
        abort(404)
    row, found = plan_row(rule), plan_for(rule, plans_set())
    form = PlanForm(
        version=row.version if row else None,
        days_before=", ".join(map(str, found.days_before)),
        on_the_day=found.on_the_day,
        after=found.after,
        manager_from=found.manager_from,
        escalate_after=found.escalate_after,
        legal=found.legal,
    )
    if form.validate_on_submit():
        with refusals_in(form):
            set_plan(
                actor=current_actor(),
                now=now(),
                rule=rule,
                days_before=form.days_before.data or "",
                on_the_day=form.on_the_day.data,
                after=form.after.data,
                manager_from=form.manager_from.data,
                escalate_after=form.escalate_after.data,
                legal=form.legal.data,
                version=form.version.data if row else None,
            )
            flash("The plan is saved. What was told already stays told.", "success")
            return redirect(url_for("reminder_plans.list_plans"))
    return render_template("admin/reminder_plan.html", form=form, title=RULES[rule]), form.http_status
