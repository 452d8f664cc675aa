"""Alleged breaches on their pages: which requirement could be failed on which day, what shows it, and the decision."""

from typing import Any

import pytest
from flask import Flask

from asb_cases.domain.breaches import BreachDecision
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach, BreachEvidence, BreachRequirement
from asb_cases.models.case import Case
from asb_cases.models.requirement import Requirement
from asb_cases.services.appeals import lodge_appeal
from asb_cases.services.case_closing import close_case
from asb_cases.services.draft_content import Asked
from asb_cases.services.payments import record_payment
from asb_cases.services.requirement_versions import Change
from asb_cases.services.variations import vary_notice
from tests.factories import make_complaint, make_note
from tests.support.desk import Desk, make_desk, text_of
from tests.support.enforcement_track import DO, STOP, Track, at, day, requirement_id, running


@pytest.fixture
def desk(app: Flask) -> Desk:
    return make_desk(app)


def in_force(track: Track) -> int:
    return track.notice(20, requirements=[STOP, Asked(DO.kind, DO.text, day(40))])


def appealed(track: Track) -> int:
    notice = in_force(track)
    lodge_appeal(actor=track.officer, now=at(31), intervention_id=notice, lodged_on=day(30))
    return notice


def new(desk: Desk, notice: int, first: int, last: int | None = None) -> str:
    """The address of the second question, once the days are given."""
    until = f"&to_on={day(last).isoformat()}" if last is not None else ""
    return desk.path(notice, f"breaches/new?from_on={day(first).isoformat()}{until}")


def of_requirement(desk: Desk, notice: int, number: int) -> str:
    return str(desk.arrange(lambda _track: requirement_id(notice, number)))


def breach(desk: Desk) -> AllegedBreach:
    with desk.app.app_context():
        return db.session.query(AllegedBreach).one()


def test_recorded_with_what_shows_it(desk: Desk) -> None:
    notice = desk.arrange(in_force)

    def evidence(track: Track) -> tuple[int, int]:
        case = db.session.get_one(Case, track.case.id)
        return make_complaint(case=case, description="Loud until one").id, make_note(case, text="Heard at 23:40").id

    complaint, note = desk.arrange(evidence)
    page = desk.page(46, "officer", new(desk, notice, 45)).root.text
    assert "an information can be laid until 19 August 2026" in page  # alleged of 19 February
    assert "Loud until one" in page
    answers = {
        "requirements": [of_requirement(desk, notice, 1), of_requirement(desk, notice, 2)],
        "picked": [f"complaint-{complaint}", f"note-{note}"],
        "account": "Says that it was a birthday.",
    }
    response = desk.send(46, "officer", new(desk, notice, 45), answers)
    assert response.status_code == 302
    row = breach(desk)
    assert response.location == desk.path(notice, f"breaches/{row.id}")
    assert (row.from_on, row.to_on, row.account) == (day(45), None, "Says that it was a birthday.")
    with desk.app.app_context():
        assert db.session.query(BreachRequirement).count() == 2
        assert {(each.complaint_id, each.note_id) for each in db.session.query(BreachEvidence)} == {
            (complaint, None),
            (None, note),
        }
        assert running(breach_id=row.id) == {"prosecution_limit": day(45 + 181)}
    shown = desk.page(46, "officer", response.location).root.text
    assert "Note of " in shown
    assert "Decide what is done about it" in shown
    assert "Lay an information for the offence" in shown


@pytest.mark.engines("sqlite")
def test_without_evidence_a_reason_is_asked_for_and_nothing_typed_is_lost(desk: Desk) -> None:
    notice = desk.arrange(lambda track: track.notice(20))
    answers: dict[str, Any] = {"requirements": [of_requirement(desk, notice, 1)], "account": "Denies it"}
    asked = desk.send(46, "officer", new(desk, notice, 45), answers)
    assert asked.status_code == 422
    assert "No evidence is named for the alleged breach yet" in text_of(asked)
    assert "Denies it" in asked.text
    answers["cautions_reason"] = "The recording comes tomorrow"
    assert desk.send(46, "officer", new(desk, notice, 45), answers).status_code == 302


@pytest.mark.engines("sqlite")
def test_only_what_binds_on_the_day_can_be_picked(desk: Desk) -> None:
    """During an appeal, a requirement to do something has no effect; its time limit rests."""
    notice = desk.arrange(appealed)
    page = desk.page(46, "officer", new(desk, notice, 45))
    offered = [
        field.attributes["value"] for field in page.root.all("input") if field.attributes.get("name") == "requirements"
    ]
    assert offered == [of_requirement(desk, notice, 1)]
    assert "Requirement 2 had no effect on 19 February 2026, because an appeal was in progress" in page.root.text
    assert "2014 Act s.46(3)" in page.root.text
    forced = {"requirements": [of_requirement(desk, notice, 2)], "evidence": "Seen"}
    refused = desk.send(46, "officer", new(desk, notice, 45), forced)
    assert refused.status_code == 422
    with desk.app.app_context():
        assert db.session.query(AllegedBreach).count() == 0


@pytest.mark.engines("sqlite")
def test_where_nothing_could_be_failed_it_is_said_why(desk: Desk) -> None:
    notice = desk.arrange(lambda track: track.notice(20, requirements=[Asked(DO.kind, DO.text, day(40))]))
    page = desk.page(35, "officer", new(desk, notice, 34))
    assert "No requirement could be failed then" in page.root.text
    assert "had until 14 February 2026" in page.root.text
    assert "2014 Act s.43(8)" in page.root.text


@pytest.mark.engines("sqlite")
def test_an_older_version_is_failed_on_an_older_day(desk: Desk) -> None:
    def varied(track: Track) -> int:
        notice = in_force(track)
        vary_notice(
            actor=track.manager,
            now=at(42),
            intervention_id=notice,
            reason="Too wide",
            changes=[Change("No drums", None, 1)],
        )
        return notice

    notice = desk.arrange(varied)
    page = desk.page(50, "officer", new(desk, notice, 41)).root.text
    assert f"1. {STOP.text}" in page
    assert "Requirement 1 did not stand in these words on 15 February 2026" in page
    with desk.app.app_context():
        old = db.session.query(Requirement).filter_by(intervention_id=notice, number=1, version=1).one().id
    answers = {"requirements": [str(old)], "evidence": "Heard"}
    assert desk.send(50, "officer", new(desk, notice, 41), answers).status_code == 302


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("first", "last", "told", "authority"),
    [
        (19, None, "was in force on 24 January 2026", "2014 Act s.48(1)"),
        (60, None, "has not come yet", "2014 Act s.48(1)"),
        (40, 39, "The last alleged day comes before the first", "2014 Act s.48(1)"),
    ],
)
def test_days_that_cannot_be_are_refused_with_section_and_remedy(
    desk: Desk, first: int, last: int | None, told: str, authority: str
) -> None:
    notice = desk.arrange(in_force)
    with desk.day(50):
        response = desk.client("officer").get(new(desk, notice, first, last))
    assert response.status_code == 422
    assert told in text_of(response)
    assert authority in text_of(response)


@pytest.mark.engines("sqlite")
def test_the_day_is_asked_first(desk: Desk) -> None:
    notice = desk.arrange(in_force)
    with desk.day(50):
        client = desk.client("officer")
        path = desk.path(notice, "breaches/new")
        assert client.get(path).status_code == 200
        empty = client.get(f"{path}?from_on-day=&from_on-month=&from_on-year=")
        assert "Enter the day on which the notice was not complied with" in text_of(empty)
        typed = client.get(
            f"{path}?from_on-day=19&from_on-month=2&from_on-year=2026&to_on-day=&to_on-month=&to_on-year="
        )
        assert "Alleged of 19 February 2026" in text_of(typed)
        signed = desk.arrange(lambda track: track.draft_notice(track.warn(31), 45))
        assert "No community protection notice to this subject was in force" in text_of(
            client.get(desk.path(signed, "breaches/new"))
        )


@pytest.mark.engines("sqlite")
def test_it_opens_a_closed_case_again(desk: Desk) -> None:
    def closed(track: Track) -> int:
        notice = track.notice(20)
        close_case(
            actor=track.manager, now=at(30), case_id=track.case.id, outcome="notice", reason="Quiet", told="All told",
            review_on=day(60),
        )  # fmt: skip
        return notice

    notice = desk.arrange(closed)
    assert "The case, which is closed, is open again" in desk.page(46, "officer", new(desk, notice, 45)).root.text
    answers = {"requirements": [of_requirement(desk, notice, 1)], "evidence": "Heard"}
    assert desk.send(46, "officer", new(desk, notice, 45), answers).status_code == 302
    with desk.app.app_context():
        assert db.session.get_one(Case, desk.case_id).status.value == "open"


def decide(desk: Desk, notice: int, breach_id: int, on: int, who: str, **answers: str) -> Any:
    typed = {"reason": "Two officers heard it.", "account": "Says it was a birthday.", **answers}
    return desk.send(on, who, desk.path(notice, f"breaches/{breach_id}/decide"), typed)


@pytest.mark.engines("sqlite")
def test_each_decision_is_kept_with_its_reasons(desk: Desk) -> None:
    notice = desk.arrange(lambda track: track.notice(20))
    for number, decision in enumerate(BreachDecision):
        breach_id = desk.arrange(lambda track, on=30 + number: track.breach(notice, on))
        assert decide(desk, notice, breach_id, 40, "officer", decision=decision.value).status_code == 302
        with desk.app.app_context():
            row = db.session.get_one(AllegedBreach, breach_id)
            assert (row.decision, row.decision_reason) == (decision.value, "Two officers heard it.")


@pytest.mark.engines("sqlite")
def test_only_no_action_by_legal_ends_the_six_months(desk: Desk) -> None:
    notice = desk.arrange(lambda track: track.notice(20))
    breach_id = desk.arrange(lambda track: track.breach(notice, 30))
    decide(desk, notice, breach_id, 40, "officer", decision="no_further_action")
    with desk.app.app_context():
        assert running(breach_id=breach_id) != {}
    decide(desk, notice, breach_id, 41, "legal", decision="no_further_action")
    with desk.app.app_context():
        assert running(breach_id=breach_id) == {}


@pytest.mark.engines("sqlite")
def test_no_account_asks_for_a_reason(desk: Desk) -> None:
    notice = desk.arrange(lambda track: track.notice(20))
    breach_id = desk.arrange(lambda track: track.breach(notice, 30))
    asked = decide(desk, notice, breach_id, 40, "officer", decision="fpn", account="")
    assert asked.status_code == 422
    assert "The recipient’s account is not recorded" in text_of(asked)
    gone_on = decide(
        desk, notice, breach_id, 40, "officer", decision="fpn", account="", cautions_reason="Would not speak"
    )
    assert gone_on.status_code == 302


@pytest.mark.engines("sqlite")
def test_what_can_no_longer_be_decided_is_not_offered_and_says_why(desk: Desk) -> None:
    def paid(track: Track) -> tuple[int, int]:
        notice = track.notice(20)
        breach_id = track.breach(notice, 30)
        penalty = track.penalty(breach_id, 32)
        record_payment(actor=track.officer, now=at(40), intervention_id=penalty, paid_on=day(40), amount_pence=10000)
        return notice, breach_id

    notice, breach_id = desk.arrange(paid)
    page = desk.page(60, "officer", desk.path(notice, f"breaches/{breach_id}/decide"))
    offered = {
        field.attributes.get("value") for field in page.root.all("input") if field.attributes.get("name") == "decision"
    }
    assert {"fpn", "prosecute"} & offered == set()
    for told in (
        "nobody can be convicted of it any more",
        "2014 Act s.52(5)(b)",
        "A fixed penalty notice was given",
        "2014 Act s.52(2)",
    ):
        assert told in page.root.text
    assert decide(desk, notice, breach_id, 60, "officer", decision="prosecute").status_code == 422


@pytest.mark.engines("sqlite")
def test_the_slower_of_two_who_decide_is_told(desk: Desk) -> None:
    notice = desk.arrange(lambda track: track.notice(20))
    breach_id = desk.arrange(lambda track: track.breach(notice, 30))
    path = desk.path(notice, f"breaches/{breach_id}/decide")
    answers = {"decision": "warn", "reason": "First time, and sorry", "account": "Sorry"}
    first, second = desk.send_late(40, "manager", "officer", path, answers)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "First time, and sorry" in second.text


@pytest.mark.engines("sqlite")
def test_a_breach_of_another_notice_is_not_found(desk: Desk) -> None:
    notice = desk.arrange(lambda track: track.notice(20))
    other = desk.arrange(lambda track: track.notice(40))
    breach_id = desk.arrange(lambda track: track.breach(notice, 30))
    with desk.day(50):
        client = desk.client("officer")
        assert client.get(desk.path(other, f"breaches/{breach_id}")).status_code == 404
        assert client.get(desk.path(other, f"breaches/{breach_id}/decide")).status_code == 404
