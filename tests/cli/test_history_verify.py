"""`flask history verify`: what somebody did behind the application's back is seen."""

from datetime import datetime, timedelta, timezone

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import text

from asb_cases.domain.permissions import CONSOLE
from asb_cases.extensions import db
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction

NOW = datetime(2026, 7, 6, 9, 0, tzinfo=timezone(timedelta(hours=1)))


@transaction
def say(reason: str | None) -> None:
    record("signed_in", Subject("user", None), actor=CONSOLE, now=NOW, reason=reason)


def verify(console: FlaskCliRunner) -> Result:
    result = console.invoke(args=["history", "verify"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def tamper(app: Flask, *statements: str) -> None:
    """As somebody could who holds the database: without the triggers that refuse it."""
    with app.app_context():
        names = {"postgresql": "ALTER TABLE history_entries DISABLE TRIGGER ALL"}
        if db.engine.dialect.name == "sqlite":
            found = db.session.scalars(
                text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='history_entries'")
            )
            without = [f"DROP TRIGGER {name}" for name in found]
        else:
            without = [names["postgresql"]]
        for statement in (*without, *statements):
            db.session.execute(text(statement))
        db.session.commit()


@pytest.fixture
def with_three(app: Flask) -> Flask:
    with app.app_context():
        for reason in ("first", None, "third"):
            say(reason)
    return app


def test_an_untouched_history_holds(with_three: Flask, console: FlaskCliRunner) -> None:
    result = verify(console)
    assert (result.exit_code, result.stdout) == (0, "The history holds: 3 entries, each linked to the one before.\n")


def test_nothing_recorded_yet_holds(console: FlaskCliRunner) -> None:
    assert verify(console).exit_code == 0


def test_an_erased_reason_leaves_the_chain_whole(with_three: Flask, console: FlaskCliRunner) -> None:
    with with_three.app_context():
        db.session.execute(text("UPDATE history_entries SET reason = NULL, reason_salt = NULL WHERE id = 1"))
        db.session.commit()
    assert verify(console).exit_code == 0


BROKEN: list[tuple[str, str, str]] = [
    ("UPDATE history_entries SET kind = 'signed_out' WHERE id = 2", "entry 2", "its content is not what was recorded"),
    ("UPDATE history_entries SET reason = 'other' WHERE id = 3", "entry 3", "its reason is not what was recorded"),
    ("DELETE FROM history_entries WHERE id = 2", "entry 3", "entry 2 is missing"),
    ("DELETE FROM history_entries WHERE id = 3", "entry 3", "the chain ends at entry 2, but 3 were recorded"),
    (f"UPDATE history_entries SET previous_hash = '{'0' * 64}' WHERE id = 2", "entry 2", "does not link"),
]


@pytest.mark.parametrize(("statement", "entry", "problem"), BROKEN, ids=[row[2] for row in BROKEN])
def test_what_was_tampered_with_is_named(
    with_three: Flask, console: FlaskCliRunner, statement: str, entry: str, problem: str
) -> None:
    tamper(with_three, statement)
    result = verify(console)
    assert result.exit_code == 1
    assert entry in result.stderr
    assert problem in result.stderr
