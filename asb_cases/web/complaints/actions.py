"""What can be done with a complaint from its page."""

from typing import Any

from flask import current_app, url_for

from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.complaints import TriageState
from asb_cases.domain.permissions import Actor
from asb_cases.queries.complaint_pages import ComplaintPage
from asb_cases.web.access import may_come_in
from asb_cases.web.cases.actions import ActionGroup


def complaint_actions(page: ComplaintPage, actor: Actor) -> list[ActionGroup]:
    """The links this reader has, under one heading; none where nothing may be done with it any more."""
    links = [
        (label, url_for(endpoint, reference=page.facts.reference))
        for label, endpoint, open_now in _lines(page)
        if open_now and may_come_in(current_app.view_functions[endpoint], actor)
    ]
    return [ActionGroup("The complaint", links)] if links else []


def _lines(page: ComplaintPage) -> list[tuple[str, str, bool]]:
    """Words, page, and whether it is open as the complaint stands."""
    facts: Any = page.facts
    stands = facts.entered_in_error_on is None
    owed = any(clock.rule == "acknowledge" and clock.state is DeadlineState.RUNNING for clock in page.deadlines)
    joined = facts.triage is TriageState.JOINED
    decided = facts.triage in {TriageState.REFERRED, TriageState.NOT_ASB}
    return [
        (
            "Decide again where it goes" if decided else "Decide where it goes",
            "complaint_triage.triage",
            stands and not joined,
        ),
        ("Acknowledge it", "complaint_keeping.acknowledge", stands and owed),
        ("Move it to another case", "complaint_triage.move", stands and joined),
        ("Mark it as entered in error", "complaint_keeping.entered_in_error", stands),
    ]
