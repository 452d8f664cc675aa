"""The act's one history entry: noted while the act runs, chained when it is done (DPA 2018 s.62)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asb_cases.domain.history import KINDS, canonical_json, chained_hash, salted_hash
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry, HistoryHead
from asb_cases.queries.history import covered

WAITING = "history entries waiting for the end of the act"


@dataclass(frozen=True)
class Subject:
    """What an entry is about: a kind of row, its id, and the case it belongs to, if any."""

    kind: str
    id: int | None
    case_id: int | None = None


def record(
    kind: str,
    about: Subject,
    *,
    actor: Actor,
    now: datetime,
    details: Mapping[str, object] | None = None,
    reason: str | None = None,
) -> None:
    """Note that an act of `kind` (see `domain.history.KINDS`) happened. `details` holds ids and codes only;
    what somebody typed goes into `reason`, which stays outside the chain."""
    salt = secrets.token_hex(16) if reason else None
    entry = HistoryEntry(
        at=now,
        kind=kind,
        operation=KINDS[kind].operation,
        actor_user_id=actor.user_id,
        actor_role=actor.role.value if actor.role else None,
        via=actor.via,
        address=actor.address,
        entity_kind=about.kind,
        entity_id=about.id,
        case_id=about.case_id,
        details=canonical_json(details or {}),
        reason=reason or None,
        reason_salt=salt,
        reason_hash=salted_hash(reason, salt) if reason and salt else None,
    )
    db.session().info.setdefault(WAITING, []).append(entry)


def chain(session: Session) -> None:
    """Link the waiting entries to the end of the chain. The last thing an act does: the end is locked until it commits."""
    waiting: list[HistoryEntry] = session.info.get(WAITING, [])
    session.flush()
    if not waiting:
        return
    head = session.execute(select(HistoryHead).where(HistoryHead.id == 1).with_for_update()).scalar_one()
    for entry in waiting:
        entry.id = head.last_id + 1
        entry.previous_hash = head.last_hash
        entry.hash = chained_hash(entry.previous_hash, covered(entry))
        head.last_id, head.last_hash = entry.id, entry.hash
    session.add_all(waiting)
    session.flush()


def forget(session: Session) -> None:
    """Drop what was noted: the act is over, one way or the other."""
    session.info.pop(WAITING, None)
