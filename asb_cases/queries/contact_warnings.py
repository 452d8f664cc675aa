"""Contact warnings, for the pages that stand before a visit, a call or the service of a document.

Only whoever may see people is ever told of one: not a partner, not an analyst, and nobody outside.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased

from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.contact_warning import ContactWarning
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_complete_imports, people_visible_to


@dataclass(frozen=True)
class WarningShown:
    """One warning that stands. `name` and `reason` are None where the reader may not see whom it is about: what to do
    they read all the same. `overdue`: the day by which it was to be reviewed is past."""

    id: int
    person_id: int | None
    name: str | None
    reason: str | None
    precautions: str
    set_by: str | None
    set_on: date
    review_on: date
    overdue: bool


def contact_warnings_for(actor: Actor, person_ids: Iterable[int], today: date) -> Mapping[int, Sequence[WarningShown]]:
    """The warnings that stand about these people, by their ids; only those who have one are in it. What is known of the
    one whom an occupier or owner turned out to be counts for both records. One query; none where nobody is asked about.
    The caller has seen to it that the reader may see these people; of another record of the same one, whom the reader
    may not see, only what to do is told."""
    ids = set(person_ids)
    if not ids or not actor.may(Permission.SEE_PEOPLE):
        return {}
    asked = aliased(Person)
    same = Person.id == asked.id
    rows = db.session.execute(
        select(asked.id.label("asked"), *_SHOWN, Person.name, (same | people_visible_to(actor, today)).label("seen"))
        .select_from(asked)
        .join(ContactWarning, _about(asked))
        .join(Person, Person.id == ContactWarning.person_id)
        .outerjoin(User, User.id == ContactWarning.set_by_id)
        .where(asked.id.in_(ids))
        .order_by(asked.id, ContactWarning.id)
    )
    found: dict[int, list[WarningShown]] = defaultdict(list)
    for row in rows:
        found[row.asked].append(_shown(row, today))
    return dict(found)


def contact_warnings_at(actor: Actor, address_id: int, today: date) -> Sequence[WarningShown]:
    """The warnings about whoever lives or is based at an address, for a visit to it. Of somebody whom the reader may not
    see only what to do is told: staff are to come back safe whoever's case it is. One query."""
    if not actor.may(Permission.SEE_PEOPLE):
        return []
    rows = db.session.execute(
        select(*_SHOWN, Person.name, people_visible_to(actor, today).label("seen"))
        .join(Person, Person.id == ContactWarning.person_id)
        .outerjoin(User, User.id == ContactWarning.set_by_id)
        .where(
            ContactWarning.ended_on.is_(None),
            of_complete_imports(Person),
            Person.id.in_(
                select(PersonAddress.person_id).where(
                    PersonAddress.address_id == address_id,
                    or_(PersonAddress.to_on.is_(None), PersonAddress.to_on >= today),
                    of_complete_imports(PersonAddress),
                )
            ),
        )
        .order_by(ContactWarning.id)
    )
    return [_shown(row, today) for row in rows]


def warnings_about_visit(
    actor: Actor, person_ids: Iterable[int], address_id: int | None, today: date
) -> list[WarningShown]:
    """What must be known before people of a case are met: the warnings about them, and about whoever lives where it is,
    each once."""
    of_people = contact_warnings_for(actor, person_ids, today)
    found = [*(warning for each in of_people.values() for warning in each)]
    if address_id is not None:
        found += contact_warnings_at(actor, address_id, today)
    return list({warning.id: warning for warning in reversed(found)}.values())


def warned_of() -> ColumnElement[bool]:
    """The condition on `Person` that a warning about them stands, for lists that only mark it."""
    return select(ContactWarning.id).where(_about(Person)).correlate(Person).exists()


def warnings_of_person(person_id: int) -> Sequence[Any]:
    """Every warning about a person, ended ones too, the latest first: for their own page."""
    setter, ender = aliased(User), aliased(User)
    return db.session.execute(
        select(*ContactWarning.__table__.columns, setter.name.label("set_by"), ender.name.label("ended_by"))
        .outerjoin(setter, setter.id == ContactWarning.set_by_id)
        .outerjoin(ender, ender.id == ContactWarning.ended_by_id)
        .where(ContactWarning.person_id == person_id)
        .order_by(ContactWarning.id.desc())
    ).all()


def load_warning_for(actor: Actor, person_id: int, warning_id: int, today: date) -> ContactWarning:
    """A warning of the person, for a page. Raises `NotFound`."""
    return _one(
        select(ContactWarning).where(
            ContactWarning.id == warning_id, Person.id == person_id, people_visible_to(actor, today)
        )
    )


def contact_warning_to_work_on(warning_id: int, *, actor: Actor, today: date) -> ContactWarning:
    """The warning for an act, the row locked until the act ends. Raises `NotFound`."""
    return _one(
        select(ContactWarning)
        .where(ContactWarning.id == warning_id, people_visible_to(actor, today))
        .with_for_update(of=ContactWarning)
        .execution_options(populate_existing=True)
    )


def _one(found: Select[ContactWarning]) -> ContactWarning:
    warning = db.session.scalars(found.join(Person, Person.id == ContactWarning.person_id)).one_or_none()
    if warning is None:
        raise NotFound("contact warning")
    return warning


_SHOWN = (
    ContactWarning.id,
    ContactWarning.person_id,
    ContactWarning.reason,
    ContactWarning.precautions,
    User.name.label("set_by"),
    ContactWarning.set_on,
    ContactWarning.review_on,
)


def _about(person: Any) -> ColumnElement[bool]:
    """That a warning stands about the person, or about another record of the same one (2014 Act s.45): the one whom an
    occupier or owner turned out to be, or the occupier or owner."""
    other = aliased(Person)
    others = select(other.id).where(other.identified_as_id.in_((person.id, person.identified_as_id))).correlate(person)
    return ContactWarning.ended_on.is_(None) & or_(
        ContactWarning.person_id == person.id,
        ContactWarning.person_id == person.identified_as_id,
        ContactWarning.person_id.in_(others),
    )


def _shown(row: Any, today: date) -> WarningShown:
    seen = row.seen
    return WarningShown(
        id=row.id,
        person_id=row.person_id if seen else None,
        name=row.name if seen else None,
        reason=row.reason if seen else None,
        precautions=row.precautions,
        set_by=row.set_by,
        set_on=row.set_on,
        review_on=row.review_on,
        overdue=row.review_on < today,
    )
