"""Tables that people send: CSV, XLSX and ODS read as rows of text, and CSV written that no spreadsheet can misread.

A CSV file is read row by row, in the same memory whatever its length. A workbook is unpacked whole by its library, so
its unpacked size is capped first.
"""

import csv
import hashlib
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TextIO

from python_calamine import CalamineError, CalamineWorkbook

MEGABYTE = 1024 * 1024
#: A cell that a spreadsheet would run as a formula, or that was guarded against it by apostrophes already.
#: Some programs take no notice of white space before a formula, or of the wide forms of its signs.
_RUNS_AS_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_GUARDED = re.compile(r"'+(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class UnreadableTable(Exception):
    """The file is missing, locked, empty, too large or no table. The message says what would be right."""


@dataclass(frozen=True)
class Limits:
    """How much is taken in. Bytes of the file, bytes once unpacked, rows below the header, columns."""

    size: int = 256 * MEGABYTE
    unpacked: int = 512 * MEGABYTE
    rows: int = 1_000_000
    columns: int = 200


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
    """SHA-256 of the file's bytes, in hex. Raises `UnreadableTable`."""
    with _readable(path), path.open("rb") as file:
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
            if any(cell.strip() for cell in cells):
                yield Line(number, [unguarded(cell) for cell in cells])
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
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise UnreadableTable("It is damaged, or no XLSX or ODS file: save it again, or as CSV.") from error
    if unpacked > limits.unpacked:
        raise UnreadableTable(f"Unpacked it is larger than {limits.unpacked // MEGABYTE} MB: save it as CSV.")


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
