"""Who is signed in, and where else they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Date, bindparam, select

from asb_cases.domain.calendar import local
from asb_cases.domain.permissions import Role
from asb_cases.domain.sign_in import SessionLimits, token_hash
from asb_cases.extensions import db
from asb_cases.models.user import User
from asb_cases.models.user_session import UserSession
from asb_cases.queries.reminders import unread_of

#: Made once, since every page asks it.
_SIGNED_IN = (
    select(
        UserSession.id.label("session_id"),
        UserSession.last_seen_at,
        User.id,
        User.name,
        User.email,
        User.role,
        User.team_id,
        User.partner_body_id,
        User.password_changed_at.is_(None).label("must_change_password"),
        unread_of(User.id, bindparam("today", type_=Date)).correlate(User).label("unread_reminders"),
    )
    .join(User, User.id == UserSession.user_id)
    .where(
        UserSession.token_hash == bindparam("hash"),
        User.active,
        UserSession.ended_at.is_(None),
        UserSession.last_seen_at > bindparam("seen_after"),
        UserSession.started_at > bindparam("started_after"),
    )
)


@dataclass(frozen=True)
class SignedIn:
    """Somebody signed in: their account, the session and how many reminders they have not read. Plain values, good
    beyond the transaction they came from."""

    session_id: int
    last_seen_at: datetime
    id: int
    name: str
    email: str
    role: Role
    team_id: int | None
    partner_body_id: int | None
    must_change_password: bool
    unread_reminders: int


def signed_in_by(token: str, *, now: datetime, limits: SessionLimits) -> SignedIn | None:
    """Whom the token signs in at this moment, or None. One query, asked at every page."""
    given = {
        "hash": token_hash(token),
        "seen_after": now - limits.idle,
        "started_after": now - limits.longest,
        "today": local(now).date(),
    }
    row = db.session.execute(_SIGNED_IN, given).one_or_none()
    return None if row is None else SignedIn(**row._mapping)


def user_id_of_session(token: str) -> int | None:
    """Whose session it is or was, ended or not: to tell whose unsent words a browser holds."""
    return db.session.scalar(select(UserSession.user_id).where(UserSession.token_hash == token_hash(token)))


def sessions_of(user_id: int, *, now: datetime, limits: SessionLimits) -> Sequence[UserSession]:
    """The sessions in which this person is signed in, the latest used first."""
    return db.session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user_id, _holds(now, limits))
        .order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
    ).all()


def _holds(now: datetime, limits: SessionLimits) -> ColumnElement[bool]:
    return (
        UserSession.ended_at.is_(None)
        & (UserSession.last_seen_at > now - limits.idle)
        & (UserSession.started_at > now - limits.longest)
    )
