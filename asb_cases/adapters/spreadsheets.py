"""Tables that people send: CSV, XLSX and ODS read as rows of text, and CSV written that no spreadsheet can misread.

A CSV file is read row by row, in the same memory whatever its length. A workbook is unpacked whole by its library, so
its unpacked size is capped first.
"""

import csv
import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any, TextIO

from python_calamine import CalamineError, CalamineWorkbook

MEGABYTE = 1024 * 1024
#: More bytes than the address of one cell takes.
ADDRESS_LENGTH = 64
#: A cell that a spreadsheet would run as a formula, or that was guarded against it by apostrophes already.
#: Some programs take no notice of white space before a formula, or of the wide forms of its signs.
_RUNS_AS_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_GUARDED = re.compile(r"'+(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
#: A cell of an XLSX sheet by its address, wherever in the sheet it stands: `r="AB12"`.
_CELL_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,10})""")
_SHEETS = "xl/worksheets/"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class UnreadableTable(Exception):
    """The file is missing, locked, empty, too large or no table. The message says what would be right."""


@dataclass(frozen=True)
class Limits:
    """How much is taken in. Bytes of the file, bytes once unpacked, rows below the header, columns, and the cells of a
    workbook's sheet from its first to its last, empty ones between them included."""

    size: int = 256 * MEGABYTE
    unpacked: int = 512 * MEGABYTE
    rows: int = 1_000_000
    columns: int = 200
    cells: int = 25_000_000


LIMITS = Limits()


@dataclass(frozen=True)
class Line:
    """One row as text, blank cells as "". `number` is the line of the file that it starts on, the first being 1."""

    number: int
    cells: list[str]


def read_table(path: Path, limits: Limits = LIMITS) -> Iterator[Line]:
    """The rows of a CSV file or of a workbook's first sheet, without blank ones. Raises `UnreadableTable`.

    What the file holds decides how it is read, not its name.
    """
    with _readable(path):
        start = _start_of(path, limits)
        lines = _workbook(path, limits) if start.startswith(b"PK") else _csv(path)
        for count, line in enumerate(lines):
            if count > limits.rows:
                raise UnreadableTable(f"It has more than {limits.rows:,} rows: split it.")
            if len(line.cells) > limits.columns:
                raise UnreadableTable(f"Line {line.number} has more than {limits.columns} columns.")
            yield line


def fingerprint_of(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex. Raises `UnreadableTable`, of what has no end too."""
    with _readable(path):
        _start_of(path, LIMITS)
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write rows as UTF-8 CSV with a byte order mark, whole or not at all. `read_table` gives the same cells back.

    Raises `UnreadableTable` where the place can't be written to.
    """
    draft = path.with_name(f".{path.name}.part")
    with _readable(path):
        try:
            with draft.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerows([guarded(cell) for cell in row] for row in rows)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run as a formula; `unguarded` takes it away."""
    return f"'{cell}" if _RUNS_AS_FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn what the machine says of a file into what its reader can do about it."""
    try:
        yield
    except FileNotFoundError as error:
        raise UnreadableTable("There is no such file.") from error
    except IsADirectoryError as error:
        raise UnreadableTable("It is a folder, not a file.") from error
    except PermissionError as error:
        raise UnreadableTable("It can’t be opened: close it in other programs, or ask for access to it.") from error
    except OSError as error:
        raise UnreadableTable(f"It can’t be used: {(error.strerror or 'unknown fault').lower()}.") from error


def _start_of(path: Path, limits: Limits) -> bytes:
    """The first bytes, once they and the size show that reading on makes sense."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise UnreadableTable("It is not a file.")
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip(b"\xef\xbb\xbf\r\n\t ,"):
        raise UnreadableTable("It is empty: the first line names the columns.")
    if path.stat().st_size > limits.size:
        raise UnreadableTable(f"It is larger than {limits.size // MEGABYTE} MB: split it.")
    if start.startswith(_OLD_EXCEL):
        raise UnreadableTable(
            "It is a workbook of an old kind, or locked with a password: save it as XLSX without one."
        )
    if start.startswith(_UTF_16):
        raise UnreadableTable("Its letters are UTF-16: save it as “CSV UTF-8”.")
    if b"\0" in start and not start.startswith(b"PK"):
        raise UnreadableTable("It is not a table: CSV, XLSX and ODS files are.")
    return start


def _csv(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(_checked(file), strict=True)
        number = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except UnicodeDecodeError as error:
                raise UnreadableTable(
                    f"Its letters are not UTF-8 (near line {number}): save it as “CSV UTF-8”."
                ) from error
            except csv.Error as error:
                raise UnreadableTable(
                    f"Line {number} is not readable as CSV ({error}): put cells with commas, quotes or line breaks in "
                    "double quotes, and double the quotes inside."
                ) from error
            read = [unguarded(cell) for cell in cells]
            if any(cell.strip() for cell in read):
                yield Line(number, read)
            number = reader.line_num + 1


def _checked(file: TextIO) -> Iterator[str]:
    """Lines of a text file, none so long that it would fill the memory."""
    while piece := file.readline(MEGABYTE):
        if len(piece) >= MEGABYTE:
            raise UnreadableTable("It has a line of more than a million letters: it is not a table.")
        yield piece


def _workbook(path: Path, limits: Limits) -> Iterator[Line]:
    """The first sheet of an XLSX or ODS file. A row's number is the one the spreadsheet shows beside it."""
    _check_unpacked(path, limits)
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
            if not workbook.sheet_names:
                raise UnreadableTable("It has no sheet.")
            for number, cells in enumerate(workbook.get_sheet_by_index(0).iter_rows(), start=1):
                texts = [_text(cell) for cell in cells]
                if any(texts):
                    yield Line(number, texts)
    except (CalamineError, ValueError, OverflowError) as error:
        raise UnreadableTable(f"It is damaged, or no XLSX or ODS file ({error}): save it again, or as CSV.") from error
    except BaseException as error:
        # The library is not written in Python; where it gives up, it raises something that is no Exception.
        if type(error).__name__ == "PanicException":
            raise UnreadableTable("It is damaged: save it again, or as CSV.") from error
        raise


def _check_unpacked(path: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            extent = 0 if unpacked > limits.unpacked else max(_extents(parts), default=0)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
        raise UnreadableTable("It is damaged, or no XLSX or ODS file: save it again, or as CSV.") from error
    if unpacked > limits.unpacked:
        raise UnreadableTable(f"Unpacked it is larger than {limits.unpacked // MEGABYTE} MB: save it as CSV.")
    if extent > limits.cells:
        raise UnreadableTable("It has cells far away from the others: delete those, or save it as CSV.")


def _extents(parts: zipfile.ZipFile) -> Iterator[int]:
    """How many cells each sheet of an XLSX file spans from the first corner. The library keeps room for all of them, so
    that one cell in the last corner of a small file asks for more memory than there is."""
    for name in parts.namelist():
        if name.startswith(_SHEETS) and name.endswith(".xml"):
            with parts.open(name) as sheet:
                columns, rows = _corner(sheet)
            yield columns * rows


def _corner(sheet: IO[bytes]) -> tuple[int, int]:
    """The last column and the last row of a sheet, counted from 1."""
    columns = rows = 0
    letters: set[bytes] = set()
    rest = b""
    while piece := sheet.read(MEGABYTE):
        # An address may be cut in two by the end of a piece: what is read twice changes no maximum.
        found = _CELL_ADDRESS.findall(rest + piece)
        letters.update(column for column, _row in found)
        rows = max(rows, max((int(row) for _column, row in found), default=0))
        rest = piece[-ADDRESS_LENGTH:]
    for column in letters:
        number = 0
        for letter in column.upper():
            number = number * 26 + letter - ord("A") + 1
        columns = max(columns, number)
    return columns, rows


def _text(cell: Any) -> str:
    """What a spreadsheet cell says, as it would stand in a CSV file: days as 2015-04-01, whole numbers without a point."""
    if isinstance(cell, str):
        return unguarded(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date | time | timedelta | int):
        return str(cell)
    return ""
