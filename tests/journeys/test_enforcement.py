"""From the first warning to the end of the track, through the real acts, as officers go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.appeals import AppealOutcome
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.people import PersonKind
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Role
from asb_cases.domain.service import ServiceMethod
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import Task
from asb_cases.models.policy import PolicyValue
from asb_cases.queries.figures import figures_of
from asb_cases.services.appeals import Order, determine_appeal, lodge_appeal, record_direction
from asb_cases.services.case_closing import close_case
from asb_cases.services.corrections import mark_intervention_entered_in_error
from asb_cases.services.draft_content import Asked, NoticeTo
from asb_cases.services.drafting import draft_notice, draft_warning
from asb_cases.services.endings import discharge, end_notice, withdraw
from asb_cases.services.interventions import authorise, check_afterwards, issue
from asb_cases.services.outside_steps import Outside, record_outside_step
from asb_cases.services.payments import record_payment
from asb_cases.services.prosecutions import Result, record_court_outcome
from tests.factories import NOW, keep, make_person
from tests.support.enforcement_track import (
    DO,
    STOP,
    Track,
    at,
    clocks,
    content,
    day,
    entries,
    make_track,
    running,
    step,
)


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


def test_an_appeal_with_do_and_steps_suspended(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20, requirements=[STOP, Asked(DO.kind, DO.text, day(40))])
    appeal = lodge_appeal(actor=track.officer, now=at(31), intervention_id=notice, lodged_on=day(30))
    assert step(notice).status == "appealed"
    with pytest.raises(RuleBroken):
        track.breach(notice, 45, numbers=(2,))
    assert track.breach(notice, 45, numbers=(1,))
    record_direction(actor=track.legal, now=at(46), appeal_id=appeal, stop_suspended_on=day(46))
    with pytest.raises(RuleBroken):
        track.breach(notice, 47, numbers=(1,))
    order = Order(AppealOutcome.DISMISSED, day(50))
    determine_appeal(actor=track.legal, now=at(51), appeal_id=appeal, order=order)
    with pytest.raises(RuleBroken):
        track.breach(notice, 61, numbers=(2,))
    assert track.breach(notice, 62, numbers=(2,)), "ten days were left when the appeal was lodged, and it took 21"


def test_the_occupier_is_unknown(in_app: Flask) -> None:
    """A warning and a notice to the occupier, posted on the premises; the notice says what was done to find out who it is."""
    track = make_track(name="The occupier of 4 Rose Lane", kind=PersonKind.OCCUPIER, born_on=None)
    posted = {"method": ServiceMethod.POSTED_ON_PREMISES, "address": "4 Rose Lane, Oxford"}
    warning = track.draft_warning(0, enquiries_note="Land Registry, neighbours and council tax asked on 5 January.")
    track.sign(warning, 0)
    track.give(warning, 0, **posted)
    notice = track.draft_notice(warning, 14)
    track.sign(notice, 14)
    with pytest.raises(RuleBroken) as refused:
        track.give(notice, 14, **posted)
    assert [each.authority for each in refused.value.refusals] == ["2014 Act s.45(1)"]
    track.give(notice, 14, **posted, enquiries_note="Asked again next door on 18 January; nobody knows.")
    assert (step(notice).status, step(notice).issued_on) == ("in_force", day(14))


def test_a_shared_house_of_five(in_app: Flask) -> None:
    """One drafting, five documents, each served and counted by itself."""
    track = make_track()
    five = [track.subject, *(make_person(born_on=date(2004, 2, number)) for number in range(1, 5))]
    warnings = draft_warning(
        actor=track.officer,
        now=at(0),
        case_id=track.case.id,
        subject_ids=[person.id for person in five],
        content=content(comply_by=day(7)),
    )
    for number, warning in enumerate(warnings):
        track.sign(warning, 0)
        track.give(warning, number)
    recipients = [NoticeTo(person.id, warning) for person, warning in zip(five, warnings, strict=True)]
    notices = draft_notice(
        actor=track.officer, now=at(14), case_id=track.case.id, recipients=recipients, content=content(ends_on=day(379))
    )
    for number, notice in enumerate(notices[:4]):
        track.sign(notice, 14)
        track.give(notice, 14 + number)
    period = Period(day(0), day(30), "January")
    found = figures_of(period, track.manager)
    assert (found.count("cpw_issued"), found.count("cpw_recipients")) == (5, 5)
    assert (found.count("cpn_issued"), found.count("cpn_recipients")) == (4, 4)


def test_at_the_door_at_night_and_checked_the_next_working_day(in_app: Flask) -> None:
    """Friday night: the officer drafts, authorises, signs and hands over alone; a manager looks at it on Monday."""
    keep(
        PolicyValue(
            code="cpn_four_eyes", from_on=day(0), value="checked_next_working_day", source="Policy 2026", entered_at=NOW
        )
    )
    track = make_track()
    warning = track.warn(4, comply_by=day(4))
    notice = track.draft_notice(
        warning, 4, hour=22, enough_time_reason="Asked at eleven; eleven hours later still as loud"
    )
    with pytest.raises(RuleBroken) as refused:
        authorise(actor=track.officer, now=at(4, 23), intervention_id=notice)
    assert "24 hours" in str(refused.value)
    authorise(actor=track.officer, now=at(4, 23), intervention_id=notice, cautions_reason="The whole street was awake")
    issue(actor=track.officer, now=at(4, 23), intervention_id=notice)
    track.give(notice, 4, 23, given_at=at(4, 23))
    assert (step(notice).status, step(notice).issued_on) == ("in_force", day(4))
    (task,) = db.session.scalars(select(Task).where(Task.case_id == track.case.id)).all()
    assert (task.due_on, task.done_on) == (day(7), None)
    with pytest.raises(RuleBroken):
        check_afterwards(actor=replace(track.officer, role=Role.MANAGER), now=at(7), intervention_id=notice)
    check_afterwards(actor=track.manager, now=at(7), intervention_id=notice)
    (task,) = db.session.scalars(select(Task).where(Task.case_id == track.case.id)).all()
    assert task.done_on == day(7)


def test_a_police_warning_founds_our_notice_and_is_not_counted_as_ours(in_app: Flask) -> None:
    track = make_track()
    outside = Outside("CPW", "Thames Valley Police", day(0), given_at=at(0, 23), method=ServiceMethod.EMAIL)
    warning = record_outside_step(
        actor=track.officer, now=at(5), case_id=track.case.id, subject_id=track.subject.id, outside=outside
    )
    notice = track.draft_notice(warning, 14)
    track.sign(notice, 14)
    track.give(notice, 14)
    assert (step(warning).status, step(notice).status) == ("escalated", "in_force")
    found = figures_of(Period(day(0), day(30), "January"), track.manager)
    assert (found.count("cpw_issued"), found.count("cpn_issued")) == (0, 1)


def closed_over_a_notice(track: Track) -> int:
    """A case closed on day 30 with a notice in force. The notice."""
    notice = track.notice(20)
    close_case(
        actor=track.manager,
        now=at(30),
        case_id=track.case.id,
        outcome="resolved",
        reason="Quiet since the notice",
        told="What to do if it starts again",
        review_on=day(90),
    )
    assert status_of(track) is CaseStatus.CLOSED_NOTICE_IN_FORCE
    return notice


def status_of(track: Track) -> CaseStatus:
    db.session.rollback()
    return db.session.scalars(select(Case.status).where(Case.id == track.case.id)).one()


def quash(track: Track, notice: int) -> None:
    appeal = lodge_appeal(actor=track.officer, now=at(40), intervention_id=notice, lodged_on=day(40))
    assert status_of(track) is CaseStatus.CLOSED_NOTICE_IN_FORCE
    order = Order(AppealOutcome.QUASHED, day(50))
    determine_appeal(actor=track.legal, now=at(50), appeal_id=appeal, order=order)


TOLD = {"reason": "Done its work", "recipient_told": True, "victim_told": True}
ENDINGS: dict[str, Callable[[Track, int], object]] = {
    "ended": lambda t, n: end_notice(actor=t.officer, now=at(50), intervention_id=n, complied_because="Quiet"),
    "withdrawn": lambda t, n: withdraw(actor=t.manager, now=at(50), intervention_id=n, **TOLD),
    "discharged": lambda t, n: discharge(actor=t.manager, now=at(50), intervention_id=n, **TOLD),
    "appeal_determined": quash,
    "entered_in_error": lambda t, n: mark_intervention_entered_in_error(
        actor=t.manager, now=at(50), intervention_id=n, reason="Another person"
    ),
}


@pytest.mark.parametrize("how", ENDINGS)
def test_once_its_last_notice_is_over_a_closed_case_is_simply_closed(in_app: Flask, how: str) -> None:
    track = make_track()
    first = track.notice(20)
    second = closed_over_a_notice(track)
    end_notice(actor=track.officer, now=at(50), intervention_id=first, complied_because="Quiet")
    assert status_of(track) is CaseStatus.CLOSED_NOTICE_IN_FORCE, "the other is in force still"
    assert running(case_id=track.case.id)["closed_notice_review"] == day(90)
    ENDINGS[how](track, second)
    assert status_of(track) is CaseStatus.CLOSED
    assert "closed_notice_review" not in running(case_id=track.case.id)
    assert entries(track.case.id)[-1] == how, "one act, one entry"
    found = db.session.get_one(Case, track.case.id)
    assert (found.closed_on, found.closure_reason, found.notice_review_on) == (day(30), "Quiet since the notice", None)


def test_an_open_case_stays_open_when_its_notice_is_over(in_app: Flask) -> None:
    track = make_track()
    ENDINGS["ended"](track, track.notice(20))
    assert status_of(track) is CaseStatus.OPEN


def test_a_breach_opens_a_closed_case_again(in_app: Flask) -> None:
    track = make_track()
    track.breach(closed_over_a_notice(track), 40)
    assert status_of(track) is CaseStatus.OPEN
