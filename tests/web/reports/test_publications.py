"""`/reports/case-reviews`: seen by whoever sees the whole service, published and corrected by a manager."""

from datetime import date

from flask import Flask

from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from tests.factories import make_case_review
from tests.support.page_client import PageClient
from tests.support.signed_in import client_with_role

ADDRESS = "/reports/case-reviews/2015-16"


def text_of(client: PageClient, address: str) -> str:
    return client.page(address).root.text


def test_a_manager_publishes_and_corrects_on_screen(app: Flask) -> None:
    with app.app_context():
        make_case_review(applied_on=date(2015, 6, 1))
        db.session.commit()
    manager, analyst = client_with_role(app, Role.MANAGER), client_with_role(app, Role.ANALYST)
    assert "2015-16" in text_of(manager, "/reports/case-reviews")
    page = text_of(analyst, ADDRESS)
    assert "Not published" in page
    assert "Publish these figures" not in page
    asked = analyst.get("/reports/case-reviews?from=2015-10-20&to=2016-10-19")
    assert asked.headers["Location"] == "/reports/case-reviews/2015-10-20_2016-10-19"
    assert "at most twelve months" in text_of(analyst, "/reports/case-reviews?from=2014-09-01&to=2016-06-30")
    assert analyst.get("/reports/case-reviews/2014-09-01_2016-06-30").status_code == 404
    assert analyst.get("/reports/case-reviews/2015").status_code == 200
    assert analyst.get("/reports/case-reviews/2015/16").status_code == 404

    assert "Publish these figures" in text_of(manager, ADDRESS)
    assert manager.submit(f"{ADDRESS}/publish").status_code == 302
    assert "1 application" in text_of(manager, ADDRESS)
    with app.app_context():
        make_case_review(applied_on=date(2015, 7, 1))
        db.session.commit()
    page = text_of(manager, ADDRESS)
    assert "published 1, now 2" in page
    assert manager.submit(f"{ADDRESS}/correct", {"because": "One was entered late."}).status_code == 302
    text = text_of(analyst, ADDRESS)
    assert "revised from 1 to 2" in text
    assert "Because: One was entered late." in text
    assert analyst.get(f"{ADDRESS}.json").get_json()["corrections"][0]["changed"][0]["to"] == 2
    assert b"published, revised" in analyst.get(f"{ADDRESS}.csv").data
