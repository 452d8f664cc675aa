"""Money received against a fixed penalty."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.extensions import Base
from asb_cases.models.record import Correctable, FromImport, correctable_check


class Payment(FromImport, Correctable, Base):
    """Money received against a fixed penalty, in pence. Late payment is accepted only by decision.

    `in_time` is null where an old register does not say on which day the money came.
    """

    __tablename__ = "payments"
    __table_args__ = (
        correctable_check(),
        CheckConstraint("amount_pence > 0", name="amount_is_positive"),
        CheckConstraint(
            "(paid_on IS NOT NULL AND amount_pence IS NOT NULL) OR import_id IS NOT NULL",
            name="paid_has_day_and_amount",
        ),
        CheckConstraint("in_time IS NOT NULL OR import_id IS NOT NULL", name="in_time_is_known"),
        CheckConstraint("in_time OR late_reason IS NOT NULL OR import_id IS NOT NULL", name="late_has_reason"),
        Index("ix_payments_by_day", "paid_on", "id"),
        Index("ix_payments_by_intervention", "intervention_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"))
    paid_on: Mapped[date | None]
    amount_pence: Mapped[int | None]
    method: Mapped[str | None]
    reference: Mapped[str | None]
    in_time: Mapped[bool | None] = mapped_column(default=True)
    late_reason: Mapped[str | None]
