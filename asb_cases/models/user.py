"""People who sign in, their teams, and what they are authorised to issue."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.permissions import Role
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.record import FOLDED, Versioned, coded


class Team(Versioned, Base):
    """A team of the council's ASB service; a case belongs to one."""

    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(FOLDED, unique=True)
    active: Mapped[bool] = mapped_column(default=True)


class User(Versioned, Base):
    """Somebody who may sign in. Never deleted: deactivated."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("role <> 'partner' OR partner_body_id IS NOT NULL", name="partner_has_body"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(FOLDED, unique=True)
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(coded(Role))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    partner_body_id: Mapped[int | None] = mapped_column(ForeignKey("partner_bodies.id"), index=True)
    password_hash: Mapped[str | None]
    password_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    team: Mapped[Team | None] = relationship(lazy="raise_on_sql")
    partner_body: Mapped[PartnerBody | None] = relationship(lazy="raise_on_sql")

    @property
    def awaits_password(self) -> bool:
        """Whether nobody has set a password yet, or again: they come in by a one-time link."""
        return self.password_hash is None and self.password_changed_at is None


class Authorisation(Versioned, Base):
    """Authority to issue one power (2014 Act s.53), from a day, perhaps to a day, under a delegation."""

    __tablename__ = "authorisations"
    __table_args__ = (CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    power: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    delegation_reference: Mapped[str]
