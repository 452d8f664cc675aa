"""What somebody has to do: their own cases by what is due next, what is due on them, and how much of each there is."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, Select, case, cast, func, literal, null, or_, select, union_all

from asb_cases.domain.complaints import TriageState
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import UtcDateTime, db
from asb_cases.models.case import Case
from asb_cases.models.casework import Task
from asb_cases.models.deadline import Deadline
from asb_cases.models.history import HistoryEntry
from asb_cases.queries.case_list import CaseFilter, wanted_case_ids
from asb_cases.queries.clock_conditions import is_ahead, is_overdue, runs
from asb_cases.queries.complaint_pages import ComplaintFilter, wanted_complaint_ids
from asb_cases.queries.deadline_list import DeadlineFilter, wanted_deadlines
from asb_cases.queries.intervention_list import InterventionFilter, wanted_intervention_ids
from asb_cases.queries.news import count_of_news, listed_news
from asb_cases.queries.task_list import DUE_SOON, OVERDUE, WEEK, TaskFilter, wanted_tasks
from asb_cases.queries.visibility import of_complete_imports, visible_to

OPEN = (CaseStatus.NEW.value, CaseStatus.OPEN.value)
#: As many of each as the first page shows; its number opens all of them.
SHOWN = 8
NEVER = date(9999, 12, 31)


def own_counts(actor: Actor, now: datetime, today: date) -> dict[str, Select[*tuple[Any, ...]]]:
    """What is counted of one's own work, by key: each is exactly what its list shows."""
    me, yesterday = actor.user_id, today - timedelta(days=1)
    counted: dict[str, Select[*tuple[Any, ...]]] = {
        "cases": wanted_case_ids(actor, today, CaseFilter(statuses=OPEN, owner_id=me)),
        "overdue": wanted_deadlines(actor, now, today, DeadlineFilter(when="overdue", owner_id=me)),
        "due": wanted_deadlines(actor, now, today, DeadlineFilter(when="week", owner_id=me)),
        "tasks": wanted_tasks(actor, today, TaskFilter(owner_id=me)),
        "tasks_overdue": wanted_tasks(actor, today, TaskFilter(owner_id=me, when=OVERDUE)),
        "tasks_due": wanted_tasks(actor, today, TaskFilter(owner_id=me, when=DUE_SOON)),
        "news": count_of_news(actor, today, yesterday),
        "allocated": count_of_news(actor, today, yesterday, allocated=True),
    }
    if actor.may(Permission.TRIAGE_COMPLAINTS):
        to_triage = (TriageState.NEW.value,)
        counted["triage"] = wanted_complaint_ids(actor, today, ComplaintFilter(triage=to_triage))
        newest = ComplaintFilter(triage=to_triage, made_from=yesterday)
        counted["triage_new"] = wanted_complaint_ids(actor, today, newest)
    return counted


def own_cases(actor: Actor, now: datetime, today: date) -> Sequence[Any]:
    """One's open cases, what is due next first. One query."""
    clock = select(func.min(Deadline.last_day)).where(
        Deadline.case_id == Case.id, runs(now), of_complete_imports(Deadline)
    )
    task = select(func.min(Task.due_on)).where(Task.case_id == Case.id, Task.done_on.is_(None))
    soonest, first = (
        func.coalesce(found.correlate(Case).scalar_subquery(), literal(NEVER, Date)) for found in (clock, task)
    )
    due = case((soonest <= first, soonest), else_=first)
    return db.session.execute(
        select(Case.id, Case.reference, Case.title, Case.status, Case.priority, Case.restricted, due.label("due"))
        .where(Case.owner_id == actor.user_id, Case.status.in_(OPEN), visible_to(actor, today))
        .order_by(due, Case.opened_on, Case.id)
        .limit(SHOWN)
    ).all()  # fmt: skip


def own_agenda(actor: Actor, now: datetime, today: date) -> Sequence[Any]:
    """What is overdue, and what is due or ends within a week: clocks of one's cases and one's tasks, of either the first,
    the soonest first. One query."""
    clocks = (
        select(
            literal("clock").label("what"),
            Deadline.id.label("id"),
            Deadline.last_day.label("day"),
            Deadline.due_at.label("due_at"),
            Deadline.rule.label("words"),
            case((is_overdue(now), 1), else_=0).label("overdue"),
            Case.id.label("case_id"),
            Case.reference.label("case_reference"),
            Case.title.label("case_title"),
        )
        .join(Case, Case.id == Deadline.case_id)
        .where(
            Case.owner_id == actor.user_id,
            or_(is_overdue(now), is_ahead(now, WEEK.days)),
            visible_to(actor, today),
            of_complete_imports(Deadline),
        )
    )
    tasks = (
        select(
            literal("task"),
            Task.id,
            Task.due_on,
            cast(null(), UtcDateTime),
            Task.title,
            case((Task.due_on < today, 1), else_=0),
            Case.id,
            Case.reference,
            Case.title,
        )
        .join(Case, Case.id == Task.case_id)
        .where(
            Task.owner_id == actor.user_id,
            Task.done_on.is_(None),
            Task.due_on <= today + WEEK,
            visible_to(actor, today),
        )
    )
    both = union_all(clocks, tasks).subquery()
    soonest = (both.c.day, both.c.what, both.c.id)
    place = func.row_number().over(partition_by=both.c.overdue, order_by=soonest).label("place")
    numbered = select(both, place).subquery()
    found = select(numbered).where(numbered.c.place <= SHOWN)
    return db.session.execute(found.order_by(numbered.c.overdue.desc(), numbered.c.place)).all()


def own_news(actor: Actor, today: date) -> Sequence[Any]:
    """The latest that others did in one's cases since yesterday. One query."""
    found = listed_news(actor, today, today - timedelta(days=1))
    return db.session.execute(found.order_by(HistoryEntry.at.desc(), HistoryEntry.id.desc()).limit(SHOWN)).all()


def legal_counts(actor: Actor, now: datetime, today: date) -> dict[str, Select[*tuple[Any, ...]]]:
    """What is counted for legal, by key: each is exactly what its list shows."""
    prepared = InterventionFilter(given=False, powers=("PROSECUTION",), status="legal_review")
    return {
        "legal_review": wanted_intervention_ids(actor, today, prepared),
        "limits": wanted_deadlines(actor, now, today, DeadlineFilter(when="quarter", about="limits")),
        "hearings": wanted_deadlines(actor, now, today, DeadlineFilter(about="hearings")),
        "appealed": wanted_intervention_ids(actor, today, InterventionFilter(powers=("CPN",), status="appealed")),
        "laid": wanted_intervention_ids(actor, today, InterventionFilter(powers=("PROSECUTION",), status="laid")),
        "tasks": wanted_tasks(actor, today, TaskFilter(owner_id=actor.user_id)),
        "tasks_overdue": wanted_tasks(actor, today, TaskFilter(owner_id=actor.user_id, when=OVERDUE)),
    }
