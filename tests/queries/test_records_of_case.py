"""What is read ahead for a whole case answers every question as the database does, in two statements."""

from datetime import timedelta

import pytest
from flask import Flask

from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.people import Part, PersonKind
from asb_cases.domain.permissions import CONSOLE
from asb_cases.models.policy import BankHolidayChange, PolicyValue
from asb_cases.queries.enforcement_records import LIVE
from asb_cases.queries.policy import policy_in_force
from asb_cases.queries.records_of_case import RecordsOfCase, records_of_case
from asb_cases.services.appeals import lodge_appeal
from asb_cases.services.payments import record_payment
from tests.factories import (
    NOW,
    actor_of,
    keep,
    make_authorisation,
    make_intervention,
    make_participant,
    make_person,
    make_user,
)
from tests.support.enforcement_track import DO, STOP, Track, at, day, make_track
from tests.support.query_counter import counted_queries

RULES, POWERS = ("cpw_life", "cpn_appeal"), ("CPN", "FPN", "PROSECUTION")


def busy(track: Track) -> int:
    """A notice with two requirements, an appeal that ended, two breaches, a part payment and a file. Its id."""
    notice = track.notice(14, requirements=[STOP, DO])
    first, second = track.breach(notice, 19), track.breach(notice, 20, numbers=(2, 1))
    penalty = track.penalty(first, 21, reduced_pence=5000, reduced_within_days=10)
    record_payment(actor=track.officer, now=at(22, 12), intervention_id=penalty, paid_on=day(22), amount_pence=2000)
    track.decide(second, BreachDecision.PROSECUTE, 22)
    track.authorised_prosecution(second, 23)
    lodge_appeal(actor=track.officer, now=at(24), intervention_id=notice, lodged_on=day(24))
    return notice


def ahead(track: Track) -> RecordsOfCase:
    return records_of_case(track.case.id, track.officer, day(30))


def test_every_answer_is_that_of_the_database(in_app: Flask) -> None:
    track = make_track()
    busy(track)
    make_participant(track.case, track.subject, Part.OCCUPIER)
    records = ahead(track)
    assert len(records.interventions) == 4
    for step in records.interventions:
        assert records.requirements(step.id) == LIVE.requirements(step.id)
        assert records.appeals(step.id) == LIVE.appeals(step.id)
        assert list(records.received(step.id)) == LIVE.received(step.id)
        assert records.evidence(step.id) == LIVE.evidence(step.id)
        assert list(records.days_told(step.id)) == LIVE.days_told(step.id)
        assert list(records.screen(step.id)) == LIVE.screen(step.id)
        assert records.parts(step.case_id, step.subject_id) == LIVE.parts(step.case_id, step.subject_id)
        for rule in RULES:
            assert list(records.last_days(rule, step.id)) == LIVE.last_days(rule, step.id)
    assert len(records.breaches) == 2
    for breach in records.breaches:
        assert list(records.requirements_breached(breach)) == LIVE.requirements_breached(breach)
        for power in POWERS:
            assert list(records.steps_for_breach(breach, power)) == LIVE.steps_for_breach(breach, power)
    for who in (track.officer, track.colleague, track.manager, track.legal):
        for power in POWERS:
            assert records.may_issue(who.user_id, power, day(30)) == LIVE.may_issue(who.user_id, power, day(30))


def test_an_occupier_and_whom_they_were_identified_as_are_one(in_app: Flask) -> None:
    named = make_person()
    track = make_track(
        kind=PersonKind.OCCUPIER,
        born_on=None,
        identified_as_id=named.id,
        identified_on=day(0),
        identified_because="Bill",
    )
    make_intervention("CPW", case=track.case, subject=track.subject)
    records = ahead(track)
    subject = records.interventions[0].subject
    assert records.same_subject(subject) == LIVE.same_subject(subject) == {named.id}


def test_a_warning_of_another_case_is_known_by_what_follows_it(in_app: Flask) -> None:
    track = make_track()
    elsewhere = make_intervention("CPW", subject=track.subject, issued_on=day(0))
    notice = make_intervention("CPN", case=track.case, subject=track.subject, follows=elsewhere)
    records = records_of_case(track.case.id, track.officer, day(30))
    assert [step.id for step in records.interventions] == [notice.id]
    follows = records.interventions[0].follows
    assert follows is not None
    assert follows.id == elsewhere.id


def test_the_policy_is_that_in_force(in_app: Flask) -> None:
    track = make_track()
    keep(PolicyValue(code="fpn_amount", from_on=day(1), value="7500", source="A test", entered_at=NOW))
    keep(BankHolidayChange(day=day(3), title="A local day", observed=True))
    policy, asked = ahead(track).policy, policy_in_force()
    assert policy.holidays == asked.holidays
    assert policy.values.number("fpn_amount", day(2)) == asked.values.number("fpn_amount", day(2)) == 7500


def test_who_else_may_issue_is_named_while_they_may(in_app: Flask) -> None:
    track = make_track()
    for name, ended in (("Dana Field", None), ("Lee Gone", day(20))):
        make_authorisation(make_user(name=name), "CPN", to_on=ended)
    names = {each.name for each in ahead(track).authorised if each.power == "CPN"}
    assert "Dana Field" in names
    assert "Lee Gone" not in names


@pytest.mark.parametrize("times", [1, 3])
def test_two_statements_however_much_there_is(in_app: Flask, times: int) -> None:
    track = make_track()
    for _ in range(times):
        busy(track)
    case_id = track.case.id
    with counted_queries(in_app) as statements:
        records = records_of_case(case_id, track.officer, day(30))
        for step in records.interventions:
            assert step.subject.name
            assert step.follows is None or step.follows.reference
    assert len(statements) == 2


def test_a_reader_who_may_not_see_the_steps_is_told_of_none(in_app: Flask) -> None:
    track = make_track()
    busy(track)
    outsider = make_user()
    assert ahead(track).interventions
    assert records_of_case(track.case.id, actor_of(outsider), day(30)).interventions == []
    assert records_of_case(track.case.id, CONSOLE, day(30) + timedelta(days=1)).interventions
