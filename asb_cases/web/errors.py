"""What went wrong, as a page: one list. Nothing personal and nothing of the program's insides stands on any of them."""

import logging
from math import ceil
from typing import NamedTuple

from flask import Flask, Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from asb_cases.adapters.passwords import Busy
from asb_cases.adapters.storage import StorageAway, StoredFileFault
from asb_cases.adapters.time import now
from asb_cases.domain.asking_pace import TooFast
from asb_cases.domain.calendar import local
from asb_cases.domain.errors import NotPermitted, RuleBroken
from asb_cases.queries.not_found import NotFound
from asb_cases.services.versions import StaleVersion
from asb_cases.web.access import somebody
from asb_cases.web.forms import sent_answers
from asb_cases.web.sent_twice import outcome_page

log = logging.getLogger(__name__)


class ErrorPage(NamedTuple):
    """The heading and the sentences of one kind of error."""

    title: str
    sentences: tuple[str, ...]


PAGES = {
    400: ErrorPage(
        "Your request could not be understood",
        ("Go back and try again. If you followed a link, it may be incomplete.",),
    ),
    403: ErrorPage(
        "You cannot open this page",
        ("Your role does not include it.", "If you need it for your work, ask your manager or your administrator."),
    ),
    404: ErrorPage(
        "Page not found",
        (
            "If you typed the address, check it is correct. If you pasted it, check you copied all of it.",
            "It may also be a record that is not shared with you.",
        ),
    ),
    405: ErrorPage(
        "This page cannot be opened that way",
        ("Go back and use the button or the link on the page before.",),
    ),
    413: ErrorPage(
        "What you sent is too large",
        ("Nothing was saved.", "Send smaller files, or fewer at a time. Shorten very long text."),
    ),
    429: ErrorPage(
        "Too many attempts",
        ("Wait a few minutes, then try again. Nothing you do meanwhile makes the wait longer.",),
    ),
    500: ErrorPage(
        "Sorry, there is a problem with the service",
        (
            "What you were doing was not saved. Try again later.",
            "The people who look after the service can find what happened from the time it is now.",
        ),
    ),
    503: ErrorPage(
        "Sorry, the service is unavailable",
        (
            "The record cannot be reached at the moment. What you were doing was not saved.",
            "Try again in a few minutes.",
        ),
    ),
}
NO_STORAGE = ErrorPage(
    "Files cannot be kept at the moment",
    (
        "The folder that files are kept in cannot be used, or its disk is full. What you were doing was not saved.",
        "Keep the originals. Tell the people who look after the service, and try again later.",
    ),
)
FILE_FAULT = ErrorPage(
    "This file cannot be opened",
    (
        "It is missing from where files are kept, or it is not what was received: it is not sent, so that nobody relies on it.",
        "Tell the people who look after the service: a backup holds the original.",
    ),
)
FORGERY = ErrorPage(
    "Your page was out of date",
    (
        "Nothing was saved.",
        "It happens when a page was open for long, after signing out or in again, or where a browser keeps no cookies.",
        "Go back, load the page again, and then send it. If you had typed a lot, copy it first.",
    ),
)


def show_errors(app: Flask) -> None:
    """Install the list: each error and what shows it."""
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(StaleVersion, _conflict)
    app.register_error_handler(NotPermitted, lambda _error: _page(403))
    app.register_error_handler(NotFound, lambda _error: _page(404))
    app.register_error_handler(TooFast, _too_fast)
    app.register_error_handler(Busy, lambda _error: _page(503))
    app.register_error_handler(StorageAway, _storage_away)
    app.register_error_handler(StoredFileFault, _file_fault)
    app.register_error_handler(CSRFError, lambda _error: _page(400, FORGERY))
    # The last: so many others were quicker that the act gave up after some tries.
    for away in (OperationalError, InterfaceError, PoolTimeout, StaleDataError):
        app.register_error_handler(away, _database_away)
    app.register_error_handler(HTTPException, _http)


def _http(error: HTTPException) -> ResponseReturnValue | HTTPException:
    """Any error that has a status. A redirect is one too, and is left alone."""
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    response = _page(error.code)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _database_away(error: Exception) -> Response:
    """The database does not answer: say so without asking it anything more. (Its words may hold values: not logged.)"""
    log.error("database unavailable: %s", type(error).__name__)
    response = _page(503)
    response.headers["Retry-After"] = "60"
    return response


def _storage_away(error: StorageAway) -> Response:
    log.error("files cannot be kept: %s", error)
    return _page(503, NO_STORAGE)


def _too_fast(error: TooFast) -> Response:
    """More searches or lists saved as files than anybody's work needs: when the next is answered."""
    sentences = (
        f"Try again after {local(error.again_at):%H:%M:%S}. Nothing you do meanwhile makes the wait longer.",
        "So many searches, or lists saved as files, in a short time are held back, so that nobody copies the record unnoticed.",
    )
    response = _page(429, ErrorPage("Too many at once", sentences))
    response.headers["Retry-After"] = str(max(1, ceil((error.again_at - now()).total_seconds())))
    return response


def _file_fault(error: StoredFileFault) -> Response:
    log.error("a kept file is %s", error)
    return _page(500, FILE_FAULT)


def _page(status: int, page: ErrorPage | None = None) -> Response:
    if status >= InternalServerError.code:
        g.actor = somebody()  # the frame must not need what may just have failed
    if status == RequestEntityTooLarge.code:
        g.form_refused = True  # the frame asks who is signed in, and must not read the form again
    shown = page or PAGES.get(status) or PAGES[400 if status < InternalServerError.code else 500]
    return make_response(render_template("errors/error.html", page=shown), status)


def _rule_broken(error: RuleBroken) -> Response:
    """An act that the rules refuse, where the view did not show it beside the answers."""
    page = render_template("errors/rule_broken.html", refusals=error.refusals, typed=sent_answers())
    return make_response(page, 422)


def _conflict(error: StaleVersion) -> Response:
    """Somebody else was quicker: both versions, and everything that was typed. Where it was the same form, sent twice at
    the same moment, there is no conflict."""
    if (done := outcome_page()) is not None:
        return make_response(done)
    answers = sent_answers(error.row)
    return make_response(render_template("errors/conflict.html", answers=answers, again=request.path), 409)
