"""The history of one case for people to read: the entries a page at a time, and the names behind their ids."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import literal, select, union_all

from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.person import Person
from asb_cases.models.user import Team, User
from asb_cases.queries.paging import Order, Page, Place, read_page

#: The chain is in the order of its ids.
LATEST_FIRST = Order(lambda table: (table.id,), descending=True)
NAMED: dict[str, Any] = {"user": User, "team": Team, "body": PartnerBody, "person": Person}


def history_of_case(case_id: int, place: Place | None = None) -> Page:
    """What happened to the record of a case, the latest first. Each row: id, at, kind, name, role, via, details, reason,
    entity_kind."""
    found = (
        select(
            HistoryEntry.id,
            HistoryEntry.at,
            HistoryEntry.kind,
            HistoryEntry.via,
            HistoryEntry.details,
            HistoryEntry.reason,
            HistoryEntry.entity_kind,
            HistoryEntry.actor_role.label("role"),
            User.name,
        )
        .outerjoin(User, User.id == HistoryEntry.actor_user_id)
        .where(HistoryEntry.case_id == case_id)
    )
    return read_page(found, HistoryEntry, LATEST_FIRST, place)


def names_of(wanted: Mapping[str, Iterable[int]]) -> dict[tuple[str, int], str]:
    """The names of people who work here (`user`), teams, partner bodies (`body`) and people of the register (`person`), by
    kind and id. One query; none where nobody is asked about."""
    parts = [
        select(literal(kind).label("kind"), NAMED[kind].id.label("id"), NAMED[kind].name.label("name")).where(
            NAMED[kind].id.in_(asked)
        )
        for kind, ids in wanted.items()
        if (asked := sorted(set(ids)))
    ]
    if not parts:
        return {}
    return {(row.kind, row.id): row.name for row in db.session.execute(union_all(*parts))}
