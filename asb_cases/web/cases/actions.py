"""What can be done with a case from its page: one line each, in the order of the page.

A line stands there when its page lets the reader in, and the case is in a status that the line is for. What the law says
is asked by the page itself (for steps of enforcement: web/interventions/).
"""

from collections.abc import Callable
from dataclasses import dataclass

from asb_cases.domain.permissions import Actor
from asb_cases.domain.workflow import CaseStatus
from asb_cases.queries.case_page import CasePage
from asb_cases.web.action_links import ActionGroup, ActionLine, open_to

RECORD, PEOPLE, MANAGE = "Record", "People", "The case"
EVERY = frozenset(CaseStatus)
OPEN = frozenset({CaseStatus.NEW, CaseStatus.OPEN})
OVER = EVERY - OPEN
NOTICE = frozenset({CaseStatus.CLOSED_NOTICE_IN_FORCE})
NEW = frozenset({CaseStatus.NEW})


@dataclass(frozen=True)
class CaseAction:
    """One line: under which heading, in which words, to which page (an endpoint that takes the case's reference), in which
    statuses and, where that is not all, for which cases (`when` is asked of what the page shows)."""

    group: str
    label: str
    endpoint: str
    statuses: frozenset[CaseStatus] = EVERY
    when: Callable[[CasePage], object] = lambda _page: True


#: The one page that a case merged into another still has: it leads on.
LEADS_ON = "connections.overview"
#: Lines of one group stand together.
CASE_ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(RECORD, "Add photos and files", "files.new_files"),
    CaseAction(RECORD, "Record a contact", "contacts.new_contact"),
    CaseAction(RECORD, "Log a visit", "contacts.new_visit"),
    CaseAction(RECORD, "Add a note", "notes.new_note"),
    CaseAction(RECORD, "Add a task", "tasks.new_task", OPEN),
    CaseAction(RECORD, "Record an incident", "incidents.new_incident"),
    CaseAction(RECORD, "See all incidents", "incidents.list_incidents"),
    CaseAction(RECORD, "Agree an action plan", "plans.new_plan", OPEN),
    CaseAction(RECORD, "Log a further complaint", "intake.new_complaint_in_case", EVERY - {CaseStatus.CLOSED}),
    CaseAction(RECORD, "Assess the risk", "risk.assess"),
    CaseAction(RECORD, "Wait for the person who reported it", "waits.wait", OPEN, lambda page: page.owes_response),
    CaseAction(RECORD, "Let the response clock run again", "waits.wait", OPEN, lambda page: page.facts.waiting_since),
    CaseAction(RECORD, "Record a case review application", "review_applying.new_application_about"),
    CaseAction(PEOPLE, "Add a person or body", "case_people.add"),
    CaseAction(PEOPLE, "Print a letter to those who complained", "documents.letters"),
    CaseAction(MANAGE, "Start work", "case_details.start", NEW),
    CaseAction(MANAGE, "Change details", "case_details.change"),
    CaseAction(MANAGE, "Change priority", "case_details.priority", OPEN),
    CaseAction(MANAGE, "Allocate", "allocation.one", OPEN),
    CaseAction(MANAGE, "Share, or end sharing", "sharing.share"),
    CaseAction(MANAGE, "Restrict to some readers", "sharing.restrict", EVERY, lambda page: not page.facts.restricted),
    CaseAction(MANAGE, "Change who may read it", "sharing.restrict", EVERY, lambda page: page.facts.restricted),
    CaseAction(MANAGE, "Lift the restriction", "sharing.lift", EVERY, lambda page: page.facts.restricted),
    CaseAction(MANAGE, "Close", "case_closing.close", OPEN),
    CaseAction(MANAGE, "Record that no notice is in force any more", "case_closing.notice_over", NOTICE),
    CaseAction(MANAGE, "Reopen", "case_closing.reopen", OVER),
    CaseAction(MANAGE, "Mark as entered in error", "case_closing.mark_in_error"),
    CaseAction(MANAGE, "Linked and merged cases", "connections.overview"),
    CaseAction(MANAGE, "Link another case", "connections.link"),
    CaseAction(MANAGE, "Merge into another case", "connections.merge", OPEN),
)


def actions_for(page: CasePage, actor: Actor) -> list[ActionGroup]:
    """What this reader may do with this case, by heading. Nothing, where it is entered in error; nobody works on one that
    was merged into another either."""
    case = page.facts
    if case.entered_in_error_on:
        return []
    lines = [
        ActionLine(action.group, action.label, action.endpoint, bool(action.when(page)))
        for action in CASE_ACTIONS
        if case.status in action.statuses and (case.merged_into_id is None or action.endpoint == LEADS_ON)
    ]
    return open_to(actor, lines, reference=case.reference)
