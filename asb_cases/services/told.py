"""What somebody told us, as acts are given it and as rows keep it. Parts of acts, not acts: see `complaints` and `intake`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from asb_cases.domain.calendar import local, shift_date
from asb_cases.domain.complaints import Channel, OutOfHoursResponse, TriageState
from asb_cases.domain.contact_preferences import ContactWay
from asb_cases.domain.errors import Findings, gathered
from asb_cases.domain.names import fold_key
from asb_cases.domain.out_of_hours import check_response
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.places import written_place
from asb_cases.domain.record_keeping import (
    ANONYMOUS_COMPLAINANT,
    REFERENCE_KNOWN,
    REPORTED_THEMSELVES,
    SHIFT_NEEDS_TIME,
    day_has_come,
    days_in_order,
    moment_has_come,
)
from asb_cases.domain.triage import TRANSITIONS
from asb_cases.domain.workflow import next_status
from asb_cases.extensions import db
from asb_cases.models.category import Category
from asb_cases.models.complaint import Complaint, ComplaintSubject
from asb_cases.models.data_import import OtherReference
from asb_cases.models.person import Person
from asb_cases.models.place import Address
from asb_cases.queries.categories import categories_called
from asb_cases.services.addresses import places_called
from asb_cases.services.contact_preferences import also_not_by
from asb_cases.services.people import Somebody, people_named, said_besides


@dataclass(frozen=True)
class Complainant(Somebody):
    """Who told us: somebody in the register, by id, or new `details` with an address."""


@dataclass(frozen=True)
class ToldAbout(Somebody):
    """Who it is about, as far as we were told: an allegation."""


@dataclass(frozen=True)
class Told:
    """What we were told. `made` is the moment, or the day where the time is not known; `place` is where it happens.

    `occurred_when` says the time or the period in words, `safe_contact` how whoever told us may be reached without harm,
    and `not_by` the ways that must not be used.
    `their_reference` is the number that the body which passed it on gave it. `response` and `arrived_at` are what an
    out-of-hours shift did about it, `outcome` what came of that.
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
    outcome: str | None = None
    occurred_when: str | None = None
    still_going_on: bool = False
    postcode: str | None = None
    safe_contact: str | None = None
    not_by: frozenset[ContactWay] = frozenset()
    their_reference: str | None = None

    @property
    def made_on(self) -> date:
        return local(self.made).date() if isinstance(self.made, datetime) else self.made

    @property
    def made_at(self) -> datetime | None:
        return self.made if isinstance(self.made, datetime) else None


@dataclass(frozen=True)
class Report:
    """What we were told, with everybody and everything that it names as rows."""

    told: Told
    categories: list[Category]
    place: Address | None
    complainant: Person | None
    about: list[Person]
    safe_contact: str | None

    @property
    def people(self) -> list[Person]:
        """Everybody it names."""
        return [*([self.complainant] if self.complainant is not None else []), *self.about]


def check_told(told: Told, complainant: Complainant | None, now: datetime) -> Findings:
    """Whether it can have been so."""
    today = local(now).date()
    found = gathered([
        day_has_come("The day it was made", told.made_on, today, "made_on"),
        moment_has_come("The time it was made", told.made_at, now, "made_at"),
        days_in_order(("the behaviour", told.occurred_on), ("The complaint", told.made_on), "occurred_on"),
        SHIFT_NEEDS_TIME if told.channel is Channel.OUT_OF_HOURS and told.made_at is None else None,
        ANONYMOUS_COMPLAINANT if told.anonymous and complainant else None,
        REFERENCE_KNOWN.of(reference=told.their_reference) if _reference_known(told.their_reference) else None,
    ])  # fmt: skip
    if told.made_at is None:
        return found
    return found + check_response(received=told.made_at, response=told.response, arrived=told.arrived_at, now=now)


def report_of(
    told: Told, complainant: Complainant | None, about: Sequence[ToldAbout], *, actor: Actor, today: date
) -> Report:
    """Find what it names, and record what is new of it. Raises `RuleBroken`, and `NotFound` for somebody chosen whom the
    actor may not see."""
    categories = categories_called(told.categories)
    named = [each for each in (complainant, *about) if each is not None]
    place_text = written_place(told.place, told.postcode)
    place, *homes = places_called([place_text, *(each.address for each in named)], ward_id=told.ward_id)
    people = people_named(named, homes, actor=actor, today=today)
    who = people[0] if complainant is not None else None
    subjects = list(dict.fromkeys(people[1:] if complainant is not None else people))
    gathered([REPORTED_THEMSELVES if who in subjects else None]).raise_if_refused()
    besides = said_besides(who, complainant.details) if who is not None and complainant is not None else None
    if who is not None and told.not_by:
        also_not_by(who.id, told.not_by, told.safe_contact, today=today, actor=actor)
    safe_contact = "\n".join(filter(None, (told.safe_contact, besides))) or None
    return Report(told, categories, place, who, subjects, safe_contact)


def complaint_row(report: Report, reference: str, actor: Actor) -> Complaint:
    """The complaint, to be triaged; not yet added."""
    told, place = report.told, report.place
    night = told.made_at if told.channel is Channel.OUT_OF_HOURS else None
    return Complaint(
        reference=reference,
        made_on=told.made_on,
        made_at=told.made_at,
        occurred_on=told.occurred_on,
        occurred_when=told.occurred_when or None,
        still_going_on=told.still_going_on or None,
        channel=told.channel,
        anonymous=told.anonymous,
        complainant=report.complainant,
        safe_contact=report.safe_contact,
        received_by_body=told.received_by_body,
        description=told.description or None,
        address=place,
        ward_id=told.ward_id or (place.ward_id if place else None),
        triage=TriageState(next_status(TRANSITIONS, None, "log")),
        shift_on=shift_date(night) if night else None,
        response=told.response,
        arrived_at=told.arrived_at,
        outcome=told.outcome or None,
        recorded_by_id=actor.user_id,
        categories=report.categories,
    )


def add_rows_of(report: Report, complaint: Complaint) -> None:
    """What hangs on the complaint, once that has its id: whom it is about, and the number that another body gave it."""
    db.session.add_all(ComplaintSubject(complaint_id=complaint.id, person_id=person.id) for person in report.about)
    if theirs := report.told.their_reference:
        db.session.add(
            OtherReference(
                entity_kind="complaint", entity_id=complaint.id, reference=theirs, reference_key=fold_key(theirs)
            )
        )


def check_may_log(told: Told, actor: Actor) -> None:
    """Raise `NotPermitted` unless the actor may log it."""
    actor.check(Permission.LOG_COMPLAINTS)
    if told.channel is Channel.OUT_OF_HOURS:
        actor.check(Permission.RECORD_OUT_OF_HOURS)


def _reference_known(theirs: str | None) -> bool:
    if not theirs:
        return False
    same = select(OtherReference.id).where(
        OtherReference.entity_kind == "complaint", OtherReference.reference_key == fold_key(theirs)
    )
    return db.session.scalar(same.limit(1)) is not None
