"""The database that is measured: synthetic cases in SQLite, made once for each size and kept in the instance folder."""

import os
import sys
from pathlib import Path

import flask_migrate
from flask import Flask
from flask.testing import FlaskClient

from asb_cases import create_app
from asb_cases.adapters.time import now
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.queries.users import user_with_email
from asb_cases.services import sessions
from asb_cases.services.demo.fill import fill
from config import read_settings

SEED = 1


def filled_database(folder: Path, cases: int) -> Path:
    """The file with so many cases, filled if it is not there yet. One that was not finished is made anew."""
    done = folder / f"benchmark-{cases}.sqlite3"
    if not done.exists():
        draft = done.with_suffix(".draft")
        _remove(draft)
        folder.mkdir(parents=True, exist_ok=True)
        _fill(draft, cases)
        draft.rename(done)
        _remove(draft)
    return done


def _remove(database: Path) -> None:
    """Remove a database with what SQLite keeps beside it."""
    for part in ("", "-wal", "-shm", "-queue"):
        Path(f"{database}{part}").unlink(missing_ok=True)


def application(database: Path) -> Flask:
    """The application on that file, as it is installed."""
    return create_app(read_settings({**os.environ, "DATABASE_URL": f"sqlite:///{database}"}))


def signed_in_client(app: Flask) -> FlaskClient:
    """A client of the manager, who sees every case."""
    with app.app_context():
        manager = user_with_email("manager@example.org")
        if manager is None or manager.role is not Role.MANAGER:
            raise LookupError("The filled database has no manager@example.org.")
        token = sessions.start(user_id=manager.id, address="127.0.0.1", browser=None, now=now())
        db.session.remove()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return client


def _fill(database: Path, cases: int) -> None:
    app = application(database)
    with app.app_context():
        flask_migrate.upgrade()
        fill(now=now(), cases=cases, seed=SEED, told=lambda done: _tell(done, cases))
        with db.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
        with db.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.session.remove()
        db.engine.dispose()


def _tell(done: int, cases: int) -> None:
    if done % 5000 == 0 or done == cases:
        print(f"  {done:,} of {cases:,} cases", file=sys.stderr)
