"""A long list a page at a time, by place in it: the page after a row, or before one. No page costs more than the first.

A place is a row's id alone, so that no name and no day stands in an address; the database looks up where the row is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select, tuple_
from sqlalchemy.orm import aliased

from asb_cases.extensions import db

PAGE_SIZE = 25
#: Counting stops here: beyond it "1,000+" says enough and costs no more.
COUNT_UP_TO = 1000
#: So many statements of lists are kept from one page to the next: putting one together takes longer than sending it.
STATEMENTS = 256
#: No row has a greater id than PostgreSQL's integers go: asking for one is an error there, and nothing anywhere else.
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True)
class Order:
    """How a list is ordered: by the columns that `columns` names on the table (or an alias of it), then by id."""

    columns: Callable[[Any], tuple[Any, ...]]
    descending: bool = False


@dataclass(frozen=True)
class Place:
    """Where a page begins: after the row with this id or, for `backwards`, where it ends: before it."""

    row_id: int
    backwards: bool = False


@dataclass(frozen=True)
class Page:
    """Rows of a list, and the ids between which they stand where there is more: before the first, after the last."""

    rows: list[Any]
    before: int | None = None
    after: int | None = None

    @property
    def ids(self) -> list[int]:
        """The id of each row."""
        return [row.id for row in self.rows]


def read_page(
    found: Select[*tuple[Any, ...]], table: Any, order: Order, place: Place | None, size: int = PAGE_SIZE
) -> Page:
    """The page of `found` at that place. `found` selects `table.id` as `id`, and brings no order. One query."""
    if place is not None and place.row_id > LARGEST_ID:
        return Page([])
    backwards = place is not None and place.backwards
    ordered = _ordered(found, table, order, backwards, place is not None, size + 1)
    rows = list(db.session.execute(ordered, {"place": place.row_id} if place is not None else {}))
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([])
    earlier, later = (more, True) if backwards else (place is not None, more)
    return Page(rows, rows[0].id if earlier else None, rows[-1].id if later else None)


@lru_cache(maxsize=STATEMENTS)
def _ordered(
    found: Select[*tuple[Any, ...]], table: Any, order: Order, backwards: bool, bounded: bool, size: int
) -> Select[*tuple[Any, ...]]:
    """`found` in order, from the row `place` on where it is `bounded`. Known again where `found` is the same object."""
    down = order.descending != backwards
    keys = (*order.columns(table), table.id)
    if bounded:
        there, place = aliased(table), bindparam("place", type_=Integer)
        at = [select(key).where(there.id == place).scalar_subquery() for key in order.columns(there)]
        edge = tuple_(*at, place)
        found = found.where(tuple_(*keys) < edge if down else tuple_(*keys) > edge)
    return found.order_by(*(key.desc() if down else key.asc() for key in keys)).limit(size)


def all_ids(found: Select[*tuple[Any, ...]], table: Any, order: Order) -> list[int]:
    """The ids of all rows of `found`, in order: what a file is going to hold. One query."""
    keys = (*order.columns(table), table.id)
    ids = found.with_only_columns(table.id, maintain_column_froms=True)
    return list(db.session.scalars(ids.order_by(*(key.desc() if order.descending else key.asc() for key in keys))))


def rows_with_ids(found: Select[*tuple[Any, ...]], table: Any, ids: Sequence[int]) -> list[Any]:
    """The rows of `found` with these ids, in their order. What has gone out of sight meanwhile is left out. One query."""
    rows = {row.id: row for row in db.session.execute(found.where(table.id.in_(ids)))}
    return [rows[row_id] for row_id in ids if row_id in rows]


def count_up_to_limit(found: Select[*tuple[Any, ...]]) -> int:
    """How many rows there are, at most `COUNT_UP_TO` + 1."""
    return db.session.scalar(_counted(found)) or 0


@lru_cache(maxsize=STATEMENTS)
def _counted(found: Select[*tuple[Any, ...]]) -> Select[int]:
    some = found.order_by(None).limit(COUNT_UP_TO + 1).subquery()
    return select(func.count()).select_from(some)
