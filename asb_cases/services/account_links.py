"""One-time links: made, withdrawn, used. Parts of the acts that need them; the acts write the history."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from asb_cases.documents.emails import link_email
from asb_cases.domain.account_links import GOOD_FOR, REPLACES, LinkPurpose, address_of
from asb_cases.domain.permissions import Actor
from asb_cases.domain.sign_in import token_hash
from asb_cases.extensions import db
from asb_cases.models.account_link import AccountLink
from asb_cases.models.user import User
from asb_cases.services.outbox import queue_email
from asb_cases.services.transaction import transaction

TOKEN_BYTES = 32
#: Links that are over are kept a little longer, for whoever asks what became of one.
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Site:
    """Where this installation is found, and whether e-mail leaves it."""

    base_url: str
    mail_domain: str
    sends_email: bool


@dataclass(frozen=True)
class MadeLink:
    """A link as it is shown once: whole, and until when it is good."""

    address: str
    expires_at: datetime


def make_link(
    user: User, purpose: LinkPurpose, *, actor: Actor, now: datetime, site: Site, new_email: str | None = None
) -> MadeLink:
    """Make a link for an account; those it takes the place of are good no more. It is e-mailed where e-mail leaves."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    withdraw_links(user.id, now=now, purposes=REPLACES[purpose])
    link = AccountLink(
        token_hash=token_hash(token),
        user_id=user.id,
        purpose=purpose,
        new_email=new_email,
        made_by_id=actor.user_id if actor.user_id != user.id else None,
        made_at=now,
        expires_at=now + GOOD_FOR[purpose],
    )
    db.session.add(link)
    db.session.flush()
    made = MadeLink(site.base_url + address_of(purpose, token), link.expires_at)
    if site.sends_email:
        queue_email(
            link_email(purpose, good_until=link.expires_at),
            effect_key=f"account link {link.id}",
            address=new_email or user.email,
            now=now,
            mail_domain=site.mail_domain,
            user_id=user.id,
            link=made.address,
        )
    return made


def withdraw_links(user_id: int, *, now: datetime, purposes: Iterable[LinkPurpose] = LinkPurpose) -> None:
    """No link of this account, for these purposes, is good any more."""
    db.session.execute(
        update(AccountLink)
        .where(AccountLink.user_id == user_id, AccountLink.purpose.in_(list(purposes)))
        .where(AccountLink.used_at.is_(None), AccountLink.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
        .execution_options(synchronize_session=False)
    )


def use_link(link: AccountLink, *, now: datetime) -> None:
    """This one is used up, and no other of the account is good any more: one may lie in an inbox that was given up."""
    link.used_at = now
    db.session.flush()
    withdraw_links(link.user_id, now=now)


@transaction
def forget_old_links(*, now: datetime) -> int:
    """Take away links that have long been over. Returns how many."""
    result = db.session.execute(delete(AccountLink).where(AccountLink.expires_at < now - KEPT_FOR))
    return result.rowcount  # type: ignore[attr-defined,no-any-return]
