"""What is said of the next steps: every reason with its section and remedy, who else may, from which day, and how that is
counted. (That it agrees with what the acts do is proved by tests/services/test_next_steps_machine.py.)"""

from dataclasses import replace
from datetime import date, datetime

import pytest
from flask import Flask

from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.permissions import Actor, Role
from asb_cases.models.policy import PolicyValue
from asb_cases.queries.move_rulings import Desk, beginning_in
from asb_cases.queries.next_steps import NextStep, starts, starts_against, steps_from, takes_steps
from asb_cases.queries.records_of_case import records_of_case
from asb_cases.services.appeals import lodge_appeal
from asb_cases.services.corrections import mark_intervention_entered_in_error
from asb_cases.services.interventions import authorise, issue
from asb_cases.services.prosecutions import prepare_prosecution
from tests.factories import NOW, actor_of, keep, make_authorisation, make_user
from tests.support.enforcement_track import DO, STOP, Track, at, day, make_track


def desk_of(track: Track, now: datetime, actor: Actor | None = None, closed_on: date | None = None) -> Desk:
    actor = actor or track.officer
    return Desk(actor, now, records_of_case(track.case.id, actor, now.date()), beginning_in(closed_on, None))


def after(track: Track, step_id: int, now: datetime, actor: Actor | None = None) -> dict[str, NextStep]:
    """The next steps of one intervention by "POWER.move"."""
    desk = desk_of(track, now, actor)
    found = steps_from(desk.records.by_id[step_id], desk)
    return {f"{each.power}.{each.move}": each for each in found}


def codes(found: NextStep) -> list[str]:
    return [refusal.code for refusal in found.refusals]


def test_a_draft_can_be_authorised_by_somebody_else_and_signed_after_that(in_app: Flask) -> None:
    track = make_track()
    notice = track.draft_notice(track.warn(0), 14)
    mine, theirs = after(track, notice, at(14)), after(track, notice, at(14), track.manager)
    assert codes(mine["CPN.authorise"]) == ["needs_second_person"]
    assert theirs["CPN.authorise"].is_open
    assert mine["CPN.change_draft"].is_open
    signing = mine["CPN.issue"]
    assert codes(signing) == ["move_not_open"]
    assert signing.once == ("Authorised",)


def test_what_a_draft_lacks_is_named_with_section_and_remedy(in_app: Flask) -> None:
    track = make_track()
    notice = track.draft_notice(track.warn(0), 14, consultees=[], unreasonable=None, enough_time_reason=None)
    found = after(track, notice, at(14), track.manager)["CPN.authorise"]
    assert set(codes(found)) == {"no_consultees", "limb_not_answered", "no_enough_time_reason"}
    assert {each.authority for each in found.refusals} == {
        "2014 Act s.43(6)",
        "2014 Act s.43(1)",
        "2014 Act s.43(5)(b)",
    }
    assert all(each.remedy for each in found.refusals)


def test_without_an_authorisation_those_who_hold_one_are_named(in_app: Flask) -> None:
    track = make_track()
    make_authorisation(make_user(name="Dana Field"), "CPN")
    notice = track.draft_notice(track.warn(0), 14)
    authorise(actor=track.manager, now=at(14), intervention_id=notice, cautions_reason="So it is")
    found = after(track, notice, at(14), track.colleague)["CPN.issue"]
    assert codes(found) == ["issuer_not_authorised"]
    assert "Dana Field" in found.who
    assert after(track, notice, at(14))["CPN.issue"].is_open


def test_a_role_that_does_not_include_it_is_told_whose_does(in_app: Flask) -> None:
    track = make_track()
    warning = track.warn(0)
    (why,) = after(track, warning, at(3))["CPW.withdraw"].refusals
    assert (why.code, why.remedy) == ("not_permitted", "Ask a manager or legal.")


def test_a_warning_is_not_heeded_from_the_day_after_its_time(in_app: Flask) -> None:
    track = make_track()
    warning = track.warn(0)
    found = after(track, warning, at(3))
    assert codes(found["CPW.record_not_heeded"]) == ["not_heeded_before_day"]
    assert found["CPW.record_not_heeded"].opens_on == day(8)
    assert "12 January 2026" in (found["CPW.record_not_heeded"].working or "")
    assert found["CPW.record_compliance"].is_open
    assert found["CPW.escalate"].is_open
    lapse = found["CPW.lapse"]
    assert (codes(lapse), lapse.opens_on) == (["warning_still_alive"], day(181))
    assert "6 months" in (lapse.working or "")


def test_a_penalty_is_unpaid_and_proceedings_begin_on_day_fifteen(in_app: Flask) -> None:
    track = make_track()
    breach = track.breach(track.notice(14), 19)
    penalty = track.penalty(breach, 20)
    found = after(track, penalty, at(25))
    assert found["FPN.record_payment"].is_open
    unpaid = found["FPN.mark_unpaid"]
    assert (codes(unpaid), unpaid.opens_on) == (["still_payable"], day(35))
    assert "14 days" in (unpaid.working or "")
    file = track.authorised_prosecution(breach, 25)
    lay = after(track, file, at(25), track.legal)["PROSECUTION.lay"]
    assert (codes(lay), lay.opens_on) == (["proceedings_within_14_days"], day(35))
    assert "Proceedings may be started from 9 February 2026" in (lay.working or "")
    assert after(track, file, at(35), track.legal)["PROSECUTION.lay"].is_open


def test_after_six_months_laying_never_opens_again(in_app: Flask) -> None:
    track = make_track()
    file = track.authorised_prosecution(track.breach(track.notice(14), 19), 20)
    lay = after(track, file, at(300), track.legal)["PROSECUTION.lay"]
    assert (codes(lay), lay.opens_on) == (["prosecution_out_of_time"], None)
    (why,) = lay.refusals
    assert why.authority == "Magistrates’ Courts Act 1980 s.127(1)"


def test_an_alleged_breach_waits_for_its_decision(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(14)
    breach = track.breach(notice, 19)
    found = after(track, notice, at(20))
    assert found["BREACH.decide"].is_open
    assert codes(found["FPN.draft"]) == ["breach_not_decided_fpn"]
    assert codes(found["PROSECUTION.draft"]) == ["breach_not_decided_prosecute"]
    track.decide(breach, BreachDecision.FPN, 20)
    assert after(track, notice, at(20))["FPN.draft"].is_open
    track.draft_penalty(breach, 20)
    assert codes(after(track, notice, at(20))["FPN.draft"]) == ["penalty_already_given"]


def test_a_second_file_is_refused_while_one_is_open(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(14)
    breach = track.breach(notice, 19)
    track.decide(breach, BreachDecision.PROSECUTE, 20)
    prepare_prosecution(actor=track.officer, now=at(20), breach_id=breach)
    assert codes(after(track, notice, at(20))["PROSECUTION.draft"]) == ["already_done"]


def test_while_an_appeal_runs_only_what_stays_in_force_can_be_breached(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(14, requirements=[replace(DO, comply_by=day(60))])
    due = after(track, notice, at(20))["BREACH.allege"]
    assert (codes(due), due.opens_on) == (["requirement_not_due"], day(61))
    lodge_appeal(actor=track.officer, now=at(25), intervention_id=notice, lodged_on=day(25))
    resting = after(track, notice, at(70))
    assert codes(resting["BREACH.allege"]) == ["requirement_suspended"]
    assert codes(resting["CPN.lodge_appeal"]) == ["appeal_already_pending", "move_not_open"]
    assert resting["CPN.appeal_dismissed"].appeal_id == resting["CPN.record_direction"].appeal_id
    stop = track.notice(40, requirements=[STOP])
    lodge_appeal(actor=track.officer, now=at(45), intervention_id=stop, lodged_on=day(45))
    assert after(track, stop, at(50))["BREACH.allege"].is_open


def test_the_second_look_at_what_went_out_on_one_signature_is_somebody_elses(in_app: Flask) -> None:
    policy = {"code": "cpn_four_eyes", "value": "checked_next_working_day", "source": "A test", "entered_at": NOW}
    keep(PolicyValue(from_on=day(-100), **policy))
    track = make_track()
    notice = track.draft_notice(track.warn(0), 14)
    for act in (authorise, issue):
        act(actor=track.officer, now=at(14), intervention_id=notice, cautions_reason="At night")
    assert codes(after(track, notice, at(15))["CPN.check_afterwards"]) == ["not_permitted", "checker_took_part"]
    assert after(track, notice, at(15), track.manager)["CPN.check_afterwards"].is_open


def test_what_is_over_or_in_error_has_no_next_step(in_app: Flask) -> None:
    track = make_track()
    warning = track.warn(0)
    mark_intervention_entered_in_error(actor=track.manager, now=at(1), intervention_id=warning, reason="Twice")
    assert after(track, warning, at(2)) == {}


def test_a_case_begins_with_a_warning_and_is_told_why_not_with_a_notice(in_app: Flask) -> None:
    track = make_track()
    desk = desk_of(track, at(0))
    warning, notice = starts_against(track.subject, desk)
    assert (warning.move, warning.is_open) == ("draft_warning", True)
    assert (notice.move, codes(notice)) == ("draft_notice", ["no_written_warning"])
    track.warn(0)
    assert [each.move for each in starts_against(track.subject, desk_of(track, at(1)))] == ["draft_warning"]


def test_nothing_begins_in_a_closed_case(in_app: Flask) -> None:
    track = make_track()
    desk = desk_of(track, at(0), closed_on=day(0))
    assert {code for each in starts_against(track.subject, desk) for code in codes(each)} == {
        "case_is_closed", "no_written_warning",
    }  # fmt: skip
    assert [codes(each) for each in starts(desk)] == [["case_is_closed"], ["case_is_closed"]]


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_work_on_enforcement_take_steps(in_app: Flask, role: Role) -> None:
    expected = role in {Role.OFFICER, Role.MANAGER, Role.LEGAL}
    assert takes_steps(actor_of(make_user(role))) is expected
