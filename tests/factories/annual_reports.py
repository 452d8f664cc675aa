"""A yearly report with one of everything: signed once, and open for a revision."""

from io import BytesIO

from asb_cases.adapters.storage import Storage
from asb_cases.domain.annual_report import BlockKind
from asb_cases.extensions import db
from asb_cases.models.annual_report import (
    AnnualReport,
    AnnualReportAppendix,
    AnnualReportBlock,
    AnnualReportComment,
    AnnualReportCoverLine,
    AnnualReportEdition,
    AnnualReportOutput,
    AnnualReportSection,
)
from asb_cases.reports.annual_document import Document, FigureUsed, Heading, Paragraph, Run, encoded
from asb_cases.reports.annual_html import file_html
from tests.factories.rows import NOW

WRITTEN_YEAR = 2014


def make_written_report(storage: Storage) -> dict[str, str]:
    """Make it. Returns what fills the variable parts of its addresses."""
    report = AnnualReport(year=WRITTEN_YEAR, started_at=NOW)
    db.session.add(report)
    db.session.flush()
    db.session.add(AnnualReportCoverLine(report_id=report.id, code="to", label="To", text="Council"))
    section = AnnualReportSection(
        report_id=report.id, place=1, heading="Enforcement", changed_at=NOW, author="A. Uthor"
    )
    taken_out = AnnualReportSection(report_id=report.id, place=2, heading="Old", changed_at=NOW, removed_at=NOW)
    db.session.add_all([section, taken_out])
    db.session.flush()
    block = AnnualReportBlock(
        section_id=section.id,
        place=1,
        kind=BlockKind.FIGURE,
        figure="cpn_issued",
        as_sentence=True,
        as_chart=True,
    )
    words = AnnualReportBlock(
        section_id=section.id, place=2, kind=BlockKind.TEXT, text="Some **words**.\n\n- one\n- two"
    )
    db.session.add_all([block, words])
    db.session.add(AnnualReportComment(section_id=section.id, text="Well said.", made_at=NOW, made_by_name="M. Anager"))
    appendix = AnnualReportAppendix(report_id=report.id, added_at=NOW, title="Plan", **_kept(storage, b"plan"))
    db.session.add(appendix)
    edition = AnnualReportEdition(
        report_id=report.id,
        number=1,
        signed_at=NOW,
        signed_by_name="M. Anager",
        content=encoded(SIGNED),
        sha256="0" * 64,
    )
    db.session.add(edition)
    db.session.flush()
    kept = _kept(storage, file_html(SIGNED).encode())
    db.session.add(
        AnnualReportOutput(
            edition_id=edition.id,
            format="html",
            media_type="application/octet-stream",
            sha256=kept["sha256"],
            size_bytes=kept["size_bytes"],
        )
    )
    db.session.commit()
    return {
        "written": "2014-15",
        "section": str(section.id),
        "block": str(block.id),
        "appendix": str(appendix.id),
        "edition": "1",
        "block_kind": "figure",
        "format": "html",
    }


#: What was signed: it says that no notice was issued in the year.
SIGNED = Document(
    council="Oxford City Council",
    title="The year 2014-15",
    year="2014-15",
    cover=(),
    elements=(Heading(1, "Enforcement", "section-1"), Paragraph((Run("No notice was issued."),), 1)),
    appendices=(),
    figures=(FigureUsed("cpn_issued", "2014-04-01", "2015-03-31", "Notices", "2014-15", "0"),),
    edition=1,
    signed="1 July 2015",
)


def _kept(storage: Storage, content: bytes) -> dict[str, object]:
    received = storage.receive(BytesIO(content), len(content))
    storage.keep(received)
    return {"name": "plan.txt", "media_type": "text/plain", "sha256": received.sha256, "size_bytes": received.size}
