"""One case, for whoever may see it."""

from datetime import timedelta

import pytest
from flask import Flask

from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.models.appeal import Appeal
from asb_cases.queries.cases import case_to_work_on, closing_facts, load_case_for, standing_rows
from asb_cases.queries.not_found import NotFound
from tests.factories import (
    TODAY,
    keep,
    make_actor,
    make_breach,
    make_case,
    make_complaint,
    make_intervention,
    make_team,
)


@pytest.mark.parametrize("typed", ["ASB-2026-000777", "asb 2026 777", " ASB2026000777 "])
def test_case_by_reference_however_typed(in_app: Flask, typed: str) -> None:
    case = make_case(reference="ASB-2026-000777")
    assert load_case_for(CONSOLE, typed, TODAY).id == case.id


def test_what_may_not_be_seen_is_not_there(in_app: Flask) -> None:
    case = make_case(team=make_team())
    officer = make_actor(Role.OFFICER, team=make_team())
    for reference in (case.reference, "ASB-2026-999999", "Register/17", "%"):
        with pytest.raises(NotFound):
            load_case_for(officer, reference, TODAY)
    with pytest.raises(NotFound):
        case_to_work_on(case.id, actor=officer, today=TODAY)


def test_nobody_works_on_a_case_entered_in_error(in_app: Flask) -> None:
    case = make_case(entered_in_error_on=TODAY, entered_in_error_reason="Twice")
    assert load_case_for(CONSOLE, case.reference, TODAY).id == case.id
    with pytest.raises(RuleBroken) as refused:
        case_to_work_on(case.id, actor=CONSOLE, today=TODAY)
    assert [refusal.code for refusal in refused.value.refusals] == ["entered_in_error"]


def test_closing_facts_count_what_is_left(in_app: Flask) -> None:
    case, in_error = make_case(), {"entered_in_error_on": TODAY, "entered_in_error_reason": "Another person"}
    notice = make_intervention("CPN", case=case)
    make_intervention("CPN", case=case, issued_on=TODAY - timedelta(days=9), ends_on=TODAY - timedelta(days=1))
    make_intervention("CPN", case=case, **in_error)
    make_intervention("CPW", case=case, status="draft", issued_on=None)
    penalty = make_intervention("FPN", case=case, follows=notice)
    make_intervention("FPN", case=case, follows=notice, status="paid")
    make_intervention("PROSECUTION", case=case, follows=notice, breach_id=penalty.breach_id)
    make_breach(notice, **in_error)
    keep(Appeal(intervention_id=notice.id, lodged_on=TODAY))
    facts = closing_facts(case, TODAY, reason="Over", told="All of it", review_on=None)
    left = (facts.appeals_running, facts.breaches_undecided, facts.penalties_open, facts.prosecutions_open)
    assert left == (1, 2, 1, 1)
    assert (facts.notices_in_force, facts.drafts) == (1, 1)


def test_an_unpaid_penalty_that_went_to_court_is_not_open_any_more(in_app: Flask) -> None:
    case = make_case()
    notice = make_intervention("CPN", case=case)
    penalty = make_intervention("FPN", case=case, status="unpaid", follows=notice)

    def penalties_open() -> int:
        return closing_facts(case, TODAY, reason="Over", told="All of it", review_on=None).penalties_open

    make_intervention("FPN", case=case, status="unpaid", follows=notice)
    file = {"case": case, "follows": penalty, "breach_id": penalty.breach_id}
    make_intervention("PROSECUTION", status="draft", issued_on=None, **file)
    assert penalties_open() == 2
    make_intervention("PROSECUTION", status="convicted", **file)
    assert penalties_open() == 1


def test_standing_rows_leave_out_what_was_entered_in_error(in_app: Flask) -> None:
    case = make_case()
    make_complaint(case=case, entered_in_error_on=TODAY, entered_in_error_reason="Twice")
    assert standing_rows(case) == 0
    make_complaint(case=case)
    make_intervention("CPW", case=case)
    assert standing_rows(case) == 2
