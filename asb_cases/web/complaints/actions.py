"""What can be done with a complaint from its page."""

from typing import Any

from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.complaints import TriageState
from asb_cases.domain.permissions import Actor
from asb_cases.queries.complaint_pages import ComplaintPage
from asb_cases.web.action_links import ActionGroup, ActionLine, open_to

HEADING = "The complaint"
DECIDED = frozenset({TriageState.REFERRED, TriageState.NOT_ASB})


def complaint_actions(page: ComplaintPage, actor: Actor) -> list[ActionGroup]:
    """The links this reader has, under one heading; none where nothing may be done with it any more."""
    facts: Any = page.facts
    stands = facts.entered_in_error_on is None
    to_explain = any(
        clock.rule == "case_review_explanation" and clock.state is DeadlineState.RUNNING for clock in page.deadlines
    )
    owed = any(clock.rule == "acknowledge" and clock.state is DeadlineState.RUNNING for clock in page.deadlines)
    joined = facts.triage is TriageState.JOINED
    decide = "Decide again where it goes" if facts.triage in DECIDED else "Decide where it goes"
    lines = [
        ActionLine(HEADING, decide, "complaint_triage.triage", stands and not joined),
        ActionLine(HEADING, "Acknowledge it", "complaint_keeping.acknowledge", stands and owed),
        ActionLine(HEADING, "Explain the case review", "review_explaining.explain", stands and to_explain),
        ActionLine(HEADING, "Move it to another case", "complaint_triage.move", stands and joined),
        ActionLine(HEADING, "Mark it as entered in error", "complaint_keeping.entered_in_error", stands),
    ]
    return open_to(actor, lines, reference=facts.reference)
