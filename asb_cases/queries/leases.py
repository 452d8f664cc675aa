"""Who holds a lease, and how often its holder has given a sign of life."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from asb_cases.extensions import db
from asb_cases.models.clockwork import Lease


@dataclass(frozen=True)
class Seen:
    """A lease at one look. Two looks that are alike say that nobody has moved it between them."""

    holder: str | None
    beat: int


def look_at(name: str) -> Seen | None:
    """The lease as it is; None where nobody ever held it."""
    row = db.session.execute(select(Lease.holder, Lease.beat).where(Lease.name == name)).one_or_none()
    db.session.rollback()  # the next look must see what others wrote meanwhile
    return None if row is None else Seen(row.holder, row.beat)


def holder_of(name: str) -> tuple[str, datetime] | None:
    """Who holds the lease and since when, for people to read; None where nobody does."""
    row = db.session.execute(select(Lease.holder, Lease.held_since).where(Lease.name == name)).one_or_none()
    return None if row is None or row.holder is None or row.held_since is None else (row.holder, row.held_since)
