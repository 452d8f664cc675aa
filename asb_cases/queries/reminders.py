"""What reminders are made from: running clocks and open tasks near their day, who works the case, what was told before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, func, literal, null, or_, select

from asb_cases.domain.clock_groups import NOT_OWED, PERIODS
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.permissions import Actor, Role
from asb_cases.domain.reminders import (
    HANDED_OVER,
    STILL_NEWS,
    TASK,
    Delivery,
    Plan,
    furthest_before,
    read_days,
    shipped_plan,
)
from asb_cases.extensions import db
from asb_cases.models.absence import Absence
from asb_cases.models.action_plan import ActionPlanStep
from asb_cases.models.case import Case
from asb_cases.models.casework import Task
from asb_cases.models.deadline import Deadline
from asb_cases.models.reminder import Reminder, ReminderChoice, ReminderPlan
from asb_cases.models.user import User
from asb_cases.queries.absences import away_on
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_complete_imports, visible_to

#: As many as the list shows.
AT_ONCE = 200


@dataclass(frozen=True)
class Due:
    """A clock or a task that may have to be told of."""

    kind: str
    id: int
    rule: str
    case_id: int | None
    team_id: int | None
    owner_id: int | None
    last_day: date
    due_at: datetime | None
    told_before: frozenset[str]
    told_to: frozenset[int]


@dataclass(frozen=True)
class People:
    """Who can be told: managers and legal officers by team (None: of the whole service), and who covers whom today."""

    managers: Mapping[int | None, Sequence[int]]
    legal: Sequence[int]
    covers: Mapping[int, int]
    active: frozenset[int]

    def managers_of(self, team_id: int | None) -> list[int]:
        """The managers of a team, and those of the whole service; where there are none, every manager."""
        found = {*self.managers.get(team_id, ()), *self.managers.get(None, ())}
        return sorted(found or {user for users in self.managers.values() for user in users})

    def at_work(self, user_id: int | None) -> int | None:
        """Who is told in somebody's place: themselves, or who covers for them; None where nobody is there."""
        seen: set[int] = set()
        while user_id is not None and user_id in self.covers and user_id not in seen:
            seen.add(user_id)
            user_id = self.covers[user_id]
        return user_id if user_id in self.active else None


def people_to_tell(today: date) -> People:
    """Everybody who may have to be told. Two short queries."""
    managers: dict[int | None, list[int]] = defaultdict(list)
    legal, active = [], set()
    for row in db.session.execute(select(User.id, User.role, User.team_id).where(User.active).order_by(User.id)):
        active.add(row.id)
        if row.role is Role.MANAGER:
            managers[row.team_id].append(row.id)
        elif row.role is Role.LEGAL:
            legal.append(row.id)
    away = db.session.execute(select(Absence.user_id, Absence.cover_id).where(away_on(today)))
    return People(managers, legal, {row.user_id: row.cover_id for row in away}, frozenset(active))


def plans_set() -> dict[str, Plan]:
    """The plans that an administrator set, by kind of clock."""
    return {row.rule: _plan(row) for row in db.session.scalars(select(ReminderPlan))}


def plan_for(rule: str, plans: Mapping[str, Plan]) -> Plan:
    """The plan in force for a kind of clock."""
    return plans.get(rule) or shipped_plan(rule)


def plan_row(rule: str) -> ReminderPlan | None:
    """The plan that an administrator set for a kind of clock, with its version."""
    return db.session.get(ReminderPlan, rule)


def near_their_day(today: date, plans: Mapping[str, Plan]) -> list[tuple[str, int]]:
    """Every running clock and open task that some plan may tell of by now, as kind and id, the nearest first. What nobody
    owes and was over long ago is left out."""
    until = today + timedelta(days=furthest_before(plans))
    clocks = db.session.execute(
        select(Deadline.id, Deadline.last_day).where(
            Deadline.state == DeadlineState.RUNNING,
            Deadline.last_day <= until,
            or_(Deadline.rule.not_in(NOT_OWED), Deadline.last_day >= today - STILL_NEWS),
            of_complete_imports(Deadline),
        )
    )
    tasks = db.session.execute(select(Task.id, Task.due_on).where(Task.done_on.is_(None), Task.due_on <= today))
    found = [(row.last_day, "deadline", row.id) for row in clocks] + [(row.due_on, TASK, row.id) for row in tasks]
    return [(kind, thing_id) for _day, kind, thing_id in sorted(found)]


def facts_of(things: Iterable[tuple[str, int]]) -> list[Due]:
    """The facts of some of them, as they are now; one that is over by now is left out. Three queries for any number."""
    wanted = list(things)
    clocks = [thing_id for kind, thing_id in wanted if kind == "deadline"]
    tasks = [thing_id for kind, thing_id in wanted if kind == TASK]
    told: dict[tuple[str, int, date], set[str]] = defaultdict(set)
    users: dict[tuple[str, int, date], set[int]] = defaultdict(set)
    before = select(
        Reminder.deadline_id,
        Reminder.task_id,
        Reminder.due_on,
        Reminder.stage,
        Reminder.user_id,
        Reminder.over_because,
    )
    for of in db.session.execute(before.where(or_(Reminder.deadline_id.in_(clocks), Reminder.task_id.in_(tasks)))):
        kind, thing_id = ("deadline", of.deadline_id) if of.deadline_id is not None else (TASK, of.task_id or 0)
        told[(kind, thing_id, of.due_on)].add(of.stage)
        if of.over_because != HANDED_OVER:
            users[(kind, thing_id, of.due_on)].add(of.user_id)
    found = {("deadline", row.id): row for row in db.session.execute(_clocks(clocks))}
    found |= {(TASK, row.id): row for row in db.session.execute(_tasks(tasks))}
    return [
        Due(
            kind=kind,
            id=thing_id,
            rule=row.rule,
            case_id=row.case_id,
            team_id=row.team_id,
            owner_id=row.owner_id,
            last_day=row.last_day,
            due_at=row.due_at,
            told_before=frozenset(told[(kind, thing_id, row.last_day)]),
            told_to=frozenset(users[(kind, thing_id, row.last_day)]),
        )
        for kind, thing_id in wanted
        if (row := found.get((kind, thing_id))) is not None
    ]


def no_longer_due() -> Sequence[int]:
    """Open reminders whose clock has ended or moved, or whose task is done or put to another day."""
    clock_runs = exists().where(
        Deadline.id == Reminder.deadline_id,
        Deadline.state == DeadlineState.RUNNING,
        Deadline.last_day == Reminder.due_on,
    )
    task_open = exists().where(Task.id == Reminder.task_id, Task.done_on.is_(None), Task.due_on == Reminder.due_on)
    stale = and_(Reminder.over_at.is_(None), ~or_(clock_runs, task_open))
    return db.session.scalars(select(Reminder.id).where(stale).order_by(Reminder.id)).all()


def handed_over(people: People) -> list[int]:
    """Unread reminders of officers of what others work on by now: the case, the task or the step was given to somebody else,
    or one of them is away, or back. Managers and legal keep theirs."""
    owner = func.coalesce(Task.owner_id, ActionPlanStep.owner_id, Case.owner_id)
    found = db.session.execute(
        select(Reminder.id, Reminder.user_id, owner.label("owner_id"))
        .join(User, User.id == Reminder.user_id)
        .outerjoin(Deadline, Deadline.id == Reminder.deadline_id)
        .outerjoin(ActionPlanStep, ActionPlanStep.id == Deadline.plan_step_id)
        .outerjoin(Task, Task.id == Reminder.task_id)
        .join(Case, Case.id == func.coalesce(Deadline.case_id, Task.case_id))
        .where(
            Reminder.over_at.is_(None),
            Reminder.read_at.is_(None),
            User.role.not_in((Role.MANAGER, Role.LEGAL)),
            or_(owner != Reminder.user_id, Reminder.user_id.in_(list(people.covers))),
        )
        .order_by(Reminder.id)
    )
    return [row.id for row in found if people.at_work(row.owner_id) not in (None, row.user_id)]


def waiting_for_email() -> Sequence[Any]:
    """Open reminders that were not e-mailed yet, with what decides when they are: the person and their choice."""
    return db.session.execute(
        select(
            Reminder.id,
            Reminder.rule,
            Reminder.due_at,
            Reminder.user_id,
            func.coalesce(ReminderChoice.delivery, Delivery.IMMEDIATE).label("delivery"),
        )
        .join(User, User.id == Reminder.user_id)
        .outerjoin(ReminderChoice, ReminderChoice.user_id == Reminder.user_id)
        .where(Reminder.emailed_at.is_(None), Reminder.over_at.is_(None), User.active)
        .order_by(Reminder.id)
    ).all()


def open_reminders_of(actor: Actor, today: date) -> Sequence[Any]:
    """Somebody's open reminders with the case each is of, the nearest first; those put off are left out, and so is what has
    merely passed once it was read: its clock is never met, and nobody owes anything by it. What a task says is read by
    whoever sees its case: a manager is told of one in a restricted case, and a case may have gone to others."""
    return db.session.execute(
        select(Reminder, Case.reference, case((visible_to(actor, today), Task.title)).label("title"))
        .outerjoin(Case, Case.id == Reminder.case_id)
        .outerjoin(Task, Task.id == Reminder.task_id)
        .where(*_shown(actor.user_id, today), ~_read_and_passed(today))
        .order_by(Reminder.due_on, Reminder.id)
        .limit(AT_ONCE)
    ).all()


@dataclass(frozen=True)
class Choice:
    """How somebody wants to be told."""

    delivery: Delivery
    has_feed: bool


def choice_of(user_id: int) -> Choice:
    """What somebody chose; as they come, where they chose nothing."""
    row = db.session.get(ReminderChoice, user_id)
    return Choice(row.delivery, row.feed_hash is not None) if row else Choice(Delivery.IMMEDIATE, has_feed=False)


def load_own_reminder(user_id: int, reminder_id: int) -> Reminder:
    """One of somebody's own open reminders. Raises `NotFound`."""
    wanted = (Reminder.id == reminder_id, Reminder.user_id == user_id, Reminder.over_at.is_(None))
    reminder = db.session.scalars(select(Reminder).where(*wanted)).one_or_none()
    if reminder is None:
        raise NotFound("reminder")
    return reminder


def unread_of(user_id: Any, today: Any) -> ScalarSelect[int]:
    """How many of somebody's open reminders they have not read, as a part of a query about them."""
    return (
        select(func.count())
        .select_from(Reminder)
        .where(*_shown(user_id, today), Reminder.read_at.is_(None))
        .scalar_subquery()
    )


def _shown(user_id: Any, today: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        Reminder.user_id == user_id,
        Reminder.over_at.is_(None),
        or_(Reminder.snoozed_until.is_(None), Reminder.snoozed_until <= today),
    )


def _read_and_passed(today: date) -> ColumnElement[bool]:
    return and_(Reminder.read_at.is_not(None), Reminder.due_on < today, Reminder.rule.in_(PERIODS))


def _clocks(ids: Sequence[int]) -> Any:
    return (
        select(
            Deadline.id,
            Deadline.rule,
            Deadline.case_id,
            Deadline.last_day,
            Deadline.due_at,
            Case.team_id,
            func.coalesce(ActionPlanStep.owner_id, Case.owner_id).label("owner_id"),
        )
        .outerjoin(Case, Case.id == Deadline.case_id)
        .outerjoin(ActionPlanStep, ActionPlanStep.id == Deadline.plan_step_id)
        .where(Deadline.id.in_(ids), Deadline.state == DeadlineState.RUNNING, Case.entered_in_error_on.is_(None))
    )


def _tasks(ids: Sequence[int]) -> Any:
    return (
        select(
            Task.id,
            literal(TASK).label("rule"),
            Task.case_id,
            Task.due_on.label("last_day"),
            null().label("due_at"),
            Case.team_id,
            func.coalesce(Task.owner_id, Case.owner_id).label("owner_id"),
        )
        .join(Case, Case.id == Task.case_id)
        .where(Task.id.in_(ids), Task.done_on.is_(None), Case.entered_in_error_on.is_(None))
    )


def _plan(row: ReminderPlan) -> Plan:
    return Plan(
        days_before=read_days(row.days_before),
        on_the_day=row.on_the_day,
        after=row.after,
        escalate_after=row.escalate_after,
        manager_from=row.manager_from,
        legal=row.legal,
    )
