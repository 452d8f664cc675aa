"""The pages of contact warnings, and where staff read one before they go."""

from datetime import timedelta

import pytest
from flask import Flask

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.person import Person
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.reading_world import FullCase, make_full_case
from tests.support.signed_in import client_of

DO, WHY = "Visit in pairs xqzdo", "Xqzwhy: a bottle was thrown from the balcony"


@pytest.fixture
def full(app: Flask) -> tuple[FullCase, dict[Role, int]]:
    with app.app_context():
        team, body = make.make_team("Safer Streets"), make.make_body("Police")
        owner = make.make_user(Role.OFFICER, team=team)
        full = make_full_case(team, owner, today())
        make.make_share(db.session.get_one(Case, full.case_id), body=body)
        users = {role: make.make_user(role, team=team, body=body if role is Role.PARTNER else None).id for role in Role}
        return full, users


def in_days(days: int) -> dict[str, str]:
    day = today() + timedelta(days=days)
    return {"review_on-day": str(day.day), "review_on-month": str(day.month), "review_on-year": str(day.year)}


def set_one(app: Flask, full: FullCase, user_id: int) -> PageClient:
    client = client_of(app, user_id)
    path = f"/people/{full.subject_id}/contact-warnings/new"
    answer = client.submit(path, {"precautions": DO, "reason": WHY, **in_days(60)})
    assert (answer.status_code, answer.location) == (302, f"/people/{full.subject_id}")
    return client


def test_set_and_read_before_a_visit(app: Flask, full: tuple[FullCase, dict[Role, int]]) -> None:
    case, users = full
    set_one(app, case, users[Role.OFFICER])
    pages = [f"/people/{case.subject_id}", f"/cases/{case.case}", f"/interventions/{case.notice}"]
    for role in (Role.OFFICER, Role.MANAGER, Role.LEGAL):
        for page in pages:
            text = client_of(app, users[role]).get(page).text
            assert DO in text, (role, page)
            assert WHY in text, (role, page)
    assert "Contact warning" in client_of(app, users[Role.DUTY_OFFICER]).get("/people").text


def test_a_partner_and_an_analyst_read_nothing_of_it(app: Flask, full: tuple[FullCase, dict[Role, int]]) -> None:
    case, users = full
    set_one(app, case, users[Role.MANAGER])
    for role in (Role.PARTNER, Role.ANALYST, Role.ADMINISTRATOR):
        for page in (f"/cases/{case.case}", f"/interventions/{case.notice}", "/people", f"/people/{case.subject_id}"):
            text = client_of(app, users[role]).get(page).text.lower()
            assert "xqz" not in text, (role, page)
            assert "contact warning" not in text, (role, page)


def test_the_review_is_asked_for_within_a_year_and_nothing_typed_is_lost(
    app: Flask, full: tuple[FullCase, dict[Role, int]]
) -> None:
    case, users = full
    client = client_of(app, users[Role.OFFICER])
    path = f"/people/{case.subject_id}/contact-warnings/new"
    answer = client.submit(path, {"precautions": DO, "reason": WHY, **in_days(500)})
    assert answer.status_code == 422
    assert "more than a year ahead" in answer.text
    assert WHY in answer.text


def test_review_it_and_end_it(app: Flask, full: tuple[FullCase, dict[Role, int]]) -> None:
    case, users = full
    client = set_one(app, case, users[Role.OFFICER])
    page = client.get(f"/people/{case.subject_id}").text
    review = page.split('/review">Review')[0].rsplit('href="', 1)[1] + "/review"
    assert client.submit(review, {"precautions": "Telephone first", "reason": WHY, **in_days(90)}).status_code == 302
    page = client.get(f"/people/{case.subject_id}").text
    assert "Reviewed and kept" in page
    end = page.split('/end">end it')[0].rsplit('href="', 1)[1] + "/end"
    assert client.submit(end, {"reason": "Moved to another town"}).status_code == 302
    page = client.get(f"/people/{case.subject_id}").text
    assert "asb-contact-warning" not in page
    assert "Moved to another town" in page
    assert DO not in client.get(f"/cases/{case.case}").text


def test_one_past_its_review_says_so(app: Flask, full: tuple[FullCase, dict[Role, int]]) -> None:
    case, users = full
    with app.app_context():
        person = db.session.get_one(Person, case.subject_id)
        make.make_contact_warning(person, set_on=today() - timedelta(days=90), review_on=today() - timedelta(days=1))
    assert "Review overdue" in client_of(app, users[Role.OFFICER]).get(f"/cases/{case.case}").text


def test_a_warning_of_somebody_else_is_not_found_under_this_person(
    app: Flask, full: tuple[FullCase, dict[Role, int]]
) -> None:
    case, users = full
    with app.app_context():
        other = make.make_contact_warning(make.make_person("Somebody Else")).id
    path = f"/people/{case.subject_id}/contact-warnings/{other}/end"
    assert client_of(app, users[Role.OFFICER]).get(path).status_code == 404
