"""How the runs of jobs went."""

from collections.abc import Sequence

from sqlalchemy import func, select

from asb_cases.extensions import db
from asb_cases.models.clockwork import JobRun

SHOWN = 50


def last_runs() -> dict[str, JobRun]:
    """The latest run of each job, by its name."""
    latest = select(func.max(JobRun.id)).group_by(JobRun.job)
    return {run.job: run for run in db.session.scalars(select(JobRun).where(JobRun.id.in_(latest)))}


def runs_of(job: str) -> Sequence[JobRun]:
    """The latest runs of one job, the newest first."""
    return db.session.scalars(select(JobRun).where(JobRun.job == job).order_by(JobRun.id.desc()).limit(SHOWN)).all()
