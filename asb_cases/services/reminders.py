"""Reminders: made from what the record says is due, ended with it, read, put off and e-mailed.

Making and ending them is no act upon the record, so it leaves no history; setting a plan does, and giving a calendar what it
shows.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select, update

from asb_cases.domain.calendar import Holidays, local
from asb_cases.domain.clock_groups import PERIODS
from asb_cases.domain.errors import RuleBroken, gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import days_in_order, reason_given
from asb_cases.domain.reminders import (
    HANDED_OVER,
    NO_LONGER_DUE,
    PLAN_DAYS,
    SNOOZE_STATUTORY,
    Audience,
    Delivery,
    Plan,
    Stage,
    is_statutory,
    read_days,
    stages,
    told_now,
)
from asb_cases.domain.sign_in import token_hash
from asb_cases.extensions import db
from asb_cases.models.reminder import Reminder, ReminderChoice, ReminderPlan
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.reminders import Due, People, facts_of, plan_for
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

FEED_BYTES = 24


@transaction
def make_reminders(
    *,
    now: datetime,
    things: Sequence[tuple[str, int]],
    people: People,
    plans: Mapping[str, Plan],
    holidays: Holidays,
) -> int:
    """Tell what has come of these clocks and tasks (by kind and id), once each; and to whoever works the case by now, what
    was told to others before. Returns how many reminders were made."""
    made, today = 0, local(now).date()
    for due in facts_of(things):
        plan = plan_for(due.rule, plans)
        planned = stages(plan, due.last_day, due.due_at, holidays)
        told = told_now(planned, now, told_before=due.told_before)
        if told is not None:
            made += _tell(due, told.stage.code, told.audiences(plan), people, now)
        elif due.told_before and not (due.rule in PERIODS and due.last_day < today):
            made += _tell_whoever_came_since(due, planned, people, now)
    return made


@transaction
def end_reminders(*, now: datetime, ids: Iterable[int], because: str = NO_LONGER_DUE) -> int:
    """What they were of is met, stopped, moved or done, or another does it: nobody need look at them any more."""
    wanted = list(ids)
    db.session.execute(
        update(Reminder)
        .where(Reminder.id.in_(wanted), Reminder.over_at.is_(None))
        .values(over_at=now, over_because=because)
        .execution_options(synchronize_session=False)
    )
    return len(wanted)


@transaction
def mark_read(*, actor: Actor, now: datetime, ids: Iterable[int]) -> None:
    """Note that the actor has seen these of their own reminders."""
    db.session.execute(
        update(Reminder)
        .where(Reminder.id.in_(list(ids)), Reminder.user_id == actor.user_id, Reminder.read_at.is_(None))
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )


@transaction
def mark_unread(*, actor: Actor, now: datetime, reminder_id: int) -> None:
    """Let one of the actor's own reminders count as new again."""
    _own(actor, reminder_id).read_at = None


@transaction
def snooze(*, actor: Actor, now: datetime, reminder_id: int, until: date, reason: str) -> None:
    """Put one of the actor's own reminders off to a later day. Not one of a statutory time limit."""
    reminder = _own(actor, reminder_id)
    if is_statutory(reminder.rule):
        raise RuleBroken((SNOOZE_STATUTORY,))
    gathered([
        reason_given("Putting a reminder off", reason),
        days_in_order(("today", local(now).date()), ("The day to remind you again", until), "until"),
    ]).raise_if_refused()  # fmt: skip
    reminder.snoozed_until, reminder.snoozed_because = until, reason.strip()


@transaction
def choose_delivery(*, actor: Actor, now: datetime, delivery: Delivery) -> None:
    """How the actor wants their reminders by e-mail. Those of statutory time limits always come."""
    _choice(actor).delivery = delivery


@transaction
def make_feed(*, actor: Actor, now: datetime) -> str:
    """A new secret for the actor's calendar feed, in place of any there was. It is told this once."""
    token = secrets.token_urlsafe(FEED_BYTES)
    _choice(actor).feed_hash = token_hash(token)
    record("calendar_feed_made", Subject("user", actor.user_id), actor=actor, now=now)
    return token


@transaction
def end_feed(*, actor: Actor, now: datetime) -> None:
    """Let the address of the calendar feed lead nowhere any more."""
    _choice(actor).feed_hash = None
    record("calendar_feed_ended", Subject("user", actor.user_id), actor=actor, now=now)


@transaction
def set_plan(
    *,
    actor: Actor,
    now: datetime,
    rule: str,
    days_before: str,
    on_the_day: bool,
    after: bool,
    escalate_after: int | None,
    manager_from: int | None,
    legal: bool,
    version: int | None = None,
) -> None:
    """Set when clocks of a kind are told of. What was told stays told."""
    actor.check(Permission.MANAGE_SETTINGS)
    try:
        days = read_days(days_before)
    except ValueError:
        raise RuleBroken((PLAN_DAYS,)) from None
    plan = db.session.get(ReminderPlan, rule)
    if plan is None:
        plan = ReminderPlan(rule=rule)
        db.session.add(plan)
    else:
        check_version(plan, version)
    plan.days_before = ", ".join(map(str, days))
    plan.on_the_day, plan.after, plan.legal = on_the_day, after, legal
    plan.escalate_after, plan.manager_from = escalate_after, manager_from
    db.session.flush()
    record("reminder_plan_set", Subject("reminder_plan", None), actor=actor, now=now, details={"rule": rule})


def _tell_whoever_came_since(due: Due, planned: Sequence[Stage], people: People, now: datetime) -> int:
    """The case was given to somebody, or somebody covers for its officer, since this was told."""
    owner, come = people.at_work(due.owner_id), [stage for stage in planned if stage.from_moment <= now]
    if owner is None or owner in due.told_to or not come:
        return 0
    if _told_again(_key(due, come[-1].code, owner), now):
        return 1
    return _tell(due, come[-1].code, frozenset({Audience.OWNER}), people, now)


def _told_again(key: str, now: datetime) -> bool:
    """Let a reminder that ended because another did the work count as new, where the work came back."""
    given_back = update(Reminder).where(Reminder.effect_key == key, Reminder.over_because == HANDED_OVER)
    anew = {"made_at": now, "read_at": None, "emailed_at": None, "over_at": None, "over_because": None}
    found = db.session.execute(given_back.values(**anew).execution_options(synchronize_session=False))
    return bool(found.rowcount)  # type: ignore[attr-defined]


def _key(due: Due, stage: str, user_id: int) -> str:
    return f"{due.kind} {due.id} {stage} {due.last_day.isoformat()} {user_id}"


def _tell(due: Due, stage: str, audiences: frozenset[Audience], people: People, now: datetime) -> int:
    users: set[int] = set()
    owner = people.at_work(due.owner_id)
    if owner is not None and Audience.OWNER in audiences:
        users.add(owner)
    # What nobody works is the manager's to give to somebody.
    if Audience.MANAGER in audiences or owner is None:
        users |= {there for user in people.managers_of(due.team_id) if (there := people.at_work(user))}
    if Audience.LEGAL in audiences:
        users |= {there for user in people.legal if (there := people.at_work(user))}
    for user_id in sorted(users):
        db.session.add(
            Reminder(
                effect_key=_key(due, stage, user_id),
                user_id=user_id,
                deadline_id=due.id if due.kind == "deadline" else None,
                task_id=due.id if due.kind == "task" else None,
                case_id=due.case_id,
                rule=due.rule,
                stage=stage,
                due_on=due.last_day,
                due_at=due.due_at,
                made_at=now,
            )
        )
    db.session.flush()
    return len(users)


def _own(actor: Actor, reminder_id: int) -> Reminder:
    reminder = db.session.scalars(
        select(Reminder).where(
            Reminder.id == reminder_id, Reminder.user_id == actor.user_id, Reminder.over_at.is_(None)
        )
    ).one_or_none()
    if reminder is None:
        raise NotFound("reminder")
    return reminder


def _choice(actor: Actor) -> ReminderChoice:
    if actor.user_id is None:
        raise NotFound("user")
    choice = db.session.get(ReminderChoice, actor.user_id)
    if choice is None:
        choice = ReminderChoice(user_id=actor.user_id)
        db.session.add(choice)
        db.session.flush()
    return choice
