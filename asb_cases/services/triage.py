"""Triage: finding that a complaint belongs to a case, needs a new one, is for somebody else, or is not ASB."""

from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.complaints import TriageState
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.triage import TRANSITIONS, check_sent_elsewhere
from asb_cases.domain.workflow import next_status
from asb_cases.models.complaint import Complaint
from asb_cases.queries.complaints import complaint_to_work_on
from asb_cases.services.cases import Description, open_case
from asb_cases.services.complaints import case_to_add_to, take_in
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def join_complaint(*, actor: Actor, now: datetime, complaint_id: int, case_id: int, version: int | None = None) -> None:
    """Find that a complaint belongs to a case. Whoever made it is a complainant of that case from then on."""
    actor.check(Permission.TRIAGE_COMPLAINTS)
    today = local(now).date()
    complaint = _to_triage(complaint_id, version, actor, today)
    case = case_to_add_to(case_id, actor, today)
    complaint.triage = TriageState(next_status(TRANSITIONS, complaint.triage, "join"))
    complaint.case_id, complaint.triage_reason = case.id, None
    take_in(complaint)
    about = Subject("complaint", complaint.id, case.id)
    record("complaint_joined", about, actor=actor, now=now, details={"case_id": case.id})


@transaction
def open_case_from_complaint(
    *,
    actor: Actor,
    now: datetime,
    complaint_id: int,
    description: Description,
    priority: int | None = None,
    team_id: int | None = None,
    owner_id: int | None = None,
    version: int | None = None,
) -> int:
    """Open a case about a complaint and join the complaint to it: two acts at once. Returns the case's id.

    The response is owed from when the complaint was made.
    """
    actor.check(Permission.TRIAGE_COMPLAINTS)
    complaint = _to_triage(complaint_id, version, actor, local(now).date())
    case_id = open_case(
        actor=actor,
        now=now,
        description=description,
        priority=priority,
        received=complaint.made_at or complaint.made_on,
        team_id=team_id,
        owner_id=owner_id,
    )
    join_complaint(actor=actor, now=now, complaint_id=complaint_id, case_id=case_id)
    return case_id


@transaction
def refer_complaint(*, actor: Actor, now: datetime, complaint_id: int, reason: str, version: int | None = None) -> None:
    """Find that a complaint is for somebody else, and say for whom and why."""
    _send_elsewhere("refer", actor, now, complaint_id, reason, version)


@transaction
def find_not_asb(*, actor: Actor, now: datetime, complaint_id: int, reason: str, version: int | None = None) -> None:
    """Find that what a complaint is about is no anti-social behaviour."""
    _send_elsewhere("not_asb", actor, now, complaint_id, reason, version)


def _to_triage(complaint_id: int, version: int | None, actor: Actor, today: date) -> Complaint:
    complaint = complaint_to_work_on(complaint_id, actor=actor, today=today)
    check_version(complaint, version)
    return complaint


def _send_elsewhere(
    move: str, actor: Actor, now: datetime, complaint_id: int, reason: str, version: int | None
) -> None:
    actor.check(Permission.TRIAGE_COMPLAINTS)
    complaint = _to_triage(complaint_id, version, actor, local(now).date())
    complaint.triage = TriageState(next_status(TRANSITIONS, complaint.triage, move))
    check_sent_elsewhere(reason).raise_if_refused()
    complaint.triage_reason = reason.strip()
    about = Subject("complaint", complaint.id)
    record("complaint_triaged", about, actor=actor, now=now, details={"to": complaint.triage.value}, reason=reason)
