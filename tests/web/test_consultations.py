"""Pages that show records put it on record before they are sent, in one row, or are not sent."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask, Response, abort, redirect
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from asb_cases.adapters.time import now
from asb_cases.domain.errors import Refusal, RuleBroken
from asb_cases.domain.history import HistoryOperation
from asb_cases.domain.permissions import Permission, Role
from asb_cases.extensions import db
from asb_cases.models.history import Consultation
from asb_cases.models.user_session import UserSession
from asb_cases.services import consultations
from asb_cases.web.access import public, requires
from asb_cases.web.consultations import disclosed, shown
from tests.support.page_client import PageClient

pytestmark = pytest.mark.own_app

ClientAs = Callable[..., PageClient]


@pytest.fixture
def app(app: Flask) -> Flask:
    """With pages that show this and that."""

    def add(path: str, view: Callable[[], object]) -> None:
        app.add_url_rule(path, path, requires(Permission.USE_OWN_ACCOUNT)(view))  # type: ignore[type-var, arg-type]

    def two_kinds() -> str:
        shown("case", 1, 2)
        shown("person", 7, reason="Asked by the manager")
        shown("case", 3)
        return plain()

    def streamed() -> Response:
        disclosed("case", 4)

        def lines() -> Iterator[str]:
            yield f"{len(rows_in(app))} on record before the first line\n"

        return Response(lines(), mimetype="text/csv")

    def refused() -> str:
        shown("case", 1)
        raise RuleBroken((Refusal("no", "No.", "s.1", "Don't."),))

    def missing() -> str:
        shown("case", 1)
        abort(404)

    def elsewhere() -> Response:
        shown("case", 1)
        return redirect("/account")  # type: ignore[return-value]

    @public
    def open_to_all() -> str:
        return plain()

    add("/two-kinds", two_kinds)
    add("/streamed", streamed)
    add("/refused", refused)
    add("/missing", missing)
    add("/elsewhere", elsewhere)
    add("/plain", plain)
    app.add_url_rule("/open", "open", open_to_all)
    return app


def plain() -> str:
    return Response("shown", mimetype="text/plain")  # type: ignore[return-value]


def rows_in(app: Flask) -> list[Consultation]:
    with app.app_context():
        return list(db.session.scalars(select(Consultation).order_by(Consultation.id)))


def test_all_that_a_page_shows_is_one_row(app: Flask, client_as: ClientAs) -> None:
    assert client_as(Role.OFFICER).get("/two-kinds").status_code == 200
    (row,) = rows_in(app)
    assert json.loads(row.shown) == {"case": [1, 2, 3], "person": [7]}
    assert (row.endpoint, row.operation, row.reason) == (
        "/two-kinds", HistoryOperation.CONSULTATION, "Asked by the manager",
    )  # fmt: skip
    assert row.user_id is not None


def test_a_file_is_on_record_before_its_first_line(app: Flask, client_as: ClientAs) -> None:
    assert client_as(Role.ANALYST).get("/streamed").text.startswith("1 on record")
    assert [row.operation for row in rows_in(app)] == [HistoryOperation.DISCLOSURE]


@pytest.mark.parametrize(
    ("path", "status", "rows"),
    [("/refused", 422, 1), ("/missing", 404, 0), ("/elsewhere", 302, 0), ("/plain", 200, 0), ("/open", 200, 0)],
)
@pytest.mark.engines("sqlite")
def test_only_what_was_shown_is_on_record(app: Flask, client_as: ClientAs, path: str, status: int, rows: int) -> None:
    assert client_as(Role.OFFICER).get(path).status_code == status
    assert len(rows_in(app)) == rows


def test_what_cannot_be_recorded_is_not_sent(app: Flask, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_as(Role.OFFICER)

    def broken(**_given: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(consultations, "viewed", broken)
    response = client.get("/two-kinds")
    assert response.status_code == 503
    assert response.text != "shown"
    assert "Content-Security-Policy" in response.headers
    assert client.get("/plain").status_code == 200


@pytest.mark.parametrize("path", ["/two-kinds", "/plain"])
@pytest.mark.engines("sqlite")
def test_last_seen_is_kept_to_the_minute(app: Flask, client_as: ClientAs, path: str) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        client = client_as(Role.OFFICER)
        started = now()
        seen = []
        for _ in range(4):
            clock.shift(25)
            assert client.get(path).status_code == 200
            with app.app_context():
                seen.append(db.session.scalars(select(UserSession.last_seen_at)).one() - started)
    assert seen == [timedelta(0), timedelta(0), timedelta(seconds=75), timedelta(seconds=75)]


@pytest.mark.engines("sqlite")
def test_an_open_page_looks_nobody_up(app: Flask, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_as(Role.OFFICER)

    def looked_up(*_given: object, **_named: object) -> None:
        raise AssertionError("looked up")

    monkeypatch.setattr("asb_cases.web.signed_in.signed_in_by", looked_up)
    assert client.get("/open").status_code == 200
    assert client.get("/health").status_code == 200
