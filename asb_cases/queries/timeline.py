"""Everything that happened in one case, newest first, a page at a time: one query, however much there is."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, String, and_, bindparam, or_, select, union_all

from asb_cases.domain.case_content import CaseContent
from asb_cases.extensions import db
from asb_cases.queries.timeline_sources import END_OF_DAY, RANKS, Sources

TIMELINE_SIZE = 30

_PLACE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}(?:T(?:[0-9]{2}:[0-9]{2}:[0-9]{2}|24))?)\.([0-9]{1,2})\.([0-9]{1,9})")


@dataclass(frozen=True)
class Event:
    """One thing that happened. What `code`, `more`, `text` and `number` hold depends on its kind (timeline_sources)."""

    kind: str
    at: date
    row_id: int
    reference: str | None
    code: str | None
    more: str | None
    text: str | None
    person: str | None
    by: str | None
    number: int | None
    method: str | None
    address: str | None
    in_error: bool
    before: str | None
    place: str


@dataclass(frozen=True)
class Timeline:
    """A page of events, and the place after which older ones follow, if any do."""

    events: list[Event]
    older: str | None


def timeline_of(case_id: int, content: CaseContent, *, after: str | None = None, size: int = TIMELINE_SIZE) -> Timeline:
    """The events after a place (`Event.place`; anything else begins at the newest) that the reader is shown."""
    found = _timeline(db.engine.dialect.name == "sqlite", content, bounded := _read_place(after) is not None)
    values: dict[str, object] = {"case_id": case_id, "size": size + 1}
    if bounded:
        at, rank, row_id = _read_place(after) or ("", 0, 0)
        values |= {"place_at": at, "place_rank": rank, "place_id": row_id}
    events = [_event(row) for row in db.session.execute(found, values)]
    return Timeline(events[:size], events[size - 1].place if len(events) > size else None)


@cache
def _timeline(sqlite: bool, content: CaseContent, bounded: bool) -> Select[*tuple[Any, ...]]:
    """The statement, put together once for each engine and each sort of reader."""
    every = union_all(*Sources(sqlite=sqlite).events(content)).subquery("happened")
    # Engines and installations sort text by different rules; code points are the same everywhere.
    at = every.c.at if sqlite else every.c.at.collate("C")
    found = select(every).order_by(at.desc(), every.c.rank, every.c.row_id.desc())
    if bounded:
        found = found.where(_older(at, every.c.rank, every.c.row_id))
    return found.limit(bindparam("size", type_=Integer))


def _older(at: Any, rank: Any, row_id: Any) -> Any:
    place_at = bindparam("place_at", type_=String)
    place_rank, place_id = bindparam("place_rank", type_=Integer), bindparam("place_id", type_=Integer)
    same_time = and_(at == place_at, rank == place_rank, row_id < place_id)
    return or_(at < place_at, and_(at == place_at, rank > place_rank), same_time)


def _read_place(text: str | None) -> tuple[str, int, int] | None:
    found = _PLACE.fullmatch(text or "")
    return (found[1].replace("T", " "), int(found[2]), int(found[3])) if found else None


def _event(row: Any) -> Event:
    at: date
    day = row.at.removesuffix(END_OF_DAY)
    if len(day) > len("2026-03-02"):
        at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    else:
        at = date.fromisoformat(day)
    return Event(
        kind=RANKS[row.rank],
        at=at,
        row_id=row.row_id,
        reference=row.reference,
        code=row.code,
        more=row.more,
        text=row.text,
        person=row.person,
        by=row.by,
        number=row.number,
        method=row.method,
        address=row.address,
        in_error=row.in_error is not None,
        before=row.before,
        place=f"{row.at.replace(' ', 'T')}.{row.rank}.{row.row_id}",
    )
