"""Many rows in one statement, without the cost of an object each. Part of an act."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, insert

from asb_cases.extensions import Base, db


def add_rows(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows of a table, if there are any. All have the same columns."""
    if rows:
        db.session.execute(insert(cast(Table, model.__table__)), list(rows))


def add_rows_for_ids(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Add rows of a table. Returns their ids, in the order of the rows."""
    if not rows:
        return []
    table = cast(Table, model.__table__)
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, list(rows)).all())
