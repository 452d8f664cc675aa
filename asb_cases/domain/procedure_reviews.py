"""The yearly look at how well the case review procedures work, and their revision (2014 Act, Sch. 4)."""

from dataclasses import dataclass
from datetime import date

from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.record_keeping import day_has_come, reason_given, words_given

SCHEDULE = "2014 Act, Sch. 4"

NOT_CONSULTED = Refusal(
    "not_consulted",
    "The procedures were changed, and it is not recorded {what}.",
    SCHEDULE,
    "Say whom you asked and what they said; or why you did not.",
)
CORRECTED_ALREADY = Refusal(
    "procedure_review_corrected_already",
    "This entry was corrected already.",
    "How the record works",
    "Correct the later entry instead.",
)


@dataclass(frozen=True, kw_only=True)
class ProcedureReviewed:
    """What a review of the procedures was and found. `changes` is blank where they stayed as they are."""

    year_first_on: date
    reviewed_on: date
    findings: str
    changes: str | None = None
    policing_body: str | None = None
    landlords: str | None = None
    others: str | None = None


def check_procedure_review(found: ProcedureReviewed, today: date) -> Findings:
    """Whether it can be recorded. The local policing body and the social landlords are consulted when the procedures are
    revised: a record that says so says what they said, or why they were not asked."""
    changed = bool((found.changes or "").strip())
    policing = NOT_CONSULTED.of(what="what the local policing body said").at("policing_body")
    landlords = NOT_CONSULTED.of(what="what the social landlords said").at("landlords")
    return gathered([
        day_has_come("The day of the review", found.reviewed_on, today, "reviewed_on"),
        words_given("What was found", found.findings, "findings"),
        policing if changed and not (found.policing_body or "").strip() else None,
        landlords if changed and not (found.landlords or "").strip() else None,
    ])  # fmt: skip


def check_corrected(*, corrected: bool, because: str | None) -> Findings:
    """Whether an entry may be corrected: once, with a reason; then its correction may be."""
    return gathered([CORRECTED_ALREADY if corrected else None, reason_given("A correction", because)])
