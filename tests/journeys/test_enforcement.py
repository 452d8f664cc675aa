"""From the first warning to the end of the track, through the real acts, as officers go."""

from datetime import date

from flask import Flask

from asb_cases.domain.breaches import BreachDecision
from asb_cases.services.endings import end_notice
from asb_cases.services.payments import record_payment
from asb_cases.services.prosecutions import Result, record_court_outcome
from tests.support.enforcement_track import at, clocks, day, entries, make_track, running, step


def test_a_warning_a_notice_and_a_penalty_paid_in_time(in_app: Flask) -> None:
    track = make_track()
    warning = track.warn(0)
    assert (step(warning).status, step(warning).issued_on) == ("served", day(0))
    assert running(intervention_id=warning) == {"cpw_compliance": day(7), "cpw_life": date(2026, 7, 4)}

    notice = track.draft_notice(warning, 14)
    track.sign(notice, 14)
    assert (step(notice).status, step(notice).issued_on) == ("issued", None)
    track.give(notice, 15)
    assert (step(notice).status, step(notice).issued_on) == ("in_force", day(15))
    assert step(warning).status == "escalated"
    assert running(intervention_id=warning) == {}
    assert running(intervention_id=notice) == {
        "cpn_appeal": day(35),
        "cpn_review": date(2026, 4, 20),
        "cpn_end": day(14 + 365),
    }

    breach = track.breach(notice, 30)
    assert running(breach_id=breach) == {"prosecution_limit": date(2026, 8, 4)}
    penalty = track.penalty(breach, 32, reduced_pence=7500, reduced_within_days=10)
    assert running(intervention_id=penalty) == {"fpn_no_proceedings": day(46), "fpn_reduced_offer": day(42)}
    record_payment(actor=track.officer, now=at(40), intervention_id=penalty, paid_on=day(40), amount_pence=7500)
    assert (step(penalty).status, step(penalty).outcome_on) == ("paid", day(40))
    assert {state for _, _, state in clocks(intervention_id=penalty)} == {"met"}
    assert running(breach_id=breach) == {}

    end_notice(actor=track.officer, now=at(200), intervention_id=notice, complied_because="Quiet for five months")
    assert (step(notice).status, step(notice).outcome) == ("ended", "complied")
    assert running(intervention_id=notice) == {}
    assert entries(track.case.id) == [
        "drafted", "authorised", "issued", "service_recorded",
        "drafted", "authorised", "issued", "service_recorded",
        "breach_alleged", "breach_decided", "drafted", "authorised", "issued", "payment_recorded", "ended",
    ]  # fmt: skip


def test_to_a_conviction(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20)
    breach = track.breach(notice, 30)
    track.decide(breach, BreachDecision.PROSECUTE, 31)
    prosecution = track.authorised_prosecution(breach, 40)
    track.lay(prosecution, 45)
    assert (step(prosecution).status, step(prosecution).issued_on) == ("laid", day(45))
    assert [state for _, _, state in clocks(breach_id=breach)] == ["stopped"]
    result = Result("convicted", day(80), plea="guilty", court="Oxford", fine_pence=40000, costs_pence=12000)
    record_court_outcome(actor=track.legal, now=at(81), intervention_id=prosecution, result=result)
    assert (step(prosecution).status, step(prosecution).outcome_on) == ("convicted", day(80))
