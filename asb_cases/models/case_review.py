"""Applications for an ASB case review (Community Trigger; 2014 Act s.104), with their dates."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.extensions import Base
from asb_cases.models.case import Case
from asb_cases.models.person import Person
from asb_cases.models.record import Correctable, FromImport, Versioned, coded, correctable_check
from asb_cases.models.user import User


class CaseReview(FromImport, Correctable, Versioned, Base):
    """One application and what became of it. `local_scheme` marks one made before the Act's scheme began."""

    __tablename__ = "case_reviews"
    __table_args__ = (
        correctable_check(),
        CheckConstraint(
            "(threshold IS NULL) = (decided_on IS NULL) OR import_id IS NOT NULL", name="decided_has_decision"
        ),
        CheckConstraint("decided_on IS NULL OR decided_on >= applied_on", name="decided_after_application"),
        CheckConstraint("review_held_on IS NULL OR review_held_on >= applied_on", name="held_after_application"),
        CheckConstraint("outcome_sent_on IS NULL OR outcome_sent_on >= applied_on", name="sent_after_application"),
        CheckConstraint("withdrawn_on IS NULL OR withdrawn_on >= applied_on", name="withdrawn_after_application"),
        CheckConstraint("recommendations IS NULL OR recommendations >= 0", name="recommendations_counted"),
        Index("ix_case_reviews_newest", "applied_on", "id"),
        Index("ix_case_reviews_decided", "threshold", "decided_on", "id"),
        Index("ix_case_reviews_held", "review_held_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    applied_on: Mapped[date]
    applicant_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    case_reference_as_recorded: Mapped[str | None]
    local_scheme: Mapped[bool] = mapped_column(default=False)
    threshold: Mapped[ThresholdDecision | None] = mapped_column(coded(ThresholdDecision))
    decided_on: Mapped[date | None]
    decision_reason: Mapped[str | None]
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    review_held_on: Mapped[date | None]
    recommendations: Mapped[int | None]
    outcome_sent_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]

    applicant: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    case: Mapped[Case | None] = relationship(lazy="raise_on_sql")
    decider: Mapped[User | None] = relationship(lazy="raise_on_sql")
