"""Who is authorised to issue what (2014 Act s.53), from when and to when, and on which delegation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from asb_cases.extensions import db
from asb_cases.models.user import Authorisation, User
from asb_cases.queries.not_found import NotFound


@dataclass(frozen=True)
class AuthorisationRow:
    """One authorisation with its person."""

    authorisation: Authorisation
    name: str
    active: bool

    def state(self, today: date) -> str:
        """Whether it holds: "in_force", "to_come" or "ended"."""
        its = self.authorisation
        if its.to_on is not None and its.to_on < today:
            return "ended"
        return "to_come" if its.from_on > today else "in_force"


def authorisations() -> list[AuthorisationRow]:
    """Every one there was, by person and power, the latest first."""
    rows = db.session.execute(
        select(Authorisation, User.name, User.active)
        .join(User, User.id == Authorisation.user_id)
        .order_by(func.lower(User.name), User.id, Authorisation.power, Authorisation.from_on.desc(), Authorisation.id)
    )
    return [AuthorisationRow(authorisation, name, active) for authorisation, name, active in rows]


def authorisation_with(authorisation_id: int) -> AuthorisationRow:
    """One of them. Raises NotFound."""
    row = db.session.execute(
        select(Authorisation, User.name, User.active)
        .join(User, User.id == Authorisation.user_id)
        .where(Authorisation.id == authorisation_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return AuthorisationRow(*row)


def covered(user_id: int, power: str, from_on: date, to_on: date | None) -> bool:
    """Whether one authorisation of somebody covers all of the days."""
    lasts = (
        Authorisation.to_on.is_(None)
        if to_on is None
        else or_(Authorisation.to_on.is_(None), Authorisation.to_on >= to_on)
    )
    query = select(Authorisation.id).where(
        Authorisation.user_id == user_id, Authorisation.power == power, Authorisation.from_on <= from_on, lasts
    )
    return db.session.scalar(query.limit(1)) is not None


def possible_issuers(roles: Sequence[str]) -> Sequence[User]:
    """Who may be authorised: people of these roles with an account in use, by name."""
    query = select(User).where(User.active, User.role.in_(roles)).order_by(func.lower(User.name), User.id)
    return db.session.scalars(query).all()
