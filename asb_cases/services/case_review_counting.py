"""What is counted for an application: its case and complaints linked, complaints made to other bodies, dates found out, and
complaints set aside by one person and confirmed by another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.case_review_count import (
    SET_ASIDE_OVER,
    Ground,
    SetAsideFacts,
    check_confirmed,
    check_elsewhere,
    check_open_to_count,
    check_set_aside,
)
from asb_cases.domain.errors import gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import day_has_come, days_in_order, reason_given
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview, CaseReviewComplaint
from asb_cases.models.case_review_count import CaseReviewSetAside
from asb_cases.queries.case_reviews import (
    case_review_to_work_on,
    entry_of_ours,
    entry_to_work_on,
    set_aside_to_work_on,
    standing_set_aside,
)
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.complaints import complaint_to_work_on
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.people import person_to_work_on
from asb_cases.services import deadlines
from asb_cases.services.case_reviews import about, index_review, own
from asb_cases.services.history import record
from asb_cases.services.review_time import settle_review_time
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@dataclass(frozen=True)
class MadeElsewhere:
    """A complaint that was made to another body, as far as it is known."""

    body: str
    complainant: str | None = None
    incident: str | None = None
    occurred_on: date | None = None
    made_on: date | None = None
    description: str | None = None


@transaction
def link_application(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    case_id: int | None = None,
    applicant_id: int | None = None,
    complaint_ids: Sequence[int] = (),
    version: int | None = None,
) -> None:
    """Say which case an application is about, who of the register applied, and which complaints are looked at besides those of
    that case."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = _countable(case_review_id, actor, today, version)
    if case_id is not None and case_id != review.case_id:
        review.case = case_to_work_on(case_id, actor=actor, today=today)
        db.session.flush()
        deadlines.attach(own(review), case_id=case_id)
        index_review(review)
        settle_review_time(review.case, today)
    if applicant_id is not None:
        review.applicant_id = person_to_work_on(applicant_id, actor=actor, today=today).id
    for complaint_id in complaint_ids:
        complaint_to_work_on(complaint_id, actor=actor, today=today)
        _entry_for(review, complaint_id, actor)
    details = {"case_id": review.case_id, "complaints": sorted(complaint_ids)}
    record("case_review_linked", about(review), actor=actor, now=now, details=details)


@transaction
def add_complaint_elsewhere(
    *, actor: Actor, now: datetime, case_review_id: int, made: MadeElsewhere, version: int | None = None
) -> int:
    """Enter a complaint that was made to the police, a landlord or another body. Returns the id of its entry."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = _countable(case_review_id, actor, today, version)
    check_elsewhere(body=made.body, occurred_on=made.occurred_on, made_on=made.made_on, today=today).raise_if_refused()
    entry = CaseReviewComplaint(
        case_review_id=review.id,
        body=made.body.strip(),
        complainant=(made.complainant or "").strip() or None,
        incident=(made.incident or "").strip() or None,
        occurred_on=made.occurred_on,
        made_on=made.made_on,
        description=(made.description or "").strip() or None,
        recorded_by_id=actor.user_id,
    )
    db.session.add(entry)
    db.session.flush()
    record("case_review_complaint_added", about(review), actor=actor, now=now, details={"entry_id": entry.id})
    return entry.id


@transaction
def describe_complaint(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    complaint_id: int | None = None,
    entry_id: int | None = None,
    incident: str | None,
    occurred_on: date | None,
    made_on: date | None,
    version: int | None = None,
) -> None:
    """Say which incident a complaint is about, and what was found out of its dates. Of one of our own its `entry_id` is not
    known yet where nothing was kept of it; the day it was made stands in the complaint itself."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = _countable(case_review_id, actor, today, None)
    entry = _entry_named(review, entry_id, complaint_id, actor, today)
    check_version(entry, version)
    ours = complaint_to_work_on(entry.complaint_id, actor=actor, today=today) if entry.complaint_id else None
    made_on = ours.made_on if ours else made_on
    gathered([
        day_has_come("The day of the behaviour", occurred_on, today, "occurred_on"),
        day_has_come("The day it was made", made_on, today, "made_on"),
        days_in_order(("the behaviour", occurred_on), ("The complaint", made_on), "made_on" if ours is None else "occurred_on"),
    ]).raise_if_refused()  # fmt: skip
    before = {
        "incident": entry.incident is not None,
        "occurred_on": _iso(entry.occurred_on),
        "made_on": _iso(entry.made_on),
    }
    entry.incident, entry.occurred_on = (incident or "").strip() or None, occurred_on
    entry.made_on = None if ours else made_on
    details = {"entry_id": entry.id, "before": before, "occurred_on": _iso(occurred_on), "made_on": _iso(entry.made_on)}
    record("case_review_complaint_changed", about(review), actor=actor, now=now, details=details)


@transaction
def set_complaint_aside(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    ground: Ground,
    reason: str,
    complaint_id: int | None = None,
    entry_id: int | None = None,
) -> int:
    """Propose that a complaint does not count. It counts until somebody else has confirmed it. Returns the id."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = _countable(case_review_id, actor, today, None)
    entry = _entry_named(review, entry_id, complaint_id, actor, today)
    check_set_aside(reason, already=standing_set_aside(entry.id) is not None).raise_if_refused()
    row = CaseReviewSetAside(
        entry_id=entry.id, ground=ground, reason=reason.strip(), proposed_on=today, proposed_by_id=actor.user_id
    )
    db.session.add(row)
    db.session.flush()
    details = {"set_aside_id": row.id, "entry_id": entry.id, "ground": ground.value}
    record("case_review_set_aside", about(review), actor=actor, now=now, details=details, reason=reason)
    return row.id


@transaction
def confirm_set_aside(*, actor: Actor, now: datetime, set_aside_id: int, version: int | None = None) -> None:
    """Confirm, as the second person, that a complaint does not count."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    row, review = _set_aside(set_aside_id, actor, today)
    check_version(row, version)
    facts = SetAsideFacts(row.proposed_by_id, row.confirmed_on is not None, row.ended_on is not None)
    check_confirmed(facts, actor.user_id).raise_if_refused()
    row.confirmed_on, row.confirmed_by_id = today, actor.user_id
    details = {"set_aside_id": row.id, "proposed_by_id": row.proposed_by_id}
    record("case_review_set_aside_confirmed", about(review), actor=actor, now=now, details=details)


@transaction
def end_set_aside(*, actor: Actor, now: datetime, set_aside_id: int, reason: str, version: int | None = None) -> None:
    """Let a complaint count again, or refuse what was proposed, and say why."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    row, review = _set_aside(set_aside_id, actor, today)
    check_version(row, version)
    gathered([
        SET_ASIDE_OVER if row.ended_on else None,
        reason_given("Letting the complaint count", reason),
    ]).raise_if_refused()  # fmt: skip
    row.ended_on, row.ended_by_id, row.ended_because = today, actor.user_id, reason.strip()
    details = {"set_aside_id": row.id}
    record("case_review_set_aside_ended", about(review), actor=actor, now=now, details=details, reason=reason)


@transaction
def mark_complaint_of_application_in_error(
    *, actor: Actor, now: datetime, case_review_id: int, entry_id: int, reason: str, version: int | None = None
) -> None:
    """Mark what was entered or linked as a mistake: it stays in the history and is no longer counted. A complaint of the
    application's own case still is."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = _countable(case_review_id, actor, today, None)
    entry = _entry_named(review, entry_id, None, actor, today)
    check_version(entry, version)
    gathered([reason_given("Taking the complaint out of the list", reason)]).raise_if_refused()
    entry.entered_in_error_on, entry.entered_in_error_reason = today, reason.strip()
    details = {"entry_id": entry.id}
    record("case_review_complaint_in_error", about(review), actor=actor, now=now, details=details, reason=reason)


def _countable(case_review_id: int, actor: Actor, today: date, version: int | None) -> CaseReview:
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    check_open_to_count(review.status).raise_if_refused()
    return review


def _entry_for(review: CaseReview, complaint_id: int, actor: Actor) -> CaseReviewComplaint:
    """What is kept of one of our complaints, made where nothing was yet. One taken out by mistake is taken in again."""
    entry = entry_of_ours(review.id, complaint_id)
    if entry is None:
        entry = CaseReviewComplaint(case_review_id=review.id, complaint_id=complaint_id, recorded_by_id=actor.user_id)
        db.session.add(entry)
    elif entry.entered_in_error_on:
        entry.entered_in_error_on = entry.entered_in_error_reason = None
    db.session.flush()
    return entry


def _entry_named(
    review: CaseReview, entry_id: int | None, complaint_id: int | None, actor: Actor, today: date
) -> CaseReviewComplaint:
    if entry_id is None:
        if complaint_id is None:
            raise ValueError("Which complaint?")
        complaint_to_work_on(complaint_id, actor=actor, today=today)
        return _entry_for(review, complaint_id, actor)
    entry = entry_to_work_on(entry_id)
    if entry.case_review_id != review.id:
        raise NotFound("complaint of the application")
    return entry


def _set_aside(set_aside_id: int, actor: Actor, today: date) -> tuple[CaseReviewSetAside, CaseReview]:
    row = set_aside_to_work_on(set_aside_id)
    return row, _countable(row.entry.case_review_id, actor, today, None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
