"""The case: the hub of everything the service does about one problem."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.people import Part
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.category import Category
from asb_cases.models.person import Person
from asb_cases.models.place import Address, Ward
from asb_cases.models.record import Correctable, FromImport, Versioned, coded, correctable_check
from asb_cases.models.user import Team, User


class Case(FromImport, Correctable, Versioned, Base):
    """One problem being worked on. `status` moves only through `domain.workflow`."""

    __tablename__ = "cases"
    __table_args__ = (
        correctable_check(),
        CheckConstraint("priority BETWEEN 1 AND 3", name="priority_known"),
        CheckConstraint(
            "(status IN ('closed', 'closed_notice_in_force')) = (closed_on IS NOT NULL)", name="closed_has_day"
        ),
        CheckConstraint(
            "closed_on IS NULL OR import_id IS NOT NULL OR closure_reason IS NOT NULL", name="closed_has_reason"
        ),
        CheckConstraint(
            "status <> 'closed_notice_in_force' OR import_id IS NOT NULL OR notice_review_on IS NOT NULL",
            name="notice_in_force_has_review",
        ),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="days_in_order"),
        Index("ix_cases_newest", "opened_on", "id"),
        Index("ix_cases_by_status", "status", "opened_on", "id"),
        Index("ix_cases_by_owner", "owner_id", "status", "opened_on", "id"),
        Index("ix_cases_by_team", "team_id", "status", "opened_on", "id"),
        Index("ix_cases_by_ward", "ward_id", "opened_on", "id"),
        Index("ix_cases_closed", "closed_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    status: Mapped[CaseStatus] = mapped_column(coded(CaseStatus))
    title: Mapped[str]
    summary: Mapped[str | None]
    priority: Mapped[int | None]
    opened_on: Mapped[date]
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_on: Mapped[date | None]
    closure_outcome: Mapped[str | None]
    closure_reason: Mapped[str | None]
    closure_told: Mapped[str | None]
    notice_review_on: Mapped[date | None]
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"), index=True)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    officer_as_recorded: Mapped[str | None]
    restricted: Mapped[bool] = mapped_column(default=False)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)

    address: Mapped[Address | None] = relationship(lazy="raise_on_sql")
    ward: Mapped[Ward | None] = relationship(lazy="raise_on_sql")
    team: Mapped[Team | None] = relationship(lazy="raise_on_sql")
    owner: Mapped[User | None] = relationship(lazy="raise_on_sql")
    categories: Mapped[list[Category]] = relationship(
        secondary="case_categories", lazy="raise_on_sql", order_by=Category.position
    )
    participants: Mapped[list["Participant"]] = relationship(
        lazy="raise_on_sql", back_populates="case", order_by="Participant.id"
    )


class CaseCategory(Base):
    """That a case is about a kind of behaviour; several may apply."""

    __tablename__ = "case_categories"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), primary_key=True, index=True)


class CaseReader(Base):
    """Somebody named as a reader of a restricted case."""

    __tablename__ = "case_readers"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)


class CaseShare(Base):
    """That a case is shared with another team or with a partner body, from a day, perhaps to a day. Once ended, it is
    over at once, whatever the last day was to be."""

    __tablename__ = "case_shares"
    __table_args__ = (
        CheckConstraint("(team_id IS NULL) <> (partner_body_id IS NULL)", name="one_recipient"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    partner_body_id: Mapped[int | None] = mapped_column(ForeignKey("partner_bodies.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    ended_on: Mapped[date | None]


class Participant(FromImport, Base):
    """The part that a person or body plays in one case."""

    __tablename__ = "participants"
    __table_args__ = (
        CheckConstraint("from_on IS NULL OR to_on IS NULL OR to_on >= from_on", name="days_in_order"),
        Index("uq_participants_part", "case_id", "person_id", "part", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    part: Mapped[Part] = mapped_column(coded(Part))
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]

    case: Mapped[Case] = relationship(lazy="raise_on_sql", back_populates="participants")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
