"""Alleged failures to comply with a notice."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.extensions import Base
from asb_cases.models.intervention import Intervention
from asb_cases.models.record import Correctable, FromImport, Versioned, correctable_check


class AllegedBreach(FromImport, Correctable, Versioned, Base):
    """An alleged failure to comply with a notice (s.48): alleged until decided, and its decision with reasons."""

    __tablename__ = "alleged_breaches"
    __table_args__ = (
        correctable_check(),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days_in_order"),
        CheckConstraint("(status = 'decided') = (decision IS NOT NULL)", name="decided_has_decision"),
        CheckConstraint("status IN ('alleged', 'decided')", name="status_known"),
        CheckConstraint(
            "decision IS NULL OR (decision_reason IS NOT NULL AND decided_on IS NOT NULL) OR import_id IS NOT NULL",
            name="decision_has_reason",
        ),
        Index("ix_alleged_breaches_by_day", "from_on", "id"),
        Index("ix_alleged_breaches_by_intervention", "intervention_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    recorded_on: Mapped[date]
    evidence: Mapped[str | None]
    account: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="alleged")
    decision: Mapped[str | None]
    decision_reason: Mapped[str | None]
    decided_on: Mapped[date | None]
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    intervention: Mapped[Intervention] = relationship(lazy="raise_on_sql", foreign_keys=[intervention_id])


class BreachRequirement(Base):
    """Which requirement an alleged breach is of."""

    __tablename__ = "breach_requirements"

    breach_id: Mapped[int] = mapped_column(ForeignKey("alleged_breaches.id"), primary_key=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirements.id"), primary_key=True)


class BreachEvidence(Base):
    """A record of the case that an alleged breach rests on, beside what is described in words."""

    __tablename__ = "breach_evidence"
    __table_args__ = (
        CheckConstraint(
            "complaint_id IS NOT NULL OR note_id IS NOT NULL OR attachment_id IS NOT NULL OR contact_entry_id IS NOT NULL",
            name="rests_on_something",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    breach_id: Mapped[int] = mapped_column(ForeignKey("alleged_breaches.id"), index=True)
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"))
    note_id: Mapped[int | None] = mapped_column(ForeignKey("notes.id"))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    contact_entry_id: Mapped[int | None] = mapped_column(ForeignKey("contact_entries.id"))
