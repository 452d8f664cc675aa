"""What was sent to whom and when, what waits, and what could not be delivered. For whoever looks after the service: the
words of an e-mail hold a reference, what is due and a link, and nothing personal."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select

from asb_cases.domain.outbox import EmailState
from asb_cases.extensions import db
from asb_cases.models.email import Email
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.paging import STATEMENTS, Order, Page, Place, read_page

LONDON = ZoneInfo("Europe/London")
NEWEST = Order(lambda email: (email.queued_at,), descending=True)


@dataclass(frozen=True, kw_only=True)
class EmailFilter:
    """What the list is narrowed to. `address` is a part of one; the days are those of queueing."""

    states: tuple[str, ...] = ()
    address: str = ""
    queued_from: date | None = None
    queued_to: date | None = None


def emails_page(wanted: EmailFilter, place: Place | None) -> Page:
    """One page of the list, the newest first."""
    return read_page(_listed(wanted), Email, NEWEST, place)


def load_email(email_id: int) -> Email:
    """One e-mail. Raises `NotFound`."""
    email = db.session.get(Email, email_id)
    if email is None:
        raise NotFound("e-mail")
    return email


def counts_by_state() -> dict[str, int]:
    """How many e-mails there are in each state."""
    counted = db.session.execute(select(Email.state, func.count()).group_by(Email.state))
    return {EmailState(state).value: count for state, count in counted}


@lru_cache(maxsize=STATEMENTS)
def _listed(wanted: EmailFilter) -> Select[*tuple[Any, ...]]:
    return select(
        Email.id,
        Email.subject,
        Email.address,
        Email.kind,
        Email.state,
        Email.tries,
        Email.queued_at,
        Email.sent_at,
        Email.next_try_at,
        Email.last_error,
    ).where(*_conditions(wanted))


def _conditions(wanted: EmailFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.states:
        found.append(Email.state.in_(wanted.states))
    if wanted.address:
        found.append(func.lower(Email.address).contains(wanted.address.lower(), autoescape=True))
    if wanted.queued_from:
        found.append(Email.queued_at >= _midnight(wanted.queued_from))
    if wanted.queued_to:
        found.append(Email.queued_at < _midnight(wanted.queued_to + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)
