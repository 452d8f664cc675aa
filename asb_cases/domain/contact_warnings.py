"""Contact warnings (lone-worker markers): what staff must know before they visit, telephone or serve a document.

A warning says what happened and what to do; it puts no label on a person. It is looked at again by a day, and a past
day is said on the warning: an old marker that nobody looks at is neither fair nor safe (UK GDPR art.5(1)(d)).
"""

from datetime import date

from asb_cases.domain.calendar import in_words, plus_months
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.record_keeping import ALREADY_DONE, reason_given, words_given

PRACTICE = "Council practice: staff safety"
#: A warning is looked at again at least once a year.
LONGEST_MONTHS = 12

REVIEW_NOT_AHEAD = Refusal(
    "review_not_ahead",
    "The review date, {day}, is not after today.",
    PRACTICE,
    "Give the day by which somebody looks at the warning again.",
    field="review_on",
)
REVIEW_TOO_FAR = Refusal(
    "review_too_far",
    "The review date, {day}, is more than a year ahead.",
    PRACTICE,
    "Give a day up to {latest}. It can be kept for longer when it is reviewed.",
    field="review_on",
)


def check_warning(*, reason: str | None, precautions: str | None, review_on: date, today: date) -> Findings:
    """Whether a warning may be set: it says why, what to do, and when it is looked at again."""
    latest = plus_months(today, LONGEST_MONTHS)
    return gathered([
        words_given("What happened", reason, "reason"),
        words_given("What staff are to do", precautions, "precautions"),
        REVIEW_NOT_AHEAD.of(day=in_words(review_on)) if review_on <= today else None,
        REVIEW_TOO_FAR.of(day=in_words(review_on), latest=in_words(latest)) if review_on > latest else None,
    ])  # fmt: skip


def check_ending(*, ended: bool, reason: str | None) -> Findings:
    """Whether it may be ended: once, and with the reason."""
    return gathered([
        ALREADY_DONE if ended else None,
        reason_given("Ending a contact warning", reason),
    ])  # fmt: skip
