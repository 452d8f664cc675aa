"""What the caseload e-mail counts, as the lists that its numbers open count it; and who gets one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, literal, select

from asb_cases.domain.caseload import RECIPIENTS
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.email import Email
from asb_cases.models.history import HistoryEntry
from asb_cases.models.user import User
from asb_cases.queries.case_list import CaseFilter, wanted_case_ids
from asb_cases.queries.deadline_list import DeadlineFilter, wanted_deadlines
from asb_cases.queries.my_work import OPEN
from asb_cases.queries.task_list import OVERDUE, TaskFilter, wanted_tasks
from asb_cases.queries.team_work import aged_counts, team_counts

#: What begins the keys of one's own cases by age.
OWN = "own_"
#: After these somebody is told of what comes, and not of a month before.
CAME_IN = ("user_reactivated", "role_changed")


def effect_key(of: Period, user_id: int | str = "") -> str:
    """What names the e-mail of a month to a person: there is one."""
    return f"caseload {of.first:%Y-%m} {user_id}"


def own_caseload(
    actor: Actor, now: datetime, today: date, no_contact_since: date, month: Period
) -> dict[str, Select[*tuple[Any, ...]]]:
    """What is counted of an officer's own cases, by key: each is exactly what its list shows."""
    me = actor.user_id
    own = CaseFilter(statuses=OPEN, owner_id=me)
    opened = CaseFilter(owner_id=me, opened_from=month.first, opened_to=month.last)
    quiet = CaseFilter(statuses=OPEN, owner_id=me, no_contact_since=no_contact_since)
    return {
        "cases": wanted_case_ids(actor, today, own),
        "overdue": wanted_deadlines(actor, now, today, DeadlineFilter(when="overdue", owner_id=me)),
        "tasks_overdue": wanted_tasks(actor, today, TaskFilter(owner_id=me, when=OVERDUE)),
        "month": wanted_deadlines(actor, now, today, DeadlineFilter(when="month", owner_id=me)),
        "own_notices": wanted_deadlines(
            actor, now, today, DeadlineFilter(when="month", about="notices", owner_id=me)
        ),
        "own_opened": wanted_case_ids(actor, today, opened),
        "own_no_contact": wanted_case_ids(actor, today, quiet),
        **aged_counts(actor, today, owner_id=me, of=OWN),
    }  # fmt: skip


def service_caseload(
    actor: Actor, now: datetime, today: date, no_contact_since: date
) -> dict[str, Select[*tuple[Any, ...]]]:
    """What is counted of the whole that a manager sees: what the first page counts, and what the month adds."""
    quiet = CaseFilter(statuses=OPEN, no_contact_since=no_contact_since)
    return {
        **team_counts(actor, now, today),
        "all_cases": wanted_case_ids(actor, today, CaseFilter(statuses=OPEN)),
        "no_contact": wanted_case_ids(actor, today, quiet),
    }


def all_recipients() -> Sequence[Any]:
    """Everybody whose role gets one and whose account is in use. One query."""
    return db.session.execute(_recipients().order_by(User.id)).all()


def recipients_of(of: Period, *, due: datetime | None = None) -> Sequence[Any]:
    """Those who are still to be sent a month's e-mail: accounts in use whose role gets one. `due` leaves out who came in
    after that moment: whose account was made, taken into use again or given its role. One query."""
    found = _recipients().where(~exists().where(_queued(of)).correlate(User))
    if due is not None:
        came_in = exists().where(
            HistoryEntry.entity_kind == "user",
            HistoryEntry.entity_id == User.id,
            HistoryEntry.kind.in_(CAME_IN),
            HistoryEntry.at > due,
        )
        found = found.where(User.created_at <= due, ~came_in.correlate(User))
    return db.session.execute(found.order_by(User.id)).all()


def was_sent_to_somebody(of: Period) -> bool:
    """Whether anybody's e-mail of a month was queued."""
    return db.session.scalar(select(User.id).join(Email, _queued(of)).limit(1)) is not None


def _recipients() -> Select[*tuple[Any, ...]]:
    return select(User.id, User.email, User.role, User.team_id).where(User.active, User.role.in_(RECIPIENTS))


def _queued(of: Period) -> ColumnElement[bool]:
    return Email.effect_key == literal(effect_key(of)) + cast(User.id, String)
