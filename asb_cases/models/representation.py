"""What recipients put forward about a warning, notice or penalty, and what they were answered."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.extensions import Base
from asb_cases.models.record import Versioned


class Representation(Versioned, Base):
    """What somebody put forward about a document given to them. It may come at any time, and is considered (Stannard v CPS
    [2019] EWHC 84 (Admin)); `made_by` says who spoke for the recipient, where it was somebody else."""

    __tablename__ = "representations"
    __table_args__ = (
        CheckConstraint("(answered_on IS NULL) = (answer IS NULL)", name="answered_has_answer"),
        CheckConstraint("answered_on >= received_on", name="days_in_order"),
        Index("ix_representations_by_intervention", "intervention_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"))
    received_on: Mapped[date]
    made_by: Mapped[str | None]
    text: Mapped[str]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_on: Mapped[date | None]
    answer: Mapped[str | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
