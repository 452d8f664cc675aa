"""Letters of a case review, and the explanation of it, kept as they leave: files that nothing alters any more."""

from datetime import datetime

from asb_cases.documents.case_review_letter import case_review_letter, explanation_letter
from asb_cases.documents.fair_copy import fair_copy
from asb_cases.domain.calendar import local
from asb_cases.domain.case_review_letters import LetterKind, letters_there_are
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.queries.case_review_explanations import explanation_at
from asb_cases.queries.case_review_pages import case_review_page
from asb_cases.queries.case_review_work import work_on
from asb_cases.queries.case_reviews import case_review_to_work_on
from asb_cases.queries.complaints import load_complaint_for
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import policy_in_force
from asb_cases.services.case_reviews import about
from asb_cases.services.freezing import HangsOn, freeze
from asb_cases.services.history import Subject, record
from asb_cases.services.press import Press
from asb_cases.services.transaction import transaction

LETTER, EXPLANATION = "case_review_letter", "explanation_letter"


def code_of(kind: LetterKind) -> str:
    """What a letter of a case review is kept under."""
    return f"case_review_{kind.value}"


@transaction
def keep_case_review_letter(
    *, actor: Actor, now: datetime, case_review_id: int, kind: LetterKind, press: Press
) -> None:
    """Keep a letter about an application as it leaves today."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    if kind not in letters_there_are(threshold=review.threshold, held=review.review_held_on is not None):
        raise NotFound("letter")
    facts = case_review_page(actor, review.reference, today).facts
    values = policy_in_force().values
    document = case_review_letter(kind, facts, work_on(review.id), press.council, values, today)
    copy = fair_copy(code_of(kind), review.reference, LETTER, document, logo=press.logo)
    of = HangsOn(case_review_id=review.id, recipient_id=review.applicant_id)
    frozen = freeze(copy, of, press=press, actor=actor, now=now)
    record("document_kept", about(review), actor=actor, now=now, details={"document": copy.kind, **frozen})


@transaction
def keep_explanation(*, actor: Actor, now: datetime, reference: str, press: Press) -> None:
    """Keep the explanation to whoever made a complaint as it leaves today."""
    actor.check(Permission.LOG_COMPLAINTS)
    today = local(now).date()
    complaint = load_complaint_for(actor, reference, today)
    if complaint.complainant is None or explanation_at(complaint.id) is None:
        raise NotFound("explanation owed at the complaint")
    document = explanation_letter(complaint, press.council, policy_in_force().values, today)
    copy = fair_copy("case_review_explanation", complaint.reference, EXPLANATION, document, logo=press.logo)
    of = HangsOn(complaint_id=complaint.id, recipient_id=complaint.complainant_id)
    frozen = freeze(copy, of, press=press, actor=actor, now=now)
    subject = Subject("complaint", complaint.id, complaint.case_id)
    record("document_kept", subject, actor=actor, now=now, details={"document": copy.kind, **frozen})
