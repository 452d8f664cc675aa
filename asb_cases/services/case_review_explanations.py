"""Explaining the case review to somebody who complained again: owed from the complaint on, given with proof."""

from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.contact_preferences import ContactWay
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.signposting import check_explained, duty_since, owes_explanation
from asb_cases.extensions import db
from asb_cases.models.case_review_work import CaseReviewExplanation
from asb_cases.models.complaint import Complaint
from asb_cases.queries.case_review_explanations import explanation_at, said_before
from asb_cases.queries.complaints import complaint_to_work_on
from asb_cases.queries.not_found import NotFound
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction

RULE = "case_review_explanation"


def owe_at(complaint: Complaint) -> None:
    """Let an explanation be owed at a complaint where the duty asks for it: the task that stands in the lists with its
    clock. Part of the act that takes the complaint in."""
    if complaint.complainant_id is None or not duty_since(complaint.made_on):
        return
    before = said_before(complaint)
    if not owes_explanation(complaint.made_on, earlier=before.complaints, explained=before.explanations):
        return
    db.session.add(
        CaseReviewExplanation(
            complaint_id=complaint.id, person_id=complaint.complainant_id, owed_from=complaint.made_on
        )
    )
    of = Links(complaint_id=complaint.id, case_id=complaint.case_id)
    deadlines.start(RULE, complaint.made_at or complaint.made_on, of)


@transaction
def explain_case_review(
    *, actor: Actor, now: datetime, complaint_id: int, on: date, way: ContactWay, proof: str
) -> None:
    """Record that the case review was explained to whoever complained again, how, and what shows it."""
    actor.check(Permission.LOG_COMPLAINTS)
    today = local(now).date()
    complaint = complaint_to_work_on(complaint_id, actor=actor, today=today)
    owed = explanation_at(complaint.id, lock=True)
    if owed is None:
        raise NotFound("explanation owed at the complaint")
    check_explained(
        made_on=complaint.made_on, on=on, today=today, done=owed.given_on is not None, proof=proof
    ).raise_if_refused()
    owed.given_on, owed.way, owed.proof, owed.given_by_id = on, way, proof.strip(), actor.user_id
    deadlines.meet(RULE, of=Links(complaint_id=complaint.id), at=on, because="Explained")
    about = Subject("complaint", complaint.id, complaint.case_id)
    record("case_review_explained", about, actor=actor, now=now, details={"on": on.isoformat(), "way": way.value})
