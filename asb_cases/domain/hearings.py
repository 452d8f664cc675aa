"""Hearings of a prosecution, or of an appeal against a notice: listed, and what became of each."""

from datetime import date
from enum import StrEnum

from asb_cases.domain.calendar import in_words
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.record_keeping import words_given

#: The clock that a listing starts.
CLOCK = "court_hearing"


class HearingPurpose(StrEnum):
    """What the court has listed."""

    FIRST_HEARING = "first_hearing"
    CASE_MANAGEMENT = "case_management"
    TRIAL = "trial"
    SENTENCE = "sentence"
    APPEAL = "appeal"
    OTHER = "other"


class HearingOutcome(StrEnum):
    """What became of a listing."""

    HELD = "held"
    ADJOURNED = "adjourned"
    VACATED = "vacated"


PURPOSE_TITLES: dict[HearingPurpose, str] = {
    HearingPurpose.FIRST_HEARING: "First hearing",
    HearingPurpose.CASE_MANAGEMENT: "Case management",
    HearingPurpose.TRIAL: "Trial",
    HearingPurpose.SENTENCE: "Sentence",
    HearingPurpose.APPEAL: "Hearing of the appeal",
    HearingPurpose.OTHER: "Another hearing",
}
OUTCOME_TITLES: dict[HearingOutcome, str] = {
    HearingOutcome.HELD: "It was held",
    HearingOutcome.ADJOURNED: "It was adjourned",
    HearingOutcome.VACATED: "The court took it out of its list",
}

NOT_BEFORE_COURT = Refusal(
    "not_before_court",
    "Nothing of this is before a court.",
    "How the record works",
    "A hearing is listed once a prosecution is laid, or an appeal is lodged.",
)
LISTED_ALREADY = Refusal(
    "hearing_listed_already",
    "A hearing is listed for {day} already.",
    "How the record works",
    "Record what became of that one first.",
)
LISTED_BEFORE_BEGUN = Refusal(
    "hearing_before_begun",
    "A hearing can’t be listed for {day}, before {began}, the day on which it came before the court.",
    "How the record works",
    "Check both days.",
    field="listed_on",
)
NOT_YET_HEARD = Refusal(
    "hearing_not_yet",
    "The hearing is listed for {day}, which has not come yet: it can’t have been held.",
    "How the record works",
    "Record it after that day; or that the court adjourned it, or took it out of its list.",
    field="outcome",
)
NEXT_NOT_LATER = Refusal(
    "next_hearing_not_later",
    "The next hearing, on {next}, comes before the one of {day}, which was held.",
    "How the record works",
    "Check both days; one that was brought forward was taken out of the list, or adjourned, first.",
    field="next_on",
)


def check_listing(*, listed_on: date, before_court_since: date | None, open_on: date | None) -> Findings:
    """Whether a hearing may be recorded as listed. `open_on` is the day of the one that is still to come."""
    if before_court_since is None:
        return gathered([NOT_BEFORE_COURT])
    early = listed_on < before_court_since
    return gathered([
        LISTED_ALREADY.of(day=in_words(open_on)) if open_on else None,
        LISTED_BEFORE_BEGUN.of(day=in_words(listed_on), began=in_words(before_court_since)) if early else None,
    ])  # fmt: skip


def check_heard(
    outcome: HearingOutcome,
    *,
    listed_on: date,
    today: date,
    note: str | None,
    next_on: date | None,
    began: date | None = None,
) -> Findings:
    """Whether what became of a hearing may be recorded, with the day of the next: the same, where the court rose until the
    afternoon, or an earlier one, where it was brought forward. `began` is the day from which it was before the court."""
    held = outcome is HearingOutcome.HELD
    early = next_on if next_on and began and next_on < began else None
    return gathered([
        NOT_YET_HEARD.of(day=in_words(listed_on)) if held and today < listed_on else None,
        words_given("What the court did", note, "note"),
        NEXT_NOT_LATER.of(next=in_words(next_on), day=in_words(listed_on)) if held and next_on and next_on < listed_on else None,
        LISTED_BEFORE_BEGUN.of(day=in_words(early), began=in_words(began)).at("next_on") if early and began else None,
    ])  # fmt: skip
