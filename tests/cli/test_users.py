"""`flask users create`."""

from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from asb_cases.adapters import passwords
from asb_cases.domain.permissions import Role, Via
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry
from asb_cases.models.partner_body import PartnerBody, PartnerBodyKind
from asb_cases.models.user import Team, User

PASSWORD = "purple monkey dishwasher"
CREATE = ("users", "create", "ann@example.org", "--name", "Ann Lee", "--password-stdin")


def test_makes_an_account_that_can_sign_in_at_once(app: Flask, console: FlaskCliRunner) -> None:
    result = console.invoke(args=[*CREATE, "--role", "administrator"], input=f"{PASSWORD}\n")
    assert (result.exit_code, result.stdout) == (0, "ann@example.org can sign in as administrator.\n")
    with app.app_context():
        user = db.session.scalars(select(User)).one()
        assert (user.name, user.role, user.active) == ("Ann Lee", Role.ADMINISTRATOR, True)
        assert user.password_changed_at is not None, "nobody is asked for another password"
        assert passwords.matches(PASSWORD, user.password_hash)
        assert db.session.scalars(select(HistoryEntry.via)).all() == [Via.CONSOLE]


@pytest.mark.parametrize("role", [role.value for role in Role if role is not Role.PARTNER])
@pytest.mark.engines("sqlite")
def test_every_role_by_its_name(console: FlaskCliRunner, role: str) -> None:
    assert console.invoke(args=[*CREATE, "--role", role], input=PASSWORD).exit_code == 0


def test_team_and_body_are_made_where_there_are_none(app: Flask, console: FlaskCliRunner) -> None:
    body = ("--body", "Thames Valley Police", "--body-kind", "police")
    assert console.invoke(args=[*CREATE, "--role", "partner", *body], input=PASSWORD).exit_code == 0
    other = ("users", "create", "bob@example.org", "--name", "Bob", "--role", "officer", "--password-stdin")
    assert console.invoke(args=[*other, "--team", "North"], input=PASSWORD).exit_code == 0
    with app.app_context():
        found = db.session.execute(
            select(User.email, Team.name, PartnerBody.kind).outerjoin(Team).outerjoin(PartnerBody)
        )
        assert sorted(map(tuple, found)) == [
            ("ann@example.org", None, PartnerBodyKind.POLICE),
            ("bob@example.org", "North", None),
        ]


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("--role", "officer"), "short", "12 characters or more"),
        (("--role", "officer"), "", "12 characters or more"),
        (("--role", "officer"), "password1234", "too easy to guess"),
        (("--role", "officer"), "annlee annlee", "too easy to guess"),
        (("--role", "partner"), PASSWORD, "no body is given"),
        (("--role", "officer", "--body", "Police"), PASSWORD, "Only a partner"),
    ],
)
@pytest.mark.engines("sqlite")
def test_what_is_refused_says_why_and_leaves_nothing(
    app: Flask, console: FlaskCliRunner, arguments: tuple[str, ...], typed: str, told: str
) -> None:
    result = console.invoke(args=[*CREATE, *arguments], input=typed)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    with app.app_context():
        assert db.session.scalars(select(User)).all() == []
        assert db.session.scalars(select(PartnerBody)).all() == []
        assert db.session.scalars(select(HistoryEntry)).all() == []


def test_the_same_address_twice(console: FlaskCliRunner) -> None:
    assert console.invoke(args=[*CREATE, "--role", "officer"], input=PASSWORD).exit_code == 0
    result = console.invoke(args=[*CREATE, "--role", "manager"], input=PASSWORD)
    assert result.exit_code == 1
    assert "already has an account" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("--role", "king"), (), ("--role", "officer", "--nonsense")],
)
@pytest.mark.engines("sqlite")
def test_bad_usage(console: FlaskCliRunner, arguments: tuple[str, ...]) -> None:
    assert console.invoke(args=[*CREATE, *arguments], input=PASSWORD).exit_code == 2


@pytest.mark.engines("sqlite")
def test_without_a_terminal_a_password_must_be_piped_in(
    console: FlaskCliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO())
    result = console.invoke(args=["users", "create", "ann@example.org", "--name", "Ann", "--role", "officer"])
    assert result.exit_code == 2
    assert "--password-stdin" in result.stderr


@pytest.mark.engines("sqlite")
def test_a_machine_too_busy_is_said_plainly(console: FlaskCliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(password: str) -> str:
        raise passwords.Busy

    monkeypatch.setattr(passwords, "hashed", busy)
    result = console.invoke(args=[*CREATE, "--role", "officer"], input=PASSWORD)
    assert result.exit_code == 1
    assert "too busy" in result.stderr


@pytest.mark.engines("sqlite")
def test_a_password_that_is_no_text(console: FlaskCliRunner) -> None:
    result = console.invoke(args=[*CREATE, "--role", "officer"], input=b"purple \xff monkey dishwasher\n")
    assert result.exit_code == 2
    assert "not text" in result.stderr
