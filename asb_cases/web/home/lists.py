"""`/tasks`, `/deadlines` and `/news`: the lists behind the numbers of the first page, and the first two as files."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from flask import Blueprint, Response, render_template

from asb_cases.adapters.time import this_minute, today
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.history import KINDS
from asb_cases.domain.permissions import Permission
from asb_cases.queries.deadline_list import deadline_ids, deadlines_page, deadlines_with_ids
from asb_cases.queries.news import news_page
from asb_cases.queries.task_list import task_ids, tasks_page, tasks_with_ids
from asb_cases.web.access import current_actor, may_open, requires
from asb_cases.web.consultations import shown
from asb_cases.web.home.forms import DeadlineFilterForm, NewsForm, TaskFilterForm
from asb_cases.web.list_file import CsvColumn, iso_day, list_file
from asb_cases.web.lists import asked_place, list_page, page_links, selected_filters

work_lists = Blueprint("work_lists", __name__)

TASK_COLUMNS = (
    CsvColumn("task", lambda row: row.title),
    CsvColumn("owner", lambda row: row.owner),
    CsvColumn("due_on", lambda row: iso_day(row.due_on)),
    CsvColumn("done_on", lambda row: iso_day(row.done_on)),
    CsvColumn("outcome", lambda row: row.outcome),
    CsvColumn("case", lambda row: row.case_reference),
    CsvColumn("case_title", lambda row: row.case_title),
)
DEADLINE_COLUMNS = (
    CsvColumn("clock", lambda row: CLOCK_RULES[row.rule].title if row.rule in CLOCK_RULES else row.rule),
    CsvColumn("last_day", lambda row: iso_day(row.last_day)),
    CsvColumn("due_at", lambda row: iso_day(row.due_at)),
    CsvColumn("of", lambda row: row.intervention or row.complaint or row.case_review),
    CsvColumn("case", lambda row: row.case_reference),
    CsvColumn("officer", lambda row: row.owner),
    CsvColumn("working", lambda row: row.working),
)


@work_lists.get("/tasks")
@requires(Permission.WORK_CASES, Permission.AUTHORISE)
def tasks() -> str:
    """Tasks: one's own, unless everybody's are asked for."""
    actor, form = current_actor(), TaskFilterForm()
    page = tasks_page(actor, today(), form.wanted(actor), asked_place())
    shown("task", *page.ids)
    return list_page(
        "home/tasks.html",
        page,
        form,
        today=today(),
        finishes=may_open("tasks.finish", actor),
    )


@work_lists.get("/tasks.csv")
@requires(Permission.EXPORT)
def download_tasks() -> Response:
    """All the tasks of the list as a file."""
    actor, day = current_actor(), today()
    if not actor.may(Permission.AUTHORISE):
        actor.check(Permission.WORK_CASES)
    wanted = TaskFilterForm().wanted(actor)

    def read(some: Sequence[int]) -> Iterable[object]:
        return tasks_with_ids(actor, day, wanted, some)

    return list_file("tasks", "task", task_ids(actor, day, wanted), TASK_COLUMNS, read)


@work_lists.get("/deadlines")
@requires(Permission.WORK_CASES, Permission.REVIEW_PROSECUTION)
def deadlines() -> str:
    """Clocks that somebody has to look at, the soonest first."""
    actor, form, moment = current_actor(), DeadlineFilterForm(), this_minute()
    page = deadlines_page(actor, moment, today(), form.wanted(actor), asked_place())
    shown("deadline", *page.ids)
    return list_page(
        "home/deadlines.html",
        page,
        form,
        now=moment,
    )


@work_lists.get("/deadlines.csv")
@requires(Permission.EXPORT)
def download_deadlines() -> Response:
    """All the clocks of the list as a file."""
    actor, day, moment = current_actor(), today(), this_minute()
    if not actor.may(Permission.REVIEW_PROSECUTION):
        actor.check(Permission.WORK_CASES)
    ids = deadline_ids(actor, moment, day, DeadlineFilterForm().wanted(actor))

    def read(some: Sequence[int]) -> Iterable[object]:
        return deadlines_with_ids(actor, moment, day, some)

    return list_file("deadlines", "deadline", ids, DEADLINE_COLUMNS, read)


@work_lists.get("/news")
@requires(Permission.WORK_CASES)
def news() -> str:
    """What others did in one's own cases, since yesterday unless another day is asked for."""
    actor, form = current_actor(), NewsForm()
    form.validate()
    since: date = form.since.data or today() - timedelta(days=1)
    allocated = form.only.data is not None
    page = news_page(actor, today(), since, allocated=allocated, place=asked_place())
    shown("case", *(row.case_id for row in page.rows))
    return render_template(
        "home/news.html",
        form=form,
        filters=selected_filters(form),
        rows=page.rows,
        links=page_links(page),
        since=since,
        kinds=KINDS,
    )
