"""Contact warnings: set, reviewed and kept, ended. Staff read them before any visit, call or service of a document."""

from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.contact_warnings import check_ending, check_warning
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.contact_warning import ContactWarning
from asb_cases.queries.contact_warnings import contact_warning_to_work_on
from asb_cases.queries.people import person_to_work_on
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction

REVIEWED = "Reviewed and kept"


@transaction
def set_contact_warning(
    *, actor: Actor, now: datetime, person_id: int, reason: str, precautions: str, review_on: date
) -> int:
    """Warn staff about contact with a person, and say by when somebody looks at it again. Returns the id."""
    actor.check(Permission.SET_CONTACT_WARNINGS)
    today = local(now).date()
    person = person_to_work_on(person_id, actor=actor, today=today)
    warning = _set(actor, today, person.id, reason, precautions, review_on)
    about, details = Subject("person", person.id), {"warning": warning.id, "review_on": review_on.isoformat()}
    record("contact_warning_set", about, actor=actor, now=now, details=details, reason=reason)
    return warning.id


@transaction
def review_contact_warning(
    *, actor: Actor, now: datetime, warning_id: int, reason: str, precautions: str, review_on: date
) -> int:
    """Keep a warning after looking at it again, in the same words or in others: the old one is ended and stays to be
    read, and the one that follows it holds until its own review. Returns the id of that one."""
    actor.check(Permission.SET_CONTACT_WARNINGS)
    today = local(now).date()
    old = contact_warning_to_work_on(warning_id, actor=actor, today=today)
    check_ending(ended=old.ended_on is not None, reason=REVIEWED).raise_if_refused()
    _end(old, actor, today, REVIEWED)
    warning = _set(actor, today, old.person_id, reason, precautions, review_on, follows_id=old.id)
    details = {"warning": warning.id, "follows": old.id, "review_on": review_on.isoformat()}
    about = Subject("person", old.person_id)
    record("contact_warning_reviewed", about, actor=actor, now=now, details=details, reason=reason)
    return warning.id


@transaction
def end_contact_warning(*, actor: Actor, now: datetime, warning_id: int, reason: str) -> None:
    """Say that a warning no longer holds, and why. It stays to be read on the person's page."""
    actor.check(Permission.SET_CONTACT_WARNINGS)
    today = local(now).date()
    warning = contact_warning_to_work_on(warning_id, actor=actor, today=today)
    check_ending(ended=warning.ended_on is not None, reason=reason).raise_if_refused()
    _end(warning, actor, today, reason)
    about, details = Subject("person", warning.person_id), {"warning": warning.id}
    record("contact_warning_ended", about, actor=actor, now=now, details=details, reason=reason)


def _set(
    actor: Actor,
    today: date,
    person_id: int,
    reason: str,
    precautions: str,
    review_on: date,
    follows_id: int | None = None,
) -> ContactWarning:
    check_warning(reason=reason, precautions=precautions, review_on=review_on, today=today).raise_if_refused()
    warning = ContactWarning(
        person_id=person_id,
        reason=reason.strip(),
        precautions=precautions.strip(),
        set_by_id=actor.user_id,
        set_on=today,
        review_on=review_on,
        follows_id=follows_id,
    )
    db.session.add(warning)
    db.session.flush()
    return warning


def _end(warning: ContactWarning, actor: Actor, today: date, reason: str) -> None:
    warning.ended_on, warning.ended_by_id, warning.ended_reason = today, actor.user_id, reason.strip()
