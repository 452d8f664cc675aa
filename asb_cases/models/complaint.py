"""What a person told us: the Act's complaint, before or within a case."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.complaints import Channel, OutOfHoursResponse, TriageState
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.case import Case
from asb_cases.models.category import Category
from asb_cases.models.person import Person
from asb_cases.models.place import Address, Ward
from asb_cases.models.record import Correctable, FromImport, Versioned, coded, correctable_check
from asb_cases.models.user import User


class Complaint(FromImport, Correctable, Versioned, Base):
    """One complaint, by the day it was made. An out-of-hours one also belongs to the shift it reached.

    `occurred_when` says in words at which time or over which period it happened; `safe_contact` how whoever told us may
    be reached without harm, for the service alone; `referred_to` whose it was found to be.
    """

    __tablename__ = "complaints"
    __table_args__ = (
        correctable_check(),
        CheckConstraint("occurred_on IS NULL OR occurred_on <= made_on", name="made_after_it_happened"),
        CheckConstraint("(triage = 'joined') = (case_id IS NOT NULL)", name="joined_has_case"),
        CheckConstraint(
            "triage NOT IN ('referred', 'not_asb') OR triage_reason IS NOT NULL OR import_id IS NOT NULL",
            name="sent_elsewhere_has_reason",
        ),
        CheckConstraint("(channel = 'out_of_hours') = (shift_on IS NOT NULL)", name="out_of_hours_has_shift"),
        CheckConstraint("not anonymous OR complainant_id IS NULL", name="anonymous_has_no_complainant"),
        Index("ix_complaints_newest", "made_on", "id"),
        Index("ix_complaints_by_triage", "triage", "made_on", "id"),
        Index("ix_complaints_by_case", "case_id", "made_on", "id"),
        Index("ix_complaints_by_complainant", "complainant_id", "made_on", "id"),
        Index("ix_complaints_by_shift", "shift_on", "id"),
        Index("ix_complaints_by_recorder", "recorded_by_id", "made_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    made_on: Mapped[date]
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    occurred_on: Mapped[date | None]
    occurred_when: Mapped[str | None]
    still_going_on: Mapped[bool | None]
    channel: Mapped[Channel | None] = mapped_column(coded(Channel))
    anonymous: Mapped[bool] = mapped_column(default=False)
    complainant_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    safe_contact: Mapped[str | None]
    received_by_body: Mapped[str | None]
    description: Mapped[str | None]
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"), index=True)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"), index=True)
    triage: Mapped[TriageState] = mapped_column(coded(TriageState))
    triage_reason: Mapped[str | None]
    referred_to: Mapped[str | None]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    case_reference_as_recorded: Mapped[str | None]
    outcome: Mapped[str | None]
    shift_on: Mapped[date | None]
    response: Mapped[OutOfHoursResponse | None] = mapped_column(coded(OutOfHoursResponse))
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    complainant: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    address: Mapped[Address | None] = relationship(lazy="raise_on_sql")
    ward: Mapped[Ward | None] = relationship(lazy="raise_on_sql")
    case: Mapped[Case | None] = relationship(lazy="raise_on_sql")
    categories: Mapped[list[Category]] = relationship(
        secondary="complaint_categories", lazy="raise_on_sql", order_by=Category.position
    )


class ComplaintSubject(Base):
    """That a complaint is about a person or body. An allegation, kept with what was said; once the complaint belongs to a
    case they are its subject."""

    __tablename__ = "complaint_subjects"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)


class ComplaintCategory(Base):
    """That a complaint is about a kind of behaviour."""

    __tablename__ = "complaint_categories"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), primary_key=True, index=True)


class ComplaintUpdate(Base):
    """What happened later about an out-of-hours request. Append-only (triggers): what was said first is never overwritten.

    The complaint itself holds the response and the arrival as they are known now, which is what is counted;
    `response_before` and `arrived_before` are what they were until this entry.
    """

    __tablename__ = "complaint_updates"
    __table_args__ = (
        CheckConstraint("length(text) > 0", name="says_something"),
        CheckConstraint("response_before IN ('visit', 'contact', 'none')", name="response_before_known"),
        CheckConstraint(
            "arrived_at IS NULL OR (response IS NOT NULL AND response = 'visit')", name="arrival_needs_visit"
        ),
        Index("ix_complaint_updates_by_complaint", "complaint_id", "written_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str]
    response: Mapped[OutOfHoursResponse | None] = mapped_column(coded(OutOfHoursResponse))
    response_before: Mapped[str | None]
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    arrived_before: Mapped[datetime | None] = mapped_column(UtcDateTime)

    author: Mapped[User | None] = relationship(lazy="raise_on_sql")
