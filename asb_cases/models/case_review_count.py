"""What is set aside from the count of an application."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.case_review_count import Ground
from asb_cases.extensions import Base
from asb_cases.models.case_review import CaseReviewComplaint
from asb_cases.models.record import Versioned, coded
from asb_cases.models.user import User


class CaseReviewSetAside(Versioned, Base):
    """That a complaint does not count, on a ground, with a reason: proposed by one person, confirmed by another. Once ended
    it counts again; the row stays."""

    __tablename__ = "case_review_set_asides"
    __table_args__ = (
        CheckConstraint("(confirmed_on IS NULL) = (confirmed_by_id IS NULL)", name="confirmed_by_somebody"),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name="confirmed_by_another"),
        CheckConstraint("(ended_on IS NULL) = (ended_because IS NULL)", name="ended_has_reason"),
        CheckConstraint("length(reason) > 0", name="has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("case_review_complaints.id"), index=True)
    ground: Mapped[Ground] = mapped_column(coded(Ground))
    reason: Mapped[str]
    proposed_on: Mapped[date]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_on: Mapped[date | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_on: Mapped[date | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_because: Mapped[str | None]

    entry: Mapped[CaseReviewComplaint] = relationship(lazy="raise_on_sql")
    proposed_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[proposed_by_id])
    confirmed_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[confirmed_by_id])
