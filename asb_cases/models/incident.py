"""What happened in the world, and which complaints told of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.incidents import IncidentSource
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.place import Address
from asb_cases.models.record import Correctable, Versioned, coded, correctable_check
from asb_cases.models.user import User


class Incident(Correctable, Versioned, Base):
    """One thing that happened, from a day (perhaps a time) perhaps to another. `evidence`: it can be relied on, by
    somebody who would say so."""

    __tablename__ = "incidents"
    __table_args__ = (
        correctable_check(),
        CheckConstraint("until_on IS NULL OR until_on >= happened_on", name="days_in_order"),
        CheckConstraint("until_at IS NULL OR until_on IS NOT NULL", name="ended_at_has_day"),
        Index("ix_incidents_by_case", "case_id", "happened_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    happened_on: Mapped[date]
    happened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    until_on: Mapped[date | None]
    until_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"), index=True)
    seen: Mapped[str]
    source: Mapped[IncidentSource] = mapped_column(coded(IncidentSource))
    source_note: Mapped[str | None]
    evidence: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    address: Mapped[Address | None] = relationship(lazy="raise_on_sql")
    recorded_by: Mapped[User | None] = relationship(lazy="raise_on_sql")


class IncidentComplaint(Base):
    """That a complaint told of an incident."""

    __tablename__ = "incident_complaints"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), primary_key=True, index=True)
