"""The use of a power in a case: a warning, a notice, a fixed penalty, a prosecution; from drafting to outcome."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.case import Case
from asb_cases.models.person import Person
from asb_cases.models.record import Correctable, FromImport, Versioned, correctable_check
from asb_cases.models.user import User

if TYPE_CHECKING:
    from asb_cases.models.requirement import Requirement
    from asb_cases.models.service import Service

#: The breach powers of the enforcement track: each stands on an earlier step (2014 Act ss.43(5), 48, 52).
NEEDS_EARLIER_STEP = "(power = 'CPN' OR (power IN ('FPN', 'PROSECUTION') AND offence = 'cpn_breach'))"
NOT_YET_GIVEN = "status IN ('draft', 'legal_review', 'authorised', 'abandoned', 'proposed', 'not_made')"


class Intervention(FromImport, Correctable, Versioned, Base):
    """One power used against one person or body. `power` names an entry of `domain.powers.POWERS`.

    `issued_on` is the day it counts from and is counted by: the day given (warning, notice), the date of the notice
    (fixed penalty), the day laid (prosecution). `issued_by_body` names another issuer, such as the police, whose
    warning or notice ours may stand on; it is not counted as ours. `follows_as_recorded` keeps the earlier step that an
    incomplete imported row names and nobody finds. Money is in pence; `payee` is the name and address to which a penalty is
    paid, by post in any case, and `other_ways_to_pay` say how else.
    """

    __tablename__ = "interventions"
    __table_args__ = (
        correctable_check(),
        UniqueConstraint("id", "power"),
        CheckConstraint(f"NOT ({NOT_YET_GIVEN} AND issued_on IS NOT NULL)", name="draft_is_not_given"),
        CheckConstraint(
            f"{NOT_YET_GIVEN} OR issued_on IS NOT NULL OR (power IN ('CPW', 'CPN') AND status IN ('issued', 'withdrawn'))"
            " OR status = 'cancelled'",
            name="given_has_day",
        ),
        CheckConstraint(
            f"NOT {NEEDS_EARLIER_STEP} OR follows_id IS NOT NULL OR incomplete", name="follows_earlier_step"
        ),
        CheckConstraint("NOT incomplete OR import_id IS NOT NULL", name="only_an_import_is_incomplete"),
        CheckConstraint("follows_id IS NULL OR follows_id <> id", name="does_not_follow_itself"),
        CheckConstraint(
            "power <> 'FPN' OR offence <> 'cpn_breach' OR breach_id IS NOT NULL OR import_id IS NOT NULL",
            name="fixed_penalty_has_breach",
        ),
        CheckConstraint(
            "power <> 'PROSECUTION' OR offence <> 'cpn_breach' OR breach_id IS NOT NULL OR import_id IS NOT NULL",
            name="prosecution_has_breach",
        ),
        CheckConstraint("(power IN ('FPN', 'PROSECUTION')) = (offence IS NOT NULL)", name="offence_where_there_is_one"),
        CheckConstraint(
            f"power <> 'FPN' OR {NOT_YET_GIVEN} OR amount_pence IS NOT NULL OR import_id IS NOT NULL",
            name="fixed_penalty_has_amount",
        ),
        CheckConstraint("amount_pence IS NULL OR amount_pence > 0", name="amount_is_positive"),
        CheckConstraint("reduced_pence IS NULL OR reduced_pence < amount_pence", name="reduced_is_less"),
        CheckConstraint("reduced_within_days IS NULL OR reduced_within_days BETWEEN 1 AND 13", name="reduced_under_14"),
        CheckConstraint("(reduced_pence IS NULL) = (reduced_within_days IS NULL)", name="reduced_has_days"),
        CheckConstraint(
            "import_id IS NOT NULL OR issued_by_body IS NOT NULL OR issued_on IS NULL OR issuer_id IS NOT NULL",
            name="given_has_issuer",
        ),
        CheckConstraint(
            "status NOT IN ('withdrawn', 'discharged', 'cancelled', 'abandoned', 'written_off', 'not_made')"
            " OR ended_because IS NOT NULL OR import_id IS NOT NULL",
            name="ended_has_reason",
        ),
        CheckConstraint("ends_on IS NULL OR issued_on IS NULL OR ends_on >= issued_on", name="ends_after_start"),
        CheckConstraint("offence_to IS NULL OR offence_to >= offence_from", name="offence_days_in_order"),
        Index("ix_interventions_counted", "power", "issued_on", "id"),
        Index("ix_interventions_by_case", "case_id", "id"),
        Index("ix_interventions_by_subject", "subject_id", "power", "issued_on"),
        Index("ix_interventions_by_status", "power", "status", "issued_on", "id"),
        Index("ix_interventions_newest", "issued_on", "id"),
        Index(
            "uq_interventions_one_penalty_per_breach",
            "breach_id",
            unique=True,
            sqlite_where=text("power = 'FPN' AND status <> 'cancelled' AND entered_in_error_on IS NULL"),
            postgresql_where=text("power = 'FPN' AND status <> 'cancelled' AND entered_in_error_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    power: Mapped[str]
    status: Mapped[str]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("interventions.id"), index=True)
    breach_id: Mapped[int | None] = mapped_column(
        ForeignKey("alleged_breaches.id", use_alter=True, name="fk_interventions_breach_id")
    )
    issued_on: Mapped[date | None]
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    issued_by_body: Mapped[str | None]
    officer_as_recorded: Mapped[str | None]
    follows_as_recorded: Mapped[str | None]
    incomplete: Mapped[bool] = mapped_column(default=False)

    conduct: Mapped[str | None]
    detrimental_effect: Mapped[str | None]
    persistent_or_continuing: Mapped[str | None]
    unreasonable: Mapped[str | None]
    subject_basis: Mapped[str | None]
    enquiries_note: Mapped[str | None]
    enough_time_reason: Mapped[str | None]
    no_consultees_reason: Mapped[str | None]
    screening: Mapped[str | None]
    screening_flags: Mapped[bool | None]
    statutory_nuisance: Mapped[str | None]
    statutory_nuisance_note: Mapped[str | None]
    cautions_reason: Mapped[str | None]
    comply_by: Mapped[date | None]
    review_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    offence: Mapped[str | None]
    offence_from: Mapped[date | None]
    offence_to: Mapped[date | None]
    amount_pence: Mapped[int | None]
    reduced_pence: Mapped[int | None]
    reduced_within_days: Mapped[int | None]
    payee: Mapped[str | None]
    other_ways_to_pay: Mapped[str | None]
    evidential_note: Mapped[str | None]
    public_interest_note: Mapped[str | None]
    authority_reference: Mapped[str | None]
    continuing_failure_reason: Mapped[str | None]

    drafter_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    authoriser_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    authorised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checker_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    checked_on: Mapped[date | None]

    outcome: Mapped[str | None]
    outcome_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_because: Mapped[str | None]

    case: Mapped[Case] = relationship(lazy="raise_on_sql")
    subject: Mapped[Person] = relationship(lazy="raise_on_sql")
    follows: Mapped["Intervention | None"] = relationship(lazy="raise_on_sql", remote_side=[id])
    issuer: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[issuer_id])
    requirements: Mapped[list["Requirement"]] = relationship(
        lazy="raise_on_sql", order_by="(Requirement.number, Requirement.version)", viewonly=True
    )
    services: Mapped[list["Service"]] = relationship(lazy="raise_on_sql", order_by="Service.id", viewonly=True)


class InterventionEvidence(Base):
    """What one limb of the legal test rests on: a record of the case, or a description of something outside it. An incident
    is named beside its description, which stands in the notice as it was."""

    __tablename__ = "intervention_evidence"
    __table_args__ = (
        CheckConstraint(
            "description IS NOT NULL OR complaint_id IS NOT NULL OR note_id IS NOT NULL OR attachment_id IS NOT NULL"
            " OR contact_entry_id IS NOT NULL",
            name="rests_on_something",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"), index=True)
    limb: Mapped[str]
    description: Mapped[str | None]
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"), index=True)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("notes.id"))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    contact_entry_id: Mapped[int | None] = mapped_column(ForeignKey("contact_entries.id"))
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"))


class Consultee(Base):
    """A body or individual told before a notice was issued (s.43(6))."""

    __tablename__ = "consultees"

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"), index=True)
    name: Mapped[str]
    told_on: Mapped[date]
    note: Mapped[str | None]


class ScreeningAnswer(Base):
    """The answer to one question of the screen (`domain/powers/screening.py`): is there something to consider, and what."""

    __tablename__ = "screening_answers"
    __table_args__ = (UniqueConstraint("intervention_id", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("interventions.id"), index=True)
    item: Mapped[str]
    raised: Mapped[bool]
    note: Mapped[str | None]
