"""The list of cases as a CSV file of any length: its columns, and its pieces."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import Flask

from asb_cases.domain.case_content import CaseContent, content_for
from asb_cases.domain.permissions import Actor
from asb_cases.queries.case_list import Marks, cases_with_ids
from asb_cases.reports.export import csv_rows, csv_text

#: Rows read for one piece.
AT_ONCE = 500
#: By this spreadsheets know that the file is UTF-8.
MARK = "\ufeff"


class CsvColumn(NamedTuple):
    """One column: its name, how its value is read, and whether it holds words or names of the case."""

    name: str
    value: Callable[[Any, Marks], object]
    words: bool = False


def _yes(value: object) -> str:
    return "yes" if value else "no"


COLUMNS = (
    CsvColumn("reference", lambda row, marks: row.reference),
    CsvColumn("status", lambda row, marks: row.status.value),
    CsvColumn("title", lambda row, marks: row.title, words=True),
    CsvColumn("priority", lambda row, marks: row.priority),
    CsvColumn("categories", lambda row, marks: "; ".join(marks.categories)),
    CsvColumn("subjects", lambda row, marks: "; ".join(marks.subjects), words=True),
    CsvColumn("address", lambda row, marks: row.address, words=True),
    CsvColumn("ward", lambda row, marks: row.ward),
    CsvColumn("team", lambda row, marks: row.team),
    CsvColumn("officer", lambda row, marks: row.owner or row.officer_as_recorded),
    CsvColumn("opened_on", lambda row, marks: row.opened_on.isoformat()),
    CsvColumn("closed_on", lambda row, marks: row.closed_on and row.closed_on.isoformat()),
    CsvColumn("notice_in_force", lambda row, marks: _yes(row.notice_in_force)),
    CsvColumn("restricted", lambda row, marks: _yes(row.restricted)),
    CsvColumn("entered_in_error", lambda row, marks: _yes(row.entered_in_error_on)),
)


def columns_for(content: CaseContent) -> list[CsvColumn]:
    """Those that the reader is shown."""
    return [column for column in COLUMNS if content.words or not column.words]


def case_file(app: Flask, actor: Actor, today: date, ids: Sequence[int]) -> Iterator[str]:
    """The file of these cases. Each piece is read in a context of its own, and none is held while a slow reader takes
    it: what was opened for the request is long closed."""
    content = content_for(actor)
    columns = columns_for(content)
    yield MARK + csv_text([column.name for column in columns], ())
    for start in range(0, len(ids), AT_ONCE):
        with app.app_context():
            found = cases_with_ids(actor, today, ids[start : start + AT_ONCE], names=content.words)
        yield csv_rows([column.value(row, marks) for column in columns] for row, marks in found)
