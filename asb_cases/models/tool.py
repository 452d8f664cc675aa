"""What the generic journey of a tool keeps beside its intervention: its terms, what was answered, and what came later."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import Correctable, coded, correctable_check


class ToolEventKind(StrEnum):
    """What came after a tool began."""

    REVIEW = "review"
    EXTENSION = "extension"
    BREACH = "breach"


class ToolTerms(Base):
    """The terms of one tool, beside its intervention, whose `issued_on` and `ends_on` are its first and its last day. Where it
    counts hours, `ends_at` is its last moment (`issued_at` its first)."""

    __tablename__ = "tool_terms"

    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"), primary_key=True)
    proposed_on: Mapped[date | None]
    court: Mapped[str | None]
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    under_18: Mapped[bool | None]
    conditions: Mapped[str | None]


class ToolAnswer(Base):
    """What was answered to a question of the tool's file."""

    __tablename__ = "tool_answers"
    __table_args__ = (UniqueConstraint("intervention_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"))
    question: Mapped[str]
    answer: Mapped[str]


class ToolEvent(Correctable, Base):
    """A review, an extension (to `until_on` or `until_at`; before, it was `before_on` or `before_at`), or that it was not kept
    to."""

    __tablename__ = "tool_events"
    __table_args__ = (
        correctable_check(),
        CheckConstraint("(kind = 'extension') = (until_on IS NOT NULL)", name="extension_has_last_day"),
        Index("ix_tool_events_by_intervention", "intervention_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"))
    kind: Mapped[ToolEventKind] = mapped_column(coded(ToolEventKind))
    happened_on: Mapped[date]
    until_on: Mapped[date | None]
    until_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    before_on: Mapped[date | None]
    before_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    text: Mapped[str]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
