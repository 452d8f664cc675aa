"""The register of powers: whole, consistent with itself, and every state crossed with every move."""

from importlib import import_module

import pytest

from asb_cases.domain import breaches, workflow
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.legal_values import LegalValues
from asb_cases.domain.permissions import Permission
from asb_cases.domain.powers import POWERS, TRACK
from asb_cases.domain.service import ServiceMethod
from asb_cases.domain.workflow import next_status

#: Every move each machine knows, written out: a change of a table must be meant.
MOVES = {
    "CPW": {
        None: {"draft": "draft"},
        "draft": {"authorise": "authorised", "authorise_own": "authorised", "drop": "withdrawn"},
        "authorised": {"send_back": "draft", "issue": "issued", "drop": "withdrawn"},
        "issued": {"record_service": "served", "drop": "withdrawn"},
        "served": {
            "record_compliance": "complied", "record_not_heeded": "not_heeded", "escalate": "escalated",
            "lapse": "lapsed", "withdraw": "withdrawn",
        },
        "complied": {
            "record_not_heeded": "not_heeded", "escalate": "escalated", "lapse": "lapsed", "withdraw": "withdrawn",
        },
        "not_heeded": {
            "record_compliance": "complied", "escalate": "escalated", "lapse": "lapsed", "withdraw": "withdrawn",
        },
        "lapsed": {"escalate": "escalated"},
        "escalated": {"notice_in_error": "served"},
        "withdrawn": {},
    },
    "CPN": {
        None: {"draft": "draft"},
        "draft": {"authorise": "authorised", "authorise_own": "authorised", "drop": "withdrawn"},
        "authorised": {"send_back": "draft", "issue": "issued", "drop": "withdrawn"},
        "issued": {"record_service": "in_force", "drop": "withdrawn"},
        "in_force": {
            "lodge_appeal": "appealed", "vary": "in_force", "withdraw": "withdrawn", "discharge": "discharged",
            "end": "ended",
        },
        "appealed": {
            "appeal_dismissed": "in_force", "appeal_modified": "in_force", "appeal_withdrawn": "in_force",
            "appeal_quashed": "quashed", "vary": "appealed", "withdraw": "withdrawn", "discharge": "discharged",
            "appeal_in_error": "in_force",
        },
        **{
            over: {
                "lodge_appeal": over, "appeal_dismissed": over, "appeal_modified": over, "appeal_withdrawn": over,
                "appeal_quashed": "quashed",
            }
            for over in ("ended", "discharged", "withdrawn")
        },
        "quashed": {"appeal_in_error": "in_force"},
    },
    "FPN": {
        None: {"draft": "draft"},
        "draft": {"authorise": "authorised", "authorise_own": "authorised", "drop": "cancelled"},
        "authorised": {"send_back": "draft", "issue": "issued", "drop": "cancelled"},
        "issued": {
            "record_service": "issued", "record_payment": "paid", "mark_unpaid": "unpaid", "cancel": "cancelled",
        },
        "unpaid": {
            "record_payment": "paid", "accept_late_payment": "paid", "write_off": "written_off", "cancel": "cancelled",
        },
        "paid": {"payment_in_error": "issued"},
        "written_off": {"record_payment": "written_off"},
        "cancelled": {"record_payment": "cancelled"},
    },
    "PROSECUTION": {
        None: {"draft": "draft"},
        "draft": {"submit": "legal_review", "abandon": "abandoned"},
        "legal_review": {"send_back": "draft", "authorise": "authorised", "abandon": "abandoned"},
        "authorised": {"send_back": "legal_review", "lay": "laid", "abandon": "abandoned"},
        "laid": {
            "record_convicted": "convicted", "record_acquitted": "acquitted",
            "record_discontinued": "discontinued", "record_dismissed": "dismissed",
        },
        "convicted": {"result_in_error": "laid"},
        "acquitted": {"result_in_error": "laid"},
        "discontinued": {"result_in_error": "laid"},
        "dismissed": {"result_in_error": "laid"},
        "abandoned": {},
    },
}  # fmt: skip

CROSSED = [
    (code, status, move)
    for code, power in POWERS.items()
    if code in TRACK
    for status in (None, *sorted(power.statuses))
    for move in sorted({row.move for row in power.transitions})
]


@pytest.mark.parametrize(("code", "status", "move"), CROSSED)
def test_every_state_crossed_with_every_move(code, status, move):
    table, target = POWERS[code].transitions, MOVES[code][status].get(move)
    if target:
        assert next_status(table, status, move) == target
    else:
        with pytest.raises(RuleBroken) as caught:
            next_status(table, status, move)
        assert caught.value.refusals[0].code == "move_not_open"
        assert caught.value.refusals[0].remedy


def _values_of(tool):
    """The dated values that the file of a tool names."""
    if tool is None:
        return ()
    lawful = [each for each in (tool.minimum_age, tool.in_force, tool.hours_of_day) if each]
    named = [each.value for each in (*tool.bounds, *lawful)] + [each.upto for each in lawful]
    return (*named, tool.usual_length, tool.review)


@pytest.mark.parametrize("power", POWERS.values(), ids=POWERS)
def test_an_entry_holds_together(power):
    assert POWERS[power.code] is power
    assert set(power.status_titles) == power.statuses == set(MOVES.get(power.code, power.statuses)) - {None}
    assert power.given_status in power.statuses
    assert power.open_statuses <= power.statuses
    assert set(power.outcomes.values()) <= power.statuses
    assert set(power.follows) <= set(POWERS)
    assert power.services <= set(ServiceMethod)
    assert power.time_limited_kinds <= power.requirement_kinds
    assert bool(power.services) == bool(power.service_authority)
    moves = {row.move for row in power.transitions}
    assert {move for move, _ in (*power.clocks, *power.stops)} <= moves
    assert {rule for _, rule in (*power.clocks, *power.stops)} <= set(CLOCK_RULES)
    for value in filter(None, (power.minimum_age, power.four_eyes, *_values_of(power.tool))):
        assert value in LegalValues.load()


@pytest.mark.parametrize("power", POWERS.values(), ids=POWERS)
def test_a_status_with_nothing_left_to_do_is_not_open(power):
    stuck = {status for status in power.statuses if not workflow.moves_from(power.transitions, status)}
    assert not stuck & power.open_statuses
    assert all(isinstance(row.permission, Permission) for row in power.transitions)


def test_every_guard_is_a_rule_that_exists():
    tables = [workflow.TRANSITIONS, breaches.TRANSITIONS, *(power.transitions for power in POWERS.values())]
    guards = {row.guard for table in tables for row in table if row.guard}
    for guard in guards:
        module, _, function = guard.rpartition(".")
        assert callable(getattr(import_module(f"asb_cases.domain.{module}"), function)), guard
    assert len(guards) > 15


def test_which_clocks_a_move_starts_and_ends():
    notice, penalty = POWERS["CPN"], POWERS["FPN"]
    assert notice.clocks_started_by("record_service") == ("cpn_appeal", "cpn_review", "cpn_end", "requirement_due")
    assert notice.clocks_started_by("issue") == ()
    assert notice.clocks_stopped_by("lodge_appeal") == ("cpn_appeal",)
    assert penalty.clocks_started_by("issue") == ("fpn_no_proceedings", "fpn_reduced_offer")


def test_only_laying_payment_or_legal_ends_the_six_months():
    stopping = {
        (power.code, move) for power in POWERS.values() for move, rule in power.stops if rule == "prosecution_limit"
    }
    assert stopping == {("PROSECUTION", "lay")}
