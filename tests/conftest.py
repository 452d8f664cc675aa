"""What every test may ask for. A test that asks for a database runs once on SQLite and once on PostgreSQL.

The application is imported by the fixtures that need it: tests of rules start without it.
"""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from tests.support.session_folder import close_session_folder, open_session_folder

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskCliRunner

    from asb_cases.domain.permissions import Role
    from tests.support.page_client import PageClient

ENGINES = ("sqlite", "postgresql")

# Two busy cores make single examples slow by chance: the number of examples is the budget, not the clock.
hypothesis_settings.register_profile("suite", deadline=None, max_examples=60, print_blob=True)
hypothesis_settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        # A polite end (Ctrl-C, or TERM from a build server) still stops the private database server.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        open_session_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        if os.environ.get("TEST_DATABASE_URL"):
            from tests.support.databases import remove_postgresql_template

            remove_postgresql_template()
        close_session_folder()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests that need a database on every engine, or on those that `@pytest.mark.engines` names."""
    if "engine_name" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("engines")
        metafunc.parametrize("engine_name", marker.args if marker else ENGINES)


@pytest.fixture
def engine_url(engine_name: str) -> Iterator[str]:
    """The address of a migrated database with nothing in it but what the migrations put there."""
    from tests.support.databases import fresh_database

    with fresh_database(engine_name) as url:
        yield url


@pytest.fixture
def app(request: pytest.FixtureRequest, engine_url: str, tmp_path: Path) -> "Iterator[Flask]":
    """The application on its own database. No context is left open: a test opens one where it needs it."""
    from asb_cases.extensions import db
    from tests.support.shared_app import own_app_on, shared_app_on

    make = own_app_on if request.node.get_closest_marker("own_app") else shared_app_on
    app = make(engine_url, tmp_path / "storage")
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: "Flask") -> "PageClient":
    """A browser without a screen that judges every page it is given."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def client_as(app: "Flask") -> "Callable[..., PageClient]":
    """Makes an account and gives a client signed in to it: `client_as(Role.MANAGER)`, `client_as(Role.OFFICER,
    team=team)`. For an account that exists: `client_as(user_id=user_id)`."""
    from tests.support.signed_in import client_of, client_with_role

    def make(role: "Role | None" = None, *, user_id: int | None = None, **given: object) -> "PageClient":
        if user_id is not None:
            return client_of(app, user_id)
        assert role is not None
        return client_with_role(app, role, **given)  # type: ignore[arg-type]

    return make


@pytest.fixture
def console(app: "Flask") -> "FlaskCliRunner":
    """Runs console commands: `console.invoke(args=["config", "check"])`."""
    return app.test_cli_runner()


@pytest.fixture
def in_app(app: "Flask") -> "Iterator[Flask]":
    """The application with a context open, for tests of acts and reads. Not together with `client`: a context that
    is open around a request lends the request its signed-in user."""
    with app.app_context():
        yield app


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own settings must not reach a test that reads the environment."""
    for name in ("DATABASE_URL", "SECRET_KEY", "BASE_URL", "COUNCIL_NAME", "MAIL_URL", "MAIL_FROM", "STORAGE_DIR"):
        if name in os.environ:
            monkeypatch.delenv(name)
