"""The risk record on its pages, and the matrix in the administrator's hands."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Role
from asb_cases.domain.risk import RiskLevel
from asb_cases.domain.risk_template import SHIPPED
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.risk import RiskAssessment, RiskTemplateVersion
from tests import factories as make
from tests.support.page_client import PageClient

ClientAs = Callable[..., PageClient]
#: 16 points.
MEDIUM = {"q0": "0", "q4": "0", "q9": "0"}


@pytest.fixture
def case(app: Flask) -> str:
    with app.app_context():
        case = make.make_case()
        make.make_participant(case, make.make_person("Ann Example"), Part.VICTIM)
        return case.reference


def rows(app: Flask) -> list[RiskAssessment]:
    with app.app_context():
        return list(db.session.scalars(select(RiskAssessment).order_by(RiskAssessment.id)))


def test_from_the_questions_to_the_identity_bar(app: Flask, client_as: ClientAs, case: str) -> None:
    client = client_as(Role.OFFICER)
    assert "Not assessed" in client.page(f"/cases/{case}").root.text
    page = client.page(f"/cases/{case}/risk/new")
    legends = [each.text for each in page.root.all("legend")]
    assert [each.text for each in SHIPPED.questions] == [text for text in legends if text.endswith("?")][:14]
    assert "selected" in next(each for each in page.root.all("option") if each.text == "Ann Example").attributes
    (victim,) = [each.attributes["value"] for each in page.root.all("option") if each.text == "Ann Example"]
    answer = client.submit(f"/cases/{case}/risk/new", {**MEDIUM, "person": victim, "note": "Changed the locks"})
    assert (answer.status_code, answer.location) == (302, f"/cases/{case}/risk")
    text = client.page(f"/cases/{case}/risk").root.text
    for words in ("Ann Example Medium", "16, medium by the matrix", "Changed the locks", "Every day: 5 points."):
        assert words in text
    assert "To be assessed again by" in text
    text = client.page(f"/cases/{case}").root.text
    assert "RiskMedium" in text
    assert "Risk assessed: medium – Ann Example" in text
    assert "Assess the risk again" in text


def test_what_was_answered_is_kept_where_something_is_missing(app: Flask, client_as: ClientAs, case: str) -> None:
    client = client_as(Role.OFFICER)
    answer = client.submit(f"/cases/{case}/risk/new", {"note": "Only a note"})
    assert answer.status_code == 422
    assert "No question is answered." in answer.text
    assert "Only a note" in answer.text
    answer = client.submit(f"/cases/{case}/risk/new", {**MEDIUM, "level": "standard", "level_reason": "Calm"})
    assert answer.status_code == 422
    assert "ask a manager to lower it" in answer.text
    assert 'name="q4" type="radio" value="0" checked' in answer.text
    assert rows(app) == []


def test_raising_lowering_and_a_colleague_who_was_quicker(app: Flask, client_as: ClientAs, case: str) -> None:
    officer, manager = client_as(Role.OFFICER), client_as(Role.MANAGER)
    officer.submit(f"/cases/{case}/risk/new", {**MEDIUM, "signs": ["0"], "safeguarding": ["child", "adult"]})
    (row,) = rows(app)
    assert (row.level, row.child_at_risk, row.adult_at_risk) == (RiskLevel.HIGH, True, True)
    address = f"/risk/{row.id}/level"
    assert officer.submit(address, {"level": "medium", "level_reason": "Calmer"}).status_code == 422
    assert manager.submit(address, {"level": "medium", "level_reason": "Calmer"}).status_code == 302
    stale = manager.submit(address, {"level": "standard", "level_reason": "Moved", "version": "1"})
    assert stale.status_code == 409
    assert "Moved" in stale.text
    text = officer.page(f"/cases/{case}/risk").root.text
    assert "Set to medium Calmer" in text
    assert "Child at risk, Adult with care or support needs" in text


def test_earlier_assessments_stay_to_be_read(client_as: ClientAs, case: str) -> None:
    client = client_as(Role.OFFICER)
    client.submit(f"/cases/{case}/risk/new", {**MEDIUM, "note": "The first"})
    client.submit(f"/cases/{case}/risk/new", {"q0": "4", "note": "The second"})
    text = client.page(f"/cases/{case}/risk").root.text
    assert text.index("The second") < text.index("Earlier assessments") < text.index("The first")
    assert "RiskStandard" in client.page(f"/cases/{case}").root.text


def test_the_level_is_not_for_partners_and_analysts(app: Flask, client_as: ClientAs, case: str) -> None:
    client_as(Role.OFFICER).submit(f"/cases/{case}/risk/new", {**MEDIUM, "signs": ["0"]})
    with app.app_context():
        body = make.make_body()
        make.make_share(db.session.scalars(select(Case).where(Case.reference == case)).one(), body=body)
        partner_id = make.make_user(Role.PARTNER, body=body).id
    for client in (client_as(user_id=partner_id), client_as(Role.ANALYST)):
        answer = client.get(f"/cases/{case}")
        assert answer.status_code == 200
        assert not [word for word in ("High", "Risk assessed", "Assess the risk") if word in answer.text]
        assert client.get(f"/cases/{case}/risk").status_code == 403


def test_an_administrator_changes_the_matrix(app: Flask, client_as: ClientAs, case: str) -> None:
    client, officer = client_as(Role.ADMINISTRATOR), client_as(Role.OFFICER)
    form = officer.page(f"/cases/{case}/risk/new")  # a form made from version 1
    assert form.root.text
    address = "/admin/risk-matrix/new"
    fields = {
        "questions-rows": "0",
        "questions-0-text": "Are you frightened?",
        "questions-0-answers": "9 Yes [hate]\n0 No",
        "medium_from": "5",
        "high_from": "9",
        "hate_is_at_least": "standard",
        "signs": "A weapon was seen",
        "because": "Agreed by the board",
    }
    preview = client.submit(address, {**fields, "preview": "1"})
    assert preview.status_code == 200
    assert "Nothing is saved yet." in preview.text
    assert "High whatever the points: a child at risk; A weapon was seen." in preview.text
    wrong = client.submit(address, {**fields, "questions-0-answers": "Yes\nNo", "high_from": "50"})
    assert wrong.status_code == 422
    assert "Question 1: “Yes” can’t be read." in wrong.text
    unreachable = client.submit(address, {**fields, "high_from": "50", "preview": "1"})
    assert "High begins at 50 points, and the answers come to 9 at the most." in unreachable.text
    with app.app_context():
        assert db.session.scalars(select(RiskTemplateVersion)).all() == []

    assert client.submit(address, fields).location == "/admin/risk-matrix"
    text = client.page("/admin/risk-matrix").root.text
    assert "Version 2 In use" in text
    assert "Agreed by the board" in text
    assert "Are you frightened?" in officer.page(f"/cases/{case}/risk/new").root.text
    old = officer.submit(f"/cases/{case}/risk/new", {**MEDIUM, "template_version": "1"})
    assert old.status_code == 302
    officer.submit(f"/cases/{case}/risk/new", {"q0": "0"})
    assert [(row.template_version, row.level) for row in rows(app)] == [(1, RiskLevel.MEDIUM), (2, RiskLevel.HIGH)]
    assert officer.post(f"/cases/{case}/risk/new", data={"template_version": "77"}).status_code == 400
    quicker = client.submit(address, {**fields, "seen_version": "1"})
    assert quicker.status_code == 422
    assert "changed by somebody else" in quicker.text
