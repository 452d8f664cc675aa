"""Clocks of the enforcement track as rows: which act starts which, with its working, and what moves or ends it."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.appeals import AppealOutcome
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.errors import NotPermitted, RuleBroken
from asb_cases.domain.hearings import HearingPurpose
from asb_cases.domain.service import ServiceMethod
from asb_cases.extensions import db
from asb_cases.models.appeal import Appeal
from asb_cases.models.deadline import Deadline
from asb_cases.models.policy import PolicyValue
from asb_cases.models.service import Service
from asb_cases.queries.enforcement import hearing_to_come
from asb_cases.services.appeals import Order, determine_appeal, lodge_appeal
from asb_cases.services.case_closing import close_case, reopen_case
from asb_cases.services.corrections import (
    mark_appeal_entered_in_error,
    mark_breach_entered_in_error,
    mark_court_outcome_entered_in_error,
    mark_intervention_entered_in_error,
    mark_payment_entered_in_error,
    mark_service_entered_in_error,
)
from asb_cases.services.draft_content import Asked
from asb_cases.services.endings import withdraw
from asb_cases.services.fixed_penalties import mark_unpaid
from asb_cases.services.hearings import Listing, list_hearing
from asb_cases.services.payments import record_payment
from asb_cases.services.prosecutions import Result, record_court_outcome
from asb_cases.services.requirement_versions import Change
from asb_cases.services.variations import vary_notice
from asb_cases.services.warning_outcomes import record_requirement_met, record_review
from tests.factories import NOW, keep, make_import, make_intervention
from tests.support.enforcement_track import (
    DO,
    STOP,
    Track,
    at,
    breach_row,
    clocks,
    day,
    make_track,
    requirement_id,
    running,
    step,
)

SOFA = Asked(DO.kind, DO.text, day(50))


def lodged(track: Track, notice: int, on: int) -> int:
    return lodge_appeal(actor=track.officer, now=at(on), intervention_id=notice, lodged_on=day(on))


def determined(track: Track, appeal: int, outcome: AppealOutcome, on: int, **order: object) -> None:
    determine_appeal(actor=track.legal, now=at(on), appeal_id=appeal, order=Order(outcome, day(on), **order))  # type: ignore[arg-type]


def test_each_clock_keeps_its_arithmetic_in_words(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20, requirements=[STOP, SOFA])
    rows = db.session.scalars(select(Deadline).where(Deadline.intervention_id == notice)).all()
    assert {row.rule for row in rows} == {"cpn_appeal", "cpn_review", "cpn_end", "requirement_due"}
    assert all(row.working and row.case_id == track.case.id for row in rows)
    (appeal,) = (row for row in rows if row.rule == "cpn_appeal")
    assert (appeal.starts_on, appeal.last_day) == (day(20), day(40))
    assert "21 days beginning with" in appeal.working


def test_the_appeal_runs_from_the_day_given_not_signed(in_app: Flask) -> None:
    track = make_track()
    notice = track.draft_notice(track.warn(0), 14)
    track.sign(notice, 14)
    assert running(intervention_id=notice) == {}
    track.give(notice, 19, given_at=None, method=ServiceMethod.POST, sent_on=day(15), address="4 Rose Lane")
    assert step(notice).issued_on == day(17)
    assert running(intervention_id=notice)["cpn_appeal"] == day(37)


def test_given_again_it_is_no_new_notice(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20)
    before = clocks(intervention_id=notice)
    track.give(notice, 25)
    assert (step(notice).issued_on, clocks(intervention_id=notice)) == (day(20), before)
    assert len(db.session.scalars(select(Service).where(Service.intervention_id == notice)).all()) == 2


def test_do_and_steps_rest_during_an_appeal_and_move_on(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20, requirements=[STOP, SOFA])
    sofa = requirement_id(notice, 2)
    assert running(requirement_id=sofa) == {"requirement_due": day(50)}
    appeal = lodged(track, notice, 30)
    assert running(requirement_id=sofa) == {}
    assert ("cpn_appeal", day(40), "met") in clocks(intervention_id=notice)
    determined(track, appeal, AppealOutcome.DISMISSED, 69)
    assert running(requirement_id=sofa) == {"requirement_due": day(90)}, "forty days of appeal, both ends counted"


def test_an_appeal_after_the_day_was_missed_moves_nothing(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20, requirements=[STOP, SOFA])
    lodged(track, notice, 60)
    assert running(requirement_id=requirement_id(notice, 2)) == {"requirement_due": day(50)}


def test_a_late_appeal_is_recorded_as_late(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20)
    appeal = lodged(track, notice, 43)
    row = db.session.get(Appeal, appeal)
    assert row is not None
    assert row.late
    assert ("cpn_appeal", day(40), "missed") in clocks(intervention_id=notice)


def test_on_the_next_open_day_it_is_not_marked_late(in_app: Flask) -> None:
    """The last day is a Saturday: lodged on the Monday, it may be in time."""
    track = make_track()
    notice = track.notice(20)
    assert day(40).weekday() == 5
    appeal = lodge_appeal(actor=track.officer, now=at(42), intervention_id=notice, lodged_on=day(42))
    row = db.session.get(Appeal, appeal)
    assert row is not None
    assert not row.late


def test_the_court_puts_other_words_in_force(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20, requirements=[STOP, SOFA])
    old = requirement_id(notice, 2)
    appeal = lodged(track, notice, 30)
    determined(track, appeal, AppealOutcome.MODIFIED, 60, changes=[Change("Remove the sofa by noon.", day(80), 2)])
    assert running(requirement_id=old) == {}
    assert running(requirement_id=requirement_id(notice, 2)) == {"requirement_due": day(80)}
    assert requirement_id(notice, 2) == requirement_id(notice, 2, version=2)
    assert step(notice).status == "in_force"


def test_a_quashed_notice_has_no_clock(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20, requirements=[STOP, SOFA])
    determined(track, lodged(track, notice, 30), AppealOutcome.QUASHED, 60)
    assert (step(notice).status, step(notice).ended_on, running(intervention_id=notice)) == ("quashed", day(60), {})


def test_varied_it_may_be_appealed_anew(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20, requirements=[STOP, SOFA])
    old = requirement_id(notice, 2)
    vary_notice(
        actor=track.manager,
        now=at(45),
        intervention_id=notice,
        reason="The sofa is heavy",
        changes=[Change("Remove the sofa.", day(70), 2), Change("Keep the gate shut.")],
        taken_away=[1],
        ends_on=day(100),
    )
    assert running(requirement_id=old) == {}
    assert running(requirement_id=requirement_id(notice, 2)) == {"requirement_due": day(70)}
    assert {"cpn_appeal": day(65), "cpn_end": day(100)}.items() <= running(intervention_id=notice).items()
    assert step(notice).issued_on == day(20)
    with pytest.raises(RuleBroken, match="had been given to the recipient"):
        track.breach(notice, 50, numbers=(3,))
    for on in (48, 55):  # the varied notice, and a copy of it: the 21 days begin with the day they are given it
        track.give(notice, on)
        assert running(intervention_id=notice)["cpn_appeal"] == day(68)
    assert track.breach(notice, 56, numbers=(3,))


def test_six_months_for_each_alleged_day(in_app: Flask) -> None:
    track = make_track()
    breach = track.breach(track.notice(20), 30, recorded=41, to_on=day(40))
    assert [(rule, last) for rule, last, _ in clocks(breach_id=breach)] == [
        ("prosecution_limit", date(2026, 8, 4)),
        ("prosecution_limit", date(2026, 8, 14)),
    ]


def test_a_penalty_does_not_stop_the_six_months_and_legal_may(in_app: Flask) -> None:
    track = make_track()
    breach = track.breach(track.notice(20), 30)
    penalty = track.penalty(breach, 32)
    mark_unpaid(actor=track.officer, now=at(47), intervention_id=penalty)
    assert running(intervention_id=penalty) == {}
    assert list(running(breach_id=breach)) == ["prosecution_limit"]
    track.decide(breach, BreachDecision.NO_FURTHER_ACTION, 50)
    assert list(running(breach_id=breach)) == ["prosecution_limit"]
    track.decide(breach, BreachDecision.NO_FURTHER_ACTION, 50, track.legal)
    assert running(breach_id=breach) == {}


def test_decided_again_after_legals_no_action_the_six_months_run_to_the_day_they_had(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20)
    breach = track.breach(notice, 30, recorded=33, to_on=day(32))
    had = [last for _, last, _ in clocks(breach_id=breach)]
    track.decide(breach, BreachDecision.NO_FURTHER_ACTION, 50, track.legal)
    track.decide(breach, BreachDecision.NO_FURTHER_ACTION, 51)
    assert running(breach_id=breach) == {}, "a second no further action takes nothing back"
    track.decide(breach, BreachDecision.PROSECUTE, 120)
    assert [last for _, last, state in clocks(breach_id=breach) if state == "running"] == had
    track.decide(breach, BreachDecision.NO_FURTHER_ACTION, 121)
    track.decide(breach, BreachDecision.PROSECUTE, 122)
    assert len(clocks(breach_id=breach)) == 4, "what runs is not started again"


def test_decided_again_after_payment_in_time_no_six_months_run(in_app: Flask) -> None:
    track = make_track()
    breach = track.breach(track.notice(20), 30)
    penalty = track.penalty(breach, 32)
    track.decide(breach, BreachDecision.NO_FURTHER_ACTION, 33, track.legal)
    record_payment(actor=track.officer, now=at(40), intervention_id=penalty, paid_on=day(40), amount_pence=10000)
    track.decide(breach, BreachDecision.WARN, 41)
    assert running(breach_id=breach) == {}


def test_late_payment_leaves_the_six_months_running(in_app: Flask) -> None:
    track = make_track()
    penalty = track.penalty(track.breach(track.notice(20), 30), 32)
    record_payment(
        actor=track.manager, now=at(60), intervention_id=penalty, paid_on=day(60), amount_pence=10000, late_reason="Ill"
    )
    assert step(penalty).status == "paid"
    assert list(running(breach_id=step(penalty).breach_id or 0)) == ["prosecution_limit"]


def test_lengths_of_the_councils_own(in_app: Flask) -> None:
    keep(PolicyValue(code="cpw_life_months", from_on=day(0), value="3", source="Policy 2026", entered_at=NOW))
    track = make_track()
    assert running(intervention_id=track.warn(0))["cpw_life"] == date(2026, 4, 4)


def test_met_and_reviewed(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20, requirements=[STOP, SOFA])
    sofa = requirement_id(notice, 2)
    record_requirement_met(
        actor=track.officer, now=at(48), intervention_id=notice, requirement_id=sofa, met_on=day(47), assessment="Gone"
    )
    assert clocks(requirement_id=sofa) == [("requirement_due", day(50), "met")]
    record_review(actor=track.officer, now=at(60), intervention_id=notice, assessment="Quiet", next_review_on=day(90))
    assert running(intervention_id=notice)["cpn_review"] == day(90)
    determined(track, lodged(track, notice, 61), AppealOutcome.WITHDRAWN, 62)
    assert running(requirement_id=sofa) == {}, "what was met stays met"


def test_a_service_entered_in_error_moves_the_day_it_counts_from(in_app: Flask) -> None:
    track = make_track()
    notice = track.draft_notice(track.warn(0), 14)
    track.sign(notice, 14)
    wrong = track.give(notice, 15)
    track.give(notice, 18)
    mark_service_entered_in_error(actor=track.manager, now=at(19), service_id=wrong, reason="Wrong door")
    assert step(notice).issued_on == day(18)
    assert running(intervention_id=notice)["cpn_appeal"] == day(38)


def test_a_service_entered_in_error_leaves_the_time_to_appeal_with_what_was_varied(in_app: Flask) -> None:
    """It runs from the first giving of the notice as varied, else from the variation; never from an older giving."""
    track = make_track()
    notice = track.draft_notice(track.warn(0), 14)
    track.sign(notice, 14)
    services = {on: track.give(notice, on, reason="Again") for on in (15, 18)}
    vary_notice(
        actor=track.manager, now=at(22), intervention_id=notice, reason="Too wide", changes=[Change("No drums", None, 1)],
    )  # fmt: skip
    services |= {on: track.give(notice, on, reason="As varied") for on in (24, 26)}
    assert running(intervention_id=notice)["cpn_appeal"] == day(44)
    for wrong, counts_from in ((15, 24), (24, 26), (26, 22)):
        mark_service_entered_in_error(actor=track.manager, now=at(27), service_id=services[wrong], reason="Wrong door")
        assert running(intervention_id=notice)["cpn_appeal"] == day(counts_from + 20), wrong
    assert step(notice).issued_on == day(18)


def test_a_notice_that_was_given_only_once_it_was_varied_counts_from_then(in_app: Flask) -> None:
    track = make_track()
    notice = track.draft_notice(track.warn(0), 14)
    track.sign(notice, 14)
    wrong = track.give(notice, 15)
    vary_notice(
        actor=track.manager, now=at(22), intervention_id=notice, reason="Too wide", changes=[Change("No drums", None, 1)],
    )  # fmt: skip
    track.give(notice, 24, reason="As varied")
    mark_service_entered_in_error(actor=track.manager, now=at(27), service_id=wrong, reason="Wrong door")
    assert (step(notice).issued_on, running(intervention_id=notice)["cpn_appeal"]) == (day(24), day(44))


def test_a_service_is_not_marked_where_what_rests_on_it_would_come_first(in_app: Flask) -> None:
    track = make_track()
    warning = track.draft_warning(0)
    track.sign(warning, 0)
    first = track.give(warning, 1)
    notice = track.draft_notice(warning, 14)
    track.sign(notice, 14)
    track.give(warning, 15, 15, reason="A copy")
    wrong = track.give(notice, 15, 16, given_at=at(15, 11))
    track.give(notice, 18)
    lodged(track, notice, 16)
    for service in (first, wrong):  # a notice before its warning, an appeal before the notice
        with pytest.raises(RuleBroken) as refused:
            mark_service_entered_in_error(actor=track.manager, now=at(19), service_id=service, reason="Wrong door")
        assert [each.code for each in refused.value.refusals] == ["later_rows_stand"]
    assert (step(warning).issued_on, step(notice).issued_on) == (day(1), day(15))


def test_a_service_entered_in_error_leaves_the_time_of_the_right_one_that_day(in_app: Flask) -> None:
    track = make_track()
    warning = track.draft_warning(0)
    track.sign(warning, 0)
    wrong = track.give(warning, 1, 11)
    track.give(warning, 1, 15)
    mark_service_entered_in_error(actor=track.manager, now=at(2), service_id=wrong, reason="Next door")
    assert step(warning).issued_at == at(1, 15)


def test_the_day_of_an_old_register_stands_when_a_copy_of_ours_was_entered_in_error(in_app: Flask) -> None:
    track = make_track()
    brought_in = make_import()
    warning = make_intervention(case=track.case, subject=track.subject, issued_on=day(0), import_id=brought_in.id)
    keep(Service(intervention_id=warning.id, power="CPW", method=None, given_on=None, import_id=brought_in.id))
    db.session.commit()
    copy = track.give(warning.id, 9)
    mark_service_entered_in_error(actor=track.manager, now=at(10), service_id=copy, reason="Not given")
    assert step(warning.id).issued_on == day(0)


def test_the_court_may_name_another_last_day_and_nothing_else(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20, ends_on=day(200))
    appeal = lodged(track, notice, 30)
    with pytest.raises(RuleBroken, match="The last day of the notice"):
        determined(track, appeal, AppealOutcome.MODIFIED, 40, ends_on=day(19))
    determined(track, appeal, AppealOutcome.MODIFIED, 40, ends_on=day(100))
    assert (step(notice).ends_on, running(intervention_id=notice)["cpn_end"]) == (day(100), day(100))
    with pytest.raises(RuleBroken) as refused:
        mark_appeal_entered_in_error(actor=track.manager, now=at(41), appeal_id=appeal, reason="Another notice")
    assert [each.code for each in refused.value.refusals] == ["court_words_stand"]
    with pytest.raises(RuleBroken) as refused:
        track.breach(notice, 101)
    assert [each.code for each in refused.value.refusals] == ["no_notice_in_force"]


def test_an_appeal_entered_in_error_never_was(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20, requirements=[STOP, SOFA])
    appeal = lodged(track, notice, 30)
    listing = Listing(day(60), HearingPurpose.APPEAL)
    list_hearing(actor=track.legal, now=at(30), intervention_id=notice, listing=listing)
    mark_appeal_entered_in_error(actor=track.manager, now=at(31), appeal_id=appeal, reason="Another notice")
    assert step(notice).status == "in_force"
    assert running(requirement_id=requirement_id(notice, 2)) == {"requirement_due": day(50)}
    assert running(intervention_id=notice)["cpn_appeal"] == day(40), "there is time to appeal still"
    assert "court_hearing" not in running(intervention_id=notice)
    assert hearing_to_come(notice) is None


def test_a_notice_entered_in_error_gives_its_warning_back(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20)
    warning = step(notice).follows_id or 0
    mark_intervention_entered_in_error(actor=track.manager, now=at(21), intervention_id=notice, reason="Other person")
    assert (step(warning).status, running(intervention_id=notice)) == ("served", {})
    assert "cpw_life" in running(intervention_id=warning)


def test_a_payment_entered_in_error_and_the_rest_of_the_way_back(in_app: Flask) -> None:
    track = make_track()
    penalty = track.penalty(track.breach(track.notice(20), 30), 32)
    breach = step(penalty).breach_id or 0
    payment = record_payment(
        actor=track.officer, now=at(40), intervention_id=penalty, paid_on=day(40), amount_pence=10000
    )
    mark_payment_entered_in_error(actor=track.manager, now=at(41), payment_id=payment, reason="Another’s money")
    assert (step(penalty).status, running(intervention_id=penalty)) == ("issued", {"fpn_no_proceedings": day(46)})
    assert list(running(breach_id=breach)) == ["prosecution_limit"]
    mark_intervention_entered_in_error(actor=track.manager, now=at(42), intervention_id=penalty, reason="Wrong person")
    prosecution = track.authorised_prosecution(breach, 43)
    track.lay(prosecution, 44)
    outcome = record_court_outcome(
        actor=track.legal, now=at(60), intervention_id=prosecution, result=Result("convicted", day(60))
    )
    mark_court_outcome_entered_in_error(actor=track.manager, now=at(61), outcome_id=outcome, reason="Adjourned")
    assert (step(prosecution).status, step(prosecution).ended_on) == ("laid", None)
    mark_intervention_entered_in_error(actor=track.manager, now=at(62), intervention_id=prosecution, reason="Not laid")
    assert list(running(breach_id=breach)) == ["prosecution_limit"]


def test_a_breach_entered_in_error_stops_its_clock(in_app: Flask) -> None:
    track = make_track()
    breach = track.breach(track.notice(20), 30)
    mark_breach_entered_in_error(actor=track.manager, now=at(32), breach_id=breach, reason="Next door")
    assert (running(breach_id=breach), breach_row(breach).entered_in_error_reason) == ({}, "Next door")


def test_a_withdrawn_notice_ends_its_clocks_and_stays_counted(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20)
    withdraw(
        actor=track.manager, now=at(30), intervention_id=notice, reason="Moved", recipient_told=True, victim_told=True
    )
    assert (step(notice).issued_on, step(notice).outcome, running(intervention_id=notice)) == (day(20), "withdrawn", {})


def test_a_notice_quashed_in_error_is_in_force_again_unless_it_was_over_before(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20, requirements=[STOP, SOFA])
    appeal = lodged(track, notice, 30)
    determined(track, appeal, AppealOutcome.QUASHED, 40)
    mark_appeal_entered_in_error(actor=track.manager, now=at(41), appeal_id=appeal, reason="Another notice")
    assert (step(notice).status, step(notice).ended_on, step(notice).outcome) == ("in_force", None, None)
    assert {"cpn_review", "cpn_end"} <= set(running(intervention_id=notice)), "it ends and is reviewed as before"
    appeal = lodged(track, notice, 42)
    withdraw(
        actor=track.manager, now=at(43), intervention_id=notice, reason="Moved", recipient_told=True, victim_told=True
    )
    determined(track, appeal, AppealOutcome.QUASHED, 50)
    with pytest.raises(RuleBroken):
        mark_appeal_entered_in_error(actor=track.manager, now=at(51), appeal_id=appeal, reason="Another notice")
    assert (step(notice).status, step(notice).ended_on) == ("quashed", day(43))


def test_a_correction_that_brings_something_back_needs_an_open_case(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20)
    appeal = lodged(track, notice, 30)
    determined(track, appeal, AppealOutcome.QUASHED, 40)
    close_case(
        actor=track.manager, now=at(41), case_id=track.case.id, outcome="resolved", reason="Over", told="All told"
    )
    with pytest.raises(RuleBroken) as refused:
        mark_appeal_entered_in_error(actor=track.manager, now=at(42), appeal_id=appeal, reason="Another notice")
    assert [each.code for each in refused.value.refusals] == ["case_is_closed"]
    reopen_case(actor=track.manager, now=at(43), case_id=track.case.id, reason="The appeal was another’s")
    mark_appeal_entered_in_error(actor=track.manager, now=at(43), appeal_id=appeal, reason="Another notice")
    assert step(notice).status == "in_force"


def test_what_others_rest_on_is_not_marked_first(in_app: Flask) -> None:
    track = make_track()
    penalty = track.penalty(track.breach(track.notice(20), 30), 32)
    breach = step(penalty).breach_id or 0
    notice = breach_row(breach).intervention_id
    (service,) = db.session.scalars(select(Service.id).where(Service.intervention_id == notice)).all()
    attempts = (
        (mark_intervention_entered_in_error, {"intervention_id": notice}, "later_rows_stand"),
        (mark_breach_entered_in_error, {"breach_id": breach}, "later_rows_stand"),
        (mark_service_entered_in_error, {"service_id": service}, "only_service"),
        (mark_intervention_entered_in_error, {"intervention_id": penalty, "reason": " "}, "reason_needed"),
    )
    for act, row, code in attempts:
        with pytest.raises(RuleBroken) as refused:
            act(**{"actor": track.manager, "now": at(33), "reason": "Twice", **row})  # type: ignore[operator]
        assert [each.code for each in refused.value.refusals] == [code]
    with pytest.raises(NotPermitted):
        mark_breach_entered_in_error(actor=track.officer, now=at(33), breach_id=breach, reason="Twice")
