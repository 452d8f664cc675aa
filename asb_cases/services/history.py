"""The act's one history entry: noted while the act runs, chained when it is done (DPA 2018 s.62)."""

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asb_cases.domain.history import KINDS, canonical_json, chained_hash, salted_hash
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry, HistoryHead, SentForm
from asb_cases.queries.history import covered

WAITING = "history entries waiting for the end of the act"
FORM_KEY = "the key of the form that asked for the act"


class AlreadySent(Exception):
    """The form was sent before and acted on: a second click, or a page sent again. Nothing was done this time."""

    def __init__(self, first: "Subject") -> None:
        super().__init__("The form was sent before.")
        self.first = first


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
    info = db.session().info
    info.setdefault(WAITING, []).append(entry)
    if actor.form_key is not None:
        info[FORM_KEY] = actor.form_key


@contextmanager
def as_one_act(kind: str | None = None) -> Iterator[None]:
    """The acts inside are done as one: what they note becomes one entry, of `kind`, or as the first of them has it, with the
    details of all and each reason once."""
    info = db.session().info
    before = len(info.get(WAITING, []))
    yield
    waiting: list[HistoryEntry] = info.get(WAITING, [])
    parts = waiting[before:]
    if len(parts) < 2:
        return
    first = parts[0]
    if kind is not None:
        first.kind, first.operation = kind, KINDS[kind].operation
    first.details = canonical_json({name: value for each in parts for name, value in json.loads(each.details).items()})
    reason = " / ".join(dict.fromkeys(each.reason for each in parts if each.reason))
    if reason:
        first.reason, first.reason_salt = reason, first.reason_salt or secrets.token_hex(16)
        first.reason_hash = salted_hash(reason, first.reason_salt)
    waiting[before:] = [first]


def chain(session: Session) -> None:
    """Link the waiting entries to the end of the chain. The last thing an act does: the end is locked until it commits.

    Raises AlreadySent where the form that asked for the act was acted on before.
    """
    waiting: list[HistoryEntry] = session.info.get(WAITING, [])
    session.flush()
    if not waiting:
        return
    head = session.execute(select(HistoryHead).where(HistoryHead.id == 1).with_for_update()).scalar_one()
    form_key: str | None = session.info.get(FORM_KEY)
    if form_key is not None:
        _check_first_time(session, form_key)
    for entry in waiting:
        entry.id = head.last_id + 1
        entry.previous_hash = head.last_hash
        entry.hash = chained_hash(entry.previous_hash, covered(entry))
        head.last_id, head.last_hash = entry.id, entry.hash
    session.add_all(waiting)
    session.flush()
    if form_key is not None:
        session.add(SentForm(form_key=form_key, history_id=waiting[0].id, sent_at=waiting[0].at))
        session.flush()


def _check_first_time(session: Session, form_key: str) -> None:
    """Behind the lock on the end of the chain, so that of two sent at once the second sees the first."""
    first = session.scalar(
        select(HistoryEntry).join(SentForm, SentForm.history_id == HistoryEntry.id).where(SentForm.form_key == form_key)
    )
    if first is not None:
        raise AlreadySent(Subject(first.entity_kind, first.entity_id, first.case_id))


def forget(session: Session) -> None:
    """Drop what was noted: the act is over, one way or the other."""
    session.info.pop(WAITING, None)
    session.info.pop(FORM_KEY, None)
