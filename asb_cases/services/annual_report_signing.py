"""Signing the yearly report off: its figures, its words and its files are kept as they are, and never change again.

Everything is made before the act begins, so that nobody waits for it; the act makes sure that it is still what the records
say, and refuses where it is not.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from sqlalchemy import select

from asb_cases.adapters.storage import Received, Storage
from asb_cases.domain import annual_report as rules
from asb_cases.domain.calendar import in_words, local
from asb_cases.domain.errors import Findings, gathered
from asb_cases.domain.periods import financial_year
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.annual_report import AnnualReport, AnnualReportEdition, AnnualReportOutput
from asb_cases.queries.annual_reports import report_to_write, sections_of
from asb_cases.reports.annual_document import Document, FigureUsed, Revision, decoded, encoded
from asb_cases.reports.annual_outputs import Output, outputs
from asb_cases.reports.annual_report import annual_document, changed_since, shown
from asb_cases.reports.partnership import partnership_json, partnership_report
from asb_cases.services.annual_reports import name_of, open_report, touch
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

MOST_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True)
class Signing:
    """What is about to be signed: by whom, when, the version that was read, and why figures are others than before."""

    actor: Actor
    now: datetime
    year: int
    version: int | None
    reasons: Mapping[str, str]
    council: str


def sign_off(
    *,
    actor: Actor,
    now: datetime,
    year: int,
    version: int | None,
    storage: Storage,
    council: str,
    reasons: Mapping[str, str] = {},
) -> int:
    """Freeze the report as its next edition. Returns the edition's number. Raises RuleBroken, StaleVersion, NotFound."""
    actor.check(Permission.APPROVE_REPORTS)
    signing = Signing(actor, now, year, version, reasons, council)
    report = report_to_write(year)
    document = _document(signing, report)
    _check(signing, report, document).raise_if_refused()
    received: list[tuple[Output, Received]] = []
    try:
        received.extend(
            (each, storage.receive(BytesIO(each.content), MOST_BYTES)) for each in outputs(document, _standard(signing))
        )
        return _sign(signing, document, received, storage)
    finally:
        for _, each_received in received:
            storage.discard(each_received)


@transaction
def reopen(*, actor: Actor, now: datetime, year: int, version: int | None) -> None:
    """Open a signed report for a revision. What was signed stays, and stays published until the revision is signed."""
    actor.check(Permission.APPROVE_REPORTS)
    db.session.execute(select(AnnualReport.id).where(AnnualReport.year == year).with_for_update())
    report = report_to_write(year)
    check_version(report, version)
    gathered([None if report.editions and not report.open else rules.NOT_SIGNED]).raise_if_refused()
    report.open = True
    record("annual_report_reopened", Subject("annual_report", report.id), actor=actor, now=now)


def changed_figures(report: AnnualReport, now: Document) -> list[tuple[FigureUsed, FigureUsed]]:
    """The figures that are others in `now` than in the edition signed last: as they were, and as they are."""
    return changed_since(decoded(report.editions[-1].content), now) if report.editions else []


@transaction
def _sign(signing: Signing, document: Document, received: Sequence[tuple[Output, Received]], storage: Storage) -> int:
    report = open_report(signing.actor, signing.year)
    check_version(report, signing.version)
    again = _document(signing, report)
    content = encoded(document)
    gathered([None if encoded(again) == content else rules.CHANGED_WHILE_SIGNING]).raise_if_refused()
    _check(signing, report, again).raise_if_refused()
    edition = AnnualReportEdition(
        report_id=report.id,
        number=document.edition,
        signed_at=signing.now,
        signed_by_id=signing.actor.user_id,
        signed_by_name=name_of(signing.actor),
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
    )
    db.session.add(edition)
    db.session.flush()
    for each, arrived in received:
        db.session.add(
            AnnualReportOutput(
                edition_id=edition.id,
                format=each.form,
                media_type=each.media_type,
                sha256=arrived.sha256,
                size_bytes=arrived.size,
            )
        )
    report.open = False
    touch(report)
    hashes = {each.form: arrived.sha256 for each, arrived in received}
    details = {"edition": edition.number, "sha256": edition.sha256, "files": hashes}
    about = Subject("annual_report", report.id)
    record("annual_report_signed", about, actor=signing.actor, now=signing.now, details=details)
    db.session.flush()
    for _, arrived in received:
        storage.keep(arrived)
    return edition.number


def _document(signing: Signing, report: AnnualReport) -> Document:
    """What is signed: the report as it stands, its number and day, and every figure that is revised with the reason."""
    today = local(signing.now).date()
    plain = annual_document(report, signing.actor, today=today, council=signing.council)
    revisions = _revisions(signing, report, plain)
    whole = (
        annual_document(report, signing.actor, today=today, council=signing.council, revisions=revisions)
        if revisions
        else plain
    )
    number = len(report.editions) + 1
    return Document(
        **{field: getattr(whole, field) for field in Document.__struct_fields__ if field not in {"edition", "signed"}},
        edition=number,
        signed=in_words(today),
    )


def _revisions(signing: Signing, report: AnnualReport, now: Document) -> list[Revision]:
    """Those of earlier editions, and those that come with this one."""
    if not report.editions:
        return []
    last = decoded(report.editions[-1].content)
    new = {
        was.key: Revision(
            was.key,
            was.title,
            was.period,
            shown(was.value),
            shown(here.value),
            signing.reasons.get(was.key, "").strip(),
        )
        for was, here in changed_since(last, now)
    }
    return [*(each for each in last.revisions if each.key not in new), *new.values()]


def _check(signing: Signing, report: AnnualReport, document: Document) -> Findings:
    """Every section approved, and every figure that is another one explained."""
    waiting = [section.heading for section in sections_of(report) if section.approved_at is None]
    return gathered([
        None if report.open else rules.IS_SIGNED.of(year=financial_year(report.year).label),
        rules.SECTIONS_OPEN.of(headings=", ".join(waiting)) if waiting else None,
        *(
            rules.REASONS_NEEDED.of(title=each.title, period=each.period, was=each.was, now=each.now)
            for each in document.revisions
            if not each.because
        ),
    ])  # fmt: skip


def _standard(signing: Signing) -> dict[str, object]:
    year = financial_year(signing.year)
    return partnership_json(partnership_report(year, signing.actor, today=local(signing.now).date()))
