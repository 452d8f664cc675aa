"""How a migration runs: in one transaction on either engine, one upgrade at a time, foreign keys checked at the end."""

from collections.abc import Iterable
from typing import Any

from alembic import context
from alembic.operations.ops import MigrationScript
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection

from asb_cases.extensions import BEGIN_IMMEDIATE, db

#: Any number that nothing else in the database locks on.
UPGRADE_LOCK = 20140313
#: An index over an expression, which no model describes.
SEARCH_INDEX_ON_POSTGRESQL = frozenset({"search_entries_words"})
#: PostgreSQL's index for searching by words stands in a migration alone: SQLite does the same by other means.
SEARCH_INDEX = "search_entries_words"


def run() -> None:
    """Run what `flask db` asked for on the application's own engine."""
    sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect().execution_options(**{BEGIN_IMMEDIATE: True}) as connection:
        if sqlite:
            # Changing a table on SQLite means copying it and dropping the old one: with foreign keys on, that would
            # delete the rows that point to it. The switch has no effect inside a transaction, so it comes first.
            set_foreign_keys(connection, on=False)
        try:
            with connection.begin():
                if not sqlite:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})")
                migrate_in(connection, sqlite=sqlite)
        finally:
            if sqlite:
                set_foreign_keys(connection, on=True)


def migrate_in(connection: Connection, *, sqlite: bool) -> None:
    """Run the migrations in the transaction that is open on `connection`."""
    hidden = tables_of_the_search_index(connection) if sqlite else frozenset({SEARCH_INDEX})
    options: dict[str, Any] = {
        **current_app.extensions["migrate"].configure_args,
        "process_revision_directives": number_the_revision,
        "include_name": lambda name, kind, _parents: not (kind in {"table", "index"} and name in hidden),
        "transactional_ddl": True,
        "render_as_batch": True,
    }
    context.configure(connection=connection, target_metadata=db.metadata, **options)
    context.run_migrations()
    if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise RuntimeError(f"a migration left rows of {broken[0]} pointing to rows of {broken[2]} that are not there")


def set_foreign_keys(connection: Connection, *, on: bool) -> None:
    """Switch SQLite's foreign keys without beginning a transaction."""
    connection.connection.cursor().execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def tables_of_the_search_index(connection: Connection) -> frozenset[str]:
    """SQLite's full-text index and the tables it keeps itself in: no models of ours, so no difference to report."""
    rows = connection.exec_driver_sql("PRAGMA table_list").mappings()
    return frozenset(row["name"] for row in rows if row["type"] in {"virtual", "shadow"})


def number_the_revision(_context: object, _revision: object, directives: list[MigrationScript]) -> None:
    """Give a new migration the next number: 0002, 0003, ..."""
    known: Iterable[str] = (script.revision for script in ScriptDirectory.from_config(context.config).walk_revisions())
    for directive in directives:
        directive.rev_id = f"{max((int(revision) for revision in known), default=0) + 1:04d}"


if context.is_offline_mode():
    raise SystemExit("Migrations need the database they change: run them without --sql.")
run()
