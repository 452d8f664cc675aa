"""What people tell us: logged, acknowledged, or marked as entered in error. Where it goes is decided in `triage`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asb_cases.domain.calendar import local, shift_date
from asb_cases.domain.complaints import Channel, OutOfHoursResponse, TriageState
from asb_cases.domain.errors import gathered
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import (
    ALREADY_DONE,
    ANONYMOUS_COMPLAINANT,
    CASE_IS_CLOSED,
    SHIFT_NEEDS_TIME,
    day_has_come,
    days_in_order,
    reason_given,
)
from asb_cases.domain.references import Prefix
from asb_cases.domain.triage import TRANSITIONS
from asb_cases.domain.workflow import CaseStatus, next_status
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.complaint import Complaint
from asb_cases.models.place import Address
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.categories import categories_called
from asb_cases.queries.complaints import complaint_to_work_on
from asb_cases.queries.people import person_to_work_on
from asb_cases.services import deadlines
from asb_cases.services.addresses import place_called
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject, record
from asb_cases.services.participants import play_part
from asb_cases.services.people import Details, find_person, recorded_person
from asb_cases.services.reference_numbers import next_reference
from asb_cases.services.search_index import index
from asb_cases.services.transaction import transaction


@dataclass(frozen=True)
class Complainant:
    """Who told us: somebody in the register, by id, or new `details` with an address."""

    person_id: int | None = None
    details: Details | None = None
    address: str | None = None


@dataclass(frozen=True)
class Told:
    """What we were told. `made` is the moment, or the day where the time is not known; `place` is where it happens.

    `response` and `arrived_at` are what an out-of-hours shift did about it.
    """

    description: str
    channel: Channel
    made: datetime | date
    occurred_on: date | None = None
    place: str | None = None
    ward_id: int | None = None
    categories: Sequence[str] = ()
    received_by_body: str | None = None
    anonymous: bool = False
    response: OutOfHoursResponse | None = None
    arrived_at: datetime | None = None

    @property
    def made_on(self) -> date:
        return local(self.made).date() if isinstance(self.made, datetime) else self.made

    @property
    def made_at(self) -> datetime | None:
        return self.made if isinstance(self.made, datetime) else None


@transaction
def log_complaint(
    *, actor: Actor, now: datetime, told: Told, complainant: Complainant | None = None, case_id: int | None = None
) -> int:
    """Log what somebody told us, by itself or in a case. Returns the id.

    An out-of-hours request belongs to the shift of its night. The acknowledgement's clock starts when it was made.
    """
    actor.check(Permission.LOG_COMPLAINTS)
    if told.channel is Channel.OUT_OF_HOURS:
        actor.check(Permission.RECORD_OUT_OF_HOURS)
    today = local(now).date()
    case = case_to_add_to(case_id, actor, today) if case_id is not None else None
    _check(told, complainant, today)
    complaint = _complaint(told, actor)
    complaint.complainant_id = _person_id(complainant, actor, today)
    if case:
        complaint.triage, complaint.case_id = TriageState.JOINED, case.id
    db.session.add(complaint)
    db.session.flush()
    deadlines.start("acknowledge", told.made, Links(complaint_id=complaint.id, case_id=complaint.case_id))
    take_in(complaint)
    about = Subject("complaint", complaint.id, complaint.case_id)
    record("complaint_logged", about, actor=actor, now=now, details={"channel": told.channel.value})
    return complaint.id


@transaction
def acknowledge_complaint(*, actor: Actor, now: datetime, complaint_id: int, at: datetime | None = None) -> None:
    """Record that whoever made a complaint was told that we have it. A contact in its case says so by itself."""
    actor.check(Permission.LOG_COMPLAINTS)
    complaint = complaint_to_work_on(complaint_id, actor=actor, today=local(now).date())
    met = deadlines.meet("acknowledge", of=Links(complaint_id=complaint.id), at=at or now, because="Acknowledged")
    gathered([None if met else ALREADY_DONE]).raise_if_refused()
    about = Subject("complaint", complaint.id, complaint.case_id)
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
    about = Subject("complaint", complaint.id, complaint.case_id)
    record("entered_in_error", about, actor=actor, now=now, reason=reason)


def _check(told: Told, complainant: Complainant | None, today: date) -> None:
    gathered([
        day_has_come("The day it was made", told.made_on, today, "made_on"),
        days_in_order(("the behaviour", told.occurred_on), ("The complaint", told.made_on), "occurred_on"),
        SHIFT_NEEDS_TIME if told.channel is Channel.OUT_OF_HOURS and told.made_at is None else None,
        ANONYMOUS_COMPLAINANT if told.anonymous and complainant else None,
    ]).raise_if_refused()  # fmt: skip


def _complaint(told: Told, actor: Actor) -> Complaint:
    place = place_called(told.place, ward_id=told.ward_id)
    night = told.made_at if told.channel is Channel.OUT_OF_HOURS else None
    return Complaint(
        reference=next_reference(Prefix.COMPLAINT, told.made_on.year),
        made_on=told.made_on,
        made_at=told.made_at,
        occurred_on=told.occurred_on,
        channel=told.channel,
        anonymous=told.anonymous,
        received_by_body=told.received_by_body,
        description=told.description or None,
        address_id=place.id if place else None,
        ward_id=told.ward_id or (place.ward_id if place else None),
        triage=TriageState(next_status(TRANSITIONS, None, "log")),
        shift_on=shift_date(night) if night else None,
        response=told.response,
        arrived_at=told.arrived_at,
        recorded_by_id=actor.user_id,
        categories=categories_called(told.categories),
    )


def _person_id(complainant: Complainant | None, actor: Actor, today: date) -> int | None:
    """Somebody in the register whom the actor may see, or the one these details are of, recorded now if new."""
    if complainant is None:
        return None
    if complainant.person_id is not None:
        return person_to_work_on(complainant.person_id, actor=actor, today=today).id
    if complainant.details is None:
        return None
    known = find_person(complainant.details, address=complainant.address)
    return (known or recorded_person(complainant.details, address=complainant.address, today=today)).id


def case_to_add_to(case_id: int, actor: Actor, today: date) -> Case:
    """The case that a complaint is to become part of. Raises `RuleBroken` for one that is simply closed."""
    actor.check(Permission.ADD_TO_CASE)
    case = case_to_work_on(case_id, actor=actor, today=today)
    gathered([CASE_IS_CLOSED if case.status is CaseStatus.CLOSED else None]).raise_if_refused()
    return case


def take_in(complaint: Complaint) -> None:
    """Let the case of a complaint know it: who made it is its complainant, its clock is the case's, and who may find
    the complaint by its words is decided by the case."""
    if complaint.case_id is not None:
        deadlines.attach(Links(complaint_id=complaint.id), case_id=complaint.case_id)
        if complaint.complainant_id is not None:
            play_part(complaint.case_id, complaint.complainant_id, Part.COMPLAINANT)
    place = db.session.get(Address, complaint.address_id) if complaint.address_id is not None else None
    words = (complaint.reference, complaint.description, place.text if place else None)
    index("complaint", complaint.id, complaint.case_id, *words)
