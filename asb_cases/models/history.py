"""What happened to the record: acts in a tamper-evident chain, and who looked at what (DPA 2018 s.62)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.domain.history import HistoryOperation
from asb_cases.domain.permissions import Via
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import coded


class HistoryEntry(Base):
    """One act. Append-only (triggers refuse change and removal) and chained: `hash` covers the entry and the one before.

    `details` holds ids and codes as canonical JSON, never names or free text. What somebody typed as a reason stands
    in `reason`, outside the chain, which holds only its salted hash: so a person can be erased (reason and salt
    blanked, the one change the triggers allow) and the chain stays whole.
    """

    __tablename__ = "history_entries"
    __table_args__ = (
        CheckConstraint("length(hash) = 64 AND length(previous_hash) = 64", name="hashes_are_whole"),
        Index("ix_history_entries_by_case", "case_id", "id"),
        Index("ix_history_entries_of", "entity_kind", "entity_id", "id"),
        Index("ix_history_entries_by_actor", "actor_user_id", "id"),
        Index("ix_history_entries_since", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str]
    operation: Mapped[HistoryOperation] = mapped_column(coded(HistoryOperation))
    actor_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    actor_role: Mapped[str | None]
    via: Mapped[Via] = mapped_column(coded(Via))
    address: Mapped[str | None]
    entity_kind: Mapped[str]
    entity_id: Mapped[int | None]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    details: Mapped[str]
    reason: Mapped[str | None]
    reason_salt: Mapped[str | None]
    reason_hash: Mapped[str | None]
    previous_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class HistoryHead(Base):
    """The end of the chain: one row, locked while an entry is added."""

    __tablename__ = "history_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    last_id: Mapped[int]
    last_hash: Mapped[str]


class SentForm(Base):
    """That a form was sent and acted on, by the key that its page was given: a second click finds the entry of the first."""

    __tablename__ = "sent_forms"
    __table_args__ = (CheckConstraint("length(form_key) BETWEEN 16 AND 64", name="key_is_long_enough"),)

    form_key: Mapped[str] = mapped_column(primary_key=True)
    history_id: Mapped[int] = mapped_column(ForeignKey("history_entries.id"), index=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Consultation(Base):
    """That somebody was shown records: one row a page. Append-only. `shown` lists what, as JSON of kinds and ids."""

    __tablename__ = "consultations"
    __table_args__ = (
        Index("ix_consultations_by_case", "case_id", "at"),
        Index("ix_consultations_by_user", "user_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    via: Mapped[Via] = mapped_column(coded(Via))
    endpoint: Mapped[str]
    operation: Mapped[HistoryOperation] = mapped_column(coded(HistoryOperation))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    shown: Mapped[str]
    reason: Mapped[str | None]
