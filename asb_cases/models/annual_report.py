"""The yearly report that people write: cover sheet, sections, blocks, comments, appendices; and what was signed of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.annual_report import BlockKind, ListOf, Prose, SentenceShape
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import Versioned, coded


class AnnualReport(Versioned, Base):
    """The report of the financial year that begins on 1 April of `year`. `comparisons` are the years it is compared with,
    by their labels, the nearest first. `open` while it is written: signing closes it, a revision opens it again."""

    __tablename__ = "annual_reports"
    __table_args__ = (CheckConstraint("year BETWEEN 1900 AND 2200", name="year_is_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    comparisons: Mapped[str] = mapped_column(default="")
    open: Mapped[bool] = mapped_column(default=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("annual_reports.id"))

    cover: Mapped[list["AnnualReportCoverLine"]] = relationship(lazy="raise_on_sql")
    sections: Mapped[list["AnnualReportSection"]] = relationship(
        lazy="raise_on_sql", order_by="(AnnualReportSection.place, AnnualReportSection.id)"
    )
    appendices: Mapped[list["AnnualReportAppendix"]] = relationship(
        lazy="raise_on_sql", order_by="AnnualReportAppendix.id"
    )
    editions: Mapped[list["AnnualReportEdition"]] = relationship(
        lazy="raise_on_sql", order_by="AnnualReportEdition.number"
    )


class AnnualReportCoverLine(Base):
    """What stands on one line of the cover sheet. `code` is of `domain.annual_report.COVER`; the report's version is its."""

    __tablename__ = "annual_report_cover_lines"

    report_id: Mapped[int] = mapped_column(ForeignKey("annual_reports.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    text: Mapped[str | None]


class AnnualReportSection(Versioned, Base):
    """A heading and what stands below it. A change of any of its blocks takes its approval back."""

    __tablename__ = "annual_report_sections"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 3", name="level_is_one"),
        CheckConstraint("(approved_at IS NULL) = (approved_by_name IS NULL)", name="approval_is_whole"),
        Index("ix_annual_report_sections_in_order", "report_id", "place", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("annual_reports.id"))
    place: Mapped[int]
    level: Mapped[int] = mapped_column(default=1)
    heading: Mapped[str]
    author: Mapped[str | None]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_by_name: Mapped[str | None]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    report: Mapped[AnnualReport] = relationship(lazy="raise_on_sql", viewonly=True)
    blocks: Mapped[list["AnnualReportBlock"]] = relationship(
        lazy="raise_on_sql", order_by="(AnnualReportBlock.place, AnnualReportBlock.id)"
    )
    comments: Mapped[list["AnnualReportComment"]] = relationship(lazy="raise_on_sql", order_by="AnnualReportComment.id")


class AnnualReportBlock(Versioned, Base):
    """One block of a section. Which columns say something follows from `kind`: `text` of words and of a list's items;
    `figure` and what follows it of a figure; `prose` of a paragraph that the service writes. `compared_with` is a period
    as people write it, `none`, or None for what the whole report is compared with."""

    __tablename__ = "annual_report_blocks"
    __table_args__ = (
        CheckConstraint("(kind = 'figure') = (figure IS NOT NULL)", name="figure_is_named"),
        CheckConstraint("(kind = 'prose') = (prose IS NOT NULL)", name="prose_is_named"),
        CheckConstraint("(first IS NULL) = (last IS NULL)", name="period_is_whole"),
        CheckConstraint("last >= first", name="days_in_order"),
        Index("ix_annual_report_blocks_in_order", "section_id", "place", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("annual_report_sections.id"))
    place: Mapped[int]
    kind: Mapped[BlockKind] = mapped_column(coded(BlockKind))
    text: Mapped[str | None]
    list_of: Mapped[ListOf | None] = mapped_column(coded(ListOf))
    introduction: Mapped[str | None]
    figure: Mapped[str | None]
    title: Mapped[str | None]
    wording: Mapped[str | None]
    first: Mapped[date | None]
    last: Mapped[date | None]
    compared_with: Mapped[str | None]
    shape: Mapped[SentenceShape] = mapped_column(coded(SentenceShape), default=SentenceShape.PARAGRAPH)
    as_sentence: Mapped[bool] = mapped_column(default=False)
    as_table: Mapped[bool] = mapped_column(default=False)
    as_chart: Mapped[bool] = mapped_column(default=False)
    prose: Mapped[Prose | None] = mapped_column(coded(Prose))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    section: Mapped[AnnualReportSection] = relationship(lazy="raise_on_sql", viewonly=True)


class AnnualReportComment(Base):
    """What somebody said about a section before it was approved."""

    __tablename__ = "annual_report_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("annual_report_sections.id"), index=True)
    text: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_by_name: Mapped[str]


class AnnualReportAppendix(Base):
    """A file that goes with the report. Its bytes are kept under their SHA-256."""

    __tablename__ = "annual_report_appendices"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="hash_is_whole"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("annual_reports.id"), index=True)
    title: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size_bytes: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AnnualReportEdition(Base):
    """The report as it was signed: all it says, figures and words, as JSON. Only added to, by a trigger."""

    __tablename__ = "annual_report_editions"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        CheckConstraint("length(sha256) = 64", name="hash_is_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("annual_reports.id"))
    number: Mapped[int]
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    signed_by_name: Mapped[str]
    content: Mapped[str]
    sha256: Mapped[str]

    outputs: Mapped[list["AnnualReportOutput"]] = relationship(
        lazy="raise_on_sql", order_by="AnnualReportOutput.format"
    )


class AnnualReportOutput(Base):
    """One file of an edition, in one format; its bytes are kept under their SHA-256. Only added to, by a trigger."""

    __tablename__ = "annual_report_outputs"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="hash_is_whole"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("annual_report_editions.id"), primary_key=True)
    format: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    size_bytes: Mapped[int]
