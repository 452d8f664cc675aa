"""Appeals against a notice."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.extensions import Base
from asb_cases.models.intervention import Intervention
from asb_cases.models.record import Correctable, FromImport, Versioned, correctable_check


class Appeal(FromImport, Correctable, Versioned, Base):
    """An appeal to the magistrates' court against a notice (s.46), and what the court did."""

    __tablename__ = "appeals"
    __table_args__ = (
        correctable_check(),
        CheckConstraint("determined_on IS NULL OR outcome IS NOT NULL", name="determined_has_outcome"),
        CheckConstraint(
            "outcome IS NULL OR determined_on IS NOT NULL OR import_id IS NOT NULL", name="outcome_has_day"
        ),
        CheckConstraint("outcome IN ('dismissed', 'modified', 'quashed', 'withdrawn')", name="outcome_known"),
        CheckConstraint("determined_on >= lodged_on", name="days_in_order"),
        CheckConstraint("lodged_on IS NOT NULL OR import_id IS NOT NULL", name="lodged_has_day"),
        Index(
            "uq_appeals_one_pending",
            "intervention_id",
            unique=True,
            sqlite_where=text("outcome IS NULL AND entered_in_error_on IS NULL"),
            postgresql_where=text("outcome IS NULL AND entered_in_error_on IS NULL"),
        ),
        Index("ix_appeals_lodged", "lodged_on", "id"),
        Index("ix_appeals_by_intervention", "intervention_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"))
    lodged_on: Mapped[date | None]
    late: Mapped[bool] = mapped_column(default=False)
    grounds: Mapped[str | None]
    court: Mapped[str | None]
    stop_suspended_on: Mapped[date | None]
    outcome: Mapped[str | None]
    determined_on: Mapped[date | None]
    order_note: Mapped[str | None]

    intervention: Mapped[Intervention] = relationship(lazy="raise_on_sql")
