"""Any list as a CSV file of any length: a disclosure, put on record as one, and sent a piece at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from flask import Flask, Response, current_app

from asb_cases.adapters.time import today
from asb_cases.reports.export import csv_rows, csv_text
from asb_cases.web.consultations import disclosed

#: Rows read for one piece.
AT_ONCE = 500
#: By this spreadsheets know that the file is UTF-8.
MARK = "\ufeff"


class CsvColumn(NamedTuple):
    """One column: its name, how its value is read from a row, and whether it holds words or names of people."""

    name: str
    value: Callable[[Any], object]
    words: bool = False


def list_file(
    name: str,
    kind: str,
    ids: Sequence[int],
    columns: Sequence[CsvColumn],
    read: Callable[[Sequence[int]], Iterable[Any]],
) -> Response:
    """The rows with these ids, which are of a `kind` ("case"), as a file of that name and day. `read` gives the rows of
    some of the ids, in their order."""
    disclosed(kind, *ids)
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the one behind the name outlives the request
    headers = {"Content-Disposition": f'attachment; filename="{name}-{today().isoformat()}.csv"'}
    return Response(_pieces(app, ids, columns, read), mimetype="text/csv", headers=headers)


def without_words(columns: Iterable[CsvColumn]) -> list[CsvColumn]:
    """The columns for whoever works by references alone."""
    return [column for column in columns if not column.words]


def iso_day(value: Any) -> str | None:
    """A day as files have it; nothing for none."""
    return value.isoformat() if value else None


def code_of(value: Any) -> str | None:
    """A word of a vocabulary as files have it; nothing for none."""
    return value.value if value is not None else None


def yes_no(value: object) -> str:
    """Whether something is so, as files have it."""
    return "yes" if value else "no"


def _pieces(
    app: Flask, ids: Sequence[int], columns: Sequence[CsvColumn], read: Callable[[Sequence[int]], Iterable[Any]]
) -> Iterator[str]:
    """Each piece is read in a context of its own, and none is held while a slow reader takes it: what was opened for
    the request is long closed."""
    yield MARK + csv_text([column.name for column in columns], ())
    for start in range(0, len(ids), AT_ONCE):
        with app.app_context():
            rows = list(read(ids[start : start + AT_ONCE]))
        yield csv_rows([column.value(row) for column in columns] for row in rows)
