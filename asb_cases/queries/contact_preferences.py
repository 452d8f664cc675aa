"""How people want to be contacted, and what they need, for those who work with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, select

from asb_cases.domain.contact_preferences import Preferences, read_ways
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.person import Person
from asb_cases.models.person_contact import ContactPreference, PersonNeed
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import needs_visible_to, people_visible_to


@dataclass(frozen=True)
class Needs:
    """What somebody needs: what stands, and what is over. `seen` False: the reader is not shown it, nor whether there is
    any."""

    seen: bool
    standing: Sequence[Any] = ()
    over: Sequence[Any] = ()


def contact_preferences_for(actor: Actor, person_ids: Iterable[int]) -> Mapping[int, Preferences]:
    """How these people want to be contacted, by their ids; those of whom nothing is recorded are not in it. One query;
    none where nobody is asked about. The caller has seen to it that the reader may see these people."""
    ids = set(person_ids)
    if not ids or not actor.may(Permission.SEE_PEOPLE):
        return {}
    rows = db.session.scalars(
        select(ContactPreference).where(ContactPreference.person_id.in_(ids), ContactPreference.to_on.is_(None))
    )
    return {row.person_id: preferences_of(row) for row in rows}


def preferences_of(row: ContactPreference) -> Preferences:
    """A row as the rules know it."""
    return Preferences(
        row.preferred, row.times, row.language, row.interpreter, read_ways(row.not_by), row.not_by_because
    )


def standing_preference(person_id: int) -> ContactPreference | None:
    """The entry that holds now."""
    return db.session.scalars(
        select(ContactPreference).where(ContactPreference.person_id == person_id, ContactPreference.to_on.is_(None))
    ).one_or_none()


def preferences_recorded(person_id: int) -> Sequence[Any]:
    """Every entry there was, with who recorded it, the latest first: the row itself and `recorded_by`."""
    return db.session.execute(
        select(ContactPreference, User.name.label("recorded_by"))
        .outerjoin(User, User.id == ContactPreference.recorded_by_id)
        .where(ContactPreference.person_id == person_id)
        .order_by(ContactPreference.id.desc())
    ).all()


def needs_of(actor: Actor, person_id: int, today: date) -> Needs:
    """What the person needs, as far as the actor is shown it. One query."""
    rows = db.session.execute(
        select(*PersonNeed.__table__.columns, User.name.label("recorded_by"))
        .select_from(Person)
        .outerjoin(PersonNeed, PersonNeed.person_id == Person.id)
        .outerjoin(User, User.id == PersonNeed.recorded_by_id)
        .where(Person.id == person_id, needs_visible_to(actor, today))
        .order_by(PersonNeed.kind, PersonNeed.id)
    ).all()
    there = [row for row in rows if row.id is not None]
    return Needs(
        seen=bool(rows), standing=[row for row in there if not row.to_on], over=[row for row in there if row.to_on]
    )


def load_need_for(actor: Actor, person_id: int, need_id: int, today: date) -> PersonNeed:
    """A need of the person, for a page. Raises `NotFound`."""
    need = db.session.scalars(
        select(PersonNeed).where(PersonNeed.person_id == person_id, PersonNeed.id == need_id, _seen(actor, today))
    ).one_or_none()
    if need is None:
        raise NotFound("need")
    return need


def need_to_work_on(need_id: int, *, actor: Actor, today: date) -> PersonNeed:
    """A need for an act, the row locked until the act ends. Raises `NotFound`."""
    need = db.session.scalars(
        select(PersonNeed)
        .where(PersonNeed.id == need_id, _seen(actor, today))
        .with_for_update(of=PersonNeed)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if need is None:
        raise NotFound("need")
    return need


def _seen(actor: Actor, today: date) -> Any:
    """That the need is of somebody of whom the actor is shown needs."""
    of = exists().where(Person.id == PersonNeed.person_id, people_visible_to(actor, today))
    return of.where(needs_visible_to(actor, today)).correlate(PersonNeed)
