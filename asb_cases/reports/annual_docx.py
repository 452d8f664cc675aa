"""A yearly report as a Word document: real headings, numbered paragraphs, lists, tables with header rows, charts with words.

The same report gives the same bytes: no clock and no chance goes into them.
"""

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from asb_cases.reports.annual_charts import chart_png
from asb_cases.reports.annual_document import (
    Chart,
    CoverEntry,
    Document,
    Element,
    Heading,
    Item,
    Items,
    Paragraph,
    Runs,
    Table,
)

#: What every file says of when it was made: the date by which zip files begin.
NO_TIME = (1980, 1, 1, 0, 0, 0)
BULLETS, NUMBERS, NUMBERED = ("List Bullet", "List Bullet 2", "List Bullet 3"), "List Number 2", "List Number"


def docx_bytes(document: Document) -> bytes:
    """The file."""
    word = new_document()
    _styles(word)
    _properties(word, document)
    word.add_paragraph(document.council)
    word.add_heading(document.title, 0)
    _cover(word, "Summary", [line for line in document.cover if not line.after])
    if document.appendices:
        word.add_heading("Appendices", 2)
        for file in document.appendices:
            word.add_paragraph(f"{file.title} ({file.name})", BULLETS[0])
    for element in document.elements:
        _element(word, element)
    author = [line for line in document.cover if line.after]
    if author:
        word.add_heading("Author of the report", 1)
        _cover(word, "Author", author)
    if document.edition:
        word.add_paragraph(f"Edition {document.edition}, signed off on {document.signed}.")
    written = BytesIO()
    word.save(written)
    return _without_time(written.getvalue())


def _element(word: WordDocument, element: Element) -> None:
    if isinstance(element, Heading):
        word.add_heading(element.text, element.level)
    elif isinstance(element, Paragraph):
        paragraph = word.add_paragraph(style=NUMBERED if element.number else None)
        _runs(paragraph, element.runs)
    elif isinstance(element, Items):
        _items(word, element.items, ordered=element.ordered)
    elif isinstance(element, Chart):
        _chart(word, element)
    else:
        _table(word, element)


def _items(word: WordDocument, items: tuple[Item, ...], *, ordered: bool, depth: int = 0) -> None:
    for place, item in enumerate(items, 1):
        paragraph = word.add_paragraph(style=None if ordered else BULLETS[min(depth, 2)])
        if ordered:  # Word would go on counting from the list before
            paragraph.paragraph_format.left_indent = Cm(1.25)
            paragraph.add_run(f"{place}. ")
        _runs(paragraph, item.runs)
        _items(word, item.below, ordered=False, depth=depth + 1)


def _runs(paragraph: Any, runs: Runs) -> None:
    for run in runs:
        if run.href:
            _link(paragraph, run.text, run.href)
            continue
        written = paragraph.add_run(run.text)
        written.bold, written.italic = run.bold or None, run.italic or None


def _link(paragraph: Any, text: str, address: str) -> None:
    reference = paragraph.part.relate_to(
        address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
    )
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), reference)
    run = paragraph.add_run(text)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _chart(word: WordDocument, chart: Chart) -> None:
    """A picture with its words: `descr` is what a screen reader says."""
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run().add_picture(BytesIO(chart_png(chart)), width=Cm(15.5))
    for properties in paragraph._p.iter(qn("wp:docPr")):
        properties.set("descr", chart.alternative)
        properties.set("title", chart.caption)


def _table(word: WordDocument, table: Table) -> None:
    word.add_paragraph(table.caption, "Caption").paragraph_format.keep_with_next = True
    made = word.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    for cell, text in zip(made.rows[0].cells, table.columns, strict=True):
        _cell(cell, text, bold=True, numeric=cell is not made.rows[0].cells[0])
    _heads(made.rows[0])
    for row in table.rows:
        cells = made.add_row().cells
        for place, text in enumerate(row):
            _cell(cells[place], text, numeric=place > 0)
    _described(made, table.caption)
    for note in table.notes:
        word.add_paragraph(note).runs[0].font.size = Pt(9)
    if not table.notes:
        word.add_paragraph()


def _cover(word: WordDocument, caption: str, lines: list[CoverEntry]) -> None:
    if not lines:
        return
    made = word.add_table(rows=0, cols=2, style="Table Grid")
    for line in lines:
        cells = made.add_row().cells
        _cell(cells[0], line.label, bold=True)
        _cell(cells[1], line.text)
    for row in made.rows:
        row.cells[0].width, row.cells[1].width = Cm(5.5), Cm(10.5)
    _described(made, caption)
    word.add_paragraph()


def _cell(cell: Any, text: str, *, bold: bool = False, numeric: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(text).bold = bold or None
    if numeric:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _heads(row: Any) -> None:
    """Mark the row of headings: it is read out with each cell, and stands again on the next page."""
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)


def _described(table: Any, caption: str) -> None:
    said = OxmlElement("w:tblCaption")
    said.set(qn("w:val"), caption)
    table._tbl.tblPr.append(said)


def _styles(word: WordDocument) -> None:
    """A4, a plain typeface, dark headings; British English for whoever reads it out."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    for name in ("Normal", "Title", "Caption", "Heading 1", "Heading 2", "Heading 3"):
        style: Any = word.styles[name]
        style.font.name = "Arial"
        style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in list(fonts.attrib):
            if kind.endswith("Theme"):
                del fonts.attrib[kind]
        fonts.set(qn("w:hAnsi"), "Arial")
    normal: Any = word.styles["Normal"]
    normal.font.size = Pt(11)
    for name, size in (("Title", 20), ("Heading 1", 15), ("Heading 2", 13), ("Heading 3", 11.5), ("Caption", 11)):
        sized: Any = word.styles[name]
        sized.font.size = Pt(size)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)


def _properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title, properties.author, properties.language = document.title, document.council, "en-GB"
    properties.comments = ""
    properties.last_modified_by = ""
    properties.created = properties.modified = datetime(*NO_TIME)  # noqa: DTZ001 (a document knows no zone)


def _without_time(content: bytes) -> bytes:
    """The same parts in a zip file that says nothing of when it was written."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as parts, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as again:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            again.writestr(entry, parts.read(name))
    return written.getvalue()
