"""Taking, keeping and giving back a lease: short transactions of their own. No history: nothing happens to the record."""

from datetime import datetime

from sqlalchemy import Update, update
from sqlalchemy.exc import IntegrityError

from asb_cases.extensions import db
from asb_cases.models.clockwork import Lease
from asb_cases.queries.leases import Seen
from asb_cases.services.transaction import transaction


def take(name: str, holder: str, *, instead_of: Seen | None, now: datetime) -> bool:
    """Take the lease if it still is as it was seen. Of several who try, one succeeds."""
    try:
        return _take(name, holder, instead_of, now)
    except IntegrityError:
        return False  # somebody else made the row in the same moment


@transaction
def _take(name: str, holder: str, instead_of: Seen | None, now: datetime) -> bool:
    if instead_of is None:
        db.session.add(Lease(name=name, holder=holder, beat=1, held_since=now))
        db.session.flush()
        return True
    holders = Lease.holder.is_(None) if instead_of.holder is None else Lease.holder == instead_of.holder
    change = (
        update(Lease)
        .where(Lease.name == name, holders, Lease.beat == instead_of.beat)
        .values(holder=holder, beat=Lease.beat + 1, held_since=now)
    )
    return _one_row(change)


@transaction
def beat(name: str, holder: str) -> bool:
    """A sign of life. False where the lease is somebody else's by now."""
    return _one_row(update(Lease).where(Lease.name == name, Lease.holder == holder).values(beat=Lease.beat + 1))


@transaction
def release(name: str, holder: str) -> None:
    """Give the lease back, so that others need not wait."""
    _one_row(
        update(Lease)
        .where(Lease.name == name, Lease.holder == holder)
        .values(holder=None, held_since=None, beat=Lease.beat + 1)
    )


def _one_row(change: Update) -> bool:
    result = db.session.execute(change, execution_options={"synchronize_session": False})
    return result.rowcount == 1  # type: ignore[attr-defined,no-any-return]
