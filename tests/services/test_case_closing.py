"""Closing a case and opening it again."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.permissions import Actor, Role
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Intervention
from asb_cases.services import deadlines
from asb_cases.services.case_closing import close_case, record_notice_over, reopen_case, reopen_for_breach
from asb_cases.services.deadlines import Links
from tests.factories import NOW, TODAY, keep, make_actor, make_breach, make_case, make_intervention
from tests.support.record import clocks, history_kinds, last_entry, refused

REVIEW = date(2026, 5, 29)


@pytest.fixture
def manager(in_app: Flask) -> Actor:
    return make_actor(Role.MANAGER)


def close(manager: Actor, case: Case, **given: object) -> CaseStatus:
    least = {"outcome": "resolved", "reason": "It stopped", "told": "That it stopped"}
    return close_case(actor=manager, now=NOW, case_id=case.id, **{**least, **given})


def test_close(manager: Actor) -> None:
    case = make_case(priority=2)
    keep(deadlines.start("response_priority_2", TODAY, Links(case_id=case.id)))
    assert close(manager, case) is CaseStatus.CLOSED
    assert (case.status, case.closed_on, case.closure_reason, case.closure_told) == (
        CaseStatus.CLOSED, TODAY, "It stopped", "That it stopped",
    )  # fmt: skip
    assert clocks(case_id=case.id) == {"response_priority_2": "stopped"}
    assert (last_entry().kind, last_entry().reason) == ("case_closed", "It stopped")
    with refused("move_not_open"):
        close(manager, case)


def test_what_blocks_closing_is_named_with_its_section(manager: Actor) -> None:
    case = make_case()
    notice = make_intervention("CPN", case=case)
    make_intervention("PROSECUTION", case=case, follows=notice)
    make_intervention("FPN", case=case, follows=notice)
    keep(Appeal(intervention_id=notice.id, lodged_on=TODAY))
    with refused(
        "closing_appeal_running",
        "closing_breach_undecided",
        "closing_penalty_open",
        "closing_prosecution_open",
        "closing_needs_reason",
        "closing_needs_review_date",
        "closing_victim_not_told",
    ):
        close(manager, case, reason=" ", told=None)
    assert db.session.get_one(Case, case.id).status is CaseStatus.OPEN


def test_cautions_ask_for_a_reason(manager: Actor) -> None:
    case = make_case()
    with refused("cautions_need_reason"):
        close(manager, case, told=None)
    close(manager, case, told=None, cautions_reason="Nobody complained: found on patrol")
    assert last_entry().reason == "It stopped / Nobody complained: found on patrol"


def test_notice_in_force_stays_and_is_looked_at_again(manager: Actor) -> None:
    case = make_case()
    notice = make_intervention("CPN", case=case)
    keep(deadlines.start("cpn_end", TODAY, Links(case_id=case.id, intervention_id=notice.id)))
    with refused("closing_needs_review_date"):
        close(manager, case, review_on=TODAY - timedelta(days=1))
    assert close(manager, case, review_on=REVIEW) is CaseStatus.CLOSED_NOTICE_IN_FORCE
    assert (case.closed_on, case.notice_review_on) == (TODAY, REVIEW)
    assert clocks(case_id=case.id) == {"cpn_end": "running", "closed_notice_review": "running"}
    review = db.session.scalars(select(Deadline).where(Deadline.rule == "closed_notice_review")).one()
    assert review.last_day == REVIEW
    assert "2 June 2026" in review.working, "what policy would have it stays to be read"
    with refused("notice_still_in_force"):
        record_notice_over(actor=manager, now=NOW, case_id=case.id)
    db.session.get_one(Intervention, notice.id).status = "ended"
    db.session.commit()
    record_notice_over(actor=manager, now=NOW, case_id=case.id)
    assert (case.status, case.closed_on, case.notice_review_on) == (CaseStatus.CLOSED, TODAY, None)
    assert clocks(case_id=case.id) == {"cpn_end": "running", "closed_notice_review": "stopped"}
    assert history_kinds() == ["case_closed_notice_in_force", "case_closed"]


def test_reopen(manager: Actor) -> None:
    case = make_case()
    make_intervention("CPN", case=case)
    close(manager, case, review_on=REVIEW)
    with refused("reopening_needs_reason"):
        reopen_case(actor=manager, now=NOW, case_id=case.id, reason="")
    reopen_case(actor=manager, now=NOW, case_id=case.id, reason="The music is back")
    assert (case.status, case.closed_on, case.closure_reason, case.notice_review_on) == (
        CaseStatus.OPEN,
        None,
        None,
        None,
    )
    assert clocks(case_id=case.id) == {"closed_notice_review": "stopped"}
    with refused("move_not_open"):
        reopen_case(actor=manager, now=NOW, case_id=case.id, reason="Again")
    assert close(manager, case, review_on=REVIEW) is CaseStatus.CLOSED_NOTICE_IN_FORCE


def test_an_alleged_breach_reopens_a_closed_case(manager: Actor) -> None:
    case = make_case()
    notice = make_intervention("CPN", case=case)
    assert not reopen_for_breach(case, TODAY)
    close(manager, case, review_on=REVIEW)
    make_breach(notice)
    assert reopen_for_breach(case, TODAY)
    db.session.commit()
    assert db.session.get_one(Case, case.id).status is CaseStatus.OPEN


def test_only_managers_close_and_reopen(manager: Actor) -> None:
    case, officer = make_case(), make_actor(Role.OFFICER)
    with pytest.raises(NotPermitted):
        close(officer, case)
    close(manager, case)
    with pytest.raises(NotPermitted):
        reopen_case(actor=officer, now=NOW, case_id=case.id, reason="It is back")
    assert history_kinds() == ["case_closed"]
