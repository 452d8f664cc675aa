"""The record of what the clockwork's jobs did. No history: what they did to the record is told by their acts."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from asb_cases.extensions import db
from asb_cases.models.clockwork import JobRun
from asb_cases.services.transaction import transaction

KEPT_FOR = timedelta(days=90)
ERROR_LENGTH = 300


@transaction
def begin(*, job: str, asked_by: str, holder: str, now: datetime) -> int:
    """A run begins. Returns its id."""
    run = JobRun(job=job, asked_by=asked_by, holder=holder, started_at=now)
    db.session.add(run)
    db.session.flush()
    return run.id


@transaction
def finish(*, run_id: int, now: datetime, done: int, failed: int, error: str | None = None) -> None:
    """A run is over. `error` is a kind of fault, never its words: they may hold what is in a row."""
    run = db.session.get_one(JobRun, run_id)
    run.finished_at, run.done, run.failed = now, done, failed
    run.error = error[:ERROR_LENGTH] if error else None


@transaction
def forget_old_runs(*, now: datetime) -> int:
    """Take away runs that nobody looks at any more. Returns how many."""
    result = db.session.execute(delete(JobRun).where(JobRun.started_at < now - KEPT_FOR))
    return result.rowcount  # type: ignore[attr-defined,no-any-return]
