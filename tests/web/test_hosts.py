"""Names under which the service answers."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from asb_cases.web.hosts import check_hosts


def client_of(allowed: list[str] | None) -> FlaskClient:
    app = Flask(__name__)
    app.config["ALLOWED_HOSTS"] = allowed
    check_hosts(app)
    app.add_url_rule("/cases", "cases.list", lambda: "cases")
    app.add_url_rule("/health", "health.alive", lambda: "ok")
    return app.test_client()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("asb.example.gov.uk", 200),
        ("ASB.example.gov.uk", 200),
        ("asb.example.gov.uk.evil.example", 400),
        ("10.0.0.7:8000", 400),
        ("evil.example", 400),
    ],
)
def test_in_production_pages_answer_to_their_own_name_only(host: str, status: int) -> None:
    client = client_of(["asb.example.gov.uk"])
    assert client.get("/cases", headers={"Host": host}).status_code == status
    assert client.get("/health", headers={"Host": host}).status_code == 200


def test_elsewhere_any_name_will_do() -> None:
    assert client_of(None).get("/cases", headers={"Host": "192.168.1.20:8000"}).status_code == 200
