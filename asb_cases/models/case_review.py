"""Applications for an ASB case review (Community Trigger; 2014 Act s.104), with their dates."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.case_review_application import ApplicantRole, ApplicationChannel, VictimConsent
from asb_cases.domain.case_review_states import ReviewStatus
from asb_cases.extensions import Base
from asb_cases.models.case import Case
from asb_cases.models.person import Person
from asb_cases.models.record import Correctable, FromImport, Versioned, coded, correctable_check
from asb_cases.models.user import User


class CaseReview(FromImport, Correctable, Versioned, Base):
    """One application and what became of it. `status` moves only through `domain.case_review_states`. `local_scheme` marks
    one made before the Act's scheme began. A decision or a review that is made again after an escalation takes the place of
    the earlier one, which stands with the escalation.

    `words` and `effect` are what whoever applied says has happened, and what it does to them; the contact details are as
    they typed them, and `applicant_id` the person of the register once they are known to be one.
    """

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
        CheckConstraint(
            "applicant_role IS NULL OR applicant_role <> 'victim' OR on_behalf_of IS NULL", name="victim_for_themselves"
        ),
        CheckConstraint("(status = 'withdrawn') = (withdrawn_on IS NOT NULL)", name="withdrawn_has_day"),
        CheckConstraint(
            "status IN ('received', 'acknowledged', 'info_gathering', 'withdrawn') OR threshold IS NOT NULL "
            "OR import_id IS NOT NULL",
            name="status_has_decision",
        ),
        CheckConstraint(
            "status NOT IN ('threshold_met', 'met_notified', 'meeting_arranged') OR threshold = 'met'",
            name="status_of_a_met_threshold",
        ),
        CheckConstraint(
            "status NOT IN ('threshold_not_met', 'not_met_notified') OR threshold = 'not_met'",
            name="status_of_a_threshold_not_met",
        ),
        CheckConstraint(
            "status NOT IN ('met_notified', 'not_met_notified', 'meeting_arranged', 'outcome_issued', 'actions_monitoring') "
            "OR decision_notified_on IS NOT NULL OR import_id IS NOT NULL",
            name="status_has_notification",
        ),
        CheckConstraint(
            "status NOT IN ('review_held', 'outcome_issued', 'actions_monitoring') OR review_held_on IS NOT NULL",
            name="status_has_review",
        ),
        CheckConstraint(
            "status NOT IN ('outcome_issued', 'actions_monitoring') OR outcome_sent_on IS NOT NULL",
            name="status_has_outcome",
        ),
        CheckConstraint(
            "decision_notified_on IS NULL OR decision_notified_on >= applied_on", name="notified_after_application"
        ),
        Index("ix_case_reviews_by_status", "status", "applied_on", "id"),
        Index("ix_case_reviews_newest", "applied_on", "id"),
        Index("ix_case_reviews_decided", "threshold", "decided_on", "id"),
        Index("ix_case_reviews_held", "review_held_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    status: Mapped[ReviewStatus] = mapped_column(coded(ReviewStatus), default=ReviewStatus.RECEIVED)
    applied_on: Mapped[date]
    applicant_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    case_reference_as_recorded: Mapped[str | None]
    local_scheme: Mapped[bool] = mapped_column(default=False)
    threshold: Mapped[ThresholdDecision | None] = mapped_column(coded(ThresholdDecision))
    decided_on: Mapped[date | None]
    decision_reason: Mapped[str | None]
    persistence: Mapped[str | None]
    harm: Mapped[str | None]
    response: Mapped[str | None]
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decision_notified_on: Mapped[date | None]
    review_held_on: Mapped[date | None]
    recommendations: Mapped[int | None]
    no_recommendations_because: Mapped[str | None]
    plan_told_on: Mapped[date | None]
    plan_victim_said: Mapped[str | None]
    outcome_sent_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    channel: Mapped[ApplicationChannel | None] = mapped_column(coded(ApplicationChannel))
    applicant_role: Mapped[ApplicantRole | None] = mapped_column(coded(ApplicantRole))
    on_behalf_of: Mapped[str | None]
    victim_consent: Mapped[VictimConsent | None] = mapped_column(coded(VictimConsent))
    words: Mapped[str | None]
    effect: Mapped[str | None]
    contact_name: Mapped[str | None]
    contact_email: Mapped[str | None]
    contact_phone: Mapped[str | None]
    contact_address: Mapped[str | None]
    safe_contact: Mapped[str | None]

    applicant: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    case: Mapped[Case | None] = relationship(lazy="raise_on_sql")
    decider: Mapped[User | None] = relationship(lazy="raise_on_sql")
    named_complaints: Mapped[list["CaseReviewComplaint"]] = relationship(
        lazy="raise_on_sql", order_by="CaseReviewComplaint.id", back_populates="case_review"
    )


class CaseReviewComplaint(Correctable, Versioned, Base):
    """A complaint that is looked at for an application: one that it names or that was entered for it, to whatever body, or
    (`complaint_id`) one of ours. A day that nobody knows is not recorded.

    Of one of ours `occurred_on` is what was found out later where the complaint itself does not say. `incident` names what
    it is about, so that one person's complaints about one incident count once (s.104(12)).
    """

    __tablename__ = "case_review_complaints"
    __table_args__ = (
        correctable_check(),
        CheckConstraint("complaint_id IS NULL OR complainant IS NULL", name="ours_names_no_other_complainant"),
        Index("uq_case_review_complaints_ours", "case_review_id", "complaint_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_review_id: Mapped[int] = mapped_column(ForeignKey("case_reviews.id"), index=True)
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"), index=True)
    complainant: Mapped[str | None]
    incident: Mapped[str | None]
    occurred_on: Mapped[date | None]
    made_on: Mapped[date | None]
    body: Mapped[str | None]
    description: Mapped[str | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    case_review: Mapped[CaseReview] = relationship(lazy="raise_on_sql", back_populates="named_complaints")
