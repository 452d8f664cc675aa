"""Cover for absence: who is away, until when, and who works their cases meanwhile."""

from datetime import date, datetime

from asb_cases.domain.absences import check_absence
from asb_cases.domain.calendar import local
from asb_cases.domain.errors import NotPermitted, gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import ALREADY_DONE
from asb_cases.extensions import db
from asb_cases.models.absence import Absence
from asb_cases.queries.absences import absence_for, lock_users, overlapping
from asb_cases.queries.not_found import NotFound
from asb_cases.services.case_owners import check_works_cases
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def record_absence(*, actor: Actor, now: datetime, user_id: int, cover_id: int, from_on: date, to_on: date) -> int:
    """Record that somebody is away, first and last day included, and who covers. One's own, or anybody's for whoever
    allocates cases. Returns the id."""
    actor.check(Permission.WORK_CASES)
    if user_id != actor.user_id and not actor.may(Permission.ALLOCATE_CASES):
        raise NotPermitted(Permission.ALLOCATE_CASES.value)
    lock_users(user_id, cover_id)  # two of one person, recorded at once, come one after the other
    away, cover = check_works_cases(user_id, "user_id"), check_works_cases(cover_id, "cover_id")
    if away is None or cover is None:
        raise NotFound("user")
    check_absence(
        own_cover=away.id == cover.id,
        cover_name=cover.name,
        from_on=from_on,
        to_on=to_on,
        today=local(now).date(),
        known=overlapping(away.id, from_on, to_on),
        cover_away=overlapping(cover.id, from_on, to_on),
    ).raise_if_refused()
    absence = Absence(user_id=away.id, cover_id=cover.id, from_on=from_on, to_on=to_on)
    db.session.add(absence)
    db.session.flush()
    details = {"user_id": away.id, "cover_id": cover.id, "from_on": from_on.isoformat(), "to_on": to_on.isoformat()}
    record("absence_recorded", Subject("absence", absence.id), actor=actor, now=now, details=details)
    return absence.id


@transaction
def end_absence(*, actor: Actor, now: datetime, absence_id: int, version: int | None = None) -> None:
    """They are back, or never went: the cover is over at once."""
    actor.check(Permission.WORK_CASES)
    absence = absence_for(actor, absence_id)
    check_version(absence, version)
    gathered([ALREADY_DONE if absence.ended_on else None]).raise_if_refused()
    absence.ended_on = local(now).date()
    about, details = Subject("absence", absence.id), {"user_id": absence.user_id, "cover_id": absence.cover_id}
    record("absence_ended", about, actor=actor, now=now, details=details)
