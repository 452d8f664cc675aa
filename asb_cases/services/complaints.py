"""What people tell us: logged, acknowledged, or marked as entered in error. Where it goes is decided in `triage`."""

from collections.abc import Sequence
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.complaints import TriageState
from asb_cases.domain.errors import gathered
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import (
    ALREADY_DONE,
    CASE_IS_CLOSED,
    day_has_come,
    days_in_order,
    moment_has_come,
    reason_given,
)
from asb_cases.domain.references import Prefix
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.complaint import Complaint
from asb_cases.models.place import Address
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.complaints import complaint_to_work_on, told_about, updates_of
from asb_cases.services import deadlines
from asb_cases.services.case_review_explanations import owe_at
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject, record
from asb_cases.services.participants import play_part
from asb_cases.services.reference_numbers import next_reference
from asb_cases.services.review_time import settle_review_time
from asb_cases.services.risk import ask_after_incident
from asb_cases.services.search_index import index
from asb_cases.services.told import (
    Complainant,
    Told,
    ToldAbout,
    add_rows_of,
    check_may_log,
    check_told,
    complaint_row,
    report_of,
)
from asb_cases.services.transaction import transaction
from asb_cases.services.victim_updates import settle_update


@transaction
def log_complaint(
    *,
    actor: Actor,
    now: datetime,
    told: Told,
    complainant: Complainant | None = None,
    about: Sequence[ToldAbout] = (),
    case_id: int | None = None,
) -> int:
    """Log what somebody told us, by itself or in a case. Returns the id.

    An out-of-hours request belongs to the shift of its night. The acknowledgement's clock starts when it was made.
    """
    check_may_log(told, actor)
    today = local(now).date()
    case = case_to_add_to(case_id, actor, today) if case_id is not None else None
    check_told(told, complainant, now).raise_if_refused()
    report = report_of(told, complainant, about, actor=actor, today=today)
    complaint = complaint_row(report, next_reference(Prefix.COMPLAINT, told.made_on.year), actor)
    if case:
        complaint.triage, complaint.case_id = TriageState.JOINED, case.id
    db.session.add(complaint)
    db.session.flush()
    add_rows_of(report, complaint)
    deadlines.start("acknowledge", told.made, Links(complaint_id=complaint.id, case_id=complaint.case_id))
    take_in(complaint, today)
    details = {"channel": told.channel.value, "people": [person.id for person in report.people]}
    record("complaint_logged", about_complaint(complaint), actor=actor, now=now, details=details)
    return complaint.id


@transaction
def acknowledge_complaint(*, actor: Actor, now: datetime, complaint_id: int, at: datetime | None = None) -> None:
    """Record that whoever made a complaint was told that we have it. A contact in its case says so by itself."""
    actor.check(Permission.LOG_COMPLAINTS)
    today, at = local(now).date(), at or now
    complaint = complaint_to_work_on(complaint_id, actor=actor, today=today)
    day = local(at).date()
    gathered([
        day_has_come("The day of the acknowledgement", day, today, "at_on"),
        moment_has_come("The time of the acknowledgement", at, now, "at_time"),
        days_in_order(("the complaint", complaint.made_on), ("The acknowledgement", day), "at_on"),
    ]).raise_if_refused()  # fmt: skip
    met = deadlines.meet("acknowledge", of=Links(complaint_id=complaint.id), at=at, because="Acknowledged")
    gathered([None if met else ALREADY_DONE]).raise_if_refused()
    about = about_complaint(complaint)
    record("contact_recorded", about, actor=actor, now=now, details={"acknowledged": True})


@transaction
def mark_complaint_entered_in_error(*, actor: Actor, now: datetime, complaint_id: int, reason: str) -> None:
    """Mark a complaint as entered in error: it stays visible with the reason, leaves the figures, its clocks stop."""
    actor.check(Permission.CORRECT_RECORDS)
    today = local(now).date()
    complaint = complaint_to_work_on(complaint_id, actor=actor, today=today)
    gathered([reason_given("Marking a complaint as entered in error", reason)]).raise_if_refused()
    complaint.entered_in_error_on, complaint.entered_in_error_reason = today, reason.strip()
    deadlines.stop(of=Links(complaint_id=complaint.id), on=today, because="Entered in error")
    if complaint.case_id is not None:
        settle_review_time(db.session.get_one(Case, complaint.case_id), today)
    about = about_complaint(complaint)
    record("entered_in_error", about, actor=actor, now=now, reason=reason)


def case_to_add_to(case_id: int, actor: Actor, today: date) -> Case:
    """The case that a complaint is to become part of. Raises `RuleBroken` for one that is simply closed."""
    actor.check(Permission.ADD_TO_CASE)
    case = case_to_work_on(case_id, actor=actor, today=today)
    gathered([CASE_IS_CLOSED if case.status is CaseStatus.CLOSED else None]).raise_if_refused()
    return case


def take_in(complaint: Complaint, today: date) -> None:
    """Let the case of a complaint know it: who made it is its complainant, whom it is about its subject, its clock is the
    case's, and who may find the complaint by its words is decided by the case. At a second one the case review is to be
    explained to whoever made it."""
    if complaint.case_id is not None:
        deadlines.attach(Links(complaint_id=complaint.id), case_id=complaint.case_id)
        if complaint.complainant_id is not None:
            play_part(complaint.case_id, complaint.complainant_id, Part.COMPLAINANT)
            settle_update(db.session.get_one(Case, complaint.case_id), complaint.made_at or complaint.made_on)
        settle_review_time(db.session.get_one(Case, complaint.case_id), today)
        for person_id in told_about(complaint.id):
            play_part(complaint.case_id, person_id, Part.SUBJECT)
        ask_after_incident(complaint.case_id, complaint.made_at or complaint.made_on)
    owe_at(complaint)
    index_complaint(complaint)


def index_complaint(complaint: Complaint) -> None:
    """Let a complaint be found by what was said in it, at first and later, and by its place."""
    place = db.session.get(Address, complaint.address_id) if complaint.address_id is not None else None
    later = [row.text for row in updates_of(complaint.id)] if complaint.shift_on else []
    words = (complaint.reference, complaint.description, complaint.outcome, place.text if place else None, *later)
    index("complaint", complaint.id, complaint.case_id, *words)


def about_complaint(complaint: Complaint) -> Subject:
    """What a history entry about a complaint is about."""
    return Subject("complaint", complaint.id, complaint.case_id)
