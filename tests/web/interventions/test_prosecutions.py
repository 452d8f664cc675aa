"""Prosecutions on their pages: the file, legal's review, laying in time and not inside the 14 days, hearings, the result."""

from typing import Any

import pytest
from flask import Flask

from asb_cases.domain.breaches import BreachDecision
from asb_cases.extensions import db
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.hearing import Hearing
from asb_cases.services.payments import record_payment
from asb_cases.services.prosecutions import prepare_prosecution, submit_prosecution
from tests.support.desk import Desk, make_desk, text_of, typed_day
from tests.support.enforcement_track import Track, at, day, running, step

REVIEWED = {
    "evidential_note": "Two recordings",
    "public_interest_note": "Repeated after a penalty",
    "authority_reference": "Delegation 7.3",
}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return make_desk(app)


def to_be_prosecuted(track: Track) -> tuple[int, int]:
    notice = track.notice(20)
    breach = track.breach(notice, 30)
    track.decide(breach, BreachDecision.PROSECUTE, 31)
    return notice, breach


def with_legal(track: Track) -> int:
    _, breach = to_be_prosecuted(track)
    file = prepare_prosecution(actor=track.officer, now=at(32), breach_id=breach, summary="Music after midnight")
    submit_prosecution(actor=track.officer, now=at(32), intervention_id=file)
    return file


def authorised(track: Track) -> int:
    return track.authorised_prosecution(track.breach(track.notice(20), 30), 40)


def laid(track: Track) -> int:
    file = authorised(track)
    track.lay(file, 45)
    return file


def test_from_the_decision_to_the_court(desk: Desk) -> None:
    notice, breach = desk.arrange(to_be_prosecuted)
    path = desk.path(notice, f"breaches/{breach}/prosecution")
    page = desk.page(32, "officer", path).root.text
    assert "an information can be laid until 4 August 2026" in page
    assert "Magistrates' Courts Act 1980, s.127(1)" in page
    assert desk.send(32, "officer", path, {"conduct": "Music after midnight"}).status_code == 302
    file = desk.newest("PROSECUTION")
    assert (
        desk.send(33, "officer", desk.path(file, "submit"), {"conduct": "Music after midnight, twice"}).status_code
        == 302
    )
    assert (desk.step(file).status, desk.step(file).conduct) == ("legal_review", "Music after midnight, twice")
    assert desk.send(34, "legal", desk.path(file, "return-file"), {"reason": "Statement is missing"}).status_code == 302
    assert desk.step(file).status == "draft"
    desk.send(35, "officer", desk.path(file, "submit"), {"conduct": "Music after midnight, with a statement"})
    assert desk.send(36, "legal", desk.path(file, "review-file"), REVIEWED).status_code == 302
    assert desk.step(file).status == "authorised"
    path = desk.path(file, "lay")
    assert "“Lay an information for the offence” stops" in desk.page(40, "legal", path).root.text
    assert desk.send(40, "legal", path, typed_day("laid_on", 40)).status_code == 302
    assert (desk.step(file).status, desk.step(file).issued_on) == ("laid", day(40))
    with desk.app.app_context():
        assert running(breach_id=breach) == {}


def test_a_conviction_with_its_sums_and_orders(desk: Desk) -> None:
    file = desk.arrange(laid)
    path = desk.path(file, "record-result")
    answers = {
        "result": "convicted", **typed_day("decided_on", 80), "plea": "guilty", "court": "Oxford", "fine": "400", "costs": "120",
        "surcharge": "34", "compensation": "50.50", "remedial_order": "Remove the speakers", "forfeiture": "The amplifier",
    }  # fmt: skip
    assert desk.send(81, "legal", path, answers).status_code == 302
    assert (desk.step(file).status, desk.step(file).outcome_on) == ("convicted", day(80))
    with desk.app.app_context():
        row = db.session.query(CourtOutcome).one()
        sums = (row.fine_pence, row.costs_pence, row.surcharge_pence, row.compensation_pence)
        assert sums == (40000, 12000, 3400, 5050)
        assert row.orders == "Remedial order (s.49): Remove the speakers\nForfeiture (s.50): The amplifier"
    assert "£400" in desk.page(81, "legal", desk.path(file)).root.text


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("result", ["acquitted", "discontinued", "dismissed"])
def test_without_a_conviction_there_is_no_fine(desk: Desk, result: str) -> None:
    file = desk.arrange(laid)
    path = desk.path(file, "record-result")
    answers = {"result": result, **typed_day("decided_on", 80), "fine": "400"}
    refused = desk.send(81, "manager", path, answers)
    assert refused.status_code == 422
    assert "comes with a conviction alone" in text_of(refused)
    assert "2014 Act ss.48(2), 49 and 50" in text_of(refused)
    assert desk.send(81, "manager", path, {**answers, "fine": ""}).status_code == 302
    assert desk.step(file).status == result


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("decided", "told"), [(44, "before it was laid on"), (82, "has not come yet")])
def test_days_on_which_the_court_cannot_have_decided(desk: Desk, decided: int, told: str) -> None:
    file = desk.arrange(laid)
    answers = {"result": "convicted", **typed_day("decided_on", decided)}
    refused = desk.send(81, "legal", desk.path(file, "record-result"), answers)
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert "2014 Act s.48(1)" in text_of(refused)


@pytest.mark.engines("sqlite")
def test_legal_signs_both_stages_and_the_authority(desk: Desk) -> None:
    file = desk.arrange(with_legal)
    refused = desk.send(40, "legal", desk.path(file, "review-file"), {"evidential_note": "Two recordings"})
    assert refused.status_code == 422
    for told in (
        "Legal’s view of the public interest is not recorded", "Code for Crown Prosecutors: public interest stage",
        "The authority to prosecute is not named", "Council’s scheme of delegation", "Two recordings",
    ):  # fmt: skip
        assert told in text_of(refused) or told in refused.text


@pytest.mark.engines("sqlite")
def test_only_legal_reviews_lays_and_abandons(desk: Desk) -> None:
    file = desk.arrange(authorised)
    with desk.day(45):
        for who in ("officer", "manager", "colleague"):
            client = desk.client(who)
            for move in ("review-file", "lay", "abandon", "return-file"):
                assert client.get(desk.path(file, move)).status_code == 403, (who, move)
                assert client.post(desk.path(file, move)).status_code in {400, 403}
        assert desk.client("officer").get(desk.path(file, "record-result")).status_code == 403


@pytest.mark.engines("sqlite")
def test_not_inside_the_fourteen_days(desk: Desk) -> None:
    def penalised(track: Track) -> int:
        breach = track.breach(track.notice(20), 30)
        track.penalty(breach, 32)
        return track.authorised_prosecution(breach, 40)

    file = desk.arrange(penalised)
    path = desk.path(file, "lay")
    page = desk.page(40, "legal", path).root.text
    assert "A fixed penalty is dated 6 February 2026: no proceedings before 21 February 2026" in page
    refused = desk.send(46, "legal", path, typed_day("laid_on", 46))
    assert refused.status_code == 422
    assert "no proceedings before 21 February 2026" in text_of(refused)
    assert "2014 Act s.52(5)(a)" in text_of(refused)
    assert "Lay it from 21 February 2026" in text_of(refused)
    assert desk.send(47, "legal", path, typed_day("laid_on", 47)).status_code == 302


@pytest.mark.engines("sqlite")
def test_not_after_payment_in_time(desk: Desk) -> None:
    def paid(track: Track) -> int:
        breach = track.breach(track.notice(20), 30)
        penalty = track.penalty(breach, 32)
        file = track.authorised_prosecution(breach, 40)
        record_payment(actor=track.officer, now=at(46), intervention_id=penalty, paid_on=day(46), amount_pence=10000)
        return file

    file = desk.arrange(paid)
    refused = desk.send(60, "legal", desk.path(file, "lay"), typed_day("laid_on", 60))
    assert refused.status_code == 422
    assert "paid in time, on 20 February 2026: nobody can be convicted" in text_of(refused)
    assert "2014 Act s.52(5)(b)" in text_of(refused)
    assert desk.step(file).status == "authorised"


@pytest.mark.engines("sqlite")
def test_not_after_six_months(desk: Desk) -> None:
    file = desk.arrange(authorised)
    path = desk.path(file, "lay")
    assert "Over" in desk.page(212, "legal", path).root.text
    refused = desk.send(212, "legal", path, typed_day("laid_on", 212))
    assert refused.status_code == 422
    assert "The last day to lay an information for an offence alleged on 4 February 2026 was 4 August 2026" in text_of(
        refused
    )
    assert "Magistrates’ Courts Act 1980 s.127(1)" in text_of(refused)


@pytest.mark.engines("sqlite")
def test_a_later_alleged_day_is_relied_on_with_reasons(desk: Desk) -> None:
    def went_on(track: Track) -> int:
        breach = track.breach(track.notice(20), 30, recorded=60, to_on=day(50))
        return track.authorised_prosecution(breach, 60)

    file = desk.arrange(went_on)
    path = desk.path(file, "lay")
    page = desk.page(212, "legal", path).root
    assert "4 August 2026" in page.text
    assert "24 August 2026" in page.text
    refused = desk.send(212, "legal", path, typed_day("laid_on", 212))
    assert refused.status_code == 422
    assert "Only a later alleged day is in time" in text_of(refused)
    answers = {**typed_day("laid_on", 212), "continuing_failure_reason": "The sofa stood there all along"}
    assert desk.send(212, "legal", path, answers).status_code == 302
    assert desk.step(file).continuing_failure_reason == "The sofa stood there all along"


@pytest.mark.engines("sqlite")
def test_only_what_was_decided_so_is_prosecuted_and_once(desk: Desk) -> None:
    notice, breach = desk.arrange(lambda track: (notice := track.notice(20), track.breach(notice, 30)))
    path = desk.path(notice, f"breaches/{breach}/prosecution")
    refused = desk.send(40, "officer", path, {"conduct": "Music"})
    assert refused.status_code == 422
    assert "has not been decided to be prosecuted" in text_of(refused)
    assert "2014 Act s.48(1)" in text_of(refused)
    desk.arrange(lambda track: track.decide(breach, BreachDecision.PROSECUTE, 40))
    assert desk.send(41, "officer", path, {"conduct": "Music"}).status_code == 302
    again = desk.send(42, "officer", path, {"conduct": "Music"})
    assert "This is done already" in text_of(again)


@pytest.mark.engines("sqlite")
def test_abandoned_before_it_is_laid(desk: Desk) -> None:
    file = desk.arrange(authorised)
    path = desk.path(file, "abandon")
    assert "“Lay an information for the offence” runs on" in desk.page(45, "legal", path).root.text
    assert desk.send(45, "legal", path, {"reason": "The witness moved away"}).status_code == 302
    assert desk.step(file).status == "abandoned"


def hearings(desk: Desk) -> list[tuple[int, str | None]]:
    with desk.app.app_context():
        rows = db.session.query(Hearing).order_by(Hearing.id)
        return [((row.listed_on - day(0)).days, row.outcome.value if row.outcome else None) for row in rows]


def test_adjourned_and_heard(desk: Desk) -> None:
    file = desk.arrange(laid)
    path = desk.path(file, "hearings/new")
    listed: dict[str, Any] = {
        "purpose": "first_hearing",
        **typed_day("listed_on", 60),
        "listed_at": "10am",
        "court": "Oxford",
    }
    assert desk.send(46, "legal", path, listed).status_code == 302
    with desk.app.app_context():
        assert running(intervention_id=file)["court_hearing"] == day(60)
        hearing = db.session.query(Hearing).one().id
    record = desk.path(file, f"hearings/{hearing}/record")
    early = desk.send(50, "legal", record, {"outcome": "held", "note": "Pleaded"})
    assert "which has not come yet" in text_of(early)
    adjourned = {"outcome": "adjourned", "note": "Interpreter", **typed_day("next_on", 75), "next_purpose": "trial"}
    assert desk.send(60, "legal", record, adjourned).status_code == 302
    assert hearings(desk) == [(60, "adjourned"), (75, None)]
    with desk.app.app_context():
        assert running(intervention_id=file)["court_hearing"] == day(75)
    answers = {"result": "convicted", **typed_day("decided_on", 75), "fine": "400"}
    assert desk.send(75, "legal", desk.path(file, "record-result"), answers).status_code == 302
    assert hearings(desk) == [(60, "adjourned"), (75, "held")]
    with desk.app.app_context():
        assert running(intervention_id=file) == {}
        assert step(file).status == "convicted"


@pytest.mark.engines("sqlite")
def test_nothing_is_listed_before_it_is_before_a_court(desk: Desk) -> None:
    file = desk.arrange(authorised)
    page = desk.page(45, "legal", desk.path(file, "hearings/new")).root
    assert "Nothing of this is before a court" in page.text
    assert page.all("textarea") == []


@pytest.mark.engines("sqlite")
def test_the_slower_of_two_is_told(desk: Desk) -> None:
    file = desk.arrange(laid)
    answers = {"result": "convicted", **typed_day("decided_on", 80), "court": "Oxford Crown Square"}
    first, second = desk.send_late(81, "legal", "manager", desk.path(file, "record-result"), answers)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Oxford Crown Square" in second.text
