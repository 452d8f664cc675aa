"""Several counts in one statement, each counted as far as a number is read."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all

from asb_cases.extensions import db
from asb_cases.queries.paging import COUNT_UP_TO


def numbers(wanted: Mapping[str, Select[*tuple[Any, ...]]]) -> dict[str, int]:
    """How many rows each has, at most `COUNT_UP_TO` + 1, by its key. One query, none where nothing is asked."""
    if not wanted:
        return {}
    counts = []
    for key, found in wanted.items():
        some = found.order_by(None).limit(COUNT_UP_TO + 1).subquery()
        counts.append(select(literal(key).label("key"), func.count().label("number")).select_from(some))
    return {row.key: row.number for row in db.session.execute(union_all(*counts))}
