"""A yearly report in every format that it is given out in. The same report gives the same bytes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from asb_cases.adapters.pdf import made_pdf, pdf_fault
from asb_cases.adapters.workbooks import ODS_TYPE, XLSX_TYPE, Sheet, workbook
from asb_cases.reports.annual_document import Document, Table
from asb_cases.reports.annual_docx import docx_bytes
from asb_cases.reports.annual_html import file_html
from asb_cases.reports.export import csv_text

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: What a browser is told of each format, by the ending of the file's name. The page is saved, and never shown as one of ours.
TYPES = {
    "html": "application/octet-stream",
    "pdf": "application/pdf",
    "docx": DOCX_TYPE,
    "xlsx": XLSX_TYPE,
    "ods": ODS_TYPE,
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
#: How each is offered on a page.
OFFERED = {
    "pdf": "PDF",
    "docx": "Word",
    "html": "Web page",
    "csv": "Tables as CSV",
    "xlsx": "Tables as XLSX",
    "ods": "Tables as ODS",
    "json": "JSON",
}
CSV_HEADER = ("table", "row", "column", "value")


@dataclass(frozen=True)
class Output:
    """A report in one format."""

    form: str
    media_type: str
    content: bytes


def output(document: Document, form: str, standard: Mapping[str, Any]) -> Output:
    """The report in a format of `TYPES`. `standard` is what the JSON of every year holds, written or not. Raises `PdfAway`."""
    return Output(form, TYPES[form], _content(document, form, standard))


def outputs(document: Document, standard: Mapping[str, Any]) -> Iterator[Output]:
    """The report in every format that this machine can make: where there is no PDF, the others are kept all the same."""
    for form in TYPES:
        if form != "pdf" or pdf_fault() is None:
            yield output(document, form, standard)


def file_name(document: Document, form: str) -> str:
    """What the file is called."""
    edition = f"-edition-{document.edition}" if document.edition else ""
    return f"partnership-report-{document.year}{edition}.{form}"


def _content(document: Document, form: str, standard: Mapping[str, Any]) -> bytes:
    if form == "html":
        return file_html(document).encode()
    if form == "pdf":
        return made_pdf(file_html(document))
    if form == "docx":
        return docx_bytes(document)
    if form == "csv":
        return f"\ufeff{csv_text(CSV_HEADER, _cells(document))}".encode()
    if form == "json":
        return _json(document, standard).encode()
    return workbook(_sheets(document), form, title=document.title, author=document.council)


def _json(document: Document, standard: Mapping[str, Any]) -> str:
    """What every year's JSON holds, and the written report beside it."""
    whole = {**standard, "report": msgspec.to_builtins(document)}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _cells(document: Document) -> Iterator[tuple[object, ...]]:
    """Every cell of every table, a line each."""
    for table in document.tables:
        for row in table.rows:
            for column, cell in zip(table.columns[1:], row[1:], strict=True):
                yield table.caption, row[0], column, _number(cell)


def _sheets(document: Document) -> list[Sheet]:
    tables = document.tables or [Table("No tables", ("Nothing",), ())]
    return [
        Sheet(
            table.caption,
            table.columns,
            [[row[0], *map(_number, row[1:])] for row in table.rows],
            (document.title, table.caption, *table.notes),
        )
        for table in tables
    ]


def _number(cell: str) -> object:
    """A number where the cell is one; a qualifier, a change and what is not known stay words."""
    try:
        return Decimal(cell.replace(",", ""))
    except InvalidOperation:
        return cell
