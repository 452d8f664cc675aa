"""Triage: where a complaint goes. It may be looked at again; one that was joined to the wrong case is moved, with a reason."""

from asb_cases.domain.complaints import TriageState
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.permissions import Permission
from asb_cases.domain.record_keeping import AUTHORITY, reason_given, words_given
from asb_cases.domain.workflow import Table, Transition, from_each

NEW, JOINED = TriageState.NEW, TriageState.JOINED
REFERRED, NOT_ASB = TriageState.REFERRED, TriageState.NOT_ASB
TRIAGE = Permission.TRIAGE_COMPLAINTS

SAME_CASE = Refusal(
    "same_case",
    "It belongs to this case already.",
    AUTHORITY,
    "Choose the case that it belongs to.",
    field="case",
)
IS_EVIDENCE = Refusal(
    "complaint_is_evidence",
    "It is evidence for a step that was taken in this case.",
    AUTHORITY,
    "It has to stay where that step is. Log what was said again in the other case, if it belongs there too.",
)

TRANSITIONS: Table = (
    Transition(None, NEW, "log", Permission.LOG_COMPLAINTS),
    *from_each((NEW, REFERRED, NOT_ASB), JOINED, "join", TRIAGE),
    *from_each((NEW, NOT_ASB), REFERRED, "refer", TRIAGE, "triage.check_sent_elsewhere"),
    *from_each((NEW, REFERRED), NOT_ASB, "not_asb", TRIAGE, "triage.check_sent_elsewhere"),
    Transition(JOINED, JOINED, "move", TRIAGE, "triage.check_move"),
    Transition(JOINED, NEW, "put_back", TRIAGE, "triage.check_move"),
)


def check_sent_elsewhere(reason: str | None) -> Findings:
    """Whether a complaint may leave the service's hands: the complainant is owed a reason."""
    return gathered([reason_given("Sending a complaint elsewhere, or finding that it is not ASB,", reason)])


def check_referred(to: str | None, reason: str | None) -> Findings:
    """The same for one that is somebody else's: the complainant is told whose."""
    return gathered([words_given("Whom it is referred to", to, "referred_to")]) + check_sent_elsewhere(reason)


def check_move(reason: str | None, *, same_case: bool, steps_resting_on_it: int) -> Findings:
    """Whether a complaint may leave the case that it was joined to by mistake: not while a step there rests on it."""
    return gathered([
        SAME_CASE if same_case else None,
        IS_EVIDENCE if steps_resting_on_it else None,
        reason_given("Taking a complaint out of a case", reason),
    ])  # fmt: skip
