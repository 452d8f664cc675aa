"""Coming in and leaving, as a browser does it."""

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from asb_cases.adapters import passwords
from asb_cases.adapters.time import now
from asb_cases.domain.permissions import Role
from asb_cases.domain.sign_in import LIMITS
from asb_cases.extensions import db
from asb_cases.models.user_session import UserSession
from tests.factories import make_user
from tests.support.page_client import PageClient

PASSWORD = "purple monkey dishwasher"
RIGHT = {"email": "ann@example.org", "password": PASSWORD}


@pytest.fixture(scope="module")
def kept() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def ann(app: Flask, kept: str) -> int:
    with app.app_context():
        return make_user(Role.MANAGER, email="ann@example.org", name="Ann Lee", password_hash=kept).id


def is_in(client: PageClient) -> bool:
    return client.get("/account").status_code == 200


def test_the_page_asks_with_the_labels_people_and_password_managers_know(client: PageClient) -> None:
    page = client.page("/sign-in")
    labels = {label.text: label.attributes["for"] for label in page.root.all("label")}
    assert list(labels) == ["Email address", "Password"]
    fields = {field.attributes.get("id"): field.attributes for field in page.root.all("input")}
    assert fields[labels["Email address"]]["autocomplete"] == "username"
    assert fields[labels["Password"]]["autocomplete"] == "current-password"
    assert "Sign in" in [button.text for button in page.root.all("button")]


def test_in_and_to_the_first_page(client: PageClient, ann: int) -> None:
    response = client.submit("/sign-in", RIGHT)
    assert (response.status_code, response.location) == (302, "/")
    assert "Ann Lee" in client.get("/account").text
    assert client.get("/sign-in").location == "/", "no need to sign in twice"


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/account", "/account"),
        ("/account?part=two", "/account?part=two"),
        ("//elsewhere.example/", "/"),
        ("https://elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
@pytest.mark.engines("sqlite")
def test_back_to_the_page_that_was_asked_for_and_nowhere_else(
    client: PageClient, ann: int, wanted: str, reached: str
) -> None:
    token = client.page("/sign-in").root
    hidden = next(
        field.attributes["value"] for field in token.all("input") if field.attributes.get("name") == "csrf_token"
    )
    response = client.post("/sign-in", query_string={"next": wanted}, data={**RIGHT, "csrf_token": hidden})
    assert response.location == reached


def test_signed_out_people_are_led_here_and_on(client: PageClient, ann: int) -> None:
    asked = client.get("/account")
    assert asked.location == "/sign-in?next=/account"
    assert client.submit(asked.location, RIGHT).location == "/account"


@pytest.mark.parametrize("email", ["ann@example.org", "nobody@example.org"])
def test_whatever_is_wrong_the_page_is_the_same(client: PageClient, ann: int, email: str) -> None:
    response = client.submit("/sign-in", {"email": email, "password": "not this one"})
    assert response.status_code == 422
    assert "The email address or the password is not right" in response.text
    assert "not this one" not in response.text
    assert response.text.count(email) == 1, "the address typed is kept, and nothing more is said of it"
    assert not is_in(client)


def test_nothing_typed_is_said_beside_the_fields(client: PageClient) -> None:
    response = client.submit("/sign-in")
    assert response.status_code == 422
    assert "Enter your email address" in response.text
    assert "Enter your password" in response.text


def test_too_many_attempts_are_told_to_wait(client: PageClient, ann: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "matches", lambda password, kept: False)
    for _ in range(LIMITS.account):
        assert client.submit("/sign-in", RIGHT).status_code == 422
    response = client.submit("/sign-in", RIGHT)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "300")


def test_a_busy_machine_says_so(client: PageClient, ann: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(password: str, kept: str | None) -> bool:
        raise passwords.Busy

    monkeypatch.setattr(passwords, "matches", busy)
    assert client.submit("/sign-in", RIGHT).status_code == 503


def test_what_the_browser_held_before_is_gone_after_signing_in(app: Flask, client: PageClient, ann: int) -> None:
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    client.submit("/sign-in", RIGHT)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        first_token = cookie["_user_id"]
    client.submit("/account", form=0)
    client.submit("/sign-in", RIGHT)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != first_token


def test_signing_in_over_a_session_ends_the_old_one(app: Flask, client: PageClient, ann: int) -> None:
    hidden = csrf_token(client)
    client.post("/sign-in", data={**RIGHT, "csrf_token": hidden})
    client.post("/sign-in", data={**RIGHT, "csrf_token": csrf_token(client, "/account/password")})
    with app.app_context():
        reasons = db.session.scalars(select(UserSession.ended_because).order_by(UserSession.id)).all()
    assert reasons == ["signed_in_again", None]


def test_leaving_ends_the_session_for_a_copied_cookie_too(app: Flask, client: PageClient, ann: int) -> None:
    client.submit("/sign-in", RIGHT)
    copied = client.get_cookie("asb_cases")
    assert copied is not None
    response = client.submit("/account", form=0)
    assert response.location == "/sign-in?left=yes"
    assert response.headers["Clear-Site-Data"] == '"cookies", "storage"'
    assert client.get_cookie("asb_cases") is None
    assert "You have signed out" in client.get(response.location).text
    thief = app.test_client()
    thief.set_cookie("asb_cases", copied.value)
    assert thief.get("/account").status_code == 302


def test_a_link_signs_nobody_out(client: PageClient, ann: int) -> None:
    client.submit("/sign-in", RIGHT)
    assert client.get("/sign-out").status_code == 405
    assert is_in(client)


@pytest.mark.engines("sqlite")
def test_an_hour_without_a_page_signs_out(client: PageClient, ann: int) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        client.submit("/sign-in", RIGHT)
        for _ in range(3):
            clock.shift(50 * 60)
            assert is_in(client)
        clock.shift(60 * 60)
        assert client.get("/account").location == "/sign-in?next=/account"


@pytest.mark.engines("sqlite")
def test_twelve_hours_are_the_most(client: PageClient, ann: int) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        client.submit("/sign-in", RIGHT)
        for _ in range(14):
            clock.shift(50 * 60)
            assert is_in(client)
        clock.shift(20 * 60)
        assert not is_in(client)


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(client: PageClient, ann: int) -> None:
    cookie = client.submit("/sign-in", RIGHT).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


@pytest.mark.engines("sqlite")
def test_over_https_the_cookie_is_bound_to_the_host(app: Flask, ann: int) -> None:
    app.config.update(SESSION_COOKIE_NAME="__Host-asb_cases", SESSION_COOKIE_SECURE=True)
    client = app.test_client()
    secure = {"base_url": "https://localhost"}
    token = csrf_token(client, **secure)
    referrer = {"Referer": "https://localhost/sign-in"}
    response = client.post("/sign-in", data={**RIGHT, "csrf_token": token}, headers=referrer, **secure)
    assert response.status_code == 302
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-asb_cases=")
    assert "Secure" in cookie
    assert client.get("/account", **secure).status_code == 200


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    email=st.text(max_size=30) | st.text(alphabet="\x00\ud800a@. \u0130", max_size=10),
    password=st.text(min_size=1, max_size=30) | st.text(alphabet="\x00\udfff a", max_size=300),
)
def test_whatever_is_typed_the_answer_is_a_page(app: Flask, client: PageClient, email: str, password: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sent = {"email": email.encode("utf-8", "surrogatepass"), "password": password.encode("utf-8", "surrogatepass")}
    assert client.post("/sign-in", data=sent).status_code in {422, 429}


def csrf_token(client: PageClient, path: str = "/sign-in", **given: str) -> str:
    page = client.page(path, **given)
    return next(
        field.attributes["value"] for field in page.root.all("input") if field.attributes.get("name") == "csrf_token"
    )
