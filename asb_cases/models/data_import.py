"""Files brought in from older registers: each import, its staged rows, and the references those rows had."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import FOLDED, FromImport, coded


class ImportState(StrEnum):
    """How far an import has come. What it writes is invisible to everybody until it is complete."""

    WRITING = "writing"
    COMPLETE = "complete"
    ABANDONED = "abandoned"


class Import(Base):
    """One file brought in: what it was, by whom, how far it came and what it counted."""

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint("(state = 'complete') = (completed_at IS NOT NULL)", name="complete_has_moment"),
        Index("ix_imports_by_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    options: Mapped[str]
    state: Mapped[ImportState] = mapped_column(coded(ImportState))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    rows_read: Mapped[int] = mapped_column(default=0)
    rows_written: Mapped[int] = mapped_column(default=0)
    rows_skipped: Mapped[int] = mapped_column(default=0)
    rows_refused: Mapped[int] = mapped_column(default=0)


class ImportRow(Base):
    """Which record a line of a file became. An interrupted import goes on after the lines that stand here.

    `fingerprint` is a hash of what the line says. By it a row without a reference is known again when it comes twice.
    """

    __tablename__ = "import_rows"
    __table_args__ = (
        CheckConstraint("length(fingerprint) = 64", name="fingerprint_is_whole"),
        Index("ix_import_rows_fingerprint", "fingerprint"),
    )

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    entity_kind: Mapped[str]
    entity_id: Mapped[int]


class OtherReference(FromImport, Base):
    """A reference that somebody else's register gave to a record of ours: kept, searchable, unique a kind."""

    __tablename__ = "other_references"
    __table_args__ = (
        UniqueConstraint("entity_kind", "reference_key"),
        Index("ix_other_references_found", "reference_key"),
        Index("ix_other_references_of", "entity_kind", "entity_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entity_kind: Mapped[str]
    entity_id: Mapped[int]
    reference: Mapped[str]
    reference_key: Mapped[str] = mapped_column(FOLDED)
