"""Many rows in one statement, without the cost of an object each. Part of an act."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, func, insert, select

from asb_cases.extensions import Base, db


def add_rows(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows of a table, if there are any. All have the same columns."""
    if rows:
        db.session.execute(insert(table_of(model)), list(rows))


def add_rows_for_ids(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Add rows of a table. Returns their ids, in the order of the rows."""
    ids = _next_ids(table_of(model), len(rows)) if rows else []
    add_rows(model, [{"id": each, **row} for each, row in zip(ids, rows, strict=True)])
    return ids


def _next_ids(table: Table, count: int) -> list[int]:
    """So many ids that no other act will take: SQLite has one writer at a time, PostgreSQL a sequence. Known beforehand,
    they let the database take many rows at a time, which asking back for each would prevent."""
    if db.engine.dialect.name == "sqlite":
        last = db.session.scalar(select(func.max(table.c.id))) or 0
        return list(range(last + 1, last + count + 1))
    sequence = func.pg_get_serial_sequence(table.name, "id")
    return sorted(db.session.scalars(select(func.nextval(sequence)).select_from(func.generate_series(1, count))))


def table_of(model: type[Base]) -> Table:
    """The table behind a model, for statements that need no objects."""
    return cast(Table, model.__table__)
