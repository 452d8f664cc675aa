"""Looking after accounts on the pages."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.user import User
from tests.factories import make_body, make_team, make_user
from tests.support.page_client import PageClient

ClientAs = Callable[..., PageClient]
PASSWORD = "purple monkey dishwasher"


@pytest.fixture
def administrator(client_as: ClientAs) -> PageClient:
    return client_as(Role.ADMINISTRATOR)


@pytest.fixture
def bob(app: Flask) -> int:
    with app.app_context():
        return make_user(Role.OFFICER, name="Bob Hill", email="bob@example.org").id


def row(app: Flask, user_id: int) -> User:
    with app.app_context():
        return db.session.get_one(User, user_id)


def link_in(text: str) -> str:
    """The one-time link on a page, as the person would open it."""
    found = re.search(r"<code[^>]*>http://localhost(/[^<]+)</code>", text)
    assert found is not None
    return found[1]


def test_a_new_person_sets_a_password_by_a_link_that_is_shown_once(
    app: Flask, administrator: PageClient, client: PageClient
) -> None:
    with app.app_context():
        team_id = make_team("North").id
    answers = {"email": "cat@example.org", "name": "Cat Low", "role": "officer", "team": str(team_id), "body": ""}
    link = link_in(administrator.submit("/admin/users/new", answers).text)
    listed = administrator.get("/admin/users").text
    assert link not in listed
    assert "No password yet" in listed
    chosen = {"password": PASSWORD, "again": PASSWORD}
    assert client.submit(link, chosen).location == "/sign-in"
    assert client.get(link).status_code == 404, "it works once"
    assert client.submit("/sign-in", {"email": "cat@example.org", "password": PASSWORD}).location == "/"
    with app.app_context():
        assert db.session.scalars(select(User.team_id).where(User.email == "cat@example.org")).one() == team_id


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"email": "bob@example.org"}, "already has an account"),
        ({"email": "not an address"}, "Enter an email address in the correct format"),
        ({"name": ""}, "Enter the person&#39;s name"),
        ({"role": "partner"}, "no body is given"),
        ({"role": "king"}, "Choose one of the options shown"),
        ({"team": "999"}, "Choose one of the options shown"),
    ],
)
@pytest.mark.engines("sqlite")
def test_what_is_refused_is_said_beside_the_answer(
    app: Flask, administrator: PageClient, bob: int, answers: dict[str, str], told: str
) -> None:
    least = {"email": "cat@example.org", "name": "Cat Low", "role": "officer", "team": "", "body": ""}
    response = administrator.submit("/admin/users/new", {**least, **answers})
    assert response.status_code == 422
    assert told in response.text
    assert (answers.get("name", "Cat Low")) in response.text, "what was typed is still there"
    with app.app_context():
        assert db.session.scalars(select(User).where(User.email == "cat@example.org")).all() == []


def test_a_change_of_role_signs_out_and_holds_at_once(
    app: Flask, administrator: PageClient, client_as: ClientAs, bob: int
) -> None:
    of_bob = client_as(user_id=bob)
    with app.app_context():
        body_id = make_body().id
    answers = {"name": "Bob Hill", "role": "partner", "team": "", "body": str(body_id)}
    response = administrator.submit(f"/admin/users/{bob}", answers, form=1)
    assert response.location == f"/admin/users/{bob}"
    assert (row(app, bob).role, row(app, bob).partner_body_id) == (Role.PARTNER, body_id)
    assert of_bob.get("/account").status_code == 302


def test_the_slower_of_two_administrators_is_told(app: Flask, client_as: ClientAs, bob: int) -> None:
    first, second = client_as(Role.ADMINISTRATOR), client_as(Role.ADMINISTRATOR)
    answers = {"name": "Bob Hull", "role": "officer", "team": "", "body": "", "version": "1"}
    assert first.submit(f"/admin/users/{bob}", answers, form=1).status_code == 302
    response = second.submit(f"/admin/users/{bob}", {**answers, "name": "Bob Hall"}, form=1)
    assert response.status_code == 409
    assert "Bob Hull" in response.text
    assert "Bob Hall" in response.text
    assert row(app, bob).name == "Bob Hull"


def test_out_of_use_and_into_it_again(app: Flask, administrator: PageClient, client_as: ClientAs, bob: int) -> None:
    of_bob = client_as(user_id=bob)
    assert administrator.submit(f"/admin/users/{bob}").status_code == 302
    assert not row(app, bob).active
    assert of_bob.get("/account").status_code == 302
    assert "Out of use" in administrator.get("/admin/users").text
    assert administrator.submit(f"/admin/users/{bob}").status_code == 302
    assert row(app, bob).active


@pytest.mark.engines("sqlite")
def test_a_link_for_a_forgotten_password_shuts_the_account_until_it_is_used(
    app: Flask, administrator: PageClient, client: PageClient, client_as: ClientAs, bob: int
) -> None:
    of_bob = client_as(user_id=bob)
    first = link_in(administrator.submit(f"/admin/users/{bob}", form=2).text)
    assert of_bob.get("/account").status_code == 302
    second = link_in(administrator.submit(f"/admin/users/{bob}", form=2).text)
    assert client.get(first).status_code == 404, "the second took its place"
    assert client.submit(second, {"password": PASSWORD, "again": PASSWORD}).location == "/sign-in"
    assert client.submit("/sign-in", {"email": "bob@example.org", "password": PASSWORD}).location == "/"


@pytest.mark.engines("sqlite")
def test_another_address_is_confirmed_by_its_reader(
    app: Flask, administrator: PageClient, client: PageClient, bob: int
) -> None:
    link = link_in(administrator.submit(f"/admin/users/{bob}/email", {"email": "rob@example.org"}).text)
    assert "rob@example.org" in client.get(link).text
    assert row(app, bob).email == "bob@example.org", "looking changes nothing"
    assert client.submit(link).location == "/sign-in"
    assert row(app, bob).email == "rob@example.org"
    told = administrator.submit(f"/admin/users/{bob}/email", {"email": "ROB@example.org"})
    assert (told.status_code, "the address that the account has" in told.text) == (422, True)


@pytest.mark.engines("sqlite")
def test_the_last_administrator_is_told_why_not(app: Flask, client_as: ClientAs) -> None:
    with app.app_context():
        ann = make_user(Role.ADMINISTRATOR, name="Ann Lee").id
    client = client_as(user_id=ann)
    response = client.submit(f"/admin/users/{ann}")
    assert response.status_code == 422
    assert "only administrator" in response.text
    answers = {"name": "Ann Lee", "role": "manager", "team": "", "body": ""}
    response = client.submit(f"/admin/users/{ann}", answers, form=1)
    assert response.status_code == 422
    assert "only administrator" in response.text
    assert row(app, ann).role is Role.ADMINISTRATOR


@pytest.mark.engines("sqlite")
def test_a_person_who_is_not_there(administrator: PageClient) -> None:
    assert administrator.get("/admin/users/99999").status_code == 404


@pytest.mark.engines("sqlite")
def test_teams_and_partner_bodies(administrator: PageClient) -> None:
    assert administrator.submit("/admin/teams", {"team_name": "North"}, form=1).location == "/admin/teams"
    answers = {"body_name": "Thames Valley Police", "kind": "police"}
    assert administrator.submit("/admin/teams", answers, form=2).location == "/admin/teams"
    text = administrator.get("/admin/teams").text
    assert "North" in text
    assert "Thames Valley Police</a> (police)" in text
    assert "Enter the name of the team" in administrator.submit("/admin/teams", {"team_name": " "}, form=1).text
    assert "Choose what it is" in administrator.submit("/admin/teams", {"body_name": "Housing"}, form=2).text


@pytest.mark.engines("sqlite")
def test_the_page_of_roles_says_what_the_program_reads(client_as: ClientAs) -> None:
    page = client_as(Role.PARTNER).page("/admin/roles")
    tables = page.root.all("table")
    rows = {
        line.all("th")[0].text: [cell.text for cell in line.all("td")] for line in tables[1].all("tbody")[0].all("tr")
    }
    roles = [heading.text for heading in tables[1].all("thead")[0].all("th")][1:]
    assert dict(zip(roles, rows["Manage users"], strict=True)) == {
        "Officer": "No", "Manager": "No", "Legal": "No", "Duty officer": "No", "Partner": "No", "Analyst": "No",
        "Administrator": "Yes",
    }  # fmt: skip
    assert rows["Lay prosecution"][roles.index("Legal")] == "Yes"
    seen = [line.all("th")[0].text for line in tables[0].all("tbody")[0].all("tr")]
    assert seen == ["Cases", "Restricted cases", "Figures"]
