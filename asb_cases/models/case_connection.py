"""That cases have to do with each other: links, and merges with every value that they changed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.domain.case_connections import LinkKind
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import coded

STANDS = text("undone_on IS NULL")


class CaseLink(Base):
    """A link between two cases, seen from both. `lower_id` is the smaller id, so that a link is known either way."""

    __tablename__ = "case_links"
    __table_args__ = (
        CheckConstraint("lower_id < higher_id", name="two_cases_in_order"),
        CheckConstraint("length(reason) > 0", name="says_why"),
        CheckConstraint("ended_on IS NULL OR ended_on >= linked_on", name="days_in_order"),
        Index("ix_case_links_lower", "lower_id", "ended_on"),
        Index("ix_case_links_higher", "higher_id", "ended_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lower_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    higher_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[LinkKind] = mapped_column(coded(LinkKind))
    reason: Mapped[str]
    linked_on: Mapped[date]
    linked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_on: Mapped[date | None]


class CaseMerge(Base):
    """One merge. While it stands, `merged_id` is closed as merged, and what hung on it hangs on `kept_id`."""

    __tablename__ = "case_merges"
    __table_args__ = (
        CheckConstraint("kept_id <> merged_id", name="two_cases"),
        CheckConstraint("(undone_on IS NULL) = (undone_because IS NULL)", name="undone_has_reason"),
        CheckConstraint("length(reason) > 0", name="says_why"),
        Index("ix_case_merges_kept", "kept_id", "id"),
        Index("uq_case_merges_standing", "merged_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    merged_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str]
    before: Mapped[str]
    undone_on: Mapped[date | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undone_because: Mapped[str | None]


class CaseMergeRow(Base):
    """A row that a merge moved from the one case to the other."""

    __tablename__ = "case_merge_rows"
    __table_args__ = (Index("ix_case_merge_rows_row", "table_name", "row_id"),)

    merge_id: Mapped[int] = mapped_column(ForeignKey("case_merges.id"), primary_key=True)
    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
