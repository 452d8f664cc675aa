"""What was agreed with somebody in a case, its steps, and its reviews."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.action_plans import StepState
from asb_cases.extensions import Base
from asb_cases.models.person import Person
from asb_cases.models.record import Versioned, coded
from asb_cases.models.user import User


class ActionPlan(Versioned, Base):
    """One agreement: with whom (None: with nobody named), when, by whom for us. `review_on` is the next look at it."""

    __tablename__ = "action_plans"
    __table_args__ = (
        CheckConstraint("review_on IS NULL OR review_on >= agreed_on", name="days_in_order"),
        CheckConstraint("ended_on IS NULL OR ended_on >= agreed_on", name="ended_after_agreed"),
        Index("ix_action_plans_by_case", "case_id", "ended_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    summary: Mapped[str]
    agreed_on: Mapped[date]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    review_on: Mapped[date | None]
    ended_on: Mapped[date | None]

    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    agreed_by: Mapped[User | None] = relationship(lazy="raise_on_sql")
    steps: Mapped[list["ActionPlanStep"]] = relationship(lazy="raise_on_sql", order_by="ActionPlanStep.number")
    reviews: Mapped[list["ActionPlanReview"]] = relationship(lazy="raise_on_sql", order_by="ActionPlanReview.id")


class ActionPlanStep(Versioned, Base):
    """One thing to be done by a day. `owner_id` None: by the person with whom it was agreed."""

    __tablename__ = "action_plan_steps"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (closed_on IS NULL)", name="closed_has_day"),
        CheckConstraint("state <> 'dropped' OR outcome IS NOT NULL", name="dropped_has_reason"),
        UniqueConstraint("plan_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plans.id"))
    number: Mapped[int]
    text: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    due_on: Mapped[date | None]
    state: Mapped[StepState] = mapped_column(coded(StepState), default=StepState.OPEN)
    closed_on: Mapped[date | None]
    outcome: Mapped[str | None]

    plan: Mapped[ActionPlan] = relationship(lazy="raise_on_sql", back_populates="steps")
    owner: Mapped[User | None] = relationship(lazy="raise_on_sql")


class ActionPlanReview(Base):
    """That a plan was looked at, by whom, and what was found."""

    __tablename__ = "action_plan_reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plans.id"), index=True)
    reviewed_on: Mapped[date]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    finding: Mapped[str]

    reviewed_by: Mapped[User | None] = relationship(lazy="raise_on_sql")
