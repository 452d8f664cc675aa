"""Signs of life."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from asb_cases.adapters.time import now
from asb_cases.extensions import db
from asb_cases.queries import readiness
from asb_cases.services import leases
from tests.factories import make_email

OK = {"database": "ok", "scheduler": "ok", "outbox": "ok", "storage": "ok"}


@pytest.fixture(autouse=True)
def a_clock_that_runs(app: Flask) -> None:
    readiness._last_seen.clear()
    with app.app_context():
        assert leases.take("scheduler", "host:1", instead_of=None, now=now())


def test_alive_without_sign_in(client: FlaskClient) -> None:
    response = client.get("/health")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok"})


def test_ready_with_database_and_storage(client: FlaskClient) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.get_json() == {"status": "ok", "checks": OK}


def test_not_ready_with_a_schema_of_another_version(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert "not upgraded" in response.get_json()["checks"]["database"]


def test_not_ready_without_any_table(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert "does not answer" in response.get_json()["checks"]["database"]


def test_not_ready_where_nothing_can_be_stored(app: Flask, client: FlaskClient) -> None:
    app.config["STORAGE_DIR"] = "/dev/null/storage"
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.get_json()["checks"] == OK | {"storage": "The storage folder cannot be made or read"}


def test_not_ready_where_no_clock_runs(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        leases.release("scheduler", "host:1")
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.get_json()["checks"]["scheduler"] == "No scheduler is running: reminders and e-mails wait"


def test_not_ready_where_the_clock_has_fallen_silent(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = [100.0]
    monkeypatch.setattr(readiness.time, "monotonic", lambda: watch[0])
    assert client.get("/health/ready").status_code == 200
    watch[0] += readiness.STILL_FOR - 1
    assert client.get("/health/ready").status_code == 200
    watch[0] += 2
    assert client.get("/health/ready").get_json()["checks"]["scheduler"].startswith("The scheduler has stopped")
    with app.app_context():
        leases.beat("scheduler", "host:1")
    assert client.get("/health/ready").status_code == 200


def test_not_ready_where_email_does_not_leave(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_email(next_try_at=now() - timedelta(minutes=50))
    assert client.get("/health/ready").status_code == 200
    with app.app_context():
        make_email(next_try_at=now() - timedelta(minutes=61))
    assert client.get("/health/ready").status_code == 200, "no mail server is set: all of it waits"
    app.config |= {"MAIL_URL": "smtp://localhost", "MAIL_FROM": "asb@example.org"}
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.get_json()["checks"]["outbox"] == "E-mail has been waiting for over an hour"
