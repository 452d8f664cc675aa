"""Marking a counted row as entered in error: what must not stand on it any more, and what only another record may replace."""

from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.record_keeping import ALREADY_IN_ERROR, AUTHORITY, reason_given

LATER_ROWS_STAND = Refusal(
    "later_rows_stand",
    "{count} later entries rest on this one.",
    AUTHORITY,
    "Mark those as entered in error first, the latest first.",
)
ONLY_SERVICE = Refusal(
    "only_service",
    "This is the only entry of how the document was given.",
    AUTHORITY,
    "Record how it was really given first, then mark this one; or mark the document itself.",
)
COURT_WORDS_STAND = Refusal(
    "court_words_stand",
    "Requirements stand in the words of the order that this appeal brought.",
    AUTHORITY,
    "Vary the notice back to the right words first.",
)

OVER_BEFORE_QUASHED = Refusal(
    "over_before_quashed",
    "The notice was over before the court quashed it, and would come back into force.",
    AUTHORITY,
    "Record the right outcome of the appeal in a note; the day on which the notice was over stays as it is.",
)


def check_correction(
    *,
    already: bool,
    reason: str | None,
    later_rows: int = 0,
    only_service: bool = False,
    court_words_stand: bool = False,
    over_before_quashed: bool = False,
) -> Findings:
    """Whether a row may be marked. `later_rows` are the standing ones that rest on it."""
    return gathered([
        ALREADY_IN_ERROR if already else None,
        reason_given("Marking an entry as entered in error", reason),
        LATER_ROWS_STAND.of(count=later_rows) if later_rows else None,
        ONLY_SERVICE if only_service else None,
        COURT_WORDS_STAND if court_words_stand else None,
        OVER_BEFORE_QUASHED if over_before_quashed else None,
    ])  # fmt: skip
