"""What officers keep on a case: contacts, notes, tasks and files."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.complaints import Channel
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import FromImport, Versioned, coded
from asb_cases.models.user import User


class Direction(StrEnum):
    """Who contacted whom."""

    IN = "in"
    OUT = "out"


class NoteKind(StrEnum):
    """Whether a note is for the service alone or part of the record that may be disclosed."""

    INTERNAL = "internal"
    RECORD = "record"


class ContactEntry(FromImport, Base):
    """One contact with somebody about a case: who, how, which way, what was told. `reached` is False where it was tried
    and nobody answered."""

    __tablename__ = "contact_entries"
    __table_args__ = (Index("ix_contact_entries_by_case", "case_id", "at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    channel: Mapped[Channel] = mapped_column(coded(Channel))
    direction: Mapped[Direction] = mapped_column(coded(Direction))
    told: Mapped[str]
    reached: Mapped[bool | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    author: Mapped[User | None] = relationship(lazy="raise_on_sql")


class Note(FromImport, Base):
    """A note on a case. Never overwritten: a correction is a new note that names the one it corrects, and says why."""

    __tablename__ = "notes"
    __table_args__ = (
        CheckConstraint("corrects_id IS NULL OR corrects_id <> id", name="does_not_correct_itself"),
        CheckConstraint("(withheld_on IS NULL) = (withheld_because IS NULL)", name="withheld_has_reason"),
        Index("ix_notes_by_case", "case_id", "written_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[NoteKind] = mapped_column(coded(NoteKind))
    text: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("notes.id"), unique=True)
    corrected_because: Mapped[str | None]
    withheld_on: Mapped[date | None]
    withheld_because: Mapped[str | None]

    author: Mapped[User | None] = relationship(lazy="raise_on_sql")


class Task(Versioned, Base):
    """Something somebody is to do on a case by a day."""

    __tablename__ = "tasks"
    __table_args__ = (
        CheckConstraint("done_on IS NULL OR done_on >= created_on", name="days_in_order"),
        Index("ix_tasks_by_owner", "owner_id", "done_on", "due_on", "id"),
        Index("ix_tasks_by_case", "case_id", "done_on", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    title: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    #: The document whose second person's check it asks for: such a task is done by that check alone.
    check_of_id: Mapped[int | None] = mapped_column(ForeignKey("interventions.id"), index=True)
    created_on: Mapped[date]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    outcome: Mapped[str | None]

    owner: Mapped[User | None] = relationship(lazy="raise_on_sql")


class Attachment(Base):
    """A file, kept under the SHA-256 of its bytes. Withheld with a reason, never deleted."""

    __tablename__ = "attachments"
    __table_args__ = (
        CheckConstraint("size_bytes >= 0", name="size_is_positive"),
        CheckConstraint("length(sha256) = 64", name="hash_is_whole"),
        CheckConstraint("(withheld_on IS NULL) = (withheld_because IS NULL)", name="withheld_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    size_bytes: Mapped[int]
    media_type: Mapped[str]
    name: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withheld_on: Mapped[date | None]
    withheld_because: Mapped[str | None]


class AttachmentLink(Base):
    """That a file belongs to an entry of a case: the case itself, a complaint, note, contact, service or breach."""

    __tablename__ = "attachment_links"
    __table_args__ = (
        UniqueConstraint("attachment_id", "entity_kind", "entity_id"),
        Index("ix_attachment_links_of", "entity_kind", "entity_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    entity_kind: Mapped[str]
    entity_id: Mapped[int]
