"""Triage: finding that a complaint belongs to a case, needs a new one, is for somebody else, or is not ASB."""

from datetime import date, datetime

from sqlalchemy import update

from asb_cases.domain.calendar import local
from asb_cases.domain.complaints import TriageState
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.triage import TRANSITIONS, check_move, check_referred, check_sent_elsewhere
from asb_cases.domain.workflow import next_status
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import AttachmentLink
from asb_cases.models.complaint import Complaint
from asb_cases.queries.complaints import complaint_to_work_on, parts_of_nothing_else, steps_resting_on_complaint
from asb_cases.queries.files import files_of_complaint_alone
from asb_cases.services import deadlines
from asb_cases.services.cases import Description, open_case
from asb_cases.services.complaints import about_complaint, case_to_add_to, take_in
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject, record
from asb_cases.services.review_time import settle_review_time
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version
from asb_cases.services.victim_updates import settle_update


@transaction
def join_complaint(*, actor: Actor, now: datetime, complaint_id: int, case_id: int, version: int | None = None) -> None:
    """Find that a complaint belongs to a case. Whoever made it is a complainant of that case from then on."""
    actor.check(Permission.TRIAGE_COMPLAINTS)
    today = local(now).date()
    complaint = _to_triage(complaint_id, version, actor, today)
    case = case_to_add_to(case_id, actor, today)
    complaint.triage = TriageState(next_status(TRANSITIONS, complaint.triage, "join"))
    complaint.case_id, complaint.triage_reason, complaint.referred_to = case.id, None, None
    take_in(complaint, today)
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
def refer_complaint(
    *, actor: Actor, now: datetime, complaint_id: int, to: str, reason: str, version: int | None = None
) -> None:
    """Find that a complaint is for somebody else, and say for whom and why."""
    _send_elsewhere("refer", actor, now, complaint_id, reason, version, to=to)


@transaction
def find_not_asb(*, actor: Actor, now: datetime, complaint_id: int, reason: str, version: int | None = None) -> None:
    """Find that what a complaint is about is no anti-social behaviour."""
    _send_elsewhere("not_asb", actor, now, complaint_id, reason, version)


@transaction
def move_complaint(
    *, actor: Actor, now: datetime, complaint_id: int, case_id: int, reason: str, version: int | None = None
) -> list[int]:
    """Move a complaint that was joined to the wrong case into the right one. Returns the people whose part in the wrong case
    that ended, since nothing else there speaks of them."""
    actor.check(Permission.TRIAGE_COMPLAINTS)
    today = local(now).date()
    complaint = _to_triage(complaint_id, version, actor, today)
    state = TriageState(next_status(TRANSITIONS, complaint.triage, "move"))
    before, case = complaint.case_id, case_to_add_to(case_id, actor, today)
    _check_move(complaint, reason, same_case=case.id == before)
    complaint.triage, complaint.case_id = state, case.id
    db.session.flush()
    ended = _end_parts(before, complaint, today)
    files = _move_files(complaint, case.id)
    take_in(complaint, today)
    details = {"from_case_id": before, "case_id": case.id, "parts_ended": ended, "attachment_ids": files}
    record("complaint_moved", about_complaint(complaint), actor=actor, now=now, details=details, reason=reason)
    return ended


@transaction
def put_complaint_back(
    *, actor: Actor, now: datetime, complaint_id: int, reason: str, version: int | None = None
) -> list[int]:
    """Take a complaint out of a case that it does not belong to: it waits for triage again. Returns as `move_complaint`."""
    actor.check(Permission.TRIAGE_COMPLAINTS)
    today = local(now).date()
    complaint = _to_triage(complaint_id, version, actor, today)
    state = TriageState(next_status(TRANSITIONS, complaint.triage, "put_back"))
    _check_move(complaint, reason)
    before = complaint.case_id
    complaint.triage, complaint.case_id = state, None
    db.session.flush()
    ended = _end_parts(before, complaint, today)
    deadlines.attach(Links(complaint_id=complaint.id), case_id=None)
    take_in(complaint, today)
    details = {"from_case_id": before, "parts_ended": ended}
    about = Subject("complaint", complaint.id, before)
    record("complaint_put_back", about, actor=actor, now=now, details=details, reason=reason)
    return ended


def _check_move(complaint: Complaint, reason: str, *, same_case: bool = False) -> None:
    resting = steps_resting_on_complaint(complaint.id)
    check_move(reason, same_case=same_case, steps_resting_on_it=resting).raise_if_refused()


def _move_files(complaint: Complaint, case_id: int) -> list[int]:
    """Let the files that came with a complaint, and belong to nothing else, go with it into another case."""
    files = files_of_complaint_alone(complaint.id)
    if files:
        links = update(AttachmentLink).where(AttachmentLink.attachment_id.in_(files))
        db.session.execute(links.values(case_id=case_id).execution_options(synchronize_session=False))
    return files


def _end_parts(case_id: int | None, complaint: Complaint, today: date) -> list[int]:
    """End the parts that people played in a case because of a complaint which is no longer of it."""
    if case_id is None:
        return []
    ended = [*parts_of_nothing_else(case_id, complaint, today)]
    for participant in ended:
        participant.to_on = max(today, participant.from_on or today)
    case = db.session.get_one(Case, case_id)
    settle_update(case, today)
    settle_review_time(case, today)
    return sorted({participant.person_id for participant in ended})


def _to_triage(complaint_id: int, version: int | None, actor: Actor, today: date) -> Complaint:
    complaint = complaint_to_work_on(complaint_id, actor=actor, today=today)
    check_version(complaint, version)
    return complaint


def _send_elsewhere(
    move: str,
    actor: Actor,
    now: datetime,
    complaint_id: int,
    reason: str,
    version: int | None,
    *,
    to: str | None = None,
) -> None:
    actor.check(Permission.TRIAGE_COMPLAINTS)
    complaint = _to_triage(complaint_id, version, actor, local(now).date())
    complaint.triage = TriageState(next_status(TRANSITIONS, complaint.triage, move))
    found = check_referred(to, reason) if move == "refer" else check_sent_elsewhere(reason)
    found.raise_if_refused()
    complaint.triage_reason, complaint.referred_to = reason.strip(), (to or "").strip() or None
    about = Subject("complaint", complaint.id)
    record("complaint_triaged", about, actor=actor, now=now, details={"to": complaint.triage.value}, reason=reason)
