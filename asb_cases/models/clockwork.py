"""The clockwork's own rows: who keeps the time, and what its jobs did."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.extensions import Base, UtcDateTime


class Lease(Base):
    """Who alone does something at the moment. The holder raises `beat` again and again; others see that it stands still,
    by their own watch, before they take it. No clock on any wall is compared with another."""

    __tablename__ = "leases"
    __table_args__ = (CheckConstraint("(holder IS NULL) = (held_since IS NULL)", name="held_since_a_moment"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str | None]
    beat: Mapped[int] = mapped_column(default=0)
    held_since: Mapped[datetime | None] = mapped_column(UtcDateTime)


class JobRun(Base):
    """One run of a job: when, where, how many things it did and how many it could not do. One without an end is still
    at work, or was cut off."""

    __tablename__ = "job_runs"
    __table_args__ = (
        CheckConstraint("done >= 0 AND failed >= 0", name="counted_from_nothing"),
        CheckConstraint("asked_by IN ('schedule', 'console', 'page')", name="asked_by_known"),
        Index("ix_job_runs_by_job", "job", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str]
    asked_by: Mapped[str]
    holder: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
