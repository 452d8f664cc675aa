"""Tables written as workbooks, read back by a library that is not the one that wrote them."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from asb_cases.adapters.spreadsheets import read_table
from asb_cases.adapters.workbooks import TYPES, Sheet, workbook

HARMFUL = ["=1+1", "+44 1865", "-5", "@SUM(A1)", "http://example.org", "0123"]
TABLE = Sheet(
    "Wards: 2015/16",
    ["Ward", "Number", "Rate", "Day", "Moment", "Known"],
    [
        ["Carfax\x01 & Jericho", 13_718, Decimal("25.3"), date(2015, 4, 1), datetime(2015, 7, 1, 9, tzinfo=UTC), True],
        [*HARMFUL],
        ["", None, 10**16, None, None, False],
    ],
    above=("Figures for 2015-16", "=not a formula"),
)


@pytest.mark.parametrize("ending", list(TYPES))
def test_cells_come_back_as_they_were_and_none_is_run(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"table.{ending}"
    sheets = [TABLE, Sheet("wards  2015 16", ["Only a heading"], [])]
    file.write_bytes(workbook(sheets, ending, title="Wards", author="Elmstead Council"))
    lines = [line.cells for line in read_table(file)]
    assert [cells[0] for cells in lines[:2]] == ["Figures for 2015-16", "=not a formula"]
    assert lines[2] == list(TABLE.header)
    assert lines[3] == ["Carfax\ufffd & Jericho", "13718", "25.3", "2015-04-01", "2015-07-01 10:00", "yes"]
    assert lines[4] == HARMFUL
    assert lines[5] == ["", "", str(10**16), "", "", "no"]
    with zipfile.ZipFile(file) as parts:
        text = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in text
    assert b"table:formula" not in text
    assert b"hyperlink" not in text


@pytest.mark.parametrize("ending", list(TYPES))
def test_one_table_is_always_the_same_file(ending: str) -> None:
    first, again = (workbook([TABLE], ending, title="Wards", author="Elmstead Council") for _ in range(2))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {each.date_time[0] for each in parts.infolist()} == {1980}
