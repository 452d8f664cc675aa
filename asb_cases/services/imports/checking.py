"""A file read and looked at, row by row and together. Nothing is written but to the scratch file of the rows."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from asb_cases.adapters.row_store import CHUNK, NewRow, RowState, RowStore, Told
from asb_cases.adapters.spreadsheets import Line, UnreadableTable, read_table
from asb_cases.domain.imports.columns import Header, read_header
from asb_cases.domain.imports.problems import Problem
from asb_cases.domain.imports.setting import Setting
from asb_cases.domain.names import fold_key
from asb_cases.queries.imports import known_fingerprints, known_references
from asb_cases.services.imports.batch import Keys, Kind
from asb_cases.services.imports.register_checks import told
from asb_cases.services.transaction import end_reading

#: What an option of the command decides, or we say, and the row itself does not.
NOT_SAID_BY_THE_ROW = frozenset({"may_be_incomplete", "remarks"})

Progress = Callable[[str, int], None]


def check_file(path: Path, kind: Kind, setting: Setting, store: RowStore, progress: Progress) -> list[str]:
    """Lay the rows of a file out and find out what is wrong with each. Returns the headings as they stand in the file.

    Raises `UnreadableTable`; a header that is wrong refuses line 1, and no row is looked at.
    """
    headings = _lay_out(path, kind, setting, store, progress)
    store.tell_repeats_apart()
    for _reference, lines in store.shared_references():
        store.refuse(_shared(kind, line, lines) for line in lines)
    store.find_depths()
    progress("Comparing with what is recorded", store.count())
    (kind.find_known or _find_known(kind))(store, setting)
    kind.check(store, setting)
    end_reading()
    return headings


def _lay_out(path: Path, kind: Kind, setting: Setting, store: RowStore, progress: Progress) -> list[str]:
    lines = read_table(path)
    first = next(lines, None)
    if first is None:
        raise UnreadableTable("It is empty: the first line names the columns.")
    header, problems = read_header(first.cells, kind.layout)
    if problems:
        store.add([NewRow(first.number, first.cells)])
        store.refuse(told(first.number, problem) for problem in problems)
        return first.cells
    count = 0
    for chunk in _chunks(lines):
        _lay_out_chunk(chunk, header, kind, setting, store)
        count += len(chunk)
        progress("Reading", count)
    return first.cells


def _lay_out_chunk(lines: Sequence[Line], header: Header, kind: Kind, setting: Setting, store: RowStore) -> None:
    rows: list[NewRow] = []
    wrong: list[Told] = []
    for line in lines:
        cells = header.cells(line.cells)
        row, problems = kind.read(cells, setting)
        problems = [*header.surplus(line.cells), *problems]
        keys = kind.keys(row) if row is not None else _keys_of_unreadable(cells)
        print_ = _fingerprint(row) if row is not None else None
        remarks = getattr(row, "remarks", ())
        rows.append(NewRow(line.number, line.cells, row, keys.reference, keys.follows, print_, keys.mark, remarks))
        wrong += [told(line.number, problem) for problem in problems]
    store.add(rows)
    store.refuse(wrong)


def _keys_of_unreadable(cells: Mapping[str, str]) -> Keys:
    """The reference of a row that is refused already, so that those who follow it learn why they are."""
    return Keys(reference=fold_key(cells.get("reference", "")) or None)


def _find_known(kind: Kind) -> Callable[[RowStore, Setting], None]:
    """Skip rows that came in before: by their reference, else by saying exactly what a row of such a file said."""

    def find(store: RowStore, _setting: Setting) -> None:
        for rows in store.in_file_order(RowState.GOOD):
            references = known_references(kind.entity_kind, {row.reference for row in rows if row.reference})
            without = {row.fingerprint for row in rows if not row.reference}
            prints = known_fingerprints(kind.name, without) if without else set()
            known = [
                row.line
                for row in rows
                if (row.reference in references if row.reference else row.fingerprint in prints)
            ]
            store.move(RowState.SKIPPED, known)
            end_reading()

    return find


def _fingerprint(row: Any) -> str:
    """A hash of what a row says, however it is written: blanks left out, days and amounts as they were understood."""
    said = {
        name: value
        for name, value in vars(row).items()
        if value not in (None, (), False) and name not in NOT_SAID_BY_THE_ROW
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _shared(kind: Kind, line: int, lines: Sequence[int]) -> Told:
    others = ", ".join(str(other) for other in lines if other != line)
    what, remedy = {
        "reference": ("The same reference stands", "Give each entry a reference of its own."),
        "series": ("A value for the same series and period stands", "Keep the right one."),
    }[kind.shared]
    return told(line, Problem(kind.shared, f"{kind.shared}_shared", f"{what} on line {others} too.", remedy))


def _chunks(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while chunk := list(islice(lines, CHUNK)):
        yield chunk
