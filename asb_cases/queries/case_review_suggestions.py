"""What an application may be about: cases and complaints of whoever applies, or of whom they apply for, and of their
address. Only what the reader may see is suggested."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from asb_cases.domain.permissions import Actor
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.case import Case, Participant
from asb_cases.models.case_review import CaseReviewComplaint
from asb_cases.models.complaint import Complaint
from asb_cases.queries.duplicates import Likely, people_called
from asb_cases.queries.visibility import complaints_visible_to, of_complete_imports, visible_to

CASES, COMPLAINTS = 10, 30
OPEN = (CaseStatus.NEW, CaseStatus.OPEN)


@dataclass(frozen=True)
class Suggested:
    """Who may be meant, and what of theirs may be meant: open cases first."""

    people: Sequence[Likely]
    cases: Sequence[Any]
    complaints: Sequence[Any]


def suggested_for(review: Any, actor: Actor, today: date) -> Suggested:
    """What an application may be about, as far as its names and its address lead."""
    people: dict[int, Likely] = {}
    for text in (review.contact_name, review.on_behalf_of, review.contact_address):
        for each in people_called(actor, text, today) if text else ():
            people.setdefault(each.id, each)
    ids = {*people, *([review.applicant_id] if review.applicant_id else [])}
    return Suggested(list(people.values()), _cases(ids, actor, today), _complaints(review, ids, actor, today))


def _cases(ids: set[int], actor: Actor, today: date) -> Sequence[Any]:
    plays = select(Participant.case_id).where(Participant.person_id.in_(ids), of_complete_imports(Participant))
    return db.session.execute(
        select(Case.id, Case.reference, Case.title, Case.status, Case.opened_on)
        .where(Case.id.in_(plays), Case.entered_in_error_on.is_(None), visible_to(actor, today))
        .order_by(Case.status.in_(OPEN).desc(), Case.opened_on.desc(), Case.id.desc())
        .limit(CASES)
    ).all()


def _complaints(review: Any, ids: set[int], actor: Actor, today: date) -> Sequence[Any]:
    linked = select(CaseReviewComplaint.complaint_id).where(
        CaseReviewComplaint.case_review_id == review.id,
        CaseReviewComplaint.complaint_id.is_not(None),
        CaseReviewComplaint.entered_in_error_on.is_(None),
    )
    elsewhere = Complaint.case_id.is_(None)
    if review.case_id is None:
        of_other_cases = elsewhere | Complaint.case_id.is_not(None)
    else:
        of_other_cases = elsewhere | (Complaint.case_id != review.case_id)
    return db.session.execute(
        select(Complaint.id, Complaint.reference, Complaint.made_on, Complaint.description)
        .where(
            Complaint.complainant_id.in_(ids),
            Complaint.id.not_in(linked),
            of_other_cases,
            Complaint.entered_in_error_on.is_(None),
            complaints_visible_to(actor, today),
        )
        .order_by(Complaint.made_on.desc(), Complaint.id.desc())
        .limit(COMPLAINTS)
    ).all()
