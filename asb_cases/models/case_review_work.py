"""The bodies of an application, its letters, its review with what came of it, and what was taken further."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.case_review_letters import LetterKind
from asb_cases.domain.case_review_meeting import BodyView, Involvement, Regard
from asb_cases.domain.case_review_steps import EscalationOutcome
from asb_cases.domain.contact_preferences import ContactWay
from asb_cases.extensions import Base
from asb_cases.models.deadline import Deadline
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.record import Versioned, coded


class CaseReviewBody(Versioned, Base):
    """That an application was passed to a relevant body, with what shows it; what it was asked, when it was reminded last,
    and what it answered: its view of the decision, and what it knew and did."""

    __tablename__ = "case_review_bodies"
    __table_args__ = (
        CheckConstraint("chased_on IS NULL OR chased_on >= sent_on", name="chased_after_sent"),
        CheckConstraint("(answered_on IS NULL) = (view IS NULL)", name="answered_has_view"),
        CheckConstraint("answered_on IS NULL OR answered_on >= sent_on", name="answered_after_sent"),
        Index("uq_case_review_bodies_once", "case_review_id", "partner_body_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_review_id: Mapped[int] = mapped_column(ForeignKey("case_reviews.id"))
    partner_body_id: Mapped[int] = mapped_column(ForeignKey("partner_bodies.id"), index=True)
    sent_on: Mapped[date]
    how: Mapped[str]
    proof: Mapped[str]
    asked: Mapped[str | None]
    chased_on: Mapped[date | None]
    chases: Mapped[int] = mapped_column(default=0)
    answered_on: Mapped[date | None]
    view: Mapped[BodyView | None] = mapped_column(coded(BodyView))
    view_said: Mapped[str | None]
    knew_and_did: Mapped[str | None]
    deadline_id: Mapped[int | None] = mapped_column(ForeignKey("deadlines.id"), index=True)

    body: Mapped[PartnerBody] = relationship(lazy="raise_on_sql")
    deadline: Mapped[Deadline | None] = relationship(lazy="raise_on_sql")


class CaseReviewLetter(Base):
    """That a letter of a kind was sent, on a day and in a way."""

    __tablename__ = "case_review_letters"
    __table_args__ = (Index("ix_case_review_letters_by_review", "case_review_id", "sent_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_review_id: Mapped[int] = mapped_column(ForeignKey("case_reviews.id"))
    kind: Mapped[LetterKind] = mapped_column(coded(LetterKind))
    sent_on: Mapped[date]
    way: Mapped[ContactWay | None] = mapped_column(coded(ContactWay))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class CaseReviewMeeting(Versioned, Base):
    """The review as it is arranged and held: who chairs, how the victim takes part, and its minutes. One that is held again
    is another row."""

    __tablename__ = "case_review_meetings"
    __table_args__ = (
        CheckConstraint("chair_independent OR chair_because IS NOT NULL", name="chair_independent_or_why"),
        CheckConstraint("victim_choice IS NULL OR victim_invited_on IS NOT NULL", name="chose_when_invited"),
        Index("ix_case_review_meetings_by_review", "case_review_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_review_id: Mapped[int] = mapped_column(ForeignKey("case_reviews.id"))
    planned_on: Mapped[date | None]
    chair: Mapped[str]
    chair_independent: Mapped[bool]
    chair_because: Mapped[str | None]
    victim_invited_on: Mapped[date | None]
    victim_choice: Mapped[Involvement | None] = mapped_column(coded(Involvement))
    representative: Mapped[str | None]
    risk_assessed_on: Mapped[date | None]
    risk_note: Mapped[str | None]
    held_on: Mapped[date | None]
    minutes: Mapped[str | None]


class CaseReviewAttendee(Base):
    """Somebody asked to the review: from which body, and whether they came."""

    __tablename__ = "case_review_attendees"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("case_review_meetings.id"), index=True)
    name: Mapped[str]
    body: Mapped[str | None]
    attended: Mapped[bool | None]


class CaseReviewRecommendation(Versioned, Base):
    """What the review recommends, to whom, and what they answered (s.104(7))."""

    __tablename__ = "case_review_recommendations"
    __table_args__ = (
        CheckConstraint("(answered_on IS NULL) = (regard IS NULL)", name="answered_has_regard"),
        Index("uq_case_review_recommendations_number", "case_review_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_review_id: Mapped[int] = mapped_column(ForeignKey("case_reviews.id"))
    number: Mapped[int]
    addressee: Mapped[str]
    text: Mapped[str]
    due_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    regard: Mapped[Regard | None] = mapped_column(coded(Regard))
    answer: Mapped[str | None]
    deadline_id: Mapped[int | None] = mapped_column(ForeignKey("deadlines.id"), index=True)

    deadline: Mapped[Deadline | None] = relationship(lazy="raise_on_sql")


class CaseReviewAction(Versioned, Base):
    """One action of the review's plan: what, who, by when, and what shows that it is done."""

    __tablename__ = "case_review_actions"
    __table_args__ = (
        CheckConstraint("(done_on IS NULL) = (evidence IS NULL)", name="done_has_evidence"),
        Index("uq_case_review_actions_number", "case_review_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_review_id: Mapped[int] = mapped_column(ForeignKey("case_reviews.id"))
    number: Mapped[int]
    text: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    evidence: Mapped[str | None]
    chased_on: Mapped[date | None]
    deadline_id: Mapped[int | None] = mapped_column(ForeignKey("deadlines.id"), index=True)

    deadline: Mapped[Deadline | None] = relationship(lazy="raise_on_sql")


class CaseReviewEscalation(Versioned, Base):
    """That the applicant took it further, to whom, and what was decided. `earlier_...`: the decision and the review that it
    was about, as they stood."""

    __tablename__ = "case_review_escalations"
    __table_args__ = (
        CheckConstraint("(decided_on IS NULL) = (outcome IS NULL)", name="decided_has_outcome"),
        CheckConstraint("decided_on IS NULL OR decided_on >= asked_on", name="decided_after_asked"),
        Index("ix_case_review_escalations_by_review", "case_review_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_review_id: Mapped[int] = mapped_column(ForeignKey("case_reviews.id"))
    asked_on: Mapped[date]
    asks: Mapped[str]
    route: Mapped[str]
    earlier_threshold: Mapped[ThresholdDecision | None] = mapped_column(coded(ThresholdDecision))
    earlier_decided_on: Mapped[date | None]
    earlier_reason: Mapped[str | None]
    earlier_held_on: Mapped[date | None]
    earlier_outcome_sent_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    outcome: Mapped[EscalationOutcome | None] = mapped_column(coded(EscalationOutcome))
    finding: Mapped[str | None]


class CaseReviewExplanation(Base):
    """That an explanation of the case review is owed to somebody at a complaint, and how and when it was given."""

    __tablename__ = "case_review_explanations"
    __table_args__ = (
        CheckConstraint("(given_on IS NULL) = (proof IS NULL)", name="given_has_proof"),
        Index("ix_case_review_explanations_owed", "given_on", "owed_from", "id"),
        Index("ix_case_review_explanations_by_person", "person_id", "owed_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    owed_from: Mapped[date]
    given_on: Mapped[date | None]
    way: Mapped[ContactWay | None] = mapped_column(coded(ContactWay))
    proof: Mapped[str | None]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
