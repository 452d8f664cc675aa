"""What a letter about an application for a case review may say. It names nobody but whoever it is to; what is the victim's
stands in it only where the applicant may read it (`domain.case_review_letters`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from asb_cases.documents.context import CouncilWords, Recipient, council_words
from asb_cases.documents.statutory import CASE_REVIEW
from asb_cases.domain.case_review_letters import LETTER_TITLES, LetterKind, may_be_told
from asb_cases.domain.legal_values import LegalValues
from asb_cases.domain.people import PersonKind


@dataclass(frozen=True)
class Recommended:
    """A recommendation, as a letter prints it."""

    addressee: str
    text: str
    due_on: date | None


@dataclass(frozen=True)
class Planned:
    """An action of the plan, as a letter prints it."""

    text: str
    owner: str
    due_on: date | None


@dataclass(frozen=True)
class CaseReviewLetterText:
    """A letter to an applicant. Where `in_full` is False nothing of the victim's is in it: no reasons, no recommendation."""

    kind: str
    title: str
    reference: str
    council: CouncilWords
    recipient: Recipient
    dated_on: date
    applied_on: date
    decided_on: date | None
    held_on: date | None
    in_full: bool
    weighed: Sequence[tuple[str, str]]
    recommendations: Sequence[Recommended]
    no_recommendations_because: str | None
    actions: Sequence[Planned]
    decide_days: int
    hold_days: int
    block: str | None = None
    block_version: str | None = None

    @property
    def typed(self) -> list[str]:
        """Everything in it that somebody typed."""
        texts = [text for _, text in self.weighed]
        texts += [each.text for each in self.recommendations]
        texts += [each.text for each in self.actions]
        return [*texts, *([self.no_recommendations_because] if self.no_recommendations_because else [])]


@dataclass(frozen=True)
class ExplanationLetter:
    """The explanation of the case review to somebody who complained again."""

    title: str
    case_reference: str
    council: CouncilWords
    recipient: Recipient
    dated_on: date
    complaints_needed: int
    complaint_months: int
    application_months: int
    block: str
    block_version: str


def explanation_letter(complaint: Any, council: str, values: LegalValues, today: date) -> ExplanationLetter:
    """That letter to whoever made a complaint."""
    person = complaint.complainant
    return ExplanationLetter(
        title="Your right to an ASB case review",
        case_reference=complaint.reference,
        council=council_words(council, values, today),
        recipient=Recipient(person.name, None, is_body=person.kind is PersonKind.BODY),
        dated_on=today,
        complaints_needed=values.number("case_review_number", today),
        complaint_months=values.number("case_review_complaint_months", today),
        application_months=values.number("case_review_application_months", today),
        block=CASE_REVIEW.template,
        block_version=CASE_REVIEW.version,
    )


def case_review_letter(
    kind: LetterKind, review: Any, work: Any, council: str, values: LegalValues, today: date
) -> CaseReviewLetterText:
    """The letter of this kind about an application (its columns) and the work on it."""
    in_full = may_be_told(review.applicant_role, review.on_behalf_of, review.victim_consent)
    weighed = (
        ("How persistent it is", review.persistence),
        ("What harm it did or could do", review.harm),
        ("What was done about it", review.response),
        ("What else was considered", review.decision_reason),
    )
    return CaseReviewLetterText(
        kind=kind.value,
        title=LETTER_TITLES[kind],
        reference=review.reference,
        council=council_words(council, values, today),
        recipient=Recipient(
            review.contact_name or review.applicant or "The applicant", review.contact_address, is_body=False
        ),
        dated_on=today,
        applied_on=review.applied_on,
        decided_on=review.decided_on,
        held_on=review.review_held_on,
        in_full=in_full,
        weighed=[(title, text) for title, text in weighed if text] if in_full else [],
        recommendations=[Recommended(each.addressee, each.text, each.due_on) for each in work.recommendations]
        if in_full
        else [],
        no_recommendations_because=review.no_recommendations_because if in_full else None,
        actions=[Planned(each.text, each.owner, each.due_on) for each in work.actions] if in_full else [],
        decide_days=values.number("case_review_decide_days", today),
        hold_days=values.number("case_review_hold_days", today),
    )
