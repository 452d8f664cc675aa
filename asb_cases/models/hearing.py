"""Hearings that a court listed."""

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.domain.hearings import HearingOutcome, HearingPurpose
from asb_cases.extensions import Base
from asb_cases.models.record import Versioned, coded


class Hearing(Versioned, Base):
    """A hearing of a prosecution, or of an appeal against a notice (`appeal_id`), and what became of it. An adjournment
    ends one listing; the next is a row of its own. There is one at a time that is still to come."""

    __tablename__ = "hearings"
    __table_args__ = (
        CheckConstraint("outcome IS NULL OR note IS NOT NULL", name="outcome_has_note"),
        Index("ix_hearings_by_intervention", "intervention_id", "listed_on", "id"),
        Index(
            "uq_hearings_one_to_come",
            "intervention_id",
            unique=True,
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"))
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("appeals.id"), index=True)
    listed_on: Mapped[date]
    listed_at: Mapped[time | None]
    purpose: Mapped[HearingPurpose] = mapped_column(coded(HearingPurpose))
    court: Mapped[str | None]
    outcome: Mapped[HearingOutcome | None] = mapped_column(coded(HearingOutcome))
    note: Mapped[str | None]
