"""One application and database for many tests, each of which makes its own case and looks at nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from asb_cases import create_app
from asb_cases.extensions import db
from tests.support.compiled_statements import share_compiled_statements
from tests.support.databases import fresh_database
from tests.support.settings import settings_for_tests


@contextmanager
def app_for_many_tests(engine: str) -> Iterator[Flask]:
    """The application on a migrated database, with a context open."""
    with fresh_database(engine) as url:
        app = create_app(settings_for_tests(url))
        with app.app_context():
            share_compiled_statements(db.engine)
            yield app
            db.session.remove()
            db.engine.dispose()
