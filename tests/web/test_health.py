"""Signs of life."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from asb_cases.extensions import db


def test_alive_without_sign_in(client: FlaskClient) -> None:
    response = client.get("/health")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok"})


def test_ready_with_database_and_storage(client: FlaskClient) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.get_json() == {"status": "ok", "checks": {"database": "ok", "storage": "ok"}}


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
    assert response.get_json()["checks"] == {"database": "ok", "storage": "The storage folder cannot be made or read"}
