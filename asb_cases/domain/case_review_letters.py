"""The letters of a case review: which there are when, and what of the victim's may stand in them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.case_review_application import ApplicantRole, VictimConsent


class LetterKind(StrEnum):
    """What the applicant is told."""

    RECEIVED = "received"
    MET = "met"
    NOT_MET = "not_met"
    OUTCOME = "outcome"


LETTER_TITLES: Mapping[LetterKind, str] = MappingProxyType({
    LetterKind.RECEIVED: "We have your application for an ASB case review",
    LetterKind.MET: "Your application for an ASB case review: the threshold is met",
    LetterKind.NOT_MET: "Your application for an ASB case review: the threshold is not met",
    LetterKind.OUTCOME: "The outcome of the ASB case review",
})  # fmt: skip


def letters_there_are(*, threshold: ThresholdDecision | None, held: bool) -> tuple[LetterKind, ...]:
    """The letters that can be written by now."""
    decided = {ThresholdDecision.MET: (LetterKind.MET,), ThresholdDecision.NOT_MET: (LetterKind.NOT_MET,)}
    return (
        LetterKind.RECEIVED,
        *(decided[threshold] if threshold else ()),
        *((LetterKind.OUTCOME,) if held else ()),
    )


def may_be_told(role: ApplicantRole | None, on_behalf_of: str | None, consent: VictimConsent | None) -> bool:
    """Whether the applicant may read what is the victim's: reasons, recommendations, what was done. That it was decided, and
    how, is told whoever applies (s.104(6) and (8)). Where nobody else is named, the applicant is the victim."""
    if role is ApplicantRole.VICTIM or (role is None and not on_behalf_of):
        return True
    return consent is VictimConsent.YES
