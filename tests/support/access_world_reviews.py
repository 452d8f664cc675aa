"""What hangs on the small world's applications for a case review, one at each stage that a page is for."""

from collections.abc import Callable

from asb_cases.adapters.time import today
from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.case_review_count import Ground
from asb_cases.domain.case_review_states import ReviewStatus
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview, CaseReviewComplaint
from asb_cases.models.case_review_count import CaseReviewSetAside
from asb_cases.models.case_review_work import (
    CaseReviewAction,
    CaseReviewBody,
    CaseReviewEscalation,
    CaseReviewExplanation,
    CaseReviewMeeting,
    CaseReviewRecommendation,
)
from asb_cases.models.complaint import Complaint
from asb_cases.models.partner_body import PartnerBody
from tests.factories import make_case_review
from tests.factories.rows import keep

#: What the texts of the hidden ones hold, beside those of the case itself.
REVIEW_NOUNS = ("applied", "aside", "asked", "minuted", "recommended", "planned", "further")


def parts_of_review(
    case: Case, review: CaseReview, complaint: Complaint, body: PartnerBody, text: Callable[[str], str]
) -> dict[str, str]:
    """What fills the variable parts of their addresses. `text` makes a text that hides, or not."""
    review.words, review.contact_name = text("applied"), text("applied")
    entry = keep(CaseReviewComplaint(case_review_id=review.id, complaint_id=complaint.id, incident=text("aside")))
    keep(CaseReviewSetAside(entry_id=entry.id, ground=Ground.OUTSIDE_AREA, reason=text("aside"), proposed_on=today()))
    keep(CaseReviewExplanation(complaint_id=complaint.id, person_id=complaint.complainant_id, owed_from=today()))
    row = keep(
        CaseReviewBody(
            case_review_id=review.id, partner_body_id=body.id, sent_on=today(), how="Post", proof=text("asked")
        )
    )
    held = make_case_review(
        case=case,
        threshold=ThresholdDecision.MET,
        decided_on=today(),
        review_held_on=today(),
        status=ReviewStatus.REVIEW_HELD,
    )
    keep(CaseReviewMeeting(case_review_id=review.id, chair=text("minuted"), chair_independent=True))
    advised = keep(CaseReviewRecommendation(case_review_id=held.id, number=1, addressee="Us", text=text("recommended")))
    planned = keep(CaseReviewAction(case_review_id=held.id, number=1, text=text("planned"), owner="Us"))
    keep(CaseReviewEscalation(case_review_id=review.id, asked_on=today(), asks=text("further"), route="A manager"))
    return {
        "body_part": str(row.id),
        "held_review": held.reference,
        "recommendation": str(advised.id),
        "action": str(planned.id),
        "listed_complaint": "1",
        "letter": "received",
    }
