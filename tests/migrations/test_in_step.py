"""The migrations build the schema that the models describe, and can be taken back, on both engines."""

import flask_migrate
from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect

from asb_cases import create_app
from asb_cases.extensions import db
from tests.support.databases import empty_database
from tests.support.settings import settings_for_tests


def test_schema_is_the_one_that_the_models_describe(in_app: Flask) -> None:
    command.check(in_app.extensions["migrate"].migrate.get_config())


def test_all_the_way_down_leaves_nothing_and_up_again_the_same(engine_name: str) -> None:
    with empty_database(engine_name) as url:
        app = create_app(settings_for_tests(url))
        with app.app_context():
            flask_migrate.upgrade()
            first = set(inspect(db.engine).get_table_names())
            flask_migrate.downgrade(revision="base")
            assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
            flask_migrate.upgrade()
            assert set(inspect(db.engine).get_table_names()) == first
            db.engine.dispose()


def test_revisions_are_numbered_without_a_gap_in_one_line() -> None:
    scripts = list(ScriptDirectory("migrations").walk_revisions())
    assert sorted(script.revision for script in scripts) == [f"{number:04d}" for number in range(1, len(scripts) + 1)]
    assert all(script.path.rsplit("/", 1)[1].startswith(f"{script.revision}_") for script in scripts)
