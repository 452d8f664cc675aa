"""Signing in: attempts are counted, passwords checked, and a session begun, each in its own short transaction.

The password is checked between two transactions, since that takes long. An attempt counts as failed from before its
password is checked until it has succeeded, so that no number of attempts at one moment gets past the limits; and where
attempts can't be counted, nobody is let in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from asb_cases.adapters import passwords
from asb_cases.domain.permissions import Actor
from asb_cases.domain.sign_in import KNOWN_FOR, email_key, keyed_hash, too_many
from asb_cases.extensions import db
from asb_cases.models.user import User
from asb_cases.models.user_session import SignInAttempt
from asb_cases.queries.sign_in_attempts import failed_attempts
from asb_cases.services import sessions
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction

#: Attempts are kept for as long as they may tell who is known where, and a little longer.
KEPT_FOR = KNOWN_FOR + timedelta(days=10)
#: The address of attempts that come from nowhere in particular.
NO_ADDRESS = "unknown"


class SignInRefused(Exception):
    """The e-mail address or the password is wrong, or the account is not in use: which of them is not told."""


class TooManyAttempts(Exception):
    """There were too many failed attempts lately. Nothing was checked."""


@dataclass(frozen=True)
class Attempt:
    """One attempt, and what is kept of the account it is about, if there is one that may sign in."""

    id: int
    user_id: int | None
    password_hash: str | None


def sign_in(*, actor: Actor, now: datetime, email: str, password: str, browser: str | None, secret_key: str) -> str:
    """Sign somebody in and give the token of their new session.

    `actor` is whoever asks, not signed in. Raises SignInRefused, TooManyAttempts, or `passwords.Busy`.
    """
    attempt = begin_attempt(email=email, address=actor.address, now=now, secret_key=secret_key)
    right = passwords.matches(password, attempt.password_hash)
    if not right or attempt.user_id is None:
        _turn_away(attempt, actor=actor, now=now)
        raise SignInRefused
    renewed = passwords.hashed(password) if passwords.is_outdated(attempt.password_hash or "") else None
    return _let_in(attempt, renewed, actor=actor, now=now, browser=browser)


def check_own_password(*, actor: Actor, now: datetime, email: str, password: str, secret_key: str) -> bool:
    """Whether a signed-in person knows their password. Counted like signing in. Raises TooManyAttempts, `Busy`."""
    attempt = begin_attempt(email=email, address=actor.address, now=now, secret_key=secret_key)
    right = passwords.matches(password, attempt.password_hash) and attempt.user_id == actor.user_id
    if right:
        _mark_succeeded(attempt)
    return right


def begin_attempt(*, email: str, address: str | None, now: datetime, secret_key: str, at: str = "") -> Attempt:
    """Count the attempt, unless there were too many. Those made at the same moment are seen after each is written.

    `at`: another door than signing in, which counts for itself: nobody is kept out of the one by knocks at the other.
    Raises TooManyAttempts.
    """
    account, origin = (
        keyed_hash(at + email_key(email), secret_key),
        keyed_hash(at + (address or NO_ADDRESS), secret_key),
    )
    attempt = _write_attempt(account=account, address=origin, email=email, now=now)
    _check_again(attempt.id, account=account, address=origin, now=now)
    return attempt


@transaction
def _write_attempt(*, account: str, address: str, email: str, now: datetime) -> Attempt:
    if too_many(failed_attempts(account=account, address=address, now=now)):
        raise TooManyAttempts
    row = SignInAttempt(at=now, account_hash=account, address_hash=address, succeeded=False)
    db.session.add(row)
    db.session.flush()
    user = db.session.scalars(select(User).where(User.email_key == email_key(email), User.active)).one_or_none()
    return Attempt(row.id, user.id if user else None, user.password_hash if user else None)


@transaction
def _check_again(attempt_id: int, *, account: str, address: str, now: datetime) -> None:
    if too_many(failed_attempts(account=account, address=address, now=now, but=attempt_id)):
        raise TooManyAttempts


@transaction
def _turn_away(attempt: Attempt, *, actor: Actor, now: datetime) -> None:
    record("sign_in_refused", Subject("user", attempt.user_id), actor=actor, now=now)


@transaction
def _let_in(attempt: Attempt, renewed: str | None, *, actor: Actor, now: datetime, browser: str | None) -> str:
    """Begin the session, unless the account changed while its password was being checked."""
    user = db.session.scalars(
        select(User)
        .where(User.id == attempt.user_id, User.active, User.password_hash == attempt.password_hash)
        .with_for_update()  # whoever takes the password away at this moment ends this session too, or comes first
    ).one_or_none()
    if user is None:
        raise SignInRefused
    if renewed is not None:
        db.session.execute(
            update(User).where(User.id == user.id).values(password_hash=renewed, version=User.version),
            execution_options={"synchronize_session": False},
        )
    _mark_succeeded(attempt)
    token = sessions.start(user_id=user.id, address=actor.address, browser=browser, now=now)
    who = Actor(
        via=actor.via,
        user_id=user.id,
        role=user.role,
        team_id=user.team_id,
        body_id=user.partner_body_id,
        address=actor.address,
    )
    record("signed_in", Subject("user", user.id), actor=who, now=now)
    return token


@transaction
def _mark_succeeded(attempt: Attempt) -> None:
    db.session.execute(update(SignInAttempt).where(SignInAttempt.id == attempt.id).values(succeeded=True))


@transaction
def forget_old_attempts(*, now: datetime) -> int:
    """Take away attempts that throttle nobody any more. Returns how many."""
    result = db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - KEPT_FOR))
    return result.rowcount  # type: ignore[attr-defined,no-any-return]
