"""One application an engine serves the tests of a run one after the other, each on a database of its own: making one takes
as long as an average test, most of it for addresses that are always the same. What a test adds to an application would
stay for the next, so nothing can be added to this one: such a test is marked `own_app`."""

from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine, make_url

import tests.support.asking_changes_nothing  # noqa: F401 - importing it switches it on
from asb_cases import create_app
from asb_cases.extensions import db
from tests.support.compiled_statements import share_compiled_statements
from tests.support.page_client import PageClient
from tests.support.session_folder import session_folder
from tests.support.settings import settings_for_tests

_apps: dict[str, tuple[Flask, dict[str, Any]]] = {}


def own_app_on(url: str, storage: Path) -> Flask:
    """An application that no other test sees."""
    app = create_app(settings_for_tests(url, storage))
    with app.app_context():
        share_compiled_statements(db.engine)
    app.test_client_class = PageClient
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(session_folder()))
    return app


def shared_app_on(url: str, storage: Path) -> Flask:
    """The application for the engine of this database, as if it had just been made for it."""
    kind = make_url(url).get_backend_name()
    if kind not in _apps:
        app = own_app_on(url, storage)
        made_with = dict(app.config)
        app.test_client().get("/health")  # from its first request on, nothing more can be registered
        _apps[kind] = app, made_with
        return app
    app, made_with = _apps[kind]
    settings = settings_for_tests(url, storage)
    app.config.clear()
    app.config.update(made_with | settings)
    with app.app_context():
        engine = create_engine(url, **app.config["SQLALCHEMY_ENGINE_OPTIONS"])
        db.engines[None] = engine  # type: ignore[index]
        share_compiled_statements(engine)
    return app
