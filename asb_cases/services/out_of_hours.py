"""What happened later about an out-of-hours request: an arrival, an outcome, a word that was wrong."""

from datetime import datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.complaints import OutOfHoursResponse
from asb_cases.domain.errors import gathered
from asb_cases.domain.out_of_hours import check_response
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import words_given
from asb_cases.extensions import db
from asb_cases.models.complaint import Complaint, ComplaintUpdate
from asb_cases.queries.complaints import complaint_to_work_on
from asb_cases.queries.not_found import NotFound
from asb_cases.services.complaints import index_complaint
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def add_what_happened(
    *,
    actor: Actor,
    now: datetime,
    complaint_id: int,
    text: str,
    response: OutOfHoursResponse | None,
    arrived_at: datetime | None,
    version: int | None = None,
) -> int:
    """Add to a request what happened later, with its response and arrival as they are known now. Returns the id of the entry.

    What was said before stays: of a response or arrival that was wrong the entry keeps both.
    """
    actor.check(Permission.RECORD_OUT_OF_HOURS)
    complaint = _request(complaint_id, actor, now)
    check_version(complaint, version)
    found = gathered([words_given("What happened", text, "text")])
    if complaint.made_at is not None:
        found += check_response(received=complaint.made_at, response=response, arrived=arrived_at, now=now)
    found.raise_if_refused()
    entry = ComplaintUpdate(
        complaint_id=complaint.id,
        written_at=now,
        author_id=actor.user_id,
        text=text.strip(),
        response=response,
        response_before=complaint.response.value if complaint.response else None,
        arrived_at=arrived_at,
        arrived_before=complaint.arrived_at,
    )
    db.session.add(entry)
    complaint.response, complaint.arrived_at = response, arrived_at
    db.session.flush()
    index_complaint(complaint)
    about = Subject("complaint", complaint.id, complaint.case_id)
    details = {"update_id": entry.id, "response": response.value if response else None}
    record("complaint_updated", about, actor=actor, now=now, details=details)
    return entry.id


def _request(complaint_id: int, actor: Actor, now: datetime) -> Complaint:
    complaint = complaint_to_work_on(complaint_id, actor=actor, today=local(now).date())
    if complaint.shift_on is None:
        raise NotFound("out-of-hours request")
    return complaint
