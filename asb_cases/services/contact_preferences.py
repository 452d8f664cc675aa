"""How somebody wants to be contacted, and what they need. Nothing is overwritten: what held before is ended and stays."""

from dataclasses import replace
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.contact_preferences import (
    NO_PREFERENCES,
    ContactWay,
    NeedKind,
    Preferences,
    check_need,
    check_need_over,
    check_preferences,
    written_ways,
)
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.person_contact import ContactPreference, PersonNeed
from asb_cases.queries.contact_preferences import need_to_work_on, preferences_of, standing_preference
from asb_cases.queries.people import person_to_work_on
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def change_contact_preferences(
    *, actor: Actor, now: datetime, person_id: int, preferences: Preferences, seen: int | None = None
) -> None:
    """Record how somebody wants to be contacted from today on. `seen`: the id of the entry that the form was made from, 0
    where there was none. The history names the answers that changed, not what was in them.

    Raises `StaleVersion` where somebody else recorded others meanwhile.
    """
    actor.check(Permission.EDIT_PEOPLE)
    today = local(now).date()
    person = person_to_work_on(person_id, actor=actor, today=today)
    standing = standing_preference(person.id)
    if standing is not None:
        check_version(standing, seen)
    recorded = preferences_of(standing) if standing else NO_PREFERENCES
    check_preferences(preferences, recorded).raise_if_refused()
    if standing is not None:
        standing.to_on = today
        db.session.flush()
    db.session.add(_row(person.id, preferences, today, actor))
    changed = [
        name for name in Preferences.__dataclass_fields__ if getattr(preferences, name) != getattr(recorded, name)
    ]
    about, details = Subject("person", person.id), {"fields": sorted(changed)}
    record("contact_preferences_changed", about, actor=actor, now=now, details=details)


def also_not_by(person_id: int, ways: frozenset[ContactWay], because: str | None, *, today: date, actor: Actor) -> None:
    """Record, as a part of another act, further ways by which somebody must not be contacted, beside what holds already.
    The caller writes the history."""
    standing = standing_preference(person_id)
    recorded = preferences_of(standing) if standing else NO_PREFERENCES
    if ways <= recorded.not_by:
        return
    preferred = None if recorded.preferred in ways else recorded.preferred
    reasons = "; ".join(filter(None, (recorded.not_by_because, because))) or None
    wanted = replace(recorded, preferred=preferred, not_by=recorded.not_by | ways, not_by_because=reasons)
    check_preferences(wanted, recorded).raise_if_refused()
    if standing is not None:
        standing.to_on = today
        db.session.flush()
    db.session.add(_row(person_id, wanted, today, actor))


@transaction
def record_need(
    *, actor: Actor, now: datetime, person_id: int, kind: NeedKind, text: str, from_on: date | None = None
) -> int:
    """Record a reasonable adjustment that somebody needs, or what puts them at greater risk. Returns the id."""
    actor.check(Permission.EDIT_PEOPLE)
    today = local(now).date()
    person = person_to_work_on(person_id, actor=actor, today=today)
    check_need(text, from_on, today).raise_if_refused()
    need = PersonNeed(
        person_id=person.id, kind=kind, text=text.strip(), from_on=from_on or today, recorded_by_id=actor.user_id
    )
    db.session.add(need)
    db.session.flush()
    about, details = Subject("person", person.id), {"need": need.id, "kind": kind.value}
    record("need_recorded", about, actor=actor, now=now, details=details)
    return need.id


@transaction
def end_need(*, actor: Actor, now: datetime, need_id: int, reason: str, to_on: date | None = None) -> None:
    """Record that a need is over, since which day and why. It stays to be read."""
    actor.check(Permission.EDIT_PEOPLE)
    today = local(now).date()
    need = need_to_work_on(need_id, actor=actor, today=today)
    on = to_on or today
    check_need_over(
        from_on=need.from_on, to_on=on, today=today, over=need.to_on is not None, reason=reason
    ).raise_if_refused()
    need.to_on, need.ended_because = on, reason.strip()
    about, details = Subject("person", need.person_id), {"need": need.id}
    record("need_ended", about, actor=actor, now=now, details=details, reason=reason)


def _row(person_id: int, wanted: Preferences, today: date, actor: Actor) -> ContactPreference:
    return ContactPreference(
        person_id=person_id,
        preferred=wanted.preferred,
        times=wanted.times or None,
        language=wanted.language or None,
        interpreter=wanted.interpreter,
        not_by=written_ways(wanted.not_by),
        not_by_because=wanted.not_by_because or None,
        from_on=today,
        recorded_by_id=actor.user_id,
    )
