"""The days in somebody's calendar feed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import literal, null, select, union_all

from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.reminders import TASK
from asb_cases.domain.sign_in import token_hash
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import Task
from asb_cases.models.deadline import Deadline
from asb_cases.models.reminder import ReminderChoice
from asb_cases.models.user import User

#: Days of the past that stay in a calendar.
PAST = timedelta(days=30)
LONGEST = 1000


def deadlines_of_feed(token: str, today: date) -> Sequence[Any] | None:
    """The running clocks and open tasks of whoever the secret belongs to; None where it is nobody's, or no longer."""
    user_id = db.session.scalar(
        select(User.id)
        .join(ReminderChoice, ReminderChoice.user_id == User.id)
        .where(ReminderChoice.feed_hash == token_hash(token), User.active)
    )
    if user_id is None:
        return None
    since = today - PAST
    clocks = (
        select(Deadline.id, Deadline.rule, Deadline.last_day, Deadline.due_at, Case.reference)
        .join(Case, Case.id == Deadline.case_id)
        .where(Case.owner_id == user_id, Deadline.state == DeadlineState.RUNNING, Deadline.last_day >= since)
    )
    tasks = (
        select(Task.id, literal(TASK), Task.due_on, null(), Case.reference)
        .join(Case, Case.id == Task.case_id)
        .where(Task.owner_id == user_id, Task.done_on.is_(None), Task.due_on >= since)
    )
    both = union_all(clocks, tasks).subquery()
    return db.session.execute(select(both).order_by(both.c.last_day, both.c.id).limit(LONGEST)).all()
