"""The watch over asking requests sees a change, and lets pass what is kept by design."""

import pytest
from flask import Flask
from sqlalchemy import text

from asb_cases.extensions import db
from asb_cases.web.access import public

pytestmark = pytest.mark.own_app


def add_view(app: Flask, statement: str) -> None:
    @app.route("/probe", methods=["GET", "POST"])
    @public
    def probe() -> dict[str, str]:
        db.session.execute(text(statement))
        return {}


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    "statement", ["UPDATE teams SET name = ''", "DELETE FROM users", 'INSERT INTO "teams" (id) VALUES (1)']
)
def test_change_while_asking_is_seen(app: Flask, statement: str) -> None:
    add_view(app, statement)
    with pytest.raises(AssertionError, match="GET /probe changes rows"):
        app.test_client().get("/probe")


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    "statement", ["SELECT 1", "DELETE FROM consultations WHERE id = 0", "UPDATE user_sessions SET id = id"]
)
def test_asking_and_what_is_kept_by_design_pass(app: Flask, statement: str) -> None:
    add_view(app, statement)
    app.test_client().get("/probe")
