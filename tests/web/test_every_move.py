"""Every state that a record can come to is reached by hand: each row of each table of moves has its page, to which another
page leads and which lets in whoever may make the move; or it happens by itself, and it stands here why."""

from pathlib import Path

from flask import Flask

from asb_cases.domain import breaches, case_review_states, triage, workflow
from asb_cases.domain.permissions import GRANTS, Permission
from asb_cases.domain.powers import POWERS
from asb_cases.domain.workflow import Table
from asb_cases.web.access import declared_access
from asb_cases.web.cases.actions import CASE_ACTIONS
from asb_cases.web.interventions.steps import STEP_PAGES

ROOT = Path(__file__).parents[2]
TABLES: dict[str, Table] = {
    "CASE": workflow.TRANSITIONS,
    "COMPLAINT": triage.TRANSITIONS,
    "BREACH": breaches.TRANSITIONS,
    "REVIEW": case_review_states.REVIEW_TRANSITIONS,
    **{code: power.transitions for code, power in POWERS.items()},
}
#: Where each move is made that does not stand in `web/interventions/steps.py`.
PAGES = {
    ("CASE", "log"): "intake.new_case",
    ("CASE", "open"): "intake.new_case",
    ("CASE", "start"): "case_details.start",
    ("CASE", "close_notice_in_force"): "case_closing.close",
    ("CASE", "merge"): "connections.merge",
    ("CASE", "unmerge"): "connections.unmerge",
    ("CASE", "unmerge_new"): "connections.unmerge",
    ("COMPLAINT", "log"): "intake.new_complaint",
    ("COMPLAINT", "join"): "complaint_triage.triage",
    ("COMPLAINT", "refer"): "complaint_triage.triage",
    ("COMPLAINT", "not_asb"): "complaint_triage.triage",
    ("COMPLAINT", "move"): "complaint_triage.move",
    ("COMPLAINT", "put_back"): "complaint_triage.move",
    ("REVIEW", "receive"): "review_applying.new_application",
    ("REVIEW", "acknowledge"): "review_steps.acknowledge",
    ("REVIEW", "pass_on"): "review_steps.pass_to_bodies",
    ("REVIEW", "decide_met"): "review_steps.decide",
    ("REVIEW", "decide_not_met"): "review_steps.decide",
    ("REVIEW", "notify"): "review_steps.notify",
    ("REVIEW", "arrange"): "review_steps.arrange",
    ("REVIEW", "hold"): "review_steps.hold",
    ("REVIEW", "send_outcome"): "review_steps.outcome",
    ("REVIEW", "close"): "review_steps.close",
    ("REVIEW", "escalate"): "review_steps.take_further",
    ("REVIEW", "decide_again"): "review_steps.escalation_decided",
    ("REVIEW", "review_again"): "review_steps.escalation_decided",
    ("REVIEW", "decision_stands"): "review_steps.escalation_decided",
    ("REVIEW", "outcome_stands"): "review_steps.escalation_decided",
    ("REVIEW", "withdraw"): "review_steps.withdraw",
    **{move: page.endpoint for move, page in STEP_PAGES.items()},
}
#: What the act asks besides: money that came late is accepted by whoever may settle penalties, and may record money.
ALSO_ASKED = {("FPN", "accept_late_payment"): Permission.RECORD_PAYMENT}
#: Moves that nobody makes for their own sake.
BY_THEMSELVES = {
    ("CASE", "breach_alleged"): "whoever records an alleged breach of a notice reopens its closed case by that",
    ("REVIEW", "monitor"): "sending an outcome with actions that are still to be done begins their monitoring",
}


def test_every_move_has_its_page_or_happens_by_itself() -> None:
    known = {(name, row.move) for name, table in TABLES.items() for row in table}
    assert known - set(PAGES) == set(BY_THEMSELVES), "neither a page nor a reason"


def test_the_pages_let_in_whoever_may_make_the_move(app: Flask) -> None:
    shut = []
    for (name, move), page in PAGES.items():
        asked = {row.permission for row in TABLES.get(name, ()) if row.move == move}
        declared = declared_access(app.view_functions[page]) or frozenset()
        for role, granted in GRANTS.items():
            if asked & granted and not declared & granted and ALSO_ASKED.get((name, move), role) in {role, *granted}:
                shut.append((name, move, role.value))
    assert shut == []


def test_another_page_leads_to_each(app: Flask) -> None:
    written = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "asb_cases" / "web").rglob("*.py")]
    text = "\n".join(path.read_text() for path in written)
    addresses = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}
    ways = {page: (f'"{page}"', f"'{page}'", f'"{addresses[page]}"') for page in PAGES.values()}
    # Its own route names a fixed address once.
    assert [
        page
        for page, (one, two, three) in ways.items()
        if one not in text and two not in text and text.count(three) < 2
    ] == []


def test_the_page_of_a_case_offers_each_of_its_moves_in_the_statuses_that_know_it() -> None:
    offered = {(line.endpoint, status) for line in CASE_ACTIONS for status in line.statuses}
    missing = [
        (row.move, row.source)
        for row in workflow.TRANSITIONS
        if row.source is not None and ("CASE", row.move) not in BY_THEMSELVES and "unmerge" not in row.move
        and (PAGES["CASE", row.move], row.source) not in offered
    ]  # fmt: skip
    assert missing == []
