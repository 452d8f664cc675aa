"""One row of every table of what is done about an application for a case review (see tests/support/one_of_each.py)."""

from datetime import date

from asb_cases.domain.case_review_count import Ground
from asb_cases.domain.case_review_letters import LetterKind
from asb_cases.extensions import Base
from asb_cases.models.case_review_count import CaseReviewSetAside
from asb_cases.models.case_review_work import (
    CaseReviewAction,
    CaseReviewAttendee,
    CaseReviewBody,
    CaseReviewEscalation,
    CaseReviewExplanation,
    CaseReviewLetter,
    CaseReviewMeeting,
    CaseReviewRecommendation,
)


def of_a_case_review(day: date) -> list[Base]:
    return [
        CaseReviewSetAside(id=1, entry_id=1, ground=Ground.OUTSIDE_AREA, reason="Over the border", proposed_on=day),
        CaseReviewBody(id=1, case_review_id=1, partner_body_id=1, sent_on=day, how="By e-mail", proof="Sent copy"),
        CaseReviewLetter(id=1, case_review_id=1, kind=LetterKind.RECEIVED, sent_on=day),
        CaseReviewMeeting(id=1, case_review_id=1, chair="A neighbour council’s manager", chair_independent=True),
        CaseReviewAttendee(id=1, meeting_id=1, name="A sergeant"),
        CaseReviewRecommendation(id=1, case_review_id=1, number=1, addressee="Police", text="Visit"),
        CaseReviewAction(id=1, case_review_id=1, number=1, text="Visit", owner="Police"),
        CaseReviewEscalation(id=1, case_review_id=1, asked_on=day, asks="Heard nobody", route="Head of service"),
        CaseReviewExplanation(id=1, complaint_id=1, person_id=1, owed_from=day),
    ]
