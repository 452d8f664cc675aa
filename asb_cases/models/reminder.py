"""Reminders: what somebody was told of a clock or a task, how far they have dealt with it, and how they want to be told."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.domain.reminders import Delivery
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import Versioned, coded


class Reminder(Base):
    """One telling of one person. `effect_key` names it (thing, stage, due day, person): there is one of it, whoever sets
    about making it. `stage` is a code of `domain.reminders.Stage`; `rule` a clock's or "task"."""

    __tablename__ = "reminders"
    __table_args__ = (
        CheckConstraint("(deadline_id IS NULL) <> (task_id IS NULL)", name="of_one_thing"),
        CheckConstraint("(snoozed_until IS NULL) = (snoozed_because IS NULL)", name="put_off_has_reason"),
        CheckConstraint("(over_at IS NULL) = (over_because IS NULL)", name="over_has_reason"),
        Index(
            "ix_reminders_open",
            "user_id",
            "due_on",
            "id",
            sqlite_where=text("over_at IS NULL"),
            postgresql_where=text("over_at IS NULL"),
        ),
        Index(
            "ix_reminders_to_email",
            "id",
            sqlite_where=text("emailed_at IS NULL AND over_at IS NULL"),
            postgresql_where=text("emailed_at IS NULL AND over_at IS NULL"),
        ),
        Index("ix_reminders_by_deadline", "deadline_id", "stage"),
        Index("ix_reminders_by_task", "task_id", "stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    effect_key: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    deadline_id: Mapped[int | None] = mapped_column(ForeignKey("deadlines.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    rule: Mapped[str]
    stage: Mapped[str]
    due_on: Mapped[date]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    emailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    snoozed_until: Mapped[date | None]
    snoozed_because: Mapped[str | None]
    over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    over_because: Mapped[str | None]


class ReminderPlan(Versioned, Base):
    """The plan that an administrator set for a kind of clock, in place of the shipped one."""

    __tablename__ = "reminder_plans"
    __table_args__ = (
        CheckConstraint("escalate_after >= 0", name="escalates_later"),
        CheckConstraint("manager_from >= 0", name="manager_told_before"),
    )

    rule: Mapped[str] = mapped_column(primary_key=True)
    days_before: Mapped[str] = mapped_column(default="")
    on_the_day: Mapped[bool] = mapped_column(default=True)
    after: Mapped[bool] = mapped_column(default=True)
    escalate_after: Mapped[int | None]
    manager_from: Mapped[int | None]
    legal: Mapped[bool] = mapped_column(default=False)


class ReminderChoice(Base):
    """How somebody wants reminders by e-mail, and the secret of their calendar feed, of which only the hash is kept."""

    __tablename__ = "reminder_choices"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    delivery: Mapped[Delivery] = mapped_column(coded(Delivery), default=Delivery.IMMEDIATE)
    feed_hash: Mapped[str | None] = mapped_column(unique=True)
