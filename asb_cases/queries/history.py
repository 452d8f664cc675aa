"""The chain of the history, read from its first link to its last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy import select

from asb_cases.domain.history import CHAIN_START, chained_hash, salted_hash
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry, HistoryHead

BATCH = 1000


@dataclass(frozen=True)
class Verified:
    """How many entries hold together, and the first that does not, if there is one, with what is wrong about it."""

    entries: int
    broken_id: int | None = None
    problem: str | None = None

    @property
    def holds(self) -> bool:
        return self.problem is None


def covered(entry: HistoryEntry) -> dict[str, object]:
    """What an entry's hash covers: everything but the reason itself and its salt, so that these can be erased."""
    return {
        "id": entry.id,
        "at": entry.at.astimezone(UTC).isoformat(),
        "kind": entry.kind,
        "operation": entry.operation.value,
        "actor_user_id": entry.actor_user_id,
        "actor_role": entry.actor_role,
        "via": entry.via.value,
        "address": entry.address,
        "entity_kind": entry.entity_kind,
        "entity_id": entry.entity_id,
        "case_id": entry.case_id,
        "details": entry.details,
        "reason_hash": entry.reason_hash,
    }


def verify_history(progress: Callable[[int], None] = lambda count: None) -> Verified:
    """Walk the chain in little memory up to the end it has now: every entry follows the one before and says what its hash
    says, and the last is the one that the end names. `progress` hears how many were read, now and then."""
    head = db.session.execute(select(HistoryHead.last_id, HistoryHead.last_hash)).one()
    previous, count = CHAIN_START, 0
    while batch := _after(count, head.last_id):
        for entry in batch:
            problem = _problem(entry, count + 1, previous)
            if problem:
                return Verified(count, entry.id, problem)
            previous, count = entry.hash, count + 1
        db.session.expunge_all()
        if count % BATCH == 0:
            progress(count)
    if (count, previous) == (head.last_id, head.last_hash):
        return Verified(count)
    return Verified(count, head.last_id, f"the chain ends at entry {count}, but {head.last_id} were recorded")


def _after(last_id: int, end: int) -> Sequence[HistoryEntry]:
    query = select(HistoryEntry).where(HistoryEntry.id > last_id, HistoryEntry.id <= end)
    return db.session.scalars(query.order_by(HistoryEntry.id).limit(BATCH)).all()


def _problem(entry: HistoryEntry, expected_id: int, previous: str) -> str | None:
    if entry.id != expected_id:
        return f"entry {expected_id} is missing"
    if entry.previous_hash != previous:
        return "it does not link to the entry before it"
    if entry.hash != chained_hash(previous, covered(entry)):
        return "its content is not what was recorded"
    if entry.reason is not None and entry.reason_hash != salted_hash(entry.reason, entry.reason_salt or ""):
        return "its reason is not what was recorded"
    return None
