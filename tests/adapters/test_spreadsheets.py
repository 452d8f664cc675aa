"""Tables that people send: read as text whatever their kind, and written so that no spreadsheet runs them."""

import zipfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.adapters.spreadsheets import (
    Limits,
    Line,
    UnreadableTable,
    fingerprint_of,
    guarded,
    read_table,
    unguarded,
    write_csv,
)


def test_lines_are_numbered_as_an_editor_numbers_them(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b'\xef\xbb\xbfa,b\r\n1,"two\nlines"\r\n\r\n , \r\n3,"said ""so"""\r\n')
    assert list(read_table(file)) == [Line(1, ["a", "b"]), Line(2, ["1", "two\nlines"]), Line(6, ["3", 'said "so"'])]


def test_spreadsheet_cells_read_as_a_csv_file_would_have_them(tmp_path: Path) -> None:
    file = tmp_path / "named.wrongly"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(2, 1, ["day", "moment", "pounds", "whole", "yes", "fault", "text"])
        sheet.write_datetime(3, 1, date(2015, 4, 1), day)
        evening = datetime(2015, 4, 1, 22, 30)  # noqa: DTZ001 (a cell has no zone)
        sheet.write_datetime(3, 2, evening, book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
        sheet.write_number(3, 3, 99.99)
        sheet.write_number(3, 4, 7)
        sheet.write_boolean(3, 5, True)
        sheet.write_formula(3, 6, "=1/0", value="#DIV/0!")
        sheet.write_string(3, 7, "'=1+1")
    header, row = read_table(file)
    assert (header.number, row.number) == (3, 4), "as the spreadsheet numbers them"
    assert row.cells == ["2015-04-01", "2015-04-01 22:30", "99.99", "7", "yes", "", "=1+1"]
    assert date.fromisoformat(row.cells[0]) == date(2015, 4, 1)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(size=10), "larger than"),
        (Limits(rows=2), "more than 2 rows"),
        (Limits(columns=1), "more than 1 columns"),
    ],
)
def test_more_than_the_limit_is_not_taken_in(tmp_path: Path, limits: Limits, words: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a,b\n" + "1,2\n" * 5)
    with pytest.raises(UnreadableTable, match=words):
        list(read_table(file, limits))


def test_a_small_file_that_unpacks_to_much_is_not_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * 2_000_000)
    with pytest.raises(UnreadableTable, match="Unpacked"):
        list(read_table(file, Limits(unpacked=1_000_000)))


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 16_383), (1_048_575, 30), (200_000, 199)])
def test_one_cell_in_the_far_corner_does_not_ask_for_all_the_memory(tmp_path: Path, row: int, column: int) -> None:
    file = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "reference")
        sheet.write_string(row, column, "x")
    with pytest.raises(UnreadableTable, match="far away"):
        list(read_table(file))


def test_a_sheet_is_as_large_as_its_farthest_cell_however_the_file_is_cut(tmp_path: Path) -> None:
    file = tmp_path / "long.xlsx"
    with xlsxwriter.Workbook(str(file), {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        for each in range(12_000):
            sheet.write_row(each, 0, ["A", "B"])
    assert len(list(read_table(file, Limits(cells=24_000)))) == 12_000
    with pytest.raises(UnreadableTable, match="far away"):
        list(read_table(file, Limits(cells=23_999)))


def test_what_has_no_end_is_no_file() -> None:
    with pytest.raises(UnreadableTable, match="not a file"):
        fingerprint_of(Path("/dev/zero"))


def test_one_endless_line_does_not_fill_the_memory(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a" * 3_000_000)
    with pytest.raises(UnreadableTable, match="line of more than a million letters"):
        list(read_table(file))


def test_a_place_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTable, match="no such file"):
        write_csv(tmp_path / "nowhere" / "out.csv", [["a"]])
    target = tmp_path / "out.csv"
    target.write_text("as it was")

    def broken() -> "list[list[str]]":
        raise RuntimeError("no rows")

    with pytest.raises(RuntimeError):
        write_csv(target, (row for row in broken()))
    assert target.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [target]


TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=20)


@given(
    cell=st.one_of(
        TEXTS,
        st.sampled_from(["=1", "'=1", "''=1", "'", "-5", "+44", "@x", "\tx", "'x", " =1", "'\u00a0=1", "＝1", "\nx"]),
    )
)
def test_a_guarded_cell_runs_nowhere_and_comes_back_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(("\t", "\r", "\n"))
    assert not guarded(cell).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@given(rows=st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=5))
def test_what_is_written_is_read_back(rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("round") / "a.csv"
    write_csv(file, [["first", "second"], *rows])
    assert [line.cells for line in read_table(file)][1:] == [row for row in rows if any(cell.strip() for cell in row)]


@given(content=st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda rest: b"PK\x03\x04" + rest)))
def test_any_bytes_are_rows_or_a_plain_answer(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("any") / "a"
    file.write_bytes(content)
    with suppress(UnreadableTable):
        assert all(any(cell.strip() for cell in line.cells) for line in read_table(file))
