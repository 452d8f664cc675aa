"""Alleged breaches: which may be recorded, how they are decided, what ends the six months."""

from dataclasses import replace
from datetime import date

import pytest

from asb_cases.domain.appeals import Appeal, AppealOutcome
from asb_cases.domain.breaches import (
    CLOCK,
    DECISION_TITLES,
    OPENS,
    TRANSITIONS,
    AllegationFacts,
    BreachDecision,
    BreachStatus,
    DecisionFacts,
    LimitEnds,
    Notice,
    check_allegation,
    check_decision,
    limit_ended_by_decision,
)
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.powers import POWERS
from asb_cases.domain.requirements import Requirement, RequirementKind
from asb_cases.domain.workflow import next_status, statuses

GIVEN = date(2026, 3, 2)
NOTICE = Notice(1, GIVEN)
APPEAL = Appeal(date(2026, 3, 10), date(2026, 4, 10), AppealOutcome.DISMISSED)
APPEALED = replace(NOTICE, appeals=(APPEAL,))
STOP = Requirement(1, 1, RequirementKind.STOP, "…", from_on=GIVEN)
DO = Requirement(2, 1, RequirementKind.DO, "…", from_on=GIVEN)
DUE = replace(DO, comply_by=date(2026, 3, 20))
FACTS = AllegationFacts(NOTICE, (STOP,), from_on=date(2026, 3, 15), today=date(2026, 6, 1), evidence="Recording.")
RANGE = {"from_on": date(2026, 3, 5), "to_on": date(2026, 4, 20)}

ALLEGED = [
    ((), {}),
    (("breach_on_day_given",), {"from_on": GIVEN}),
    (("requirement_varied_not_given",), {"not_given": (1,)}),
    (("breach_alleged_already",), {"alleged_already": (1,)}),
    (("requirement_gave_no_time",), {"requirements": (replace(DUE, comply_by=date(2026, 3, 1)),)}),
    ((), {"requirements": (replace(DUE, comply_by=GIVEN),)}),
    (("notice_came_back",), {"notice": replace(NOTICE, came_back_on=date(2026, 3, 9))}),
    ((), {"from_on": date(2026, 6, 1)}),
    (("no_notice_in_force",), {"from_on": date(2026, 3, 1)}),
    (("no_notice_in_force",), {"notice": replace(NOTICE, given_on=None)}),
    ((), {"notice": replace(NOTICE, last_day=date(2026, 3, 15))}),
    (("no_notice_in_force",), {"notice": replace(NOTICE, last_day=date(2026, 3, 14))}),
    (("no_notice_in_force",), {"notice": replace(NOTICE, quashed_on=date(2026, 3, 14))}),
    (("no_notice_in_force",), {"notice": replace(NOTICE, last_day=date(2026, 3, 20)), **RANGE}),
    (("breach_in_future",), {"from_on": date(2026, 6, 2)}),
    (("breach_days_reversed",), {"to_on": date(2026, 3, 14)}),
    (("no_requirement_named",), {"requirements": ()}),
    (("no_breach_evidence",), {"evidence": " "}),
    # appeals: stop goes on, do and steps rest from lodging to the end
    ((), {"notice": APPEALED}),
    (("requirement_suspended",), {"notice": APPEALED, "requirements": (DO,)}),
    (("requirement_suspended",), {"notice": APPEALED, "requirements": (STOP, DO)}),
    ((), {"notice": APPEALED, "requirements": (DO,), "from_on": date(2026, 3, 9)}),
    (("requirement_suspended",), {"notice": APPEALED, "requirements": (DO,), "from_on": date(2026, 4, 10)}),
    ((), {"notice": APPEALED, "requirements": (DO,), "from_on": date(2026, 4, 11)}),
    (("requirement_suspended",), {"notice": APPEALED, "requirements": (DO,), **RANGE}),
    ((), {"notice": APPEALED, "requirements": (STOP,), **RANGE}),
    (("requirement_suspended",),
     {"notice": replace(NOTICE, appeals=(replace(APPEAL, stop_suspended_on=date(2026, 3, 12)),)), **RANGE}),
    ((), {"notice": replace(NOTICE, appeals=(replace(APPEAL, stop_suspended_on=date(2026, 3, 16)),))}),
    # versions and time limits
    (("requirement_not_in_force",), {"requirements": (replace(STOP, from_on=date(2026, 3, 16)),)}),
    (("requirement_not_in_force",), {"requirements": (replace(STOP, to_on=date(2026, 3, 31)),), **RANGE}),
    (("requirement_not_due",), {"requirements": (DUE,)}),
    (("requirement_not_due",), {"requirements": (DUE,), "from_on": date(2026, 3, 20)}),
    ((), {"requirements": (DUE,), "from_on": date(2026, 3, 21)}),
    (("requirement_not_due",), {"requirements": (DUE,), "notice": APPEALED, "from_on": date(2026, 4, 21)}),
    ((), {"requirements": (DUE,), "notice": APPEALED, "from_on": date(2026, 4, 22)}),
]  # fmt: skip


@pytest.mark.parametrize(("codes", "changed"), ALLEGED)
def test_alleging(codes, changed):
    findings = check_allegation(replace(FACTS, **changed))
    assert findings.codes == codes
    for refusal in findings.refusals:
        assert refusal.authority.startswith("2014 Act s.4")
        assert refusal.remedy


def test_a_suspended_requirement_names_the_section_and_the_day():
    refusal = check_allegation(replace(FACTS, notice=APPEALED, requirements=(DO,))).refusals[0]
    assert refusal.authority == "2014 Act s.46(3)"
    assert "15 March 2026" in refusal.message


DECIDED = DecisionFacts(BreachDecision.FPN, "Proportionate.", account="Says it was a birthday.")


@pytest.mark.parametrize(
    ("codes", "facts"),
    [
        ((), DECIDED),
        (("decision_needs_reason",), replace(DECIDED, reason="")),
        (("penalty_already_given",), replace(DECIDED, penalty_given=True)),
        (("proceedings_started",), replace(DECIDED, proceedings_started=True)),
        ((), replace(DECIDED, decision=BreachDecision.PROSECUTE, penalty_given=True)),
        (("penalty_paid_in_time",), replace(DECIDED, decision=BreachDecision.PROSECUTE, paid_in_time=True)),
        (("no_account",), replace(DECIDED, account=None)),
        ((), DecisionFacts(BreachDecision.NO_FURTHER_ACTION, "A single night.")),
    ],
)
def test_deciding(codes, facts):
    assert check_decision(facts).codes == codes


@pytest.mark.parametrize("decision", BreachDecision)
def test_only_legals_no_action_ends_the_six_months_by_decision(decision):
    ends = LimitEnds.NO_ACTION_BY_LEGAL if decision is BreachDecision.NO_FURTHER_ACTION else None
    assert limit_ended_by_decision(decision, by_legal=True) is ends
    assert limit_ended_by_decision(decision, by_legal=False) is None


def test_what_decisions_open_and_the_clock_are_registered():
    assert set(OPENS.values()) <= set(POWERS)
    assert CLOCK in CLOCK_RULES
    assert set(DECISION_TITLES) == set(BreachDecision)


def test_the_machine_of_a_breach():
    assert statuses(TRANSITIONS) == set(BreachStatus)
    assert next_status(TRANSITIONS, None, "allege") == "alleged"
    assert next_status(TRANSITIONS, "alleged", "decide") == "decided"
    assert next_status(TRANSITIONS, "decided", "decide_again") == "decided"
