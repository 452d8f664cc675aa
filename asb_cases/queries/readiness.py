"""Is the database there with the schema that this program was written for, does the clock run, does e-mail leave?"""

import time
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError, InterfaceError

from asb_cases.domain.outbox import EmailState
from asb_cases.extensions import db
from asb_cases.models.email import Email
from asb_cases.queries.leases import Seen, look_at

#: Seconds by this process's own watch after which a clock that gives no sign of life has stopped.
STILL_FOR = 30.0
#: An e-mail that was due this long ago should have left.
LATE = timedelta(hours=1)
SCHEDULER = "scheduler"

_last_seen: dict[str, tuple[Seen, float]] = {}


def database_fault(migrations: Path) -> str | None:
    """What is wrong with the database in one sentence without any detail of it, or None."""
    try:
        found = set(db.session.scalars(text("SELECT version_num FROM alembic_version")))
    except (DatabaseError, InterfaceError):
        db.session.rollback()
        return "The database does not answer, or holds nothing yet"
    if found != _expected(migrations):
        return "The database is not upgraded to this version of the program"
    return None


def clock_fault() -> str | None:
    """What is wrong with the clock, or None. Its sign of life is watched from one question to the next, so that no clock
    on any wall is compared with another."""
    seen = look_at(SCHEDULER)
    if seen is None or seen.holder is None:
        return "No scheduler is running: reminders and e-mails wait"
    before, since = _last_seen.get(SCHEDULER, (None, 0.0))
    if seen != before:
        _last_seen[SCHEDULER] = (seen, time.monotonic())
        return None
    return "The scheduler has stopped: reminders and e-mails wait" if time.monotonic() - since > STILL_FOR else None


def outbox_fault(now: datetime) -> str | None:
    """What is wrong with the e-mail that waits, or None."""
    oldest = db.session.scalar(select(func.min(Email.next_try_at)).where(Email.state == EmailState.QUEUED))
    return "E-mail has been waiting for over an hour" if oldest is not None and now - oldest > LATE else None


@cache
def _expected(migrations: Path) -> set[str]:
    return set(ScriptDirectory(str(migrations)).get_heads())
