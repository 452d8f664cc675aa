"""Tables written as workbooks: XLSX and ODS files that any office program opens. The same tables give the same bytes.

Text stays text: no cell is run as a formula, followed as a link or taken for a number. Reading is in `spreadsheets`.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from asb_cases.domain.calendar import local

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
#: Formats of a file of tables by the ending of its name, and what a browser is told of each.
TYPES = {"xlsx": XLSX_TYPE, "ods": ODS_TYPE}

LONGEST_CELL = 32_767
LONGEST_NAME = 31
#: Whole numbers beyond this lose digits in a spreadsheet, and so are written as text.
LARGEST_NUMBER = 10**15
#: A zip file knows no day before this one.
NO_DAY = datetime(1980, 1, 1)  # noqa: DTZ001 (a zip file and a workbook know no zone)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")

Cell = object
Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Sheet:
    """One table: its name, what stands above it (each line a row), the names of its columns, and its rows.

    Cells are text, whole or decimal numbers, days, yes or no, and None for an empty one.
    """

    name: str
    header: Sequence[str]
    rows: Rows
    above: Sequence[str] = ()


def workbook(sheets: Sequence[Sheet], ending: str, *, title: str, author: str) -> bytes:
    """The tables as a file of that ending: `xlsx` or `ods`."""
    write = {"xlsx": _xlsx, "ods": _ods}[ending]
    return write(list(_named(sheets)), title, author)


def _named(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Sheet]]:
    """Each sheet with a name that every program takes, and that no other sheet of the file has."""
    taken: set[str] = set()
    for sheet in sheets:
        plain = _NOT_IN_NAMES.sub(" ", _clean(sheet.name)).strip(" '") or "Sheet"
        name, number = plain[:LONGEST_NAME], 1
        while name.lower() in taken:
            number += 1
            name = f"{plain[: LONGEST_NAME - 4]} {number}"
        taken.add(name.lower())
        yield name, sheet


def _clean(text: str) -> str:
    """Without what no XML file may hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _plain(cell: Cell) -> str | int | float | date | None:
    """A cell as both formats know it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return f"{local(cell):%Y-%m-%d %H:%M}"
    if cell is None or isinstance(cell, date):
        return cell
    if isinstance(cell, int | float | Decimal) and -LARGEST_NUMBER < cell < LARGEST_NUMBER:
        return int(cell) if cell == int(cell) else float(cell)
    return _clean(str(cell))


def _widths(sheet: Sheet) -> list[int]:
    """How wide each column is, in letters: as its longest word of the first rows, within reason."""
    columns = [[str(name), *(_shown(row[at]) for row in sheet.rows[:200])] for at, name in enumerate(sheet.header)]
    return [min(60, max(10, *[len(text) + 2 for text in texts])) for texts in columns]


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _xlsx(sheets: list[tuple[str, Sheet]], title: str, author: str) -> bytes:
    from xlsxwriter import Workbook

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, options) as book:
        book.set_properties({"title": _clean(title), "author": _clean(author), "created": NO_DAY})
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {"day": book.add_format({"num_format": "d mmm yyyy", "align": "left"})}
        for name, sheet in sheets:
            _xlsx_sheet(book.add_worksheet(name), sheet, heading, formats)
    return file.getvalue()


def _xlsx_sheet(page: Any, sheet: Sheet, heading: Any, formats: dict[str, Any]) -> None:
    for at, line in enumerate(sheet.above):
        page.write_string(at, 0, _clean(line)[:LONGEST_CELL])
    top = len(sheet.above) + bool(sheet.above)
    for column, width in enumerate(_widths(sheet)):
        page.set_column(column, column, width)
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    for column, text in enumerate(sheet.header):
        page.write_string(top, column, _clean(text), heading)
    for down, row in enumerate(sheet.rows, start=top + 1):
        for column, cell in enumerate(row):
            _xlsx_cell(page, down, column, _plain(cell), formats)


def _xlsx_cell(
    page: Any, down: int, column: int, cell: str | int | float | date | None, formats: dict[str, Any]
) -> None:
    if isinstance(cell, str):
        page.write_string(down, column, cell[:LONGEST_CELL])
    elif isinstance(cell, date):
        page.write_datetime(down, column, datetime(cell.year, cell.month, cell.day), formats["day"])  # noqa: DTZ001
    elif cell is not None:
        page.write_number(down, column, cell)


def _ods(sheets: list[tuple[str, Sheet]], title: str, author: str) -> bytes:
    from odf.dc import Creator, Title
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.style import Style, TextProperties

    book = OpenDocumentSpreadsheet()
    book.meta.addElement(Title(text=_clean(title)))
    book.meta.addElement(Creator(text=_clean(author)))
    bold = Style(name="Heading", family="table-cell")
    bold.addElement(TextProperties(fontweight="bold"))
    book.automaticstyles.addElement(bold)
    for at, (name, sheet) in enumerate(sheets):
        book.spreadsheet.addElement(_ods_table(book, f"t{at}", name, sheet))
    file = io.BytesIO()
    book.write(
        io.BytesIO()
    )  # the library names more namespaces the first time it writes: only then do they stay the same
    book.write(file)
    return _undated(file.getvalue())


def _ods_table(book: Any, prefix: str, name: str, sheet: Sheet) -> Any:
    from odf.style import Style, TableColumnProperties
    from odf.table import Table, TableColumn, TableHeaderRows, TableRow

    table = Table(name=name)
    for at, width in enumerate(_widths(sheet)):
        style = Style(name=f"{prefix}c{at}", family="table-column")
        style.addElement(TableColumnProperties(columnwidth=f"{width * 0.21:.2f}cm"))
        book.automaticstyles.addElement(style)
        table.addElement(TableColumn(stylename=style))
    for line in (*sheet.above, *([""] if sheet.above else [])):
        table.addElement(_ods_row([line]))
    head = TableHeaderRows()
    head.addElement(_ods_row(sheet.header, style="Heading"))
    table.addElement(head)
    for row in sheet.rows:
        table.addElement(_ods_row(row))
    if not sheet.rows:
        table.addElement(TableRow())
    return table


def _ods_row(cells: Sequence[Cell], style: str | None = None) -> Any:
    from odf.table import TableCell, TableRow
    from odf.text import P

    row = TableRow()
    for cell in map(_plain, cells):
        named = {"stylename": style} if style else {}
        if isinstance(cell, int | float):
            written = TableCell(valuetype="float", value=repr(cell), **named)
        elif isinstance(cell, date):
            written = TableCell(valuetype="date", datevalue=cell.isoformat(), **named)
        else:
            written = TableCell(valuetype="string", **named) if cell else TableCell(**named)
        for line in _shown(cell).split("\n") if cell is not None and cell != "" else ():
            written.addElement(P(text=line))
        row.addElement(written)
    return row


def _undated(packed: bytes) -> bytes:
    """The same archive without the moment it was made at, so that one table is always the same file."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(file, "w") as new:
        for each in old.infolist():
            part = zipfile.ZipInfo(each.filename, (NO_DAY.year, NO_DAY.month, NO_DAY.day, 0, 0, 0))
            part.compress_type = each.compress_type
            new.writestr(part, old.read(each))
    return file.getvalue()
