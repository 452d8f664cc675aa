"""The yearly report as it is written: begun, its cover sheet, its sections in their order, what is said about them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from asb_cases.adapters.storage import Storage
from asb_cases.domain import annual_report as rules
from asb_cases.domain.annual_report import COVER, FIRST_STRUCTURE, BlockKind, SentenceShape
from asb_cases.domain.errors import RuleBroken, gathered
from asb_cases.domain.periods import financial_year
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.annual_report import (
    AnnualReport,
    AnnualReportAppendix,
    AnnualReportBlock,
    AnnualReportComment,
    AnnualReportCoverLine,
    AnnualReportSection,
)
from asb_cases.models.user import User
from asb_cases.queries.annual_reports import appendix_in, blocks_of, report_of, report_to_write, section_in, sections_of
from asb_cases.queries.not_found import NotFound
from asb_cases.services.files import NewFile
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

CONSOLE_NAME = "The console"
#: Which way a section or a block is moved: one place, out of the report, or back into it.
UP, DOWN, OUT, BACK = "up", "down", "out", "back"
#: What one block and another of the same report share, and so is carried into the next year's.
CARRIED = ("kind", "text", "list_of", "introduction", "figure", "title", "wording", "compared_with", "shape", "as_sentence",
           "as_table", "as_chart", "prose", "place")  # fmt: skip


class CoverShown:
    """The cover sheet as its form shows it: what two people at once are shown of each other."""

    def __init__(self, report: AnnualReport) -> None:
        self.comparisons = report.comparisons
        for line in report.cover:
            setattr(self, f"{line.code}_text", line.text)
            setattr(self, f"{line.code}_label", line.label)


@transaction
def start_report(*, actor: Actor, now: datetime, year: int, carry_from: int | None = None) -> int:
    """Begin the report of a year: with the structure, and the words, of the report of `carry_from`, else with the headings
    that such reports have. Raises RuleBroken where it is begun already, NotFound where there is nothing to carry."""
    actor.check(Permission.WRITE_REPORTS)
    if report_of(year) is not None:
        raise RuleBroken((rules.ALREADY_STARTED.of(year=financial_year(year).label),))
    earlier = report_to_write(carry_from) if carry_from is not None else None
    report = AnnualReport(
        year=year, started_at=now, started_by_id=actor.user_id, carried_from_id=earlier.id if earlier else None
    )
    db.session.add(report)
    db.session.flush()
    if earlier is None:
        _first_structure(report, now)
    else:
        _carry(earlier, report, now)
    details = {"year": year, "carried_from": carry_from}
    record("annual_report_started", _about(report), actor=actor, now=now, details=details)
    return report.id


@transaction
def change_cover(
    *,
    actor: Actor,
    now: datetime,
    year: int,
    version: int | None,
    lines: Mapping[str, tuple[str | None, str | None]],
    comparisons: str | None,
) -> None:
    """Say what stands on the cover sheet (by code, the label and the text of each line), and with which years the report is
    compared. Raises RuleBroken, StaleVersion, NotFound."""
    report = open_report(actor, year)
    check_version(report, version, shown=lambda: CoverShown(report))
    kept = {line.code: line for line in report.cover}
    for line in COVER:
        if line.code not in lines:
            continue
        label, text = lines[line.code]
        row = kept.get(line.code)
        if row is None:
            row = AnnualReportCoverLine(report_id=report.id, code=line.code)
            db.session.add(row)
        row.label, row.text = (label or "").strip() or line.label, text
    report.comparisons = comparisons or ""
    touch(report)
    record("annual_report_changed", _about(report), actor=actor, now=now, details={"what": "cover"})


@transaction
def add_section(
    *, actor: Actor, now: datetime, year: int, heading: str, level: int = 1, author: str | None = None
) -> int:
    """Put a new section behind the others. Returns its id."""
    report = open_report(actor, year)
    standing = sections_of(report)
    gathered([
        None if heading.strip() else rules.HEADING_NEEDED,
        rules.TOO_LONG.of(most=rules.MOST_SECTIONS, what="sections") if len(standing) >= rules.MOST_SECTIONS else None,
    ]).raise_if_refused()  # fmt: skip
    place = max((section.place for section in report.sections), default=0) + 1
    section = AnnualReportSection(
        report_id=report.id, place=place, level=level, heading=heading.strip(), author=author, changed_at=now
    )
    db.session.add(section)
    db.session.flush()
    record_section("added", section, actor, now)
    return section.id


@transaction
def change_section(
    *,
    actor: Actor,
    now: datetime,
    year: int,
    section_id: int,
    version: int | None,
    heading: str,
    level: int,
    author: str | None,
) -> None:
    """Word the heading anew, set it higher or lower, or name another author. Raises RuleBroken, StaleVersion, NotFound."""
    open_report(actor, year)
    section = section_in(year, section_id)
    check_version(section, version)
    gathered([None if heading.strip() else rules.HEADING_NEEDED]).raise_if_refused()
    section.heading, section.level, section.author = heading.strip(), level, author
    changed(section, now)
    record_section("changed", section, actor, now)


@transaction
def move_section(*, actor: Actor, now: datetime, year: int, section_id: int, to: str) -> None:
    """Move a section one place up or down, out of the report, or back into it. Nothing of it is lost."""
    report = open_report(actor, year)
    section = next((each for each in report.sections if each.id == section_id), None)
    if section is None:
        raise NotFound("section")
    moved(sections_of(report), section, to, now)
    changed(section, now, approved=to in {UP, DOWN})
    record_section("moved", section, actor, now, to=to)


@transaction
def approve_section(*, actor: Actor, now: datetime, year: int, section_id: int, version: int | None) -> None:
    """Approve what stands in a section, as it was shown. Raises StaleVersion where it was changed meanwhile."""
    actor.check(Permission.APPROVE_REPORTS)
    open_report(actor, year)
    section = section_in(year, section_id)
    check_version(section, version)
    section.approved_at, section.approved_by_id, section.approved_by_name = now, actor.user_id, name_of(actor)
    record_section("approved", section, actor, now)


@transaction
def comment_on(*, actor: Actor, now: datetime, year: int, section_id: int, text: str) -> None:
    """Say something about a section. Refused once it is approved."""
    open_report(actor, year)
    section = section_in(year, section_id)
    gathered([
        None if text.strip() else rules.COMMENT_NEEDED,
        rules.APPROVED_ALREADY if section.approved_at else None,
    ]).raise_if_refused()  # fmt: skip
    db.session.add(
        AnnualReportComment(
            section_id=section.id,
            text=text.strip(),
            made_at=now,
            made_by_id=actor.user_id,
            made_by_name=name_of(actor),
        )
    )
    record_section("commented", section, actor, now)


@transaction
def add_appendix(
    *, actor: Actor, now: datetime, year: int, title: str, file: NewFile, media_type: str, storage: Storage
) -> None:
    """Let a file go with the report."""
    report = open_report(actor, year)
    row = AnnualReportAppendix(
        report_id=report.id,
        title=title.strip(),
        name=file.name,
        media_type=media_type,
        sha256=file.received.sha256,
        size_bytes=file.received.size,
        added_at=now,
        added_by_id=actor.user_id,
    )
    db.session.add(row)
    db.session.flush()
    details = {"what": "appendix", "appendix": row.id, "sha256": row.sha256}
    record("annual_report_changed", _about(report), actor=actor, now=now, details=details)
    storage.keep(file.received)


@transaction
def remove_appendix(*, actor: Actor, now: datetime, year: int, appendix_id: int) -> None:
    """Let a file go with the report no more. Its bytes are kept."""
    report = open_report(actor, year)
    appendix_in(year, appendix_id).removed_at = now
    details = {"what": "appendix_removed", "appendix": appendix_id}
    record("annual_report_changed", _about(report), actor=actor, now=now, details=details)


def open_report(actor: Actor, year: int) -> AnnualReport:
    """The report, locked, for somebody who may write it. Raises NotPermitted, NotFound, RuleBroken where it is signed."""
    if not (actor.may(Permission.WRITE_REPORTS) or actor.may(Permission.APPROVE_REPORTS)):
        actor.check(Permission.WRITE_REPORTS)
    db.session.execute(select(AnnualReport.id).where(AnnualReport.year == year).with_for_update())
    report = report_to_write(year)
    gathered([None if report.open else rules.IS_SIGNED.of(year=financial_year(year).label)]).raise_if_refused()
    return report


def touch(report: AnnualReport) -> None:
    """Let whoever had the report open before be told, although no column of its own changed."""
    report.version += 1


def changed(section: AnnualReportSection, now: datetime, *, approved: bool = False) -> None:
    """Note that a section says something else, and take its approval back unless it stays (`approved`)."""
    section.changed_at = now
    if not approved:
        section.approved_at = section.approved_by_id = section.approved_by_name = None


def moved(
    standing: list[AnnualReportSection] | list[AnnualReportBlock],
    row: AnnualReportSection | AnnualReportBlock,
    to: str,
    now: datetime,
) -> None:
    """Give a row its new place among those that stand, which are numbered afresh."""
    order: list[AnnualReportSection | AnnualReportBlock] = list(standing)
    if to == OUT:
        row.removed_at = now
    elif to == BACK and row.removed_at is not None:
        row.removed_at = None
        order.append(row)
    elif row in order:
        place = order.index(row)
        other = min(max(place + (1 if to == DOWN else -1), 0), len(order) - 1)
        order[place], order[other] = order[other], order[place]
    for place, each in enumerate(order, 1):
        each.place = place


def record_section(what: str, section: AnnualReportSection, actor: Actor, now: datetime, **more: object) -> None:
    details = {"what": f"section_{what}", "section": section.id, **more}
    about = Subject("annual_report", section.report_id)
    kind = "annual_report_approved" if what == "approved" else "annual_report_changed"
    record(kind, about, actor=actor, now=now, details=details)


def name_of(actor: Actor) -> str:
    """The name under which an actor's approval stands, whatever becomes of the account."""
    user = db.session.get(User, actor.user_id) if actor.user_id is not None else None
    return user.name if user else CONSOLE_NAME


def _about(report: AnnualReport) -> Subject:
    return Subject("annual_report", report.id)


def _first_structure(report: AnnualReport, now: datetime) -> None:
    for place, plan in enumerate(FIRST_STRUCTURE, 1):
        section = AnnualReportSection(
            report_id=report.id, place=place, level=plan.level, heading=plan.heading, changed_at=now
        )
        db.session.add(section)
        db.session.flush()
        for at, prose in enumerate(plan.prose, 1):
            db.session.add(
                AnnualReportBlock(
                    section_id=section.id, place=at, kind=BlockKind.PROSE, prose=prose, shape=SentenceShape.PARAGRAPH
                )
            )


def _carry(earlier: AnnualReport, report: AnnualReport, now: datetime) -> None:
    """The cover sheet without its date, and every section with its blocks. A figure's own period is not carried: it was of
    that year. Nothing is approved."""
    for line in earlier.cover:
        text = None if line.code in {"date", "title"} else line.text
        db.session.add(AnnualReportCoverLine(report_id=report.id, code=line.code, label=line.label, text=text))
    for section in sections_of(earlier):
        copy = AnnualReportSection(
            report_id=report.id,
            place=section.place,
            level=section.level,
            heading=section.heading,
            author=section.author,
            changed_at=now,
        )
        db.session.add(copy)
        db.session.flush()
        for block in blocks_of(section):
            db.session.add(
                AnnualReportBlock(section_id=copy.id, **{column: getattr(block, column) for column in CARRIED})
            )
