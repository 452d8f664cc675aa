"""From an alleged breach to its end, page by page: a penalty paid in full, and one left unpaid that ends with a conviction."""

import pytest
from flask import Flask

from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from tests.support.desk import Desk, make_desk, typed_day
from tests.support.enforcement_track import day, requirement_id, running

ACCOUNT = {"account": "Says it was a birthday.", "reason": "Two officers heard it."}
TERMS = {
    "conduct": "Amplified music in the garden from 23:40 to 01:15.",
    "amount": "100",
    "reduced": "75",
    "reduced_within_days": "10",
    "payee": "The council, Town Hall, Oxford",
}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return make_desk(app)


def sent(desk: Desk, on: int, who: str, path: str, answers: dict[str, str] | None = None) -> None:
    response = desk.send(on, who, path, answers)
    assert response.status_code == 302, f"{path}: {response.status_code}"


def penalised(desk: Desk) -> tuple[int, int, int]:
    """A notice, an alleged breach and a penalty dated day 32, all after the notice by pages."""
    notice = desk.arrange(lambda track: track.notice(20))
    number = str(desk.arrange(lambda _track: requirement_id(notice, 1)))
    alleged = desk.path(notice, f"breaches/new?from_on={day(30).isoformat()}")
    sent(desk, 31, "officer", alleged, {"requirements": number, "evidence": "Heard by two officers"})
    with desk.app.app_context():
        breach = db.session.query(AllegedBreach).one().id
    sent(desk, 31, "officer", desk.path(notice, f"breaches/{breach}/decide"), {**ACCOUNT, "decision": "fpn"})
    sent(desk, 31, "officer", desk.path(notice, f"breaches/{breach}/fixed-penalty"), TERMS)
    penalty = desk.newest("FPN")
    sent(desk, 32, "manager", desk.path(penalty, "authorise"))
    sent(desk, 32, "officer", desk.path(penalty, "issue"), {"satisfied": "yes"})
    assert (desk.step(penalty).status, desk.step(penalty).issued_on) == ("issued", day(32))
    return notice, breach, penalty


@pytest.mark.engines("sqlite")
def test_to_a_penalty_paid_in_full(desk: Desk) -> None:
    _, breach, penalty = penalised(desk)
    page = desk.page(33, "officer", desk.path(penalty)).root.text
    assert "Last day 20 February 2026" in page
    assert "Proceedings may be started from 21 February 2026" in page
    paid = {**typed_day("paid_on", 40), "amount": "75", "method": "Card, online"}
    sent(desk, 40, "officer", desk.path(penalty, "record-payment"), paid)
    assert desk.step(penalty).status == "paid"
    with desk.app.app_context():
        assert running(breach_id=breach) == {}


@pytest.mark.engines("sqlite")
def test_left_unpaid_to_a_conviction(desk: Desk) -> None:
    notice, breach, penalty = penalised(desk)
    sent(desk, 47, "officer", desk.path(penalty, "mark-unpaid"))
    sent(desk, 48, "officer", desk.path(notice, f"breaches/{breach}/decide"), {**ACCOUNT, "decision": "prosecute"})
    sent(desk, 48, "officer", desk.path(notice, f"breaches/{breach}/prosecution"), {"conduct": "Music after midnight"})
    file = desk.newest("PROSECUTION")
    sent(
        desk,
        49,
        "officer",
        desk.path(file, "submit"),
        {"conduct": "Music after midnight", "cautions_reason": "Left on the mat; not recorded"},
    )
    review = {"evidential_note": "Recordings", "public_interest_note": "Repeated", "authority_reference": "7.3"}
    sent(desk, 50, "legal", desk.path(file, "review-file"), review)
    sent(desk, 51, "legal", desk.path(file, "lay"), typed_day("laid_on", 51))
    result = {"result": "convicted", **typed_day("decided_on", 90), "plea": "guilty", "fine": "400"}
    sent(desk, 90, "legal", desk.path(file, "record-result"), result)
    assert (desk.step(file).status, desk.step(file).follows_id) == ("convicted", penalty)
