"""Figures that partners supply: recorded crime, contacts, training. Values, not rows of ours."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import FromImport, coded


class SeriesQualifier(StrEnum):
    """That a supplied value is not exact."""

    ABOUT = "about"
    OVER = "over"


class PartnerSeries(FromImport, Base):
    """One kind of figure that a partner supplies, under a stable code."""

    __tablename__ = "partner_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    unit: Mapped[str]


class PartnerValue(FromImport, Base):
    """A series' value for one period. A later return for the same period is a further row; the newest stands."""

    __tablename__ = "partner_values"
    __table_args__ = (
        CheckConstraint("period_to >= period_from", name="days_in_order"),
        CheckConstraint("value IS NOT NULL OR change_per_cent IS NOT NULL", name="says_something"),
        Index("ix_partner_values_period", "series_id", "period_from", "period_to", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("partner_series.id"))
    period_from: Mapped[date]
    period_to: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    qualifier: Mapped[SeriesQualifier | None] = mapped_column(coded(SeriesQualifier))
    change_per_cent: Mapped[Decimal | None] = mapped_column(Numeric(7, 1))
    source: Mapped[str]
    note: Mapped[str | None]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    series: Mapped[PartnerSeries] = relationship(lazy="raise_on_sql")
