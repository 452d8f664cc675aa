"""The columns of the list of cases as a file."""

from collections.abc import Callable
from typing import Any, NamedTuple

from asb_cases.domain.case_content import CaseContent
from asb_cases.queries.case_list import Marks


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
    CsvColumn("alleged_perpetrators", lambda row, marks: "; ".join(marks.subjects), words=True),
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
