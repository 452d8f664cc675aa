"""A council's register of 2015-16 as somebody else keeps it: capital headings, days first, pounds, any order of rows.

Written from the published totals alone: 154 warnings, 39 notices, 1 fixed penalty, 1 conviction.
"""

import csv
import io
import random
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

HEADINGS = (
    "Reference", "Case Reference", "Category", "Ward", "Subject Name", "Subject Kind", "Subject Born On",
    "Subject Address", "Power", "Issued On", "Service Method", "Follows", "Requirements", "Outcome", "Outcome On",
    "Amount", "Paid On", "Offence From", "Officer Email",
)  # fmt: skip
YEAR_BEGINS = date(2015, 4, 1)
WARNINGS, NOTICES, SUBJECTS = 154, 39, 131
STREETS = ("Cowley Road", "Iffley Road", "Abingdon Road", "Walton Street", "Blackbird Leys Road")


def days_first(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def rows() -> list[dict[str, str]]:
    """The whole register, shuffled: notices stand before their warnings as often as after."""
    found: list[dict[str, str]] = []
    for number in range(WARNINGS):
        who = number % SUBJECTS
        found.append({
            "Reference": f"ASBI/W/{number + 1}",
            "Case Reference": f"M3-{who:05d}",
            "Category": ("Noise", "rowdy; street_drinking", "Litter or fly-tipping")[who % 3],
            "Ward": ("Cowley", "Carfax", "Littlemore")[who % 3],
            "Power": "cpw",
            "Issued On": days_first(YEAR_BEGINS + timedelta(days=number * 2)),
            "Service Method": ("Hand", "Post", "Email")[number % 3],
            "Requirements": "stop: playing music that can be heard next door; steps: keep guests from shouting",
            **subject(who),
        })  # fmt: skip
    for number in range(NOTICES):
        found.append({
            "Reference": f"ASBI/N/{number + 1}",
            "Power": "CPN",
            "Issued On": days_first(YEAR_BEGINS + timedelta(days=number * 2 + 20)),
            "Service Method": "Left",
            "Follows": f"asbi/w/{number + 1}",
            "Outcome": "complied" if number % 4 == 1 else "",
            "Outcome On": days_first(YEAR_BEGINS + timedelta(days=number * 2 + 200)) if number % 4 == 1 else "",
            "Officer Email": "J.Officer@old-council.example",
            **subject(number),
        })  # fmt: skip
    found.append({
        "Reference": "ASBI/F/1", "Power": "FPN", "Issued On": "01/10/2015", "Offence From": "28/09/2015",
        "Follows": "ASBI/N/3", "Amount": "£75.00", "Outcome": "Paid", "Paid On": "08/10/2015", **subject(2),
    })  # fmt: skip
    found.append({
        "Reference": "ASBI/P/1", "Power": "Prosecution", "Issued On": "04/01/2016", "Offence From": "12/11/2015",
        "Follows": "ASBI/N/5", "Outcome": "convicted", "Outcome On": "17/03/2016", **subject(4),
    })  # fmt: skip
    random.Random(20150401).shuffle(found)
    return found


def subject(number: int) -> dict[str, str]:
    """The same person for the same number: some by birth date, some by address, some companies."""
    address = f"{number + 1} {STREETS[number % len(STREETS)]}, Oxford"
    if number % 10 == 9:
        return {"Subject Name": f"Tenancies {number} Ltd", "Subject Kind": "body", "Subject Address": address}
    born = days_first(date(1960, 1, 1) + timedelta(days=number * 100)) if number % 2 else ""
    return {"Subject Name": f"Pat O’Brien-{number}", "Subject Born On": born, "Subject Address": address}


def texts() -> list[list[str]]:
    """Headings and rows, as cells."""
    return [list(HEADINGS), *([row.get(heading, "") for heading in HEADINGS] for row in rows())]


def write(folder: Path, suffix: str) -> Path:
    """The register as a file of one kind."""
    path = folder / f"register{suffix}"
    {".csv": write_csv, ".xlsx": write_xlsx, ".ods": write_ods}[suffix](path, texts())
    return path


def write_csv(path: Path, cells: Sequence[Sequence[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(cells)
    path.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode())


def write_xlsx(path: Path, cells: Sequence[Sequence[str]]) -> None:
    """Days as days and amounts as numbers, as a spreadsheet keeps them."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, as_day = book.add_worksheet("Register"), book.add_format({"num_format": "dd/mm/yyyy"})
        for row, texts_ in enumerate(cells):
            for column, text in enumerate(texts_):
                if row and cells[0][column] in {"Issued On", "Subject Born On"} and text:
                    day, month, year = (int(part) for part in text.split("/"))
                    sheet.write_datetime(row, column, date(year, month, day), as_day)
                elif row and cells[0][column] == "Amount" and text:
                    sheet.write_number(row, column, float(text.removeprefix("£")))
                else:
                    sheet.write_string(row, column, text)


def write_ods(path: Path, cells: Sequence[Sequence[str]]) -> None:
    """As LibreOffice would write it, as far as a reader cares."""
    table = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
            for text in row
        )
        + "</table:table-row>"
        for row in cells
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Register">{table}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("mimetype", kind, zipfile.ZIP_STORED)
        parts.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        parts.writestr("META-INF/manifest.xml", manifest)
