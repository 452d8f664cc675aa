"""One-time links that can still be used."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import contains_eager

from asb_cases.domain.account_links import LinkOver, LinkPurpose
from asb_cases.domain.sign_in import token_hash
from asb_cases.extensions import db
from asb_cases.models.account_link import AccountLink
from asb_cases.models.user import User


def still_good(now: datetime) -> ColumnElement[bool]:
    """The condition on `AccountLink`: neither used, nor withdrawn, nor too old."""
    return and_(AccountLink.used_at.is_(None), AccountLink.withdrawn_at.is_(None), AccountLink.expires_at > now)


def good_link(token: str, purposes: Iterable[LinkPurpose], *, now: datetime, lock: bool = False) -> AccountLink:
    """The link of a token, with its account, where it can be used for one of the purposes. Raises `LinkOver`."""
    query = (
        select(AccountLink)
        .join(User, User.id == AccountLink.user_id)
        .options(contains_eager(AccountLink.user))
        .where(AccountLink.token_hash == token_hash(token), AccountLink.purpose.in_(list(purposes)))
        .where(still_good(now), User.active)
    )
    link = db.session.scalar(query.with_for_update() if lock else query)
    if link is None:
        raise LinkOver
    return link


def links_made_since(user_id: int, purpose: LinkPurpose, since: datetime) -> int:
    """How many links of a kind were made for an account lately."""
    made = AccountLink.user_id == user_id, AccountLink.purpose == purpose, AccountLink.made_at > since
    return db.session.scalar(select(func.count(AccountLink.id)).where(*made)) or 0
