"""The days in somebody's calendar feed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import literal, null, select, union_all

from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.permissions import Actor, Via
from asb_cases.domain.reminders import TASK
from asb_cases.domain.sign_in import token_hash
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import Task
from asb_cases.models.deadline import Deadline
from asb_cases.models.reminder import ReminderChoice
from asb_cases.models.user import User
from asb_cases.queries.visibility import of_complete_imports, visible_to

#: Days of the past that stay in a calendar.
PAST = timedelta(days=30)
LONGEST = 1000


def deadlines_of_feed(token: str, today: date) -> Sequence[Any] | None:
    """The running clocks and open tasks of whoever the secret belongs to, in cases that they see; None where it is nobody's,
    or no longer."""
    user = db.session.execute(
        select(User.id, User.role, User.team_id, User.partner_body_id)
        .join(ReminderChoice, ReminderChoice.user_id == User.id)
        .where(ReminderChoice.feed_hash == token_hash(token), User.active)
    ).one_or_none()
    if user is None:
        return None
    actor = Actor(via=Via.WEB, user_id=user.id, role=user.role, team_id=user.team_id, body_id=user.partner_body_id)
    seen = visible_to(actor, today)
    since = today - PAST
    clocks = (
        select(Deadline.id, Deadline.rule, Deadline.last_day, Deadline.due_at, Case.reference)
        .join(Case, Case.id == Deadline.case_id)
        .where(Case.owner_id == user.id, Deadline.state == DeadlineState.RUNNING, Deadline.last_day >= since)
        .where(seen, of_complete_imports(Deadline))
    )
    tasks = (
        select(Task.id, literal(TASK), Task.due_on, null(), Case.reference)
        .join(Case, Case.id == Task.case_id)
        .where(Task.owner_id == user.id, Task.done_on.is_(None), Task.due_on >= since, seen)
    )
    both = union_all(clocks, tasks).subquery()
    return db.session.execute(select(both).order_by(both.c.last_day, both.c.id).limit(LONGEST)).all()
