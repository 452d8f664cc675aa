"""Incidents: what happened in the world, recorded, put right, or marked as entered in error."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import gathered
from asb_cases.domain.incidents import DRAWN_ON_COMPLAINTS_ELSEWHERE, IncidentSource, check_incident
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import ALREADY_IN_ERROR, IN_ERROR, reason_given
from asb_cases.extensions import db
from asb_cases.models.complaint import Complaint
from asb_cases.models.incident import Incident, IncidentComplaint
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.incidents import incident_to_work_on
from asb_cases.services.addresses import place_called
from asb_cases.services.history import Subject, record
from asb_cases.services.risk import ask_after_incident
from asb_cases.services.search_index import index
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@dataclass(frozen=True)
class Happened:
    """What happened: when (the times where they are known), where as written, what was seen or heard, how we know, and
    whether it can be relied on as evidence."""

    on: date
    seen: str
    source: IncidentSource
    at: datetime | None = None
    until_on: date | None = None
    until_at: datetime | None = None
    place: str | None = None
    source_note: str | None = None
    evidence: bool = False
    complaint_ids: Collection[int] = ()


@transaction
def record_incident(*, actor: Actor, now: datetime, case_id: int, happened: Happened) -> int:
    """Record an incident in a case. Returns the id."""
    actor.check(Permission.ADD_TO_CASE)
    case = case_to_work_on(case_id, actor=actor, today=local(now).date())
    incident = Incident(case_id=case.id, recorded_at=now, recorded_by_id=actor.user_id)
    _describe(incident, happened, now)
    db.session.add(incident)
    db.session.flush()
    _link(incident, happened)
    ask_after_incident(case.id, happened.at or happened.on)
    about = Subject("incident", incident.id, case.id)
    record("incident_recorded", about, actor=actor, now=now, details=_details(happened))
    return incident.id


@transaction
def change_incident(
    *, actor: Actor, now: datetime, incident_id: int, happened: Happened, version: int | None = None
) -> None:
    """Put right what is recorded of an incident. What it said before is not kept: what somebody wrote stands in notes and
    complaints."""
    actor.check(Permission.WORK_CASES)
    incident = incident_to_work_on(incident_id)
    case = case_to_work_on(incident.case_id, actor=actor, today=local(now).date())
    check_version(incident, version)
    gathered([IN_ERROR if incident.entered_in_error_on else None]).raise_if_refused()
    _describe(incident, happened, now)
    _link(incident, happened)
    about = Subject("incident", incident.id, case.id)
    record("incident_changed", about, actor=actor, now=now, details=_details(happened))


@transaction
def mark_incident_entered_in_error(*, actor: Actor, now: datetime, incident_id: int, reason: str) -> None:
    """Mark an incident as entered in error: it stays visible with the reason, and nothing new rests on it."""
    actor.check(Permission.CORRECT_RECORDS)
    incident = incident_to_work_on(incident_id)
    today = local(now).date()
    case = case_to_work_on(incident.case_id, actor=actor, today=today)
    gathered([
        ALREADY_IN_ERROR if incident.entered_in_error_on else None,
        reason_given("Marking an incident as entered in error", reason),
    ]).raise_if_refused()  # fmt: skip
    incident.entered_in_error_on, incident.entered_in_error_reason = today, reason.strip()
    record("entered_in_error", Subject("incident", incident.id, case.id), actor=actor, now=now, reason=reason)


def _describe(incident: Incident, happened: Happened, now: datetime) -> None:
    until_on = happened.until_on or (happened.on if happened.until_at else None)
    check_incident(
        seen=happened.seen,
        happened_on=happened.on,
        happened_at=happened.at,
        until_on=until_on,
        until_at=happened.until_at,
        place=happened.place,
        now=now,
    ).raise_if_refused()
    place = place_called(happened.place)
    incident.happened_on, incident.happened_at = happened.on, happened.at
    incident.until_on, incident.until_at = until_on, happened.until_at
    incident.address_id = place.id if place else None
    incident.seen, incident.evidence = happened.seen.strip(), happened.evidence
    incident.source, incident.source_note = happened.source, happened.source_note or None


def _link(incident: Incident, happened: Happened) -> None:
    wanted = sorted(set(happened.complaint_ids))
    of_case = set(
        db.session.scalars(select(Complaint.id).where(Complaint.id.in_(wanted), Complaint.case_id == incident.case_id))
    )
    gathered([DRAWN_ON_COMPLAINTS_ELSEWHERE if set(wanted) - of_case else None]).raise_if_refused()
    db.session.execute(delete(IncidentComplaint).where(IncidentComplaint.incident_id == incident.id))
    db.session.add_all(IncidentComplaint(incident_id=incident.id, complaint_id=each) for each in wanted)
    index("incident", incident.id, incident.case_id, incident.seen, happened.place)


def _details(happened: Happened) -> dict[str, object]:
    return {
        "source": happened.source.value,
        "evidence": happened.evidence,
        "complaint_ids": sorted(happened.complaint_ids),
    }
