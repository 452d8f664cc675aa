"""What the council decides, as dated rows: amounts, standards, thresholds, holidays, since when records are complete."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import Versioned


class PolicyValue(Base):
    """A value an administrator added to those of `domain/legal_values.toml`, from a day, with its authority.

    Appended, never edited: a case is judged by the value of its own day. Of two for one day the later entered counts: it
    corrects the other, which stays.
    """

    __tablename__ = "policy_values"
    __table_args__ = (Index("ix_policy_values_of", "code", "from_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    from_on: Mapped[date]
    value: Mapped[str]
    source: Mapped[str]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BankHolidayChange(Base):
    """A bank holiday proclaimed or moved, which no rule can know: added or taken away for one day."""

    __tablename__ = "bank_holiday_changes"

    day: Mapped[date] = mapped_column(primary_key=True)
    title: Mapped[str]
    observed: Mapped[bool]


class RecordCoverage(Versioned, Base):
    """That the records a figure counts are complete only from a day: earlier periods show no figure."""

    __tablename__ = "record_coverages"
    __table_args__ = (CheckConstraint("length(note) > 0", name="says_why"),)

    figure: Mapped[str] = mapped_column(primary_key=True)
    complete_from: Mapped[date]
    note: Mapped[str]


class ReferenceCounter(Base):
    """The last number given under a prefix in a year. Numbers are never reused."""

    __tablename__ = "reference_counters"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last_number: Mapped[int]
