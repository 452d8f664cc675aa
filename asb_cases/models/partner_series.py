"""Figures that partners supply: recorded crime, contacts, training. Values, not rows of ours."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.partner_returns import Confidence, Rhythm
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import FromImport, Versioned, coded


class SeriesQualifier(StrEnum):
    """That a supplied value is not exact."""

    ABOUT = "about"
    OVER = "over"


class PartnerSeries(FromImport, Versioned, Base):
    """One kind of figure that a partner supplies, under a stable code. Where a rhythm is set, a return is expected
    `due_after_days` after the end of each period that begins on `returns_from` or later, and `contact_email` is reminded."""

    __tablename__ = "partner_series"
    __table_args__ = (
        CheckConstraint(
            "(rhythm IS NULL) = (due_after_days IS NULL) AND (rhythm IS NULL) = (returns_from IS NULL)",
            name="rhythm_has_days",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    unit: Mapped[str]
    supplied_by: Mapped[str | None]
    contact_email: Mapped[str | None]
    rhythm: Mapped[Rhythm | None] = mapped_column(coded(Rhythm))
    due_after_days: Mapped[int | None]
    returns_from: Mapped[date | None]


class PartnerValue(FromImport, Base):
    """A series' value for one period. A later return for the same period is a further row, with why; the newest
    stands."""

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
    confidence: Mapped[Confidence | None] = mapped_column(coded(Confidence))
    because: Mapped[str | None]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    series: Mapped[PartnerSeries] = relationship(lazy="raise_on_sql")
