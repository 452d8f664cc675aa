"""Figures as JSON and CSV, for other people's programs and spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from asb_cases.adapters.spreadsheets import guarded
from asb_cases.adapters.workbooks import Sheet
from asb_cases.queries.figures import FigureSet
from asb_cases.reports.addresses import rows_path

FIGURES_HEADER = ("code", "title", "dimension", "key", "value", "from", "to", "counted_by", "note", "rows_path")


def figures_json(figures: FigureSet) -> dict[str, Any]:
    """All figures of a period with their breakdowns, ready for `json.dumps`."""
    return {
        "from": figures.period.first.isoformat(),
        "to": figures.period.last.isoformat(),
        "figures": {
            code: {
                "value": number(each.value),
                "title": each.figure.title,
                "counted_by": each.figure.counted_by,
                "rows_path": rows_path(code, figures.period),
                "note": each.note,
            }
            for code, each in figures.values.items()
        },
        "breakdowns": {
            code: {dimension.value: numbers for dimension, numbers in by_dimension.items()}
            for code, by_dimension in figures.breakdowns.items()
        },
    }


def figures_rows(figures: FigureSet) -> Iterable[Sequence[object]]:
    """The same as rows under `FIGURES_HEADER`: each figure, then its parts, which carry a dimension and a key."""
    first, last = figures.period.first.isoformat(), figures.period.last.isoformat()
    for code, each in figures.values.items():
        told = (each.figure.counted_by, each.note)
        path = rows_path(code, figures.period)
        yield code, each.figure.title, None, None, each.value, first, last, *told, path
        for dimension, numbers in figures.breakdowns.get(code, {}).items():
            for key, value in numbers.items():
                path = rows_path(code, figures.period, (dimension, key))
                yield code, each.figure.title, dimension.value, key, value, first, last, None, None, path


def figures_csv(figures: FigureSet) -> str:
    """All figures of a period as a CSV file."""
    return csv_text(FIGURES_HEADER, figures_rows(figures))


def figures_sheets(figures: FigureSet) -> list[Sheet]:
    """All figures of a period as the two sheets of a workbook: the figures, and their parts."""
    rows = list(figures_rows(figures))
    whole = [(row[0], row[1], *row[4:]) for row in rows if row[2] is None]
    parts = [(*row[:7], row[9]) for row in rows if row[2] is not None]
    above = (f"Figures for {figures.period.label}", f"{figures.period.in_words}, both days included")
    head = FIGURES_HEADER
    return [
        Sheet("Figures", (head[0], head[1], *head[4:]), whole, above),
        Sheet("Broken down", (*head[:7], head[9]), parts, above),
    ]


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV file with a header, its cells safe to open in a spreadsheet."""
    return csv_rows(chain((header,), rows))


def csv_rows(rows: Iterable[Sequence[object]]) -> str:
    """Rows of one, for files that are sent a piece at a time."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue()


def _cell(value: object) -> str:
    """A cell that no spreadsheet runs. Numbers stay numbers, minus signs and all."""
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else str(value)


def number(value: int | Decimal | None) -> int | float | None:
    """A value as JSON has it."""
    return float(value) if isinstance(value, Decimal) else value
