"""Nothing that was typed is lost when a session runs out, and nobody else is shown it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from asb_cases.adapters import passwords
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.user import Team, User
from tests.factories import make_user
from tests.support.page_client import PageClient
from tests.support.page_markup import Page
from tests.support.signed_in import client_of

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "purple monkey dishwasher"
TYPED = {"team_name": "Harbour & Quays"}


@pytest.fixture
def emails(app: Flask) -> dict[str, int]:
    with app.app_context():
        kept = passwords.hashed(PASSWORD)
        users = [make_user(Role.ADMINISTRATOR, password_hash=kept, password_changed_at=MORNING) for _ in range(2)]
        db.session.commit()
        return {user.email: user.id for user in users}


def sent_too_late(app: Flask, user_id: int) -> tuple[PageClient, str]:
    """A form that was opened in the morning and is sent in the evening: its client and the page that answers."""
    with time_machine.travel(MORNING, tick=False):
        client = client_of(app, user_id)
        page = client.page("/admin/teams")
        forms = page.root.all("form")
        hidden = {
            field.attributes["name"]: field.attributes.get("value", "")
            for field in forms[-1].all("input")
            if field.attributes.get("type") == "hidden" and field.attributes.get("name") == "csrf_token"
        }
    with time_machine.travel(MORNING + timedelta(hours=9), tick=False):
        answer = client.post("/admin/teams", data={**hidden, **TYPED})
    assert answer.status_code == 401
    assert "Sign in again to go on" in answer.text
    assert "Harbour" not in answer.text
    return client, answer.text


def hidden_field(text: str, name: str) -> str:
    return next(
        field.attributes.get("value", "")
        for field in Page(text).root.all("input")
        if field.attributes.get("name") == name
    )


def test_what_was_typed_comes_back_to_the_person_who_typed_it(app: Flask, emails: dict[str, int]) -> None:
    email, user_id = next(iter(emails.items()))
    client, text = sent_too_late(app, user_id)
    with time_machine.travel(MORNING + timedelta(hours=9, minutes=1), tick=False):
        answer = client.post(
            "/sign-in",
            data={
                "csrf_token": hidden_field(text, "csrf_token"),
                "kept": hidden_field(text, "kept"),
                "email": email,
                "password": PASSWORD,
            },
        )
        assert "You are signed in again" in answer.text
        assert hidden_field(answer.text, "team_name") == TYPED["team_name"]
        again = {name: hidden_field(answer.text, name) for name in ("csrf_token", "resumed", "team_name")}
        shown = client.post("/admin/teams", data=again)
        assert shown.status_code == 200
        assert "What you typed is here again" in shown.text
        assert "Harbour &amp; Quays" in shown.text
        with app.app_context():
            assert db.session.scalar(select(func.count()).select_from(Team)) == 0
        del again["resumed"]
        assert client.post("/admin/teams", data=again).status_code == 302
        with app.app_context():
            assert db.session.scalar(select(Team.name)) == TYPED["team_name"]


def test_somebody_else_is_not_shown_it(app: Flask, emails: dict[str, int]) -> None:
    (_, first), (other, _) = emails.items()
    client, text = sent_too_late(app, first)
    with time_machine.travel(MORNING + timedelta(hours=9, minutes=1), tick=False):
        fields = {name: hidden_field(text, name) for name in ("csrf_token", "kept")}
        answer = client.post("/sign-in", data={**fields, "email": other, "password": PASSWORD})
        assert answer.status_code == 302
        assert answer.location == "/"


@pytest.mark.parametrize("kept", ["", "made up", "eyJhIjoxfQ.a.b"])
def test_what_we_did_not_sign_is_not_sent_on(app: Flask, emails: dict[str, int], kept: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    email = next(iter(emails))
    answer = app.test_client().post("/sign-in", data={"kept": kept, "email": email, "password": PASSWORD})
    assert (answer.status_code, answer.location) == (302, "/")


def test_a_password_is_never_kept(app: Flask, emails: dict[str, int], client_as: Callable[..., PageClient]) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with time_machine.travel(MORNING, tick=False):
        client = client_of(app, next(iter(emails.values())))
    with time_machine.travel(MORNING + timedelta(hours=9), tick=False):
        answer = client.post("/account/password", data={"current": "secret words", "password": "others"})
    assert answer.status_code == 302


def test_nobody_knows_whose_it_was_without_a_session(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post("/admin/teams", data=TYPED)
    assert (answer.status_code, answer.location) == (302, "/sign-in")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 0
