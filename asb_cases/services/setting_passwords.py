"""Into an account by a one-time link: an invitation, a reset by an administrator, a password that was forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import select

from asb_cases.domain import account_links as rules
from asb_cases.domain import accounts
from asb_cases.domain.account_links import LinkPurpose
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor, Permission, Role
from asb_cases.extensions import db
from asb_cases.models.user import User
from asb_cases.queries.account_links import good_link, links_made_since
from asb_cases.services import sessions
from asb_cases.services.account_links import MadeLink, Site, make_link, use_link
from asb_cases.services.history import Subject, record
from asb_cases.services.sessions import EndedBecause
from asb_cases.services.transaction import transaction
from asb_cases.services.users import create_user, locked_administrators, locked_user


@transaction
def invite_user(
    *,
    actor: Actor,
    now: datetime,
    email: str,
    name: str,
    role: Role,
    site: Site,
    team_id: int | None = None,
    body_id: int | None = None,
) -> tuple[int, MadeLink]:
    """Make an account without a password, and the link by which its person sets one. Returns its id and the link.

    Raises RuleBroken, NotPermitted.
    """
    user_id = create_user(
        actor=actor,
        now=now,
        email=email,
        name=name,
        role=role,
        team_id=team_id,
        body_id=body_id,
        password_hash=None,
        own_password=False,
    )
    return user_id, make_link(locked_user(user_id), LinkPurpose.INVITATION, actor=actor, now=now, site=site)


@transaction
def give_link(*, actor: Actor, now: datetime, user_id: int, site: Site) -> MadeLink:
    """A link to set a new password, made by an administrator. The old password lets nobody in any more, and every session
    ends: whoever asks may have lost more than their memory.

    Raises RuleBroken for an account out of use and for the only administrator, NotFound, NotPermitted.
    """
    actor.check(Permission.MANAGE_USERS)
    administrators = locked_administrators()
    user = locked_user(user_id)
    if not user.active:
        raise RuleBroken((rules.NOT_IN_USE,))
    accounts.still_looked_after(
        role=user.role,
        active=False,
        was_administrator=user.id in administrators,
        other_administrators=len(administrators - {user.id}),
    ).raise_if_refused()
    purpose = LinkPurpose.INVITATION if user.awaits_password else LinkPurpose.RESET
    user.password_hash = user.password_changed_at = None
    ended = sessions.end_all_of(user.id, now=now, because=EndedBecause.PASSWORD_CHANGED)
    made = make_link(user, purpose, actor=actor, now=now, site=site)
    details = {"purpose": purpose.value, "sessions": ended}
    record("password_link_given", Subject("user", user.id), actor=actor, now=now, details=details)
    return made


@transaction
def send_forgotten_link(*, actor: Actor, now: datetime, user_id: int, site: Site) -> bool:
    """E-mail the person of an account a link to set a new password; the old one is good until they do. False where they
    were sent several lately, or the account is out of use."""
    user = db.session.scalars(select(User).where(User.id == user_id, User.active).with_for_update()).one_or_none()
    lately = links_made_since(user_id, LinkPurpose.FORGOTTEN, now - timedelta(hours=1))
    if user is None or lately >= rules.MOST_IN_AN_HOUR:
        return False
    make_link(user, LinkPurpose.FORGOTTEN, actor=actor, now=now, site=site)
    record("password_link_asked", Subject("user", user.id), actor=actor, now=now)
    return True


@transaction
def set_password(*, actor: Actor, now: datetime, token: str, password_hash: str) -> None:
    """Keep the password that the holder of a link chose. The link is used up, and every session of the account ends.

    Raises LinkOver.
    """
    link = good_link(token, rules.SETS_PASSWORD, now=now, lock=True)
    user = link.user
    user.password_hash, user.password_changed_at = password_hash, now
    use_link(link, now=now)
    ended = sessions.end_all_of(user.id, now=now, because=EndedBecause.PASSWORD_CHANGED)
    details = {"link": link.purpose.value, "sessions": ended}
    record("password_changed", Subject("user", user.id), actor=holder_of_link(actor, user), now=now, details=details)


def holder_of_link(actor: Actor, user: User) -> Actor:
    """Whoever holds the link of an account acts as its person, from where they are."""
    return Actor(
        via=actor.via,
        user_id=user.id,
        role=user.role,
        team_id=user.team_id,
        body_id=user.partner_body_id,
        address=actor.address,
    )
