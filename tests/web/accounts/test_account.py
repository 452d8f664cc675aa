"""What people do about their own account."""

from collections.abc import Callable

import pytest
from flask import Flask

from asb_cases.adapters import passwords
from asb_cases.adapters.time import now
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.user import User
from asb_cases.services import sessions
from asb_cases.web.accounts.browsers import browser_in_words
from tests.factories import make_team, make_user
from tests.support.page_client import PageClient

OLD, NEW = "purple monkey dishwasher", "correct horse battery"
CHANGE = {"current": OLD, "password": NEW, "again": NEW}
ClientAs = Callable[..., PageClient]


@pytest.fixture(scope="module")
def kept() -> str:
    return passwords.hashed(OLD)


@pytest.fixture
def ann(app: Flask, kept: str) -> int:
    with app.app_context():
        team = make_team("North")
        return make_user(email="ann@example.org", name="Ann Lee", team=team, password_hash=kept).id


def password_of(app: Flask, user_id: int) -> str | None:
    with app.app_context():
        return db.session.get_one(User, user_id).password_hash


def test_own_details(client_as: ClientAs, ann: int) -> None:
    text = client_as(user_id=ann).get("/account").text
    for word in ("Ann Lee", "ann@example.org", "Officer", "North"):
        assert word in text


def test_a_new_password_signs_out_everywhere_else(app: Flask, client_as: ClientAs, ann: int) -> None:
    here, elsewhere, copied = client_as(user_id=ann), client_as(user_id=ann), app.test_client()
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = here.get_cookie(name)
    assert cookie is not None
    copied.set_cookie(name, cookie.value)
    assert copied.get("/account").status_code == 200
    response = here.submit("/account/password", CHANGE)
    assert response.location == "/account"
    assert copied.get("/account").status_code == 302, "a copied cookie outlives the password"
    assert "Your password has been changed" in here.get("/account").text
    assert elsewhere.get("/account").status_code == 302
    assert passwords.matches(NEW, password_of(app, ann))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"current": "not it"}, "The current password is not right"),
        ({"current": ""}, "Enter your current password"),
        ({"password": "short", "again": "short"}, "12 characters or more"),
        ({"password": "password1234", "again": "password1234"}, "too easy to guess"),
        ({"password": "ann lee ann lee", "again": "ann lee ann lee"}, "too easy to guess"),
        ({"password": "oxbridge-city-council", "again": "oxbridge-city-council"}, "too easy to guess"),
        ({"again": "something else altogether"}, "The two new passwords are not the same"),
    ],
)
@pytest.mark.engines("sqlite")
def test_what_is_refused_is_said_and_nothing_changes(
    app: Flask, client_as: ClientAs, ann: int, kept: str, given: dict[str, str], told: str
) -> None:
    response = client_as(user_id=ann).submit("/account/password", {**CHANGE, **given})
    assert response.status_code == 422
    assert told in response.text
    assert password_of(app, ann) == kept
    for typed in (OLD, NEW, "something else altogether"):
        assert typed not in response.text


def test_other_sessions_can_be_ended_one_by_one_and_all_at_once(app: Flask, client_as: ClientAs, ann: int) -> None:
    with app.app_context():
        firefox = "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"
        sessions.start(user_id=ann, address="192.0.2.7", browser=firefox, now=now())
    here, second, third = (client_as(user_id=ann) for _ in range(3))
    listed = here.get("/account").text
    assert "Firefox on Windows" in listed
    assert "192.0.2.7" in listed
    assert listed.count("This browser") == 1
    assert listed.count("Sign out there") == 3
    assert here.submit("/account", form=1).location == "/account"
    assert here.get("/account").text.count("Sign out there") == 2
    here.submit("/account")
    assert "Sign out there" not in here.get("/account").text
    assert [client.get("/account").status_code for client in (here, second, third)] == [200, 302, 302]


@pytest.mark.engines("sqlite")
def test_somebody_elses_session_is_not_found(app: Flask, client_as: ClientAs, ann: int) -> None:
    theirs, mine = client_as(user_id=ann), client_as(Role.ADMINISTRATOR)
    app.config["WTF_CSRF_ENABLED"] = False
    assert mine.post("/account/sessions/1/end").status_code == 404
    assert theirs.get("/account").status_code == 200


@pytest.mark.engines("sqlite")
def test_a_password_that_was_given_opens_nothing_but_the_choice_of_ones_own(
    app: Flask, client_as: ClientAs, ann: int
) -> None:
    with app.app_context():
        db.session.get_one(User, ann).password_changed_at = None
        db.session.commit()
    client = client_as(user_id=ann)
    for path in ("/", "/account", "/admin/roles"):
        assert client.get(path).location == "/account/password"
    assert "Choose your own password" in client.get("/account/password").text
    assert client.get("/health").status_code == 200
    assert client.submit("/account/password", CHANGE).location == "/account"
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox on Linux"),
        ("curl/8.0", "Unknown browser"),
        (None, "Unknown browser"),
    ],
)  # fmt: skip
def test_browsers_in_words(claim: str | None, words: str) -> None:
    assert browser_in_words(claim) == words
