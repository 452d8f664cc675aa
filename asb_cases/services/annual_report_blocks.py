"""The blocks of a section of the yearly report: words, lists, figures, and the paragraphs the service writes itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from asb_cases.domain import annual_report as rules
from asb_cases.domain.annual_report import BlockKind, ListOf, Prose, SentenceShape, check_figure
from asb_cases.domain.calendar import UnreadableDate
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.periods import parse_period
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.report_wording import check_introduction, check_wording
from asb_cases.extensions import db
from asb_cases.models.annual_report import AnnualReport, AnnualReportBlock, AnnualReportSection
from asb_cases.queries.annual_figures import figures_offered
from asb_cases.queries.annual_reports import block_in, blocks_of, section_in
from asb_cases.queries.not_found import NotFound
from asb_cases.services.annual_reports import add_section, changed, moved, open_report, record_section
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

NO_COMPARISON = "none"
NOT_A_PERIOD = Refusal(
    "not_a_period",
    "“{text}” is not a period that figures can be compared with.",
    rules.AUTHORITY,
    "Write a financial year such as 2013-14, a year such as 2014, or “none”; leave it blank for the report’s own.",
    "compared_with",
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a block says. Which of it counts follows from the kind."""

    kind: BlockKind
    text: str | None = None
    list_of: ListOf | None = None
    introduction: str | None = None
    figure: str | None = None
    title: str | None = None
    wording: str | None = None
    first: date | None = None
    last: date | None = None
    compared_with: str | None = None
    shape: SentenceShape = SentenceShape.PARAGRAPH
    as_sentence: bool = False
    as_table: bool = False
    as_chart: bool = False
    prose: Prose | None = None


@transaction
def add_block(*, actor: Actor, now: datetime, year: int, section_id: int, said: Said) -> int:
    """Put a new block behind the others of a section. Returns its id. Raises RuleBroken, NotFound."""
    actor.check(Permission.WRITE_REPORTS)
    open_report(actor, year)
    section = section_in(year, section_id)
    standing = blocks_of(section)
    full = len(standing) >= rules.MOST_BLOCKS
    gathered(
        [rules.TOO_LONG.of(most=rules.MOST_BLOCKS, what="blocks in a section") if full else None]
    ).raise_if_refused()
    _check(said).raise_if_refused()
    place = max((block.place for block in section.blocks), default=0) + 1
    block = AnnualReportBlock(section_id=section.id, place=place, kind=said.kind)
    _say(block, said)
    db.session.add(block)
    db.session.flush()
    changed(section, now)
    record_section("block_added", section, actor, now, block=block.id)
    return block.id


@transaction
def write_section(
    *,
    actor: Actor,
    now: datetime,
    year: int,
    heading: str,
    level: int,
    blocks: Sequence[Said],
    author: str | None = None,
) -> int:
    """Put a whole section behind the others, with its blocks. Returns its id. Raises RuleBroken, NotFound."""
    actor.check(Permission.WRITE_REPORTS)
    section_id = add_section(actor=actor, now=now, year=year, heading=heading, level=level, author=author)
    offered = dict(figures_offered())
    for place, said in enumerate(blocks, 1):
        _check(said, offered).raise_if_refused()
        block = AnnualReportBlock(section_id=section_id, place=place, kind=said.kind)
        _say(block, said)
        db.session.add(block)
    return section_id


@transaction
def change_block(*, actor: Actor, now: datetime, year: int, block_id: int, version: int | None, said: Said) -> None:
    """Say something else in a block. Raises RuleBroken, StaleVersion, NotFound."""
    actor.check(Permission.WRITE_REPORTS)
    open_report(actor, year)
    block = block_in(year, block_id)
    check_version(block, version)
    _check(said).raise_if_refused()
    _say(block, said)
    changed(block.section, now)
    record_section("block_changed", block.section, actor, now, block=block.id)


@transaction
def move_block(*, actor: Actor, now: datetime, year: int, block_id: int, to: str) -> int:
    """Move a block one place up or down in its section, out of it, or back into it: nothing of it is lost. Returns the
    section's id."""
    actor.check(Permission.WRITE_REPORTS)
    open_report(actor, year)
    section = db.session.scalar(
        select(AnnualReportSection)
        .join(AnnualReport, AnnualReport.id == AnnualReportSection.report_id)
        .join(AnnualReportBlock, AnnualReportBlock.section_id == AnnualReportSection.id)
        .options(selectinload(AnnualReportSection.blocks))
        .where(AnnualReport.year == year, AnnualReportBlock.id == block_id)
    )
    if section is None:
        raise NotFound("block")
    block = next(each for each in section.blocks if each.id == block_id)
    moved(blocks_of(section), block, to, now)
    changed(section, now)
    record_section("block_moved", section, actor, now, block=block.id, to=to)
    return section.id


def _check(said: Said, offered: Collection[str] | None = None) -> Findings:
    """What is wrong with a block. `offered` are the figures that there are, where they were asked for already."""
    if said.kind is BlockKind.FIGURE:
        known = said.figure in (dict(figures_offered()) if offered is None else offered)
        shows = said.as_sentence or said.as_table or said.as_chart
        return (
            check_figure(known=known, code=said.figure or "", shows=shows, first=said.first, last=said.last)
            + check_wording(said.wording)
            + _check_comparison(said.compared_with)
        )
    if said.kind is BlockKind.LIST:
        return check_introduction(said.introduction) + _says_something(said.text)
    if said.kind is BlockKind.TEXT:
        return _says_something(said.text)
    return gathered([None if said.prose else rules.NOTHING_SAID.at("prose")])


def _says_something(text: str | None) -> Findings:
    return gathered([None if (text or "").strip() else rules.NOTHING_SAID.at("text")])


def _check_comparison(text: str | None) -> Findings:
    if text is None or text == NO_COMPARISON:
        return Findings()
    try:
        parse_period(text)
    except UnreadableDate:
        return gathered([NOT_A_PERIOD.of(text=text)])
    return Findings()


def _say(block: AnnualReportBlock, said: Said) -> None:
    block.text, block.list_of, block.introduction = said.text, said.list_of, said.introduction
    block.figure, block.title, block.wording = said.figure, said.title, said.wording
    block.first, block.last, block.compared_with = said.first, said.last, said.compared_with
    block.shape, block.prose = said.shape, said.prose
    block.as_sentence, block.as_table, block.as_chart = said.as_sentence, said.as_table, said.as_chart
