"""Accounts: made, changed, taken out of use and into it again. Never deleted."""

from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from asb_cases.domain import accounts
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor, Permission, Role
from asb_cases.domain.sign_in import email_key
from asb_cases.extensions import db
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.users import can_administer, user_with_email
from asb_cases.services import sessions
from asb_cases.services.account_links import withdraw_links
from asb_cases.services.history import Subject, record
from asb_cases.services.sessions import EndedBecause
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def create_user(
    *,
    actor: Actor,
    now: datetime,
    email: str,
    name: str,
    role: Role,
    password_hash: str | None,
    own_password: bool,
    team_id: int | None = None,
    body_id: int | None = None,
) -> int:
    """Make an account and give its id.

    `own_password` says that the person chose the password; one that was made up for them must be changed at the first
    sign-in. Without one nobody comes in until it is set by a link (`services.setting_passwords`).

    Raises RuleBroken, NotPermitted.
    """
    actor.check(Permission.MANAGE_USERS)
    accounts.judged(name=name, role=role, has_body=body_id is not None).raise_if_refused()
    check_email(email)
    user = User(
        email=email.strip(),
        email_key=email_key(email),
        name=name.strip(),
        role=role,
        team_id=team_id,
        partner_body_id=body_id,
        password_hash=password_hash,
        password_changed_at=now if own_password else None,
        created_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError as error:
        if user_with_email(email) is None:
            raise
        raise RuleBroken((accounts.EMAIL_TAKEN,)) from error
    details = {"role": role.value, "team": team_id, "body": body_id}
    record("user_created", Subject("user", user.id), actor=actor, now=now, details=details)
    return user.id


@transaction
def change_user(
    *,
    actor: Actor,
    now: datetime,
    user_id: int,
    seen: int | None,
    name: str,
    role: Role,
    team_id: int | None,
    body_id: int | None,
) -> None:
    """Change an account's name, role, team and body. A new role signs the person out everywhere.

    `seen` is the version that the form was made from. Raises RuleBroken, StaleVersion, NotFound, NotPermitted.
    """
    actor.check(Permission.MANAGE_USERS)
    administrators = locked_administrators()
    user = locked_user(user_id)
    check_version(user, seen)
    accounts.judged(name=name, role=role, has_body=body_id is not None).raise_if_refused()
    _check_still_looked_after(administrators, user, role=role, active=user.active)
    if user.id == actor.user_id and role is not user.role:
        raise RuleBroken((accounts.OWN_ROLE,))
    before = user.role
    user.name, user.role, user.team_id, user.partner_body_id = name.strip(), role, team_id, body_id
    ended = 0
    if before is not role:
        ended = sessions.end_all_of(user.id, now=now, because=EndedBecause.ACCOUNT_CHANGED)
    record(
        "user_changed" if before is role else "role_changed",
        Subject("user", user.id),
        actor=actor,
        now=now,
        details={"from": before.value, "role": role.value, "team": team_id, "body": body_id, "sessions": ended},
    )


@transaction
def deactivate_user(*, actor: Actor, now: datetime, user_id: int, seen: int | None) -> None:
    """Take an account out of use: the person is signed out everywhere and stays named in the record.

    Raises RuleBroken for the last administrator, StaleVersion, NotFound, NotPermitted.
    """
    actor.check(Permission.MANAGE_USERS)
    administrators = locked_administrators()
    user = locked_user(user_id)
    check_version(user, seen)
    _check_still_looked_after(administrators, user, role=user.role, active=False)
    user.active = False
    withdraw_links(user.id, now=now)
    ended = sessions.end_all_of(user.id, now=now, because=EndedBecause.DEACTIVATED)
    record("user_deactivated", Subject("user", user.id), actor=actor, now=now, details={"sessions": ended})


@transaction
def reactivate_user(*, actor: Actor, now: datetime, user_id: int, seen: int | None) -> None:
    """Let somebody sign in again. Raises StaleVersion, NotFound, NotPermitted."""
    actor.check(Permission.MANAGE_USERS)
    user = locked_user(user_id)
    check_version(user, seen)
    user.active = True
    record("user_reactivated", Subject("user", user.id), actor=actor, now=now)


@transaction
def change_own_password(*, actor: Actor, now: datetime, password_hash: str, browser: str | None) -> str:
    """Keep a new password of one's own, end every session, and give the token of a new one: whoever had copied the
    old token is out as well. Raises NotFound."""
    actor.check(Permission.USE_OWN_ACCOUNT)
    user = locked_user(actor.user_id)
    user.password_hash, user.password_changed_at = password_hash, now
    withdraw_links(user.id, now=now)
    ended = sessions.end_all_of(user.id, now=now, because=EndedBecause.PASSWORD_CHANGED)
    record("password_changed", Subject("user", user.id), actor=actor, now=now, details={"sessions": ended})
    return sessions.start(user_id=user.id, address=actor.address, browser=browser, now=now)


def locked_user(user_id: int | None) -> User:
    """The account, locked for an act. Raises NotFound."""
    user = db.session.scalars(select(User).where(User.id == user_id).with_for_update()).one_or_none()
    if user is None:
        raise NotFound
    return user


def check_email(email: str) -> None:
    """Raises RuleBroken for what is no e-mail address."""
    try:
        validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise RuleBroken((accounts.EMAIL_UNREADABLE,)) from error


def locked_administrators() -> set[int]:
    """Who can look after accounts. Two who take each other out at one moment would leave nobody: both are locked, and
    before the account that changes, so that neither waits for the other in a circle."""
    locked = select(User.id).where(can_administer()).order_by(User.id).with_for_update()
    return set(db.session.scalars(locked))


def _check_still_looked_after(administrators: set[int], user: User, *, role: Role, active: bool) -> None:
    accounts.still_looked_after(
        role=role,
        active=active,
        was_administrator=user.id in administrators,
        other_administrators=len(administrators - {user.id}),
    ).raise_if_refused()
