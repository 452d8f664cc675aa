"""The tools, created unbound: the database and its base class, migrations, sign-in, forgery protection.

`create_app` binds them. This module imports nothing of ours, so that every other module may import it.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

#: Execution option that makes SQLite take its write lock when the transaction begins.
BEGIN_IMMEDIATE = "begin_immediate"

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every row class inherits: one metadata, with constraint names that both engines agree on."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC. A naive value is refused; SQLite's missing time zone is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()


@event.listens_for(Engine, "connect")
def _prepare_sqlite(dbapi_connection: Any, _record: object) -> None:
    """Make a SQLite connection durable, strict about references and patient; leave BEGIN to us.

    `trusted_schema` stays on: SQLite up to 3.40 at least refuses triggers that feed a full-text index without it.
    """
    if not isinstance(dbapi_connection, sqlite3.Connection):
        return
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for setting in (
        "busy_timeout=10000",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cell_size_check=ON",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """Begin for SQLite ourselves. A transaction that will write takes the lock at once: one that reads first and
    then asks for it fails under load, whatever its patience."""
    if connection.dialect.name != "sqlite":
        return
    if connection.get_execution_options().get(BEGIN_IMMEDIATE, False):
        with _next_in_line(connection.engine.url.database):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")


def let_go_when_silent(engine: Engine, seconds: float) -> None:
    """Have PostgreSQL end a transaction of this process in which nothing was said for so many seconds: one that is frozen in
    the middle of an act would keep its rows locked, and everybody waiting, until it goes on. SQLite knows no such thing."""
    if engine.dialect.name != "postgresql":
        return

    @event.listens_for(engine, "connect")
    def say_so(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.execute(f"SET idle_in_transaction_session_timeout = {round(seconds * 1000)}")
        dbapi_connection.commit()

    engine.dispose()


@contextmanager
def _next_in_line(database: str | None) -> Iterator[None]:
    """Let writers wait for SQLite's write lock in a line, in a file beside the database.

    Left to itself each waiter looks again at longer and longer intervals, and one that has just committed takes the lock
    again at once: among many, somebody waits until they are turned away. Here only the first in line looks, for as long
    as `busy_timeout` says; who has the lock leaves the line, and comes back at its end.
    """
    if not database or database == ":memory:" or database.startswith("file:"):
        yield
        return
    with Path(f"{database}-queue").open("ab") as line:
        fcntl.flock(line, fcntl.LOCK_EX)
        yield
