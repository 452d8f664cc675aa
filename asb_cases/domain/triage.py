"""Triage: where a complaint goes. It may be looked at again; one that belongs to a case stays there."""

from asb_cases.domain.complaints import TriageState
from asb_cases.domain.errors import Findings, gathered
from asb_cases.domain.permissions import Permission
from asb_cases.domain.record_keeping import reason_given
from asb_cases.domain.workflow import Table, Transition, from_each

NEW, JOINED = TriageState.NEW, TriageState.JOINED
REFERRED, NOT_ASB = TriageState.REFERRED, TriageState.NOT_ASB
TRIAGE = Permission.TRIAGE_COMPLAINTS

TRANSITIONS: Table = (
    Transition(None, NEW, "log", Permission.LOG_COMPLAINTS),
    *from_each((NEW, REFERRED, NOT_ASB), JOINED, "join", TRIAGE),
    *from_each((NEW, NOT_ASB), REFERRED, "refer", TRIAGE, "triage.check_sent_elsewhere"),
    *from_each((NEW, REFERRED), NOT_ASB, "not_asb", TRIAGE, "triage.check_sent_elsewhere"),
)


def check_sent_elsewhere(reason: str | None) -> Findings:
    """Whether a complaint may leave the service's hands: the complainant is owed a reason."""
    return gathered([reason_given("Sending a complaint elsewhere, or finding that it is not ASB,", reason)])
