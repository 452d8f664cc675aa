"""Accounts, teams and partner bodies, for those who look after them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from asb_cases.domain.permissions import GRANTS, Permission, Role
from asb_cases.domain.sign_in import email_key
from asb_cases.extensions import db
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.user import Team, User
from asb_cases.queries.filter_options import CASE_OWNERS
from asb_cases.queries.not_found import NotFound


def all_users() -> Sequence[User]:
    """Everybody with an account, active ones first, by name; with their teams and bodies."""
    return db.session.scalars(
        select(User)
        .options(selectinload(User.team), selectinload(User.partner_body))
        .order_by(User.active.desc(), func.lower(User.name), User.id)
    ).all()


def load_user(user_id: int) -> User:
    """One account with its team and body. Raises NotFound."""
    user = db.session.scalars(
        select(User).where(User.id == user_id).options(selectinload(User.team), selectinload(User.partner_body))
    ).one_or_none()
    if user is None:
        raise NotFound
    return user


def user_with_email(email: str) -> User | None:
    """The account of this e-mail address."""
    return db.session.scalars(select(User).where(User.email_key == email_key(email))).one_or_none()


def teams() -> Sequence[Team]:
    """The teams that may be chosen, by name."""
    return db.session.scalars(select(Team).where(Team.active).order_by(Team.name_key)).all()


def partner_bodies() -> Sequence[PartnerBody]:
    """The partner bodies worked with, by name."""
    return db.session.scalars(select(PartnerBody).where(PartnerBody.active).order_by(PartnerBody.name_key)).all()


def who_may_authorise(*, but: int | None = None) -> Sequence[User]:
    """Those who may authorise what a colleague drafted, by name, but for one of them."""
    roles = [role for role, granted in GRANTS.items() if Permission.AUTHORISE in granted]
    wanted = User.active, User.role.in_(roles), User.id != (but or 0)
    return db.session.scalars(select(User).where(*wanted).order_by(func.lower(User.name), User.id)).all()


def colleagues() -> Sequence[User]:
    """Those who work cases and have an account in use, by name: who may own a case or a task, and cover for another."""
    return db.session.scalars(
        select(User)
        .where(User.role.in_(CASE_OWNERS), User.active)
        .options(selectinload(User.team))
        .order_by(func.lower(User.name), User.id)
    ).all()


def can_administer() -> ColumnElement[bool]:
    """The condition on `User`: an administrator who can sign in, and has not merely been invited."""
    let_in = User.password_hash.is_not(None) | User.password_changed_at.is_not(None)
    return (User.role == Role.ADMINISTRATOR) & User.active & let_in
