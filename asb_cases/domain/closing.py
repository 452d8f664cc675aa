"""Closing and reopening a case: what must be over first, and what may stay in force."""

from dataclasses import dataclass
from datetime import date

from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.risk import STILL_ABOVE_STANDARD, RiskLevel
from asb_cases.domain.workflow import CaseStatus

APPEAL_RUNNING = Refusal(
    "closing_appeal_running",
    "An appeal against a notice in this case is in progress.",
    "2014 Act s.46(3)",
    "Record how the appeal ended first.",
)
BREACH_UNDECIDED = Refusal(
    "closing_breach_undecided",
    "An alleged breach in this case has not been decided.",
    "2014 Act s.48",
    "Decide the alleged breach first, with reasons; no further action is a decision too.",
)
PENALTY_OPEN = Refusal(
    "closing_penalty_open",
    "A fixed penalty in this case is neither paid, cancelled nor written off.",
    "2014 Act s.52",
    "Record the payment, cancel it or write it off first.",
)
PROSECUTION_OPEN = Refusal(
    "closing_prosecution_open",
    "A prosecution in this case has not ended.",
    "2014 Act s.48",
    "Record the court’s result, or abandon it before laying, first.",
)
NO_CLOSURE_REASON = Refusal(
    "closing_needs_reason",
    "The reason for closing is not given.",
    "Council practice",
    "Say why, in words the person who complained could read.",
    field="closure_reason",
)
NO_REVIEW_DATE = Refusal(
    "closing_needs_review_date",
    "A notice stays in force: the case needs a day on which it is looked at again.",
    "Council practice: closed, notice in force",
    "Give a review date, no earlier than the day of closing.",
    field="notice_review_on",
)
VICTIM_NOT_TOLD_OF_NOTICE = Refusal(
    "closing_victim_not_told",
    "A notice stays in force: the victim must know that it does and what to do if it is not kept.",
    "Council practice: closed, notice in force",
    "Tell the victim, and record what was said; or record that there is nobody to tell.",
    field="closure_told",
)
NOBODY_TOLD = Caution(
    "closing_nobody_told",
    "It is not recorded what the people who complained were told.",
    field="closure_told",
)
DRAFTS_LEFT = Caution(
    "closing_drafts_left",
    "Drafts of this case were never issued: take them back, or say why they stay.",
)
NOTICE_STILL_IN_FORCE = Refusal(
    "notice_still_in_force",
    "A notice in this case is still in force.",
    "2014 Act s.43",
    "Let it end, discharge or withdraw it first.",
)
REOPENING_NEEDS_REASON = Refusal(
    "reopening_needs_reason",
    "The reason for reopening is not given.",
    "Council practice",
    "Say what has come up.",
    field="reason",
)


#: What a case may come to, by the code that is kept.
OUTCOMES: dict[str, str] = {
    "resolved": "Resolved: it has stopped",
    "notice": "Stopped by a warning, notice or order",
    "no_evidence": "Not enough evidence to go on",
    "not_asb": "No anti-social behaviour found",
    "referred": "Passed to somebody else",
    "no_contact": "The person who reported it could not be reached, or wants no more done",
    "moved_away": "Somebody moved away",
    "other": "Something else",
}

#: What must be over first, by the name of its count in `ClosingFacts`.
BLOCKERS: dict[str, Refusal] = {
    "appeals_running": APPEAL_RUNNING,
    "breaches_undecided": BREACH_UNDECIDED,
    "penalties_open": PENALTY_OPEN,
    "prosecutions_open": PROSECUTION_OPEN,
}


@dataclass(frozen=True)
class ClosingFacts:
    """What is left in a case on the day of closing: how many of each. `risk_left` is a level above standard that was not
    assessed again for the closing; `told` is what those who complained were told."""

    on: date
    appeals_running: int = 0
    breaches_undecided: int = 0
    penalties_open: int = 0
    prosecutions_open: int = 0
    notices_in_force: int = 0
    drafts: int = 0
    risk_left: RiskLevel | None = None
    reason: str | None = None
    told: str | None = None
    review_on: date | None = None


def closing_move(facts: ClosingFacts) -> str:
    """The move that closing is on these facts (see `workflow.TRANSITIONS`)."""
    return "close_notice_in_force" if facts.notices_in_force else "close"


def closed_status(facts: ClosingFacts) -> CaseStatus:
    """The status that closing leads to."""
    return CaseStatus.CLOSED_NOTICE_IN_FORCE if facts.notices_in_force else CaseStatus.CLOSED


def check_close(facts: ClosingFacts) -> Findings:
    """Whether the case may be closed. A notice in force does not block: it stays, with a review date, the victim told."""
    return gathered([
        *(refusal if getattr(facts, count) else None for count, refusal in BLOCKERS.items()),
        None if (facts.reason or "").strip() else NO_CLOSURE_REASON,
        *_told(facts),
        DRAFTS_LEFT if facts.drafts else None,
        STILL_ABOVE_STANDARD.of(level=facts.risk_left.value) if facts.risk_left else None,
    ])  # fmt: skip


def check_notice_over(notices_in_force: int) -> Findings:
    """Whether a case closed with a notice in force is now simply closed."""
    return gathered([NOTICE_STILL_IN_FORCE if notices_in_force else None])


def check_reopen(reason: str | None) -> Findings:
    """Whether the case may be reopened."""
    return gathered([None if (reason or "").strip() else REOPENING_NEEDS_REASON])


def _told(facts: ClosingFacts) -> list[Refusal | Caution | None]:
    silent = not (facts.told or "").strip()
    if not facts.notices_in_force:
        return [NOBODY_TOLD if silent else None]
    reviewed = facts.review_on is not None and facts.review_on >= facts.on
    return [None if reviewed else NO_REVIEW_DATE, VICTIM_NOT_TOLD_OF_NOTICE if silent else None]
