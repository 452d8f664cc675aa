"""What courts did with prosecutions."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.extensions import Base
from asb_cases.models.record import Correctable, FromImport, correctable_check


class CourtOutcome(FromImport, Correctable, Base):
    """What a court did with a prosecution. Sums are in pence. A conviction's day may be unknown in an old register."""

    __tablename__ = "court_outcomes"
    __table_args__ = (
        correctable_check(),
        CheckConstraint("result IN ('convicted', 'acquitted', 'discontinued', 'dismissed')", name="result_known"),
        CheckConstraint("decided_on IS NOT NULL OR import_id IS NOT NULL", name="decided_has_day"),
        CheckConstraint("plea IS NULL OR plea IN ('guilty', 'not_guilty', 'none')", name="plea_known"),
        Index("ix_court_outcomes_by_day", "result", "decided_on", "id"),
        Index(
            "uq_court_outcomes_one_standing",
            "intervention_id",
            unique=True,
            sqlite_where=text("entered_in_error_on IS NULL"),
            postgresql_where=text("entered_in_error_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"), index=True)
    result: Mapped[str]
    decided_on: Mapped[date | None]
    plea: Mapped[str | None]
    court: Mapped[str | None]
    fine_pence: Mapped[int | None]
    costs_pence: Mapped[int | None]
    surcharge_pence: Mapped[int | None]
    compensation_pence: Mapped[int | None]
    orders: Mapped[str | None]
