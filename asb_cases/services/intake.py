"""Taking a report in while somebody is on the telephone: the complaint, everybody it names and its case, in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.complaints import TriageState, usual_title
from asb_cases.domain.errors import gathered
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import known_priority
from asb_cases.domain.references import Prefix
from asb_cases.domain.service_standards import RESPONSE_CLOCKS
from asb_cases.domain.triage import TRANSITIONS
from asb_cases.domain.workflow import next_status
from asb_cases.extensions import db
from asb_cases.models.case import Case, Participant
from asb_cases.models.complaint import Complaint
from asb_cases.models.deadline import Deadline
from asb_cases.models.person import Person
from asb_cases.queries.policy import policy_in_force
from asb_cases.services import deadlines
from asb_cases.services.case_owners import check_works_cases
from asb_cases.services.case_review_explanations import owe_at
from asb_cases.services.cases import new_case, opened_details
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject, record
from asb_cases.services.reference_numbers import next_references
from asb_cases.services.review_time import settle_review_time
from asb_cases.services.search_index import Entry, index_new
from asb_cases.services.told import (
    Complainant,
    Report,
    Told,
    ToldAbout,
    add_rows_of,
    check_may_log,
    check_told,
    complaint_row,
    report_of,
)
from asb_cases.services.transaction import transaction
from asb_cases.services.victim_updates import begin_update


@dataclass(frozen=True)
class Due:
    """Something owed next: the clock's rule, its last day, and the moment where hours count."""

    rule: str
    last_day: date
    due_at: datetime | None


@dataclass(frozen=True)
class Logged:
    """What became of it: the case, the complaint, and what is due next."""

    case_id: int
    case_reference: str
    complaint_reference: str
    due: tuple[Due, ...]


@transaction
def log_case(
    *,
    actor: Actor,
    now: datetime,
    told: Told,
    priority: int | None,
    complainant: Complainant | None = None,
    about: Sequence[ToldAbout] = (),
    title: str | None = None,
    owner_id: int | None = None,
) -> Logged:
    """Open a case about what somebody just told us. The response and the acknowledgement are owed from when it was
    reported, whenever the case is opened. It is the actor's team's; without a title it is called after what and where."""
    check_may_log(told, actor)
    actor.check(Permission.OPEN_CASES)
    today = local(now).date()
    found = gathered([known_priority(priority)]) + check_told(told, complainant, now)
    found.raise_if_refused()
    if owner_id != actor.user_id:
        check_works_cases(owner_id, "owner_id")
    report = report_of(told, complainant, about, actor=actor, today=today)
    numbers = next_references((Prefix.CASE, today.year), (Prefix.COMPLAINT, told.made_on.year))
    complaint = complaint_row(report, numbers[1], actor)
    titles = [category.title for category in report.categories]
    called = title or usual_title(titles, report.place.text if report.place else None)
    case = new_case(
        numbers[0], called, priority, told.made, today, team_id=actor.team_id, owner_id=owner_id,
    )  # fmt: skip
    case.summary, case.categories = told.description or None, list(report.categories)
    case.address, case.ward_id = complaint.address, complaint.ward_id
    complaint.case, complaint.triage = case, TriageState(next_status(TRANSITIONS, complaint.triage, "join"))
    case.participants = [Participant(person=person, part=part) for person, part in _parts(report)]
    db.session.add_all((case, complaint))
    db.session.flush()
    add_rows_of(report, complaint)
    owe_at(complaint)
    clocks = _start_clocks(case, complaint, told)
    _index(case, complaint)
    details = opened_details(case) | {"complaint_id": complaint.id, "people": [each.id for each in report.people]}
    record("case_opened", Subject("case", case.id, case.id), actor=actor, now=now, details=details)
    due = tuple(Due(clock.rule, clock.last_day, clock.due_at) for clock in clocks)
    return Logged(case.id, case.reference, complaint.reference, due)


def _parts(report: Report) -> list[tuple[Person, Part]]:
    """Who plays which part in the case."""
    told_us = [(report.complainant, Part.COMPLAINANT)] if report.complainant is not None else []
    return [*told_us, *((person, Part.SUBJECT) for person in report.about)]


def _start_clocks(case: Case, complaint: Complaint, told: Told) -> list[Deadline]:
    """The first response by its priority, and the acknowledgement: both run from when it was reported."""
    policy = policy_in_force()
    of_case = Links(case_id=case.id)
    response = (
        [deadlines.start(RESPONSE_CLOCKS[case.priority], told.made, of_case, policy=policy)] if case.priority else []
    )
    if complaint.complainant is not None:
        begin_update(case.id, told.made, policy)
    if policy.values.number("case_review_number", case.opened_on) == 1:
        settle_review_time(case, case.opened_on)
    of_complaint = Links(case_id=case.id, complaint_id=complaint.id)
    return [*response, deadlines.start("acknowledge", told.made, of_complaint, policy=policy)]


def _index(case: Case, complaint: Complaint) -> None:
    place = case.address.text if case.address else None
    index_new([
        Entry("case", case.id, case.id, (case.reference, case.title, case.summary, place)),
        Entry("complaint", complaint.id, case.id, (complaint.reference, complaint.description, place)),
    ])  # fmt: skip
