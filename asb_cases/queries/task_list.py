"""The list of tasks: one's own, or of every case that one sees."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from asb_cases.domain.permissions import Actor
from asb_cases.models.case import Case
from asb_cases.models.casework import Task
from asb_cases.models.intervention import Intervention
from asb_cases.models.user import User
from asb_cases.queries.casework import awaiting_check
from asb_cases.queries.paging import Order, Page, Place, all_ids, read_page, rows_with_ids
from asb_cases.queries.visibility import visible_to

SOONEST = Order(lambda task: (task.due_on,))
LATEST = Order(lambda task: (task.due_on,), descending=True)
WEEK = timedelta(days=7)
OVERDUE, DUE_SOON, DONE = "overdue", "week", "done"


@dataclass(frozen=True, kw_only=True)
class TaskFilter:
    """What the list is narrowed to. `when`: overdue, due within a week, or done; else all that are to be done."""

    owner_id: int | None = None
    when: str | None = None

    @property
    def order(self) -> Order:
        """What is to be done stands with the soonest first, what is done with the latest."""
        return LATEST if self.when == DONE else SOONEST


def tasks_page(actor: Actor, today: date, wanted: TaskFilter, place: Place | None) -> Page:
    """One page of the list. One query."""
    return read_page(_listed(actor, today, wanted), Task, wanted.order, place)


def task_ids(actor: Actor, today: date, wanted: TaskFilter) -> list[int]:
    """The ids of all of them, in that order: what a file is going to hold."""
    return all_ids(wanted_tasks(actor, today, wanted), Task, wanted.order)


def tasks_with_ids(actor: Actor, today: date, wanted: TaskFilter, ids: Sequence[int]) -> list[Any]:
    """The rows with these ids, in their order. One query."""
    return rows_with_ids(_listed(actor, today, wanted), Task, ids)


def wanted_tasks(actor: Actor, today: date, wanted: TaskFilter) -> Select[int]:
    """The ids of those wanted, to be counted."""
    return select(Task.id).join(Case, Case.id == Task.case_id).where(*_conditions(actor, today, wanted))


def _listed(actor: Actor, today: date, wanted: TaskFilter) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Task.id,
            Task.title,
            Task.created_on,
            Task.due_on,
            Task.done_on,
            Task.outcome,
            Case.id.label("case_id"),
            Case.reference.label("case_reference"),
            Case.title.label("case_title"),
            User.name.label("owner"),
            Intervention.reference.label("check_of"),
        )
        .join(Case, Case.id == Task.case_id)
        .outerjoin(User, User.id == Task.owner_id)
        .outerjoin(Intervention, awaiting_check())
        .where(*_conditions(actor, today, wanted))
    )


def _conditions(actor: Actor, today: date, wanted: TaskFilter) -> Iterator[ColumnElement[bool]]:
    yield visible_to(actor, today)
    yield Task.done_on.is_not(None) if wanted.when == DONE else Task.done_on.is_(None)
    if wanted.owner_id is not None:
        yield Task.owner_id == wanted.owner_id
    if wanted.when == OVERDUE:
        yield Task.due_on < today
    if wanted.when == DUE_SOON:
        yield Task.due_on.between(today, today + WEEK)
