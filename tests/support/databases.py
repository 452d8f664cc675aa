"""A fresh, migrated database for each test, on either engine: a copy of a template that the run builds once.

Acts commit, so a test cannot be rolled back; copying a migrated database is the next cheapest thing.
"""

import itertools
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
import time_machine
from psycopg import sql
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url

from asb_cases import create_app
from asb_cases.extensions import db
from config import normalised_database_url
from tests.support.postgresql import PrivateServer
from tests.support.session_folder import made_once, session_folder
from tests.support.settings import settings_for_tests

#: The moment at which the demonstration of the suite is loaded.
DEMONSTRATION_DAY = datetime(2026, 11, 18, 10, 30, tzinfo=UTC)

_numbers = itertools.count(1)


@event.listens_for(Engine, "connect")
def _spare_the_disk(connection: Any, _record: object) -> None:
    """No test pulls the plug, so none needs to wait for the disk. (Runs after the application's own settings.)"""
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute("PRAGMA synchronous=OFF")


@contextmanager
def fresh_database(engine: str) -> Iterator[str]:
    """The address of a migrated database that nobody else uses, removed at the end."""
    with {"sqlite": _fresh_sqlite, "postgresql": _fresh_postgresql}[engine](_template(engine)) as url:
        yield url


@contextmanager
def empty_database(engine: str) -> Iterator[str]:
    """As `fresh_database`, without any table: for tests of the migrations themselves."""
    with {"sqlite": _fresh_sqlite, "postgresql": _fresh_postgresql}[engine](None) as url:
        yield url


@contextmanager
def demonstration_database(engine: str) -> Iterator[tuple[str, str]]:
    """The address of a database that `flask demo load` filled on DEMONSTRATION_DAY, and what it printed."""
    template, printed = _demonstration(engine)
    with {"sqlite": _fresh_sqlite, "postgresql": _fresh_postgresql}[engine](template) as url:
        yield url, printed


@cache
def _demonstration(engine: str) -> tuple[str, str]:
    """Loaded once a run: the template's name, and what the console printed."""
    load = {"sqlite": _sqlite_demonstration, "postgresql": _postgresql_demonstration}[engine]
    template, printed = json.loads(made_once(f"{engine}-demonstration", load))
    return template, printed


def _sqlite_demonstration() -> str:
    path = session_folder() / "demonstration.sqlite3"
    shutil.copyfile(_template("sqlite"), path)
    return json.dumps([str(path), _load_demonstration(f"sqlite:///{path}")])


def _postgresql_demonstration() -> str:
    name = f"{_template('postgresql')}_demonstration"
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    _administer(copy.format(sql.Identifier(name), sql.Identifier(_template("postgresql"))))
    return json.dumps([name, _load_demonstration(_postgresql_url(name))])


def _load_demonstration(url: str) -> str:
    app = create_app(settings_for_tests(url, session_folder() / "demonstration-files"))
    with time_machine.travel(DEMONSTRATION_DAY, tick=True):
        loaded = app.test_cli_runner().invoke(args=["demo", "load"])
    if loaded.exit_code:
        raise RuntimeError(loaded.output) from loaded.exception
    with app.app_context():
        _close(db.engine)
    return loaded.stdout


def _close(engine: Engine) -> None:
    """Leave everything in the main file, and no connection to what is going to be copied."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


@cache
def _template(engine: str) -> str:
    return made_once(f"{engine}-template", {"sqlite": _sqlite_template, "postgresql": _postgresql_template}[engine])


def migrate_to_head(url: str) -> None:
    """Run every migration on the database at `url`."""
    app = create_app(settings_for_tests(url))
    with app.app_context():
        flask_migrate.upgrade()
        _close(db.engine)


def _own_name() -> str:
    return f"{os.getpid()}_{next(_numbers)}"


def _sqlite_template() -> str:
    path = session_folder() / "template.sqlite3"
    migrate_to_head(f"sqlite:///{path}")
    return str(path)


@contextmanager
def _fresh_sqlite(template: str | None) -> Iterator[str]:
    path = session_folder() / f"{_own_name()}.sqlite3"
    if template is not None:
        shutil.copyfile(template, path)
    try:
        yield f"sqlite:///{path}"
    finally:
        for part in ("", "-wal", "-shm", "-queue"):
            Path(f"{path}{part}").unlink(missing_ok=True)


@cache
def _postgresql_server() -> str:
    """The address of a database on the server to use: the one given, else the run's private one."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        url = normalised_database_url(given)
        if "test" not in (make_url(url).database or ""):
            raise RuntimeError("TEST_DATABASE_URL names a database without the word test in its name: refused")
        return url

    def start() -> str:
        server = PrivateServer(session_folder() / "postgresql")
        server.start()
        return server.url

    return made_once("postgresql-server", start)


def _postgresql_template() -> str:
    name = f"asb_test_{session_folder().name.rpartition('-')[2].lower()}_template"
    _administer(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    migrate_to_head(_postgresql_url(name))
    return name


@contextmanager
def _fresh_postgresql(template: str | None) -> Iterator[str]:
    name = f"asb_test_{_own_name()}"
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    _administer(copy.format(sql.Identifier(name), sql.Identifier(template or "template0")))
    try:
        yield _postgresql_url(name)
    finally:
        _administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def remove_postgresql_template() -> None:
    """Take the templates off a server that is not ours to throw away."""
    if (session_folder() / "postgresql-template.json").exists():
        for name in (_template("postgresql"), f"{_template('postgresql')}_demonstration"):
            _administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _postgresql_url(name: str) -> str:
    return make_url(_postgresql_server()).set(database=name).render_as_string(hide_password=False)


@cache
def _administrator() -> psycopg.Connection[Any]:
    url = make_url(_postgresql_server()).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(url, autocommit=True)


def _administer(statement: sql.Composed) -> None:
    for patience in (0.05, 0.1, 0.2, 0.4, 0.8, None):
        try:
            _administrator().execute(statement)
            return
        except psycopg.errors.ObjectInUse:  # another worker is copying the template at this moment
            if patience is None:
                raise
            time.sleep(patience)
