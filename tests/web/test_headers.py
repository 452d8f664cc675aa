"""Every answer forbids caching, framing and foreign scripts, whatever became of the request."""

import pytest

from asb_cases.domain.permissions import Role
from tests.support.sample_pages import sample_app

PATHS = ["/cases", "/form", "/nowhere", "/refused", "/fails/500", "/fails/405", "/undeclared", "/sign-in"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", [Role.MANAGER, None])
def test_every_answer_has_them(path: str, role: Role | None) -> None:
    headers = sample_app(role).test_client().get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_browsers_are_told_to_stay_with_https_in_production() -> None:
    app = sample_app(PRODUCTION=True, BASE_URL="https://asb.example.gov.uk")
    assert app.test_client().get("/cases").headers["Strict-Transport-Security"].startswith("max-age=63072000")
