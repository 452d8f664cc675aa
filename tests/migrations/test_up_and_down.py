"""Every migration runs up, down and up again with rows in the tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, text

from asb_cases import create_app
from asb_cases.extensions import Base, db
from tests.support.databases import empty_database, fresh_database
from tests.support.one_of_each import fill
from tests.support.settings import settings_for_tests

REVISIONS = [script.revision for script in ScriptDirectory(str(Path("migrations").absolute())).walk_revisions()][::-1]

#: Tables whose first rows a migration brings.
REMADE = frozenset({"categories", "case_categories", "complaint_categories", "history_head"})


@contextmanager
def app_on(url: str, storage: Path) -> Iterator[Flask]:
    app = create_app(settings_for_tests(url, storage))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def unmigrated(engine_name: str, tmp_path: Path) -> Iterator[Flask]:
    with empty_database(engine_name) as url, app_on(url, tmp_path) as app:
        yield app


@pytest.fixture
def migrated(engine_name: str, tmp_path: Path) -> Iterator[Flask]:
    """On a copy of the database that every migration of this run has made."""
    with fresh_database(engine_name) as url, app_on(url, tmp_path) as app:
        yield app


def counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        tables = [name for name in Base.metadata.tables if inspect(connection).has_table(name)]
        return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in tables}


def guards() -> set[str]:
    """The triggers and the indexes that no model knows."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            return set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars())
        triggers = connection.execute(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")).scalars()
        indexes = connection.execute(
            text("SELECT indexname FROM pg_indexes WHERE indexname = 'search_entries_words'")
        ).scalars()
        return {*triggers, *indexes}


def test_one_of_each_leaves_no_table_out(unmigrated: Flask) -> None:
    flask_migrate.upgrade()
    fill()
    assert [name for name, count in counts().items() if count == 0] == []


def test_each_migration_goes_down_and_up_again_with_rows_in_it(migrated: Flask) -> None:
    """From the last to the first: each goes down, up and down again. What a migration made goes with it; every row of the
    tables that were there before comes through, and so do the guards."""
    fill()
    rows, triggers = counts(), guards()
    for revision in reversed(REVISIONS):
        before, guarded = counts(), guards()
        earlier = str(int(revision) - 1).zfill(4) if revision != "0001" else "base"
        flask_migrate.downgrade(revision=earlier)
        kept = set(counts()) - REMADE
        flask_migrate.upgrade(revision=revision)
        after = counts()
        assert guards() == guarded, revision
        assert {name: after[name] for name in kept} == {name: before[name] for name in kept}, revision
        flask_migrate.downgrade(revision=earlier)
    assert counts() == {}
    flask_migrate.upgrade()
    fill()
    assert (counts(), guards()) == (rows, triggers)


def test_a_task_of_a_second_persons_check_is_given_its_document(migrated: Flask) -> None:
    fill()
    titled = "UPDATE tasks SET title = 'Second person’s check of ' || (SELECT min(reference) FROM interventions)"
    flask_migrate.downgrade(revision="0022")
    with db.engine.begin() as connection:
        connection.execute(text(titled))
    flask_migrate.upgrade(revision="0023")
    named = "SELECT reference FROM interventions JOIN tasks ON tasks.check_of_id = interventions.id"
    with db.engine.connect() as connection:
        assert connection.execute(text(named)).scalars().all() == [
            connection.execute(text("SELECT min(reference) FROM interventions")).scalar_one()
        ]


def test_the_history_can_only_be_added_to(unmigrated: Flask) -> None:
    flask_migrate.upgrade()
    fill()
    refused = [
        "UPDATE history_entries SET kind = 'x'",
        "UPDATE history_entries SET reason = 'another'",
        "DELETE FROM history_entries",
        "UPDATE consultations SET user_id = NULL",
        "DELETE FROM consultations",
        "UPDATE notes SET text = 'never said'",
        "UPDATE notes SET corrected_because = 'another reason'",
        "DELETE FROM notes",
        "UPDATE attachments SET sha256 = substr(sha256, 1, 63) || 'b'",
        "DELETE FROM attachments",
        "UPDATE complaint_updates SET text = 'never said'",
        "DELETE FROM complaint_updates",
        "UPDATE case_review_publications SET applications = 9",
        "DELETE FROM case_review_publications",
        "UPDATE procedure_reviews SET findings = 'never said'",
        "DELETE FROM procedure_reviews",
    ]
    if db.engine.dialect.name == "sqlite":
        refused.append("INSERT OR REPLACE INTO history_entries SELECT * FROM history_entries")
    else:
        refused.append("TRUNCATE history_entries CASCADE")
    for statement in refused:
        with pytest.raises(Exception, match="only ever added to"), db.engine.begin() as connection:
            connection.execute(text(statement))

    with db.engine.begin() as connection:
        connection.execute(text("UPDATE history_entries SET reason = NULL, reason_salt = NULL"))
        connection.execute(text("UPDATE notes SET withheld_on = '2016-03-01', withheld_because = 'third party'"))
        connection.execute(text("UPDATE consultations SET reason = NULL"))
