"""What others did in one's cases since a day, from the history."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from asb_cases.domain.calendar import LONDON
from asb_cases.domain.history import HistoryOperation
from asb_cases.domain.permissions import Actor
from asb_cases.models.case import Case
from asb_cases.models.history import HistoryEntry
from asb_cases.models.intervention import Intervention
from asb_cases.models.user import User
from asb_cases.queries.paging import Order, Page, Place, read_page
from asb_cases.queries.visibility import visible_to

LATEST = Order(lambda entry: (entry.at,), descending=True)
#: How a case comes to somebody.
ALLOCATED = ("case_opened", "case_allocated")


def news_page(actor: Actor, today: date, since: date, *, allocated: bool, place: Place | None) -> Page:
    """One page, the latest first: what happened, in which case, by whom. One query."""
    return read_page(listed_news(actor, today, since, allocated=allocated), HistoryEntry, LATEST, place)


def listed_news(actor: Actor, today: date, since: date, *, allocated: bool = False) -> Select[*tuple[Any, ...]]:
    """Entries by others about the actor's own cases, from the beginning of a day; or only those that gave them a case."""
    about = aliased(Case)
    return (
        select(
            HistoryEntry.id,
            HistoryEntry.at,
            HistoryEntry.kind,
            HistoryEntry.case_id,
            about.reference.label("case_reference"),
            about.title.label("case_title"),
            User.name.label("by"),
            Intervention.reference.label("step"),
        )
        .join(about, about.id == HistoryEntry.case_id)
        .outerjoin(User, User.id == HistoryEntry.actor_user_id)
        .outerjoin(
            Intervention, and_(HistoryEntry.entity_kind == "intervention", Intervention.id == HistoryEntry.entity_id)
        )
        .where(*_news(actor, today, since, allocated))
    )


def count_of_news(actor: Actor, today: date, since: date, *, allocated: bool = False) -> Select[int]:
    """The ids of these entries, to be counted."""
    return select(HistoryEntry.id).where(*_news(actor, today, since, allocated))


def _news(actor: Actor, today: date, since: date, allocated: bool) -> list[ColumnElement[bool]]:
    """Asked of each entry since then, of which there are few, rather than of each case."""
    own = exists().where(Case.id == HistoryEntry.case_id, Case.owner_id == actor.user_id, visible_to(actor, today))
    wanted = [
        HistoryEntry.at >= datetime.combine(since, time(0), LONDON),
        HistoryEntry.operation != HistoryOperation.CONSULTATION,
        or_(HistoryEntry.actor_user_id.is_(None), HistoryEntry.actor_user_id != actor.user_id),
        own.correlate(HistoryEntry),
    ]
    return [*wanted, HistoryEntry.kind.in_(ALLOCATED)] if allocated else wanted
