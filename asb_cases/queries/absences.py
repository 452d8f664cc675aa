"""Who is away, and who covers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from asb_cases.domain.absences import Days
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.absence import Absence
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound

_PEOPLE = (joinedload(Absence.user), joinedload(Absence.cover))
#: Absences that are over stay in the list for so many.
PAST_SHOWN = 20


def away_on(day: date, absence: Any = Absence) -> ColumnElement[bool]:
    """The condition on `Absence` (or an alias of it) that it is one of that day."""
    return and_(absence.from_on <= day, absence.to_on >= day, absence.ended_on.is_(None))


def absences_shown_to(actor: Actor, today: date) -> Sequence[Absence]:
    """Absences that are or will be, and the last that were: everybody's for whoever allocates cases, else one's own and
    those that one covers."""
    mine = or_(Absence.user_id == actor.user_id, Absence.cover_id == actor.user_id)
    wanted = [] if actor.may(Permission.ALLOCATE_CASES) else [mine]
    standing = Absence.ended_on.is_(None) & (Absence.to_on >= today)
    found = select(Absence).where(*wanted).options(*_PEOPLE)
    ahead = db.session.scalars(found.where(standing).order_by(Absence.from_on, Absence.id)).all()
    past = db.session.scalars(
        found.where(~standing).order_by(Absence.to_on.desc(), Absence.id.desc()).limit(PAST_SHOWN)
    ).all()
    return [*ahead, *past]


def absence_for(actor: Actor, absence_id: int) -> Absence:
    """An absence with its people, for whoever it is about and whoever allocates cases. Raises `NotFound`."""
    absence = db.session.scalars(select(Absence).where(Absence.id == absence_id).options(*_PEOPLE)).one_or_none()
    if absence is None or not (actor.may(Permission.ALLOCATE_CASES) or absence.user_id == actor.user_id):
        raise NotFound("absence")
    return absence


def lock_users(*ids: int) -> None:
    """Hold these accounts until the act is over, always in the same order."""
    db.session.execute(select(User.id).where(User.id.in_(ids)).order_by(User.id).with_for_update())


def overlapping(user_id: int, from_on: date, to_on: date) -> Days | None:
    """The first absence of somebody that stands and shares a day with these."""
    row = db.session.execute(
        select(Absence.from_on, Absence.to_on)
        .where(
            Absence.user_id == user_id,
            Absence.ended_on.is_(None),
            Absence.from_on <= to_on,
            Absence.to_on >= from_on,
        )
        .order_by(Absence.from_on, Absence.id)
        .limit(1)
    ).one_or_none()
    return (row.from_on, row.to_on) if row else None
