"""What was published about case reviews (2014 Act s.104(9)), as it was published. Append-only (triggers)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.user import User


class CaseReviewPublication(Base):
    """The figures of one period, frozen: `number` 1 as first published, each further one a correction with its reason.

    `notes` are the footnotes, one a line; `by_ward` the breakdown as JSON, where there was one that could be shown. The
    `sha256` is that of all that was published, so that a copy elsewhere can be held against it.
    """

    __tablename__ = "case_review_publications"
    __table_args__ = (
        UniqueConstraint("first_on", "last_on", "number", name="uq_case_review_publications_number"),
        CheckConstraint("last_on >= first_on", name="days_in_order"),
        CheckConstraint("number >= 1 AND (number = 1) = (because IS NULL)", name="correction_has_reason"),
        CheckConstraint(
            "applications >= 0 AND threshold_not_met >= 0 AND reviews_held >= 0 AND with_recommendations >= 0",
            name="counted",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    number: Mapped[int]
    applications: Mapped[int]
    threshold_not_met: Mapped[int]
    reviews_held: Mapped[int]
    with_recommendations: Mapped[int]
    text: Mapped[str]
    notes: Mapped[str]
    by_ward: Mapped[str | None]
    because: Mapped[str | None]
    sha256: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    published_by: Mapped[User | None] = relationship(lazy="raise_on_sql")
