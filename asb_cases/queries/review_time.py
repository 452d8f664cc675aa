"""What decides until when a case review may be applied for in a case: its complaints, and whether somebody applied."""

from datetime import date

from sqlalchemy import select

from asb_cases.domain.case_review import Complaint
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview
from asb_cases.queries.complaints import standing_complaints_of
from asb_cases.queries.visibility import of_complete_imports


def complaints_that_may_count(case_id: int) -> list[Complaint]:
    """The complaints of a case as the threshold looks at them, before anybody has set one aside. `row` is the id."""
    return [
        Complaint(
            row=row.id,
            complainant=str(row.complainant_id or ""),
            occurred_on=row.occurred_on,
            made_on=row.made_on,
            body=row.received_by_body or "",
        )
        for row in standing_complaints_of(case_id)
    ]


def was_applied_for(case_id: int, *, since: date) -> bool:
    """Whether somebody applied for a review of a case on a day or later, and did not withdraw it."""
    stands = (
        CaseReview.case_id == case_id,
        CaseReview.applied_on >= since,
        CaseReview.withdrawn_on.is_(None),
        CaseReview.entered_in_error_on.is_(None),
        of_complete_imports(CaseReview),
    )
    return db.session.scalar(select(CaseReview.id).where(*stands).limit(1)) is not None
