"""Yearly reports as they are written: the whole of one in a handful of statements, however long it is."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from asb_cases.extensions import db
from asb_cases.models.annual_report import (
    AnnualReport,
    AnnualReportAppendix,
    AnnualReportBlock,
    AnnualReportEdition,
    AnnualReportOutput,
    AnnualReportSection,
)
from asb_cases.queries.not_found import NotFound


def report_of(year: int) -> AnnualReport | None:
    """The report of the financial year that starts in `year`, with all that belongs to it; None where none is begun."""
    return db.session.scalar(_whole().where(AnnualReport.year == year).execution_options(populate_existing=True))


def report_to_write(year: int) -> AnnualReport:
    """The same. Raises NotFound where none is begun."""
    found = report_of(year)
    if found is None:
        raise NotFound("report")
    return found


def years_written() -> dict[int, AnnualReport]:
    """Every report that was begun, by its year, the newest first."""
    rows = db.session.scalars(
        select(AnnualReport).options(selectinload(AnnualReport.editions)).order_by(AnnualReport.year.desc())
    )
    return {row.year: row for row in rows}


def sections_of(report: AnnualReport) -> list[AnnualReportSection]:
    """The sections that stand, in order."""
    return [section for section in report.sections if section.removed_at is None]


def blocks_of(section: AnnualReportSection) -> list[AnnualReportBlock]:
    """The blocks that stand, in order."""
    return [block for block in section.blocks if block.removed_at is None]


def appendices_of(report: AnnualReport) -> list[AnnualReportAppendix]:
    """The appendices that go with it."""
    return [file for file in report.appendices if file.removed_at is None]


def section_in(year: int, section_id: int) -> AnnualReportSection:
    """A standing section of a year's report, with its blocks and comments. Raises NotFound."""
    found = db.session.scalar(
        select(AnnualReportSection)
        .join(AnnualReport, AnnualReport.id == AnnualReportSection.report_id)
        .options(
            selectinload(AnnualReportSection.blocks),
            selectinload(AnnualReportSection.comments),
            joinedload(AnnualReportSection.report),
        )
        .where(
            AnnualReport.year == year, AnnualReportSection.id == section_id, AnnualReportSection.removed_at.is_(None)
        )
    )
    if found is None:
        raise NotFound("section")
    return found


def block_in(year: int, block_id: int) -> AnnualReportBlock:
    """A standing block of a year's report, with its section. Raises NotFound."""
    found = db.session.scalar(
        select(AnnualReportBlock)
        .join(AnnualReportSection, AnnualReportSection.id == AnnualReportBlock.section_id)
        .join(AnnualReport, AnnualReport.id == AnnualReportSection.report_id)
        .options(joinedload(AnnualReportBlock.section).joinedload(AnnualReportSection.report))
        .where(
            AnnualReport.year == year,
            AnnualReportBlock.id == block_id,
            AnnualReportBlock.removed_at.is_(None),
            AnnualReportSection.removed_at.is_(None),
        )
    )
    if found is None:
        raise NotFound("block")
    return found


def appendix_in(year: int, appendix_id: int) -> AnnualReportAppendix:
    """A file of a year's report. Raises NotFound."""
    found = db.session.scalar(
        select(AnnualReportAppendix)
        .join(AnnualReport, AnnualReport.id == AnnualReportAppendix.report_id)
        .where(
            AnnualReport.year == year,
            AnnualReportAppendix.id == appendix_id,
            AnnualReportAppendix.removed_at.is_(None),
        )
    )
    if found is None:
        raise NotFound("appendix")
    return found


def edition_in(year: int, number: int) -> AnnualReportEdition:
    """A signed edition of a year's report, with its files. Raises NotFound."""
    found = db.session.scalar(
        select(AnnualReportEdition)
        .join(AnnualReport, AnnualReport.id == AnnualReportEdition.report_id)
        .options(selectinload(AnnualReportEdition.outputs))
        .where(AnnualReport.year == year, AnnualReportEdition.number == number)
    )
    if found is None:
        raise NotFound("edition")
    return found


def latest_editions(years: Iterable[int]) -> list[tuple[int, AnnualReportEdition]]:
    """The newest signed edition of each of these years that has one."""
    rows = db.session.execute(
        select(AnnualReport.year, AnnualReportEdition)
        .join(AnnualReport, AnnualReport.id == AnnualReportEdition.report_id)
        .where(AnnualReport.year.in_(list(years)))
        .order_by(AnnualReport.year, AnnualReportEdition.number)
    )
    newest: dict[int, AnnualReportEdition] = dict(rows.all())
    return list(newest.items())


def output_of(edition: AnnualReportEdition, form: str) -> AnnualReportOutput:
    """The file of an edition in one format. Raises NotFound."""
    found = next((output for output in edition.outputs if output.format == form), None)
    if found is None:
        raise NotFound("output")
    return found


def _whole() -> Select[AnnualReport]:
    sections = selectinload(AnnualReport.sections)
    return select(AnnualReport).options(
        selectinload(AnnualReport.cover),
        sections.selectinload(AnnualReportSection.blocks),
        sections.selectinload(AnnualReportSection.comments),
        selectinload(AnnualReport.appendices),
        selectinload(AnnualReport.editions).selectinload(AnnualReportEdition.outputs),
    )
