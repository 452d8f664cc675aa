"""The yearly figures as open data: CSV and JSON under a stable address, with their schema."""

from typing import Any

from asb_cases.reports.export import csv_text, number
from asb_cases.reports.public_figures import PublicFigures, parts_of

HEADER = ("year", "from", "to", "code", "title", "dimension", "key", "value", "hidden", "counted_by")
SCHEMA_PATH = "/open-data/figures.schema.json"
_NUMBER = {"type": ["number", "null"], "minimum": 0}

#: The JSON Schema of a year's file. Names are added, never changed.
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Yearly figures of an anti-social behaviour service",
    "type": "object",
    "required": ["council", "year", "from", "to", "hidden_below", "figures"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "description": "Where this schema is."},
        "council": {"type": "string"},
        "year": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$", "description": "The financial year."},
        "from": {"type": "string", "format": "date", "description": "Its first day, included."},
        "to": {"type": "string", "format": "date", "description": "Its last day, included."},
        "hidden_below": {
            "type": "integer",
            "description": "Counts from 1 to one below this are hidden, and others where they would give one back.",
        },
        "figures": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "title", "counted_by", "value", "hidden", "breakdowns"],
                "additionalProperties": False,
                "properties": {
                    "code": {"type": "string", "description": "Stable: what programs go by."},
                    "title": {"type": "string"},
                    "counted_by": {"type": "string", "description": "What is counted, and by which day."},
                    "value": {**_NUMBER, "description": "Null where hidden, or not known: see note."},
                    "hidden": {"type": "boolean"},
                    "note": {"type": ["string", "null"]},
                    "breakdowns": {
                        "type": "object",
                        "description": "By dimension, then key. A part that is null is hidden.",
                        "additionalProperties": {"type": "object", "additionalProperties": _NUMBER},
                    },
                },
            },
        },
    },
}


def open_data_json(found: PublicFigures, *, council: str, base_url: str) -> dict[str, Any]:
    """A year's figures, ready for `json.dumps`."""
    figures = []
    for code, each in found.figures.items():
        breakdowns: dict[str, dict[str, int | None]] = {}
        for dimension, key, value in parts_of(each):
            breakdowns.setdefault(dimension.value, {})[key] = value
        figures.append({
            "code": code,
            "title": each.figure.title,
            "counted_by": each.figure.counted_by,
            "value": number(each.value),
            "hidden": each.hidden,
            "note": each.note,
            "breakdowns": breakdowns,
        })  # fmt: skip
    return {
        "$schema": f"{base_url}{SCHEMA_PATH}",
        "council": council,
        "year": found.period.label,
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "hidden_below": found.least,
        "figures": figures,
    }


def open_data_csv(found: PublicFigures) -> str:
    """The same as a file of rows: each figure, then its parts, which carry a dimension and a key."""
    period = (found.period.label, found.period.first.isoformat(), found.period.last.isoformat())
    rows: list[tuple[object, ...]] = []
    for code, each in found.figures.items():
        named = (*period, code, each.figure.title)
        rows.append((*named, None, None, each.value, _said(each.hidden), each.figure.counted_by))
        rows += [
            (*named, dimension.value, key, value, _said(value is None), None)
            for dimension, key, value in parts_of(each)
        ]
    return csv_text(HEADER, rows)


def _said(hidden: bool) -> str:
    return "yes" if hidden else "no"
