"""Clocks that are running, or ran: what `domain.clocks` computed, kept with its working."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.clocks import DeadlineState
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.case import Case
from asb_cases.models.record import FromImport, coded


class Deadline(FromImport, Base):
    """One clock started by one event. `working` is the arithmetic in words, as it stood when the clock started.

    `last_day` is the last day on which the thing may be done; `due_at` is set for clocks that run in hours.
    `acts_from` is the first day on which the next step is lawful, where there is one.
    """

    __tablename__ = "deadlines"
    __table_args__ = (
        CheckConstraint("(state = 'running') = (ended_on IS NULL)", name="ended_has_day"),
        CheckConstraint("last_day >= starts_on", name="days_in_order"),
        Index("ix_deadlines_due", "state", "last_day", "id"),
        Index("ix_deadlines_by_case", "case_id", "state", "last_day"),
        Index("ix_deadlines_by_intervention", "intervention_id", "rule"),
        # A year's publication is of no record: it is told apart by its year alone.
        Index(
            "uq_deadlines_publication",
            "starts_on",
            unique=True,
            sqlite_where=text("rule = 'case_review_publication'"),
            postgresql_where=text("rule = 'case_review_publication'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    intervention_id: Mapped[int | None] = mapped_column(ForeignKey("interventions.id"))
    requirement_id: Mapped[int | None] = mapped_column(ForeignKey("requirements.id"), index=True)
    breach_id: Mapped[int | None] = mapped_column(ForeignKey("alleged_breaches.id"), index=True)
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"), index=True)
    case_review_id: Mapped[int | None] = mapped_column(ForeignKey("case_reviews.id"), index=True)
    risk_assessment_id: Mapped[int | None] = mapped_column(ForeignKey("risk_assessments.id"), index=True)
    action_plan_id: Mapped[int | None] = mapped_column(ForeignKey("action_plans.id"), index=True)
    plan_step_id: Mapped[int | None] = mapped_column(ForeignKey("action_plan_steps.id"), index=True)
    starts_on: Mapped[date]
    last_day: Mapped[date]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acts_from: Mapped[date | None]
    working: Mapped[str]
    warnings: Mapped[str | None]
    state: Mapped[DeadlineState] = mapped_column(coded(DeadlineState), default=DeadlineState.RUNNING)
    ended_on: Mapped[date | None]
    ended_because: Mapped[str | None]

    case: Mapped[Case | None] = relationship(lazy="raise_on_sql")
