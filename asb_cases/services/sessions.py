"""Signed-in sessions: how one begins and what ends it."""

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update

from asb_cases.domain.permissions import Actor
from asb_cases.domain.sign_in import token_hash
from asb_cases.extensions import db
from asb_cases.models.reminder import ReminderChoice
from asb_cases.models.user_session import UserSession
from asb_cases.queries.not_found import NotFound
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction

TOKEN_BYTES = 32
BROWSER_LENGTH = 300


class EndedBecause(StrEnum):
    """Why a session ended before its time."""

    SIGNED_OUT = "signed_out"
    SIGNED_IN_AGAIN = "signed_in_again"
    ENDED_BY_OWNER = "ended_by_owner"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 (a reason, not a password)
    ACCOUNT_CHANGED = "account_changed"
    DEACTIVATED = "deactivated"


@transaction
def start(*, user_id: int, address: str | None, browser: str | None, now: datetime) -> str:
    """Begin a session and give its token, which is nowhere else: only its hash is kept. Part of an act."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    db.session.add(
        UserSession(
            token_hash=token_hash(token),
            user_id=user_id,
            started_at=now,
            last_seen_at=now,
            address=address,
            browser=(browser or "")[:BROWSER_LENGTH] or None,
        )
    )
    db.session.flush()
    return token


@transaction
def sign_out(*, actor: Actor, now: datetime, session_id: int, because: EndedBecause = EndedBecause.SIGNED_OUT) -> None:
    """End the session one is in. Harmless where it has ended already."""
    if _end(now, because, UserSession.id == session_id, UserSession.user_id == actor.user_id):
        record("signed_out", Subject("user_session", session_id), actor=actor, now=now)


@transaction
def end_own_session(*, actor: Actor, now: datetime, session_id: int) -> None:
    """End another session of one's own. Raises NotFound where it is somebody else's or is over."""
    if not _end(now, EndedBecause.ENDED_BY_OWNER, UserSession.id == session_id, UserSession.user_id == actor.user_id):
        raise NotFound
    record("session_ended", Subject("user_session", session_id), actor=actor, now=now)


@transaction
def end_own_other_sessions(*, actor: Actor, now: datetime, session_id: int) -> int:
    """End every session of one's own but this one. Gives how many there were, timed-out ones included."""
    ended = end_all_of(_own_id(actor), now=now, because=EndedBecause.ENDED_BY_OWNER, but=session_id)
    record("session_ended", Subject("user", actor.user_id), actor=actor, now=now, details={"sessions": ended})
    return ended


@transaction
def end_all_of(user_id: int, *, now: datetime, because: EndedBecause, but: int | None = None) -> int:
    """End the sessions of an account, all `but` one perhaps. Part of an act, which writes the history.

    Where the account or its password changes, the address of its calendar feed leads nowhere any more either: whoever was
    in may have made it.
    """
    if because is not EndedBecause.ENDED_BY_OWNER:
        db.session.execute(update(ReminderChoice).where(ReminderChoice.user_id == user_id).values(feed_hash=None))
    conditions = [UserSession.user_id == user_id]
    if but is not None:
        conditions.append(UserSession.id != but)
    return _end(now, because, *conditions)


def _end(now: datetime, because: EndedBecause, *conditions: object) -> int:
    ended = db.session.scalars(select(UserSession.id).where(UserSession.ended_at.is_(None), *conditions)).all()  # type: ignore[arg-type]
    db.session.execute(
        update(UserSession)
        .where(UserSession.id.in_(ended), UserSession.ended_at.is_(None))
        .values(ended_at=now, ended_because=because.value)
        .execution_options(synchronize_session=False)
    )
    return len(ended)


def _own_id(actor: Actor) -> int:
    if actor.user_id is None:
        raise NotFound
    return actor.user_id
