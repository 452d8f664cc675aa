"""The risk record: assessed, raised and lowered, asked for again, by the matrix of its day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from asb_cases.domain.case_content import content_for
from asb_cases.domain.complaints import Channel
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.incidents import IncidentSource
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import CONSOLE, Actor, Role
from asb_cases.domain.risk import Given, RiskLevel
from asb_cases.domain.risk_template import SHIPPED
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.person import Person
from asb_cases.models.risk import RiskAssessment
from asb_cases.queries.case_page import case_page
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.risk import (
    assessments_of_case,
    given_in,
    next_due,
    people_at_risk,
    risk_template_on,
    risk_templates,
)
from asb_cases.services.case_closing import close_case, reopen_case
from asb_cases.services.complaints import log_complaint
from asb_cases.services.incidents import Happened, record_incident
from asb_cases.services.risk import assess_risk, change_risk_level, change_risk_template
from asb_cases.services.told import Told
from asb_cases.services.versions import StaleVersion
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.support.record import clocks, history_kinds, last_entry, refused

LOW = Given({0: (4,)})
MEDIUM = Given({0: (0,), 4: (0,), 9: (0,)})


@pytest.fixture
def case(in_app: Flask) -> Case:
    return make.make_case()


@pytest.fixture
def victim(case: Case) -> Person:
    person = make.make_person("Ann Example")
    make.make_participant(case, person, Part.VICTIM)
    return person


def assess(case: Case, person: Person | None, given: Given = LOW, *, actor: Actor = CONSOLE, **more: object) -> int:
    least = {"now": NOW, "case_id": case.id, "person_id": person.id if person else None, "template_version": 1}
    return assess_risk(actor=actor, given=given, **{**least, **more})  # type: ignore[arg-type]


def level_of(case: Case) -> int | None:
    rank: int | None = case_page(CONSOLE, case.reference, TODAY, content_for(CONSOLE)).facts.risk_rank
    return rank


def test_an_assessment_keeps_what_was_answered_and_starts_its_clock(case: Case, victim: Person) -> None:
    officer = make.make_actor()
    row_id = assess(case, victim, MEDIUM, actor=officer, note=" Changed the locks ")
    row = db.session.get_one(RiskAssessment, row_id)
    assert (row.points, row.scored_level, row.level, row.level_reason) == (16, RiskLevel.MEDIUM, RiskLevel.MEDIUM, None)
    assert (row.assessor_id, row.note, given_in(row)) == (officer.user_id, "Changed the locks", MEDIUM)
    assert "Together 16 points: medium" in row.working
    assert clocks(risk_assessment_id=row_id) == {"risk_medium": "running"}
    assert next_due([row]) == {row_id: TODAY + timedelta(days=28)}
    assert level_of(case) == RiskLevel.MEDIUM.rank
    assert history_kinds() == ["risk_assessed"]
    assert "locks" not in last_entry().details


@pytest.mark.parametrize(
    ("given", "rule", "days"),
    [(LOW, "risk_standard", 56), (MEDIUM, "risk_medium", 28), (replace(LOW, child=True), "risk_high", 14)],
)
def test_the_next_one_is_due_by_level(case: Case, victim: Person, given: Given, rule: str, days: int) -> None:
    row_id = assess(case, victim, given)
    assert clocks(risk_assessment_id=row_id) == {rule: "running"}
    assert next_due([db.session.get_one(RiskAssessment, row_id)]) == {row_id: TODAY + timedelta(days=days)}


def test_assessing_again_answers_the_clock_of_that_person_alone(case: Case, victim: Person) -> None:
    other = make.make_person("Bob Example")
    make.make_participant(case, other, Part.COMPLAINANT)
    first, of_other = assess(case, victim, replace(LOW, signs=(0,))), assess(case, other, MEDIUM)
    unnamed = assess(case, None)
    assert level_of(case) == RiskLevel.HIGH.rank
    later = assess(case, victim, now=NOW + timedelta(days=13))
    late = assess(case, victim, now=NOW + timedelta(days=13 + 57))
    assert clocks(risk_assessment_id=first) == {"risk_high": "met"}
    assert clocks(risk_assessment_id=later) == {"risk_standard": "missed"}
    assert clocks(risk_assessment_id=of_other) == {"risk_medium": "running"}
    assert level_of(case) == RiskLevel.MEDIUM.rank
    assert [(row.id, counts) for row, counts in assessments_of_case(case.id)] == [
        (late, True), (later, False), (unnamed, True), (of_other, True), (first, False),
    ]  # fmt: skip
    assert people_at_risk(case.id) == [(victim.id, "Ann Example"), (other.id, "Bob Example")]


def test_who_and_what_can_be_assessed(case: Case, victim: Person) -> None:
    subject = make.make_person()
    make.make_participant(case, subject)
    with pytest.raises(NotFound):
        assess(case, subject)
    with pytest.raises(NotFound):
        assess(case, victim, Given({0: (9,)}))
    with pytest.raises(NotFound):
        assess(case, victim, template_version=2)
    with refused("risk_not_answered"):
        assess(case, victim, Given({}))
    with pytest.raises(NotFound):
        assess(make.make_case(team=make.make_team()), None, actor=make.make_actor(team=make.make_team()))
    for role in (Role.LEGAL, Role.DUTY_OFFICER, Role.PARTNER, Role.ANALYST):
        with pytest.raises(NotPermitted):
            assess(case, victim, actor=make.make_actor(role))


def test_an_officer_raises_and_a_manager_lowers(case: Case, victim: Person) -> None:
    officer, manager = make.make_actor(), make.make_actor(Role.MANAGER)
    with refused("reason_needed"):
        assess(case, victim, actor=officer, level=RiskLevel.HIGH)
    with refused("risk_lowering_needs_manager"):
        assess(case, victim, MEDIUM, actor=officer, level=RiskLevel.STANDARD, level_reason="Moved")
    row_id = assess(case, victim, actor=officer, level=RiskLevel.HIGH, level_reason="Frightened to go out")
    row = db.session.get_one(RiskAssessment, row_id)
    assert (row.scored_level, row.level, row.level_set_by_id) == (RiskLevel.STANDARD, RiskLevel.HIGH, officer.user_id)
    assert clocks(risk_assessment_id=row_id) == {"risk_high": "running"}
    assert last_entry().reason == "Frightened to go out"

    def change(actor: Actor, level: RiskLevel, reason: str = "Moved away", version: int | None = None) -> None:
        change_risk_level(
            actor=actor, now=NOW + timedelta(days=2), assessment_id=row_id, level=level, reason=reason, version=version
        )

    with refused("risk_lowering_needs_manager"):
        change(officer, RiskLevel.MEDIUM)
    with refused("reason_needed", "needs_words"):
        change(manager, RiskLevel.MEDIUM, reason="")
    with refused("risk_same_level"):
        change(manager, RiskLevel.HIGH)
    with pytest.raises(StaleVersion):
        change(manager, RiskLevel.MEDIUM, version=9)
    change(manager, RiskLevel.MEDIUM, version=1)
    assert clocks(risk_assessment_id=row_id) == {"risk_high": "superseded", "risk_medium": "running"}
    assert next_due([row]) == {row_id: TODAY + timedelta(days=28)}
    change(officer, RiskLevel.HIGH)
    assert history_kinds() == ["risk_assessed", "risk_level_changed", "risk_level_changed"]
    assess(case, victim)
    with refused("risk_not_latest"):
        change(manager, RiskLevel.STANDARD)


def test_something_new_asks_again_once(case: Case, victim: Person) -> None:
    row_id = assess(case, victim)

    def tell(moment: timedelta) -> None:
        told = Told("Music again", Channel.PHONE, NOW + moment)
        log_complaint(actor=CONSOLE, now=NOW + timedelta(days=9), told=told, case_id=case.id)

    tell(-timedelta(hours=1))
    assert clocks(risk_assessment_id=row_id) == {"risk_standard": "running"}
    tell(timedelta(days=1))
    record_incident(
        actor=CONSOLE, now=NOW + timedelta(days=2), case_id=case.id,
        happened=Happened(TODAY + timedelta(days=2), "Shouting", IncidentSource.OFFICER),
    )  # fmt: skip
    assert clocks(risk_assessment_id=row_id) == {"risk_standard": "running", "risk_new_incident": "running"}
    assert next_due([db.session.get_one(RiskAssessment, row_id)]) == {row_id: TODAY + timedelta(days=3)}
    assess(case, victim, now=NOW + timedelta(days=9))
    assert clocks(risk_assessment_id=row_id) == {"risk_standard": "met", "risk_new_incident": "missed"}


def test_closing_asks_and_stops_and_reopening_asks_again(case: Case, victim: Person) -> None:
    manager = make.make_actor(Role.MANAGER)
    row_id = assess(case, victim, MEDIUM)
    later = NOW + timedelta(days=20)

    def close(reason: str | None = None) -> None:
        close_case(
            actor=manager, now=later, case_id=case.id, outcome="resolved", reason="Quiet now", told="By phone",
            cautions_reason=reason,
        )  # fmt: skip

    with refused("cautions_need_reason"):
        close()
    close("The neighbour has moved")
    assert clocks(risk_assessment_id=row_id) == {"risk_medium": "stopped"}
    reopen_case(actor=manager, now=later, case_id=case.id, reason="Music again")
    assert clocks(risk_assessment_id=row_id)["risk_new_incident"] == "running"
    assess(case, victim, now=later)
    close()
    assert db.session.get_one(Case, case.id).closed_on is not None


def test_a_new_version_of_the_matrix(case: Case, victim: Person) -> None:
    administrator, tomorrow = make.make_actor(Role.ADMINISTRATOR), TODAY + timedelta(days=1)
    changed = replace(SHIPPED, from_on=tomorrow, high_from=10, medium_from=5)
    with refused("needs_words", "days_out_of_order", "risk_bands_out_of_order"):
        change_risk_template(
            actor=administrator,
            now=NOW,
            template=replace(changed, from_on=TODAY - timedelta(1), medium_from=10),
            because="",
        )
    with pytest.raises(NotPermitted):
        change_risk_template(actor=make.make_actor(Role.MANAGER), now=NOW, template=changed, because="Board")
    number = change_risk_template(actor=administrator, now=NOW, template=changed, because="Board", seen_version=1)
    with refused("risk_template_changed_meanwhile"):
        change_risk_template(actor=administrator, now=NOW, template=changed, because="Board", seen_version=1)
    assert number == 2
    assert [each.template.version for each in risk_templates()] == [1, 2]
    assert (risk_template_on(TODAY).version, risk_template_on(tomorrow)) == (1, replace(changed, version=2))
    row_id = assess(case, victim, MEDIUM, template_version=2)
    assert db.session.get_one(RiskAssessment, row_id).level is RiskLevel.HIGH


def test_partners_and_analysts_see_nothing_of_it(case: Case, victim: Person) -> None:
    body = make.make_body()
    make.make_share(case, body=body)
    assess(case, victim, MEDIUM)
    for actor in (make.make_actor(Role.PARTNER, body=body), make.make_actor(Role.ANALYST)):
        page = case_page(actor, case.reference, TODAY, content_for(actor))
        assert page.facts.risk_rank is None
        assert page.deadlines == []
    page = case_page(make.make_actor(), case.reference, TODAY, content_for(make.make_actor()))
    assert [page.clocks_belong_to[each.id] for each in page.deadlines] == ["Ann Example"]
