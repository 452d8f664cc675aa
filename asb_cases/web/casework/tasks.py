"""Tasks of a case: what somebody is to do by a day, given to another or moved with a reason, and done."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.models.case import Case
from asb_cases.models.casework import Task
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.casework import check_awaited, task_for, tasks_of
from asb_cases.queries.users import colleagues
from asb_cases.services.casework import add_task, change_task, finish_task
from asb_cases.web.access import current_actor, requires
from asb_cases.web.casework.forms import ChangeTaskForm, FinishTaskForm, TaskForm, owner_choices
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in

tasks = Blueprint("tasks", __name__)


@tasks.get("/cases/<reference>/tasks")
@requires(Permission.SEE_PEOPLE)
def list_tasks(reference: str) -> str:
    """Every task of a case: one's own, others', and those that are done."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    found = tasks_of(case.id)
    shown("case", case.id, case_id=case.id)
    return render_template(
        "casework/tasks.html",
        case=case,
        mine=[task for task in found if not task.done_on and task.owner_id == actor.user_id],
        others=[task for task in found if not task.done_on and task.owner_id != actor.user_id],
        done=[task for task in found if task.done_on],
        may_work=actor.may(Permission.WORK_CASES),
        today=today(),
    )


@tasks.route("/cases/<reference>/tasks/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def new_task(reference: str) -> ResponseReturnValue:
    """Ask oneself or a colleague to do something by a day."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = TaskForm(owner_id=actor.user_id)
    form.owner_id.choices = owner_choices(colleagues())
    if form.validate_on_submit():
        with refusals_in(form):
            add_task(
                actor=actor,
                now=now(),
                case_id=case.id,
                title=form.title.data,
                owner_id=form.owner_id.data,
                due_on=form.due_on.data,
            )
            flash("The task is added.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("casework/new_task.html", form=form, case=case), form.http_status


@tasks.route("/tasks/<int:task_id>/change", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def change(task_id: int) -> ResponseReturnValue:
    """Give a task to somebody else, or move its day."""
    actor = current_actor()
    task, case = task_for(actor, task_id, today())
    form = ChangeTaskForm(version=task.version, owner_id=task.owner_id, due_on=task.due_on)
    form.owner_id.choices = _owners(task)
    if form.validate_on_submit():
        with refusals_in(form):
            change_task(
                actor=actor,
                now=now(),
                task_id=task.id,
                owner_id=form.owner_id.data,
                due_on=form.due_on.data,
                reason=form.reason.data,
                version=form.version.data,
            )
            flash("The task is changed.", "success")
            return redirect(url_for("tasks.list_tasks", reference=case.reference))
    return _task_page("casework/change_task.html", form, task, case)


@tasks.route("/tasks/<int:task_id>/done", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def finish(task_id: int) -> ResponseReturnValue:
    """Say that a task is done, and what came of it."""
    actor = current_actor()
    task, case = task_for(actor, task_id, today())
    form = FinishTaskForm(version=task.version)
    if form.validate_on_submit():
        with refusals_in(form):
            finish_task(actor=actor, now=now(), task_id=task.id, outcome=form.outcome.data, version=form.version.data)
            flash("The task is done.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    return _task_page("casework/finish_task.html", form, task, case)


def _owners(task: Task) -> list[tuple[str, str]]:
    """Colleagues, and whoever has the task now, who may have left."""
    offered = owner_choices(colleagues())
    if task.owner and (str(task.owner_id), task.owner.name) not in offered:
        offered.append((str(task.owner_id), f"{task.owner.name} (account out of use)"))
    return offered


def _task_page(template: str, form: ChangeTaskForm | FinishTaskForm, task: Task, case: Case) -> ResponseReturnValue:
    shown("task", task.id, case_id=case.id)
    page = render_template(
        template,
        form=form,
        task=task,
        case=case,
        to_check=check_awaited(task),
        may_check=current_actor().may(Permission.AUTHORISE),
    )
    return page, form.http_status
