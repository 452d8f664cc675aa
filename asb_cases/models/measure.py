"""What was done about an alleged breach beside a penalty and a prosecution: work in default, a warrant, a seizure."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.domain.measures import MeasureKind
from asb_cases.extensions import Base
from asb_cases.models.record import Correctable, FromImport, coded, correctable_check


class Measure(FromImport, Correctable, Base):
    """One thing done (2014 Act ss.47 and 51), on a day, in words. `amount_pence` is an estimate, what work cost, or what is
    asked for, as its kind has it. `intervention_id` is the notice."""

    __tablename__ = "measures"
    __table_args__ = (
        correctable_check(),
        CheckConstraint("amount_pence > 0", name="amount_is_positive"),
        CheckConstraint(
            "(amount_pence IS NOT NULL) = (kind IN ('work_notice', 'work_open_air', 'work_elsewhere', 'cost_notice'))",
            name="amount_where_one_is_named",
        ),
        Index("ix_measures_by_breach", "breach_id", "id"),
        Index("ix_measures_by_intervention", "intervention_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"))
    breach_id: Mapped[int] = mapped_column(ForeignKey("alleged_breaches.id"))
    kind: Mapped[MeasureKind] = mapped_column(coded(MeasureKind))
    done_on: Mapped[date]
    amount_pence: Mapped[int | None]
    text: Mapped[str]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
