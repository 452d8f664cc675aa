"""The pages of the steps: which move of which power has its page where, and in which words it stands on a button.

One line a move. The moves are those of the powers' tables (`domain/powers/`), of alleged breaches under `BREACH`, and what a
case begins with under `CASE`; besides, what acts do beside the tables.

    ("CPW", "lapse"): StepPage("Record that it lapsed", "interventions_endings.lapse", OF_STEP)

The words end "You can ..."; whether the step is open is asked of the law (`queries/next_steps.py`), never here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask import url_for

from asb_cases.domain import breaches
from asb_cases.domain.powers import POWERS, TOOLS

BREACH, CASE = "BREACH", "CASE"


@dataclass(frozen=True)
class Place:
    """What a step is taken with: the references of the case and of the intervention, the ids of the alleged breach, the
    appeal, the subject. Those that it has nothing to do with are None."""

    case: str | None = None
    step: str | None = None
    breach: int | None = None
    appeal: int | None = None
    subject: int | None = None


@dataclass(frozen=True)
class StepPage:
    """The page of a step. `fills` says for each part of its address which of a `Place` stands there; what is no part of the
    address becomes a question ("?follows=CPW-2026-0001")."""

    label: str
    endpoint: str
    fills: Mapping[str, str]


OF_STEP = {"reference": "step"}
OF_CASE = {"reference": "case"}
OF_BREACH = {"reference": "step", "breach_id": "breach"}
AGAINST_SUBJECT = {"reference": "case", "subject": "subject"}
AFTER_STEP = {"reference": "case", "follows": "step"}

SEND_BACK, ISSUE, DROP = "Send it back to drafting", "Sign it", "Give it up"
AUTHORISE = StepPage("Authorise it", "signing.authorise", OF_STEP)
RECORD_SERVICE = StepPage("Record how it was given", "serving.record_service", OF_STEP)
OUTCOME_OF_APPEAL = StepPage("Record how the appeal ended", "interventions_appeals.determine", OF_STEP)
RECORD_RESULT = StepPage("Record the court’s result", "interventions_prosecutions.record_result", OF_STEP)
IN_ERROR = StepPage("Correct an entry", "interventions_corrections.choose", OF_STEP)

#: From a draft to a signed document: the same pages for each of these powers.
_DRAFTED = {
    (power, move): page
    for power in ("CPW", "CPN", "FPN")
    for move, page in {
        "authorise": AUTHORISE,
        "authorise_own": AUTHORISE,
        "send_back": StepPage(SEND_BACK, "signing.send_back", OF_STEP),
        "issue": StepPage(ISSUE, "signing.issue", OF_STEP),
        "drop": StepPage(DROP, "signing.drop", OF_STEP),
        "record_service": RECORD_SERVICE,
        "give_again": StepPage("Record that it was given again", "serving.record_service", OF_STEP),
        "record_posting": StepPage("Record that it was posted", "serving.record_posting", OF_STEP),
    }.items()
}

#: The generic journey: the same pages for every other tool.
_OF_TOOLS = {
    (power, move): page
    for power in TOOLS
    for move, page in {
        "propose": StepPage("Record it", "tools.choose", OF_CASE),
        "start": StepPage("Record that it began", "tools.start", OF_STEP),
        "not_made": StepPage("Record that it did not come about", "tools.refuse", OF_STEP),
        "review": StepPage("Record a review", "tools.review", OF_STEP),
        "extend": StepPage("Extend it", "tools.extend", OF_STEP),
        "note_breach": StepPage("Note that it was not kept to", "tools.note_breach", OF_STEP),
        "end": StepPage("Record that it ended", "tools.end", OF_STEP),
    }.items()
}

#: Every move, by power and move. Its words, its page, and how the page's address is filled.
STEP_PAGES: Mapping[tuple[str, str], StepPage] = MappingProxyType({
    (CASE, "draft_warning"): StepPage(
        "Draft a community protection warning", "drafting.draft_warning", AGAINST_SUBJECT
    ),
    (CASE, "draft_notice"): StepPage("Draft a community protection notice", "drafting.draft_notice", AGAINST_SUBJECT),
    (CASE, "close"): StepPage("Close the case", "case_closing.close", OF_CASE),
    (CASE, "reopen"): StepPage("Reopen the case", "case_closing.reopen", OF_CASE),
    (CASE, "notice_over"): StepPage("Record that no notice is in force any more", "case_closing.notice_over", OF_CASE),
    (CASE, "record_outside_step"): StepPage(
        "Record a warning or notice of another body", "outside_steps.record", OF_CASE
    ),
    (CASE, "record_tool"): StepPage("Record another tool or power", "tools.choose", OF_CASE),
    **_DRAFTED,
    **_OF_TOOLS,
    ("CPW", "draft"): StepPage("Draft a community protection warning", "drafting.draft_warning", OF_CASE),
    ("CPW", "change_draft"): StepPage("Change the draft", "drafting.change_draft", OF_STEP),
    ("CPW", "record_compliance"): StepPage("Record that it was heeded", "interventions_warnings.record_compliance", OF_STEP),
    ("CPW", "record_not_heeded"): StepPage("Record that it was not heeded", "interventions_warnings.record_not_heeded", OF_STEP),
    ("CPW", "escalate"): StepPage("Draft a notice that follows it", "drafting.draft_notice", AFTER_STEP),
    ("CPW", "lapse"): StepPage("Record that it lapsed", "interventions_endings.lapse", OF_STEP),
    ("CPW", "withdraw"): StepPage("Withdraw it", "interventions_endings.withdraw", OF_STEP),
    ("CPW", "notice_in_error"): IN_ERROR,
    ("CPN", "draft"): StepPage("Draft a community protection notice", "drafting.draft_notice", OF_CASE),
    ("CPN", "change_draft"): StepPage("Change the draft", "drafting.change_draft", OF_STEP),
    ("CPN", "check_afterwards"): StepPage(
        "Record the second person’s check", "signing.check_afterwards", OF_STEP
    ),
    ("CPN", "record_requirement_met"): StepPage(
        "Record that a requirement was met", "interventions_notices.record_requirement_met", OF_STEP
    ),
    ("CPN", "record_review"): StepPage("Record a review", "interventions_notices.record_review", OF_STEP),
    ("CPN", "lodge_appeal"): StepPage("Record an appeal", "interventions_appeals.lodge", OF_STEP),
    ("CPN", "record_direction"): StepPage(
        "Record the court’s order about stop requirements", "interventions_appeals.record_direction", OF_STEP
    ),
    ("CPN", "appeal_dismissed"): OUTCOME_OF_APPEAL,
    ("CPN", "appeal_modified"): OUTCOME_OF_APPEAL,
    ("CPN", "appeal_withdrawn"): OUTCOME_OF_APPEAL,
    ("CPN", "appeal_quashed"): OUTCOME_OF_APPEAL,
    ("CPN", "appeal_in_error"): IN_ERROR,
    ("CPN", "vary"): StepPage("Vary it", "interventions_notices.vary", OF_STEP),
    ("CPN", "withdraw"): StepPage("Withdraw it", "interventions_endings.withdraw", OF_STEP),
    ("CPN", "discharge"): StepPage("Discharge it", "interventions_endings.discharge", OF_STEP),
    ("CPN", "end"): StepPage("Record that it is over", "interventions_endings.end_notice", OF_STEP),
    (BREACH, "allege"): StepPage("Record an alleged breach", "interventions_breaches.allege", OF_STEP),
    (BREACH, "decide"): StepPage("Decide what is done about it", "interventions_breaches.decide", OF_BREACH),
    (BREACH, "decide_again"): StepPage("Decide again", "interventions_breaches.decide", OF_BREACH),
    (BREACH, "record_remedial_work"): StepPage(
        "Record what was done about the work", "interventions_measures.remedial_work", OF_BREACH
    ),
    (BREACH, "record_seizure"): StepPage(
        "Record what was done about the warrant", "interventions_measures.seizure", OF_BREACH
    ),
    ("FPN", "draft"): StepPage("Draft a fixed penalty notice", "interventions_penalties.draft", OF_BREACH),
    ("FPN", "change_draft"): StepPage("Change the terms", "interventions_penalties.change", OF_STEP),
    ("FPN", "record_payment"): StepPage("Record a payment", "interventions_penalties.record_payment", OF_STEP),
    ("FPN", "accept_late_payment"): StepPage("Accept a late payment", "interventions_penalties.record_payment", OF_STEP),
    ("FPN", "mark_unpaid"): StepPage("Mark it unpaid", "interventions_penalties.mark_unpaid", OF_STEP),
    ("FPN", "write_off"): StepPage("Write it off", "interventions_penalties.write_off", OF_STEP),
    ("FPN", "cancel"): StepPage("Cancel it", "interventions_penalties.cancel", OF_STEP),
    ("FPN", "payment_in_error"): IN_ERROR,
    ("PROSECUTION", "draft"): StepPage("Prepare a prosecution", "interventions_prosecutions.prepare", OF_BREACH),
    ("PROSECUTION", "submit"): StepPage("Give the file to legal", "interventions_prosecutions.submit", OF_STEP),
    ("PROSECUTION", "send_back"): StepPage("Send the file back", "interventions_prosecutions.send_back", OF_STEP),
    ("PROSECUTION", "authorise"): StepPage("Authorise the prosecution", "interventions_prosecutions.authorise", OF_STEP),
    ("PROSECUTION", "lay"): StepPage("Record that it was laid", "interventions_prosecutions.lay", OF_STEP),
    ("PROSECUTION", "record_convicted"): RECORD_RESULT,
    ("PROSECUTION", "record_acquitted"): RECORD_RESULT,
    ("PROSECUTION", "record_discontinued"): RECORD_RESULT,
    ("PROSECUTION", "record_dismissed"): RECORD_RESULT,
    ("PROSECUTION", "abandon"): StepPage("Abandon it before laying", "interventions_prosecutions.abandon", OF_STEP),
    ("PROSECUTION", "result_in_error"): IN_ERROR,
})  # fmt: skip


#: Moves that lead on towards an end, and so stand as buttons; the others stand as links beside them.
LEADS_ON = frozenset({
    "draft", "draft_warning", "draft_notice", "authorise", "issue", "record_service", "check_afterwards",
    "record_compliance", "record_not_heeded", "escalate", "record_remedial_work", "record_seizure",
    "appeal_dismissed", "allege", "decide", "record_payment",
    "start", "mark_unpaid", "accept_late_payment", "submit", "lay", "record_convicted",
})  # fmt: skip


def every_move() -> Iterator[tuple[str, str]]:
    """Every move that the tables know, and what a case begins with."""
    for code, power in POWERS.items():
        yield from ((code, row.move) for row in power.transitions)
    yield from ((BREACH, row.move) for row in breaches.TRANSITIONS)
    yield from ((CASE, move) for move in ("draft_warning", "draft_notice", "record_outside_step", "record_tool"))


def address_of(page: StepPage, place: Place) -> str:
    """Where the page is for what the step is taken with."""
    return url_for(page.endpoint, **{part: getattr(place, whose) for part, whose in page.fills.items()})
