"""What the logs hold, and above all what they don't."""

import json
import logging
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from asb_cases.adapters.logs import configure_logging
from asb_cases.adapters.server_log import ServerLog, loggable


@pytest.fixture
def production() -> Iterator[None]:
    configure_logging(production=True)
    yield
    configure_logging(production=False)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.fixture
def record_line(capsys: pytest.CaptureFixture[str], production: None) -> list[dict[str, object]]:
    logging.getLogger("asb_cases.test").warning("queued", extra={"count": 3, "name_of_subject": "Smith"})
    return lines(capsys)


def test_line_is_json_with_known_fields_only(record_line: list[dict[str, object]]) -> None:
    (line,) = record_line
    assert line.pop("timestamp")
    assert line == {"event": "queued", "level": "warning", "logger": "asb_cases.test", "count": 3}


def test_exception_leaves_its_kind_and_way_but_not_its_words(
    capsys: pytest.CaptureFixture[str], production: None
) -> None:
    try:
        raise ValueError("Jane Smith, born 1 May 1990")
    except ValueError:
        logging.getLogger("asb_cases.test").exception("failed")
    (line,) = lines(capsys)
    assert line["error"] == "builtins.ValueError"
    assert "test_logs.py" in str(line["trace"])
    assert "Smith" not in json.dumps(line)


def test_developers_traceback_has_no_variables(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(production=False)
    subject = "Rosalind " + "Applemarch"
    try:
        int(len(subject) and "no number")
    except ValueError:
        logging.getLogger("asb_cases.test").exception("failed")
    written = capsys.readouterr().err
    assert "test_developers_traceback_has_no_variables" in written
    assert "ValueError" in written
    assert subject not in written


def test_developers_traceback_leaves_out_what_a_database_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(production=False)
    try:
        try:
            raise sqlite3.IntegrityError("Failing row contains (Rosalind Applemarch)")
        except sqlite3.IntegrityError as error:
            raise RuntimeError("the act failed") from error
    except RuntimeError:
        logging.getLogger("asb_cases.test").exception("failed")
    written = capsys.readouterr().err
    assert "IntegrityError" in written
    assert "the act failed" in written
    assert "Applemarch" not in written.replace(
        'sqlite3.IntegrityError("Failing row contains (Rosalind Applemarch)")', ""
    )


def test_request_line_has_no_query_string(capsys: pytest.CaptureFixture[str], production: None) -> None:
    log = ServerLog(Config())
    environ = {
        "REMOTE_ADDR": "192.0.2.7",
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/search\n\x1b[2Jforged",
        "QUERY_STRING": "q=smith",
        "RAW_URI": "/search?q=smith",
        "HTTP_REFERER": "http://localhost/search?q=smith",
    }
    response = SimpleNamespace(status="200 OK", sent=512)
    log.access(response, None, environ, timedelta(milliseconds=12.4))
    (line,) = lines(capsys)
    assert "smith" not in json.dumps(line)
    assert {key: line[key] for key in ("client", "method", "path", "status", "bytes", "ms")} == {
        "client": "192.0.2.7",
        "method": "GET",
        "path": "/search%0A%1B%5B2Jforged",
        "status": 200,
        "bytes": 512,
        "ms": 12,
    }


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/cases/ASB-2026-000123", "/cases/ASB-2026-000123"),
        ("/calendar/a-secret.ics", "/calendar/..."),
        ("/set-password/a-secret", "/set-password/..."),
        ("/a\nb", "/a%0Ab"),
    ],
)
def test_an_address_is_written_without_the_secret_it_ends_in(path: str, written: str) -> None:
    assert loggable(path) == written
