"""Entries made in error, marked on their pages: what rests on each, who may, and what is put back."""

from typing import Any

import pytest
from flask import Flask

from asb_cases.domain.appeals import AppealOutcome
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.appeal import Appeal
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.payment import Payment
from asb_cases.models.service import Service
from asb_cases.services.appeals import Order, determine_appeal, lodge_appeal
from asb_cases.services.payments import record_payment
from asb_cases.services.prosecutions import Result, record_court_outcome
from asb_cases.services.requirement_versions import Change
from tests.support.desk import Desk, make_desk, text_of
from tests.support.enforcement_track import Track, at, day, running

WHY = {"reason": "Entered twice"}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return make_desk(app)


def mark(desk: Desk, step: int, move: str, on: int = 100) -> Any:
    return desk.send(on, "manager", desk.path(step, move), WHY)


def marked(desk: Desk, table: Any, row_id: int) -> str | None:
    with desk.app.app_context():
        found: str | None = db.session.get_one(table, row_id).entered_in_error_reason
        return found


def test_an_alleged_breach_stops_its_six_months(desk: Desk) -> None:
    notice, breach = desk.arrange(lambda track: (notice := track.notice(20), track.breach(notice, 30)))
    path = f"breaches/{breach}/entered-in-error"
    assert "“Lay an information for the offence” stops" in desk.page(40, "manager", desk.path(notice, path)).root.text
    assert mark(desk, notice, path).status_code == 302
    assert marked(desk, AllegedBreach, breach) == "Entered twice"
    with desk.app.app_context():
        assert running(breach_id=breach) == {}


def test_what_rests_on_it_is_listed_and_comes_first(desk: Desk) -> None:
    def penalised(track: Track) -> tuple[int, int, int]:
        notice = track.notice(20)
        breach = track.breach(notice, 30)
        return notice, breach, track.penalty(breach, 32)

    notice, breach, penalty = desk.arrange(penalised)
    for step, move, rests in (
        (notice, "entered-in-error", "Alleged breach of 4 February 2026"),
        (notice, f"breaches/{breach}/entered-in-error", f"Fixed penalty notice {desk.step(penalty).reference}"),
    ):
        page = desk.page(40, "manager", desk.path(step, move)).root
        assert "rest on this one" in page.text
        assert "How the record works" in page.text
        assert rests in page.text
        assert page.all("textarea") == []
    assert mark(desk, penalty, "entered-in-error").status_code == 302
    assert mark(desk, notice, f"breaches/{breach}/entered-in-error").status_code == 302
    assert mark(desk, notice, "entered-in-error").status_code == 302
    warning = desk.step(notice).follows_id or 0
    assert desk.step(warning).status == "served", "the warning is given, and no more, again"


@pytest.mark.engines("sqlite")
def test_a_payment_lets_the_penalty_be_paid_again(desk: Desk) -> None:
    def paid(track: Track) -> tuple[int, int]:
        penalty = track.penalty(track.breach(track.notice(20), 30), 32)
        how = {"actor": track.officer, "now": at(40), "intervention_id": penalty}
        return penalty, record_payment(**how, paid_on=day(40), amount_pence=10000)  # type: ignore[arg-type]

    penalty, payment = desk.arrange(paid)
    page = desk.page(41, "manager", desk.path(penalty, "corrections")).root.text
    assert "£100, paid on 14 February 2026" in page
    assert mark(desk, penalty, f"payments/{payment}/entered-in-error", 41).status_code == 302
    assert marked(desk, Payment, payment) == "Entered twice"
    assert desk.step(penalty).status == "issued"


@pytest.mark.engines("sqlite")
def test_the_only_service_stays_until_another_is_recorded(desk: Desk) -> None:
    notice = desk.arrange(lambda track: track.notice(20))
    with desk.app.app_context():
        service = db.session.query(Service).filter_by(intervention_id=notice).one().id
    path = f"services/{service}/entered-in-error"
    refused = mark(desk, notice, path, 30)
    assert refused.status_code == 422
    assert "This is the only entry of how the document was given" in text_of(refused)
    assert "Record how it was really given first" in text_of(refused)
    assert "Entered twice" in refused.text
    desk.arrange(lambda track: track.give(notice, 22))
    assert mark(desk, notice, path, 30).status_code == 302
    assert (marked(desk, Service, service), desk.step(notice).issued_on) == ("Entered twice", day(22))


@pytest.mark.engines("sqlite")
def test_an_appeal_leaves_the_notice_as_it_was_but_not_the_words_of_the_court(desk: Desk) -> None:
    def appealed(track: Track) -> tuple[int, int]:
        notice = track.notice(20)
        return notice, lodge_appeal(actor=track.officer, now=at(31), intervention_id=notice, lodged_on=day(30))

    notice, appeal = desk.arrange(appealed)
    assert mark(desk, notice, f"appeals/{appeal}/entered-in-error", 40).status_code == 302
    assert (marked(desk, Appeal, appeal), desk.step(notice).status) == ("Entered twice", "in_force")

    def modified(track: Track) -> int:
        again = lodge_appeal(actor=track.officer, now=at(41), intervention_id=notice, lodged_on=day(41))
        order = Order(AppealOutcome.MODIFIED, day(50), changes=[Change("No drums", None, 1)])
        determine_appeal(actor=track.legal, now=at(50), appeal_id=again, order=order)
        return again

    again = desk.arrange(modified)
    refused = mark(desk, notice, f"appeals/{again}/entered-in-error", 60)
    assert refused.status_code == 422
    assert "Requirements stand in the words of the order" in text_of(refused)
    assert "Vary the notice back to the right words first" in text_of(refused)


@pytest.mark.engines("sqlite")
def test_a_result_puts_the_prosecution_before_the_court_again(desk: Desk) -> None:
    def convicted(track: Track) -> tuple[int, int]:
        file = track.authorised_prosecution(track.breach(track.notice(20), 30), 40)
        track.lay(file, 45)
        result = Result("convicted", day(80))
        return file, record_court_outcome(actor=track.legal, now=at(80), intervention_id=file, result=result)

    file, outcome = desk.arrange(convicted)
    assert mark(desk, file, f"court-outcomes/{outcome}/entered-in-error").status_code == 302
    assert (marked(desk, CourtOutcome, outcome), desk.step(file).status) == ("Entered twice", "laid")


@pytest.mark.engines("sqlite")
def test_marked_once_and_by_a_manager_with_a_reason(desk: Desk) -> None:
    warning = desk.arrange(lambda track: track.warn(0))
    path = desk.path(warning, "entered-in-error")
    with desk.day(3):
        for who in ("officer", "legal"):
            assert desk.client(who).get(path).status_code in {403, 404}
    empty = desk.send(3, "manager", path, {"reason": " "})
    assert "Say why it was entered in error" in text_of(empty)
    assert desk.send(3, "manager", path, WHY).status_code == 302
    again = desk.page(4, "manager", path).root
    assert "marked as entered in error already" in again.text
    assert again.all("textarea") == []
    assert "Entered twice" in desk.page(4, "officer", desk.path(warning)).root.text
    closed = desk.page(4, "officer", desk.path(warning, "record-compliance")).root.text
    assert "nothing further can be done with it" in closed
