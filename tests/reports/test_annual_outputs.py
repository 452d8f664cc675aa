"""The formats of the yearly report, opened by libraries that had no part in writing them."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document as read_word
from flask import Flask, render_template
from PIL import Image
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from asb_cases.reports.annual_charts import drawing_of
from asb_cases.reports.annual_document import (
    Bar,
    Chart,
    CoverEntry,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Run,
    Table,
    decoded,
    encoded,
)
from asb_cases.reports.annual_outputs import TYPES, output
from tests.support.page_markup import Page

pytestmark = pytest.mark.engines("sqlite")
EVIL = "<script>alert(1)</script> & “so”"
DOCUMENT = Document(
    council="Oxford City Council",
    title="The year 2015-16",
    year="2015-16",
    cover=(CoverEntry("to", "To", EVIL), CoverEntry("author", "Name", "A. Uthor", after=True)),
    elements=(
        Heading(1, "Crime", "section-1"),
        Paragraph((Run("Crime rose to "), Run("14,081", path="/reports/figures/x"), Run(".")), 1),
        Paragraph((Run("Bold", bold=True), Run(" and "), Run("linked", href="https://example.org/"), Run(EVIL)), 2),
        Items((Item((Run("one"),), (Item((Run("below"),)),)), Item((Run("two"),)))),
        Chart(
            "Crime",
            "Bar chart. Crime: 13,718 in 2014-15, 14,081 in 2015-16.",
            ("2014-15", "2015-16"),
            (Bar("Crime", 0, 13718.0, "13,718"), Bar("Crime", 1, 14081.0, "14,081")),
        ),
        Table(
            "Crime, 2015-16",
            ("Figure", "2015-16", "Change"),
            (("Crime", "14,081", "+2.6%"), ("=1+1", "about 100", "n/a")),
            ("Source.",),
        ),
    ),
    appendices=(),
    figures=(),
)


def made(form: str) -> bytes:
    return output(DOCUMENT, form, {"title": "Partnership report"}).content


def test_the_same_report_is_the_same_bytes_in_every_format(in_app: Flask) -> None:
    again = decoded(encoded(DOCUMENT))
    assert again == DOCUMENT
    for form in TYPES:
        assert output(again, form, {"title": "Partnership report"}).content == made(form), form


def test_the_page_is_whole_and_holds_nothing_that_runs(in_app: Flask) -> None:
    page = Page(made("html").decode()).root
    assert [each.text for each in page.all("h1")] == ["The year 2015-16"]
    assert not page.all("script")
    (image,) = page.all("img")
    assert "13,718 in 2014-15" in image.attributes["alt"]
    assert [each.attributes.get("scope") for each in page.all("th")] == ["col", "col", "col", "row", "row"]
    assert {link.attributes["href"] for link in page.all("a")} == {"https://example.org/"}  # the public gets no rows
    on_screen = Page(
        render_template("annual_reports/body.html", document=DOCUMENT, links=True, drawing_of=drawing_of)
    ).root
    assert "/reports/figures/x" in {link.attributes["href"] for link in on_screen.all("a")}
    assert on_screen.all("svg")[0].attributes["aria-label"].startswith("Bar chart.")


def test_the_pdf_is_tagged_has_a_language_a_title_and_words_for_its_chart(in_app: Flask) -> None:
    read = PdfReader(BytesIO(made("pdf")))
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert str(read.metadata.title if read.metadata else "").startswith("The year 2015-16")
    text = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    assert "1. Crime rose to 14,081." in text
    kinds, words = set[str](), list[str]()

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict) and "/S" in node:
            kinds.add(str(node["/S"]))
            words.extend([str(node["/Alt"])] if "/Alt" in node else [])
            walk(node.get("/K", []))

    walk(root["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/P", "/L", "/Table", "/TH", "/TD", "/Figure"} <= kinds
    assert any("13,718 in 2014-15" in each for each in words)


def test_word_finds_headings_numbers_lists_header_rows_and_words_for_charts(in_app: Flask) -> None:
    content = made("docx")
    word = read_word(BytesIO(content))
    styles = {paragraph.text.strip(): paragraph.style.name for paragraph in word.paragraphs if paragraph.text.strip()}
    assert styles["The year 2015-16"] == "Title"
    assert styles["Crime"] == "Heading 1"
    assert styles["Crime rose to 14,081."] == "List Number"
    assert (styles["one"], styles["below"]) == ("List Bullet", "List Bullet 2")
    table = word.tables[1]
    assert [cell.text for cell in table.rows[1].cells] == ["Crime", "14,081", "+2.6%"]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    with ZipFile(BytesIO(content)) as parts:
        text = parts.read("word/document.xml").decode()
        (picture,) = [name for name in parts.namelist() if name.endswith(".png")]
        assert Image.open(BytesIO(parts.read(picture))).format == "PNG"
        assert "2013-12-23" not in parts.read("docProps/core.xml").decode()
    assert re.search(r'descr="Bar chart\. Crime: 13,718', text)
    assert word.core_properties.title == "The year 2015-16"


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_workbooks_hold_numbers_as_numbers_and_formulas_as_words(in_app: Flask, form: str) -> None:
    rows = CalamineWorkbook.from_filelike(BytesIO(made(form))).get_sheet_by_index(0).to_python()
    assert ["Crime", 14081, "+2.6%"] in rows
    assert ["=1+1", "about 100", "n/a"] in rows


def test_csv_is_guarded_and_json_holds_what_every_year_has(in_app: Flask) -> None:
    lines = made("csv").decode("utf-8-sig").splitlines()
    assert lines[:2] == ["table,row,column,value", '"Crime, 2015-16",Crime,2015-16,14081']
    assert any("'=1+1" in line for line in lines)
    assert b'"title": "Partnership report"' in made("json")
    assert b'"report": {' in made("json")
