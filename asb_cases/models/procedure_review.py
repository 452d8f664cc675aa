"""Reviews of how well the case review procedures work (2014 Act, Sch. 4). Append-only (triggers)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.user import User


class ProcedureReview(Base):
    """One review, of the financial year that begins on `year_first_on`. A correction is an entry that names the one it takes
    the place of, and says why."""

    __tablename__ = "procedure_reviews"
    __table_args__ = (
        CheckConstraint("(corrects_id IS NULL) = (because IS NULL)", name="correction_has_reason"),
        CheckConstraint("corrects_id IS NULL OR corrects_id <> id", name="does_not_correct_itself"),
        CheckConstraint("length(findings) > 0", name="says_something"),
        Index("ix_procedure_reviews_by_year", "year_first_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year_first_on: Mapped[date]
    reviewed_on: Mapped[date]
    policing_body: Mapped[str | None]
    landlords: Mapped[str | None]
    others: Mapped[str | None]
    findings: Mapped[str]
    changes: Mapped[str | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("procedure_reviews.id"), unique=True)
    because: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    recorded_by: Mapped[User | None] = relationship(lazy="raise_on_sql")
