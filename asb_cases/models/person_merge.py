"""That two records of one person were merged: which was kept, why, and every row that it changed, so that it can be undone."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.extensions import Base, UtcDateTime

STANDS = text("undone_on IS NULL")


class PersonMerge(Base):
    """One merge. While it stands, `merged_id` is a record that nobody finds any more: its address leads to `kept_id`."""

    __tablename__ = "person_merges"
    __table_args__ = (
        CheckConstraint("kept_id <> merged_id", name="two_records"),
        CheckConstraint("(undone_on IS NULL) = (undone_because IS NULL)", name="undone_has_reason"),
        CheckConstraint("length(reason) > 0", name="says_why"),
        Index("ix_person_merges_kept", "kept_id", "id"),
        Index("uq_person_merges_standing", "merged_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    merged_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str]
    undone_on: Mapped[date | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undone_because: Mapped[str | None]


class PersonMergeRow(Base):
    """One value that a merge changed: in which row of which table (`row_key`: what tells its rows apart, as JSON), what stood
    there, and what the merge put there, as text."""

    __tablename__ = "person_merge_rows"
    __table_args__ = (Index("ix_person_merge_rows_of", "merge_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("person_merges.id"))
    table_name: Mapped[str]
    column_name: Mapped[str]
    row_key: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
