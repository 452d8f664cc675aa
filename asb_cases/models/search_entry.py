"""What can be found by words: one entry a searchable record."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.extensions import Base
from asb_cases.models.record import FOLDED, FromImport


class SearchEntry(FromImport, Base):
    """The folded words by which a record is found, and the case whose visibility decides who may find it.

    Migrations add the engine's own index over `words`: FTS5 on SQLite, a text-search index on PostgreSQL. Both are
    kept in step by the database.
    """

    __tablename__ = "search_entries"
    __table_args__ = (
        UniqueConstraint("entity_kind", "entity_id"),
        Index("ix_search_entries_by_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entity_kind: Mapped[str]
    entity_id: Mapped[int]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    words: Mapped[str] = mapped_column(FOLDED)
