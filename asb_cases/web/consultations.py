"""Pages say what they show, and it is on record before the first byte leaves (DPA 2018 s.62).

A view calls `shown("case", case.id, case_id=case.id)`, once for each kind of row it shows, or `disclosed(...)` where
the rows leave as a file. All of it becomes one row when the view is done. Where that row cannot be written, the page
is not sent.

Writing it ends the transaction that the page was read in: a response that is streamed reads in one of its own.
"""

import logging
from dataclasses import dataclass, field

from flask import Flask, Response, current_app, g, request
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import ServiceUnavailable

from asb_cases.adapters.time import now
from asb_cases.domain.history import HistoryOperation
from asb_cases.domain.sign_in import SEEN_EVERY
from asb_cases.services import consultations, seen
from asb_cases.web.access import current_actor

log = logging.getLogger(__name__)

#: Besides success: a form shown again, with what it is about (409, 422). Other answers show no records.
SHOWING = frozenset({409, 422})


@dataclass
class Viewing:
    """What one response shows."""

    rows: dict[str, list[int]] = field(default_factory=dict)
    case_id: int | None = None
    reason: str | None = None
    operation: HistoryOperation = HistoryOperation.CONSULTATION


def shown(kind: str, *ids: int, case_id: int | None = None, reason: str | None = None) -> None:
    """Say that the page shows these rows. `kind` is the noun ("case", "person", "intervention"); `case_id` where the
    page is about one case. A list that turned out empty is a consultation too: it says that there is nothing."""
    viewing = _viewing()
    viewing.rows.setdefault(kind, []).extend(ids)
    viewing.case_id = case_id or viewing.case_id
    viewing.reason = reason or viewing.reason


def disclosed(kind: str, *ids: int, case_id: int | None = None, reason: str | None = None) -> None:
    """Say that these rows leave the system as a file."""
    shown(kind, *ids, case_id=case_id, reason=reason)
    _viewing().operation = HistoryOperation.DISCLOSURE


def log_consultations(app: Flask) -> None:
    """Install the record. After everything else that touches responses, so that it runs before it."""

    @app.after_request
    def write_before_sending(response: Response) -> Response:
        try:
            _write(response.status_code)
        except SQLAlchemyError:
            log.exception("what a page shows could not be recorded, so it was not sent")
            return current_app.make_response(current_app.handle_user_exception(ServiceUnavailable()))
        return response


def _write(status: int) -> None:
    viewing: Viewing | None = g.pop("viewing", None)
    moment = now()
    session_id = _session_to_mark()
    if viewing is not None and (status < 300 or status in SHOWING):
        consultations.viewed(
            actor=current_actor(),
            now=moment,
            endpoint=request.endpoint or "",
            shown=viewing.rows,
            case_id=viewing.case_id,
            reason=viewing.reason,
            operation=viewing.operation,
            session_id=session_id,
        )
    elif session_id is not None:
        seen.mark_seen(session_id=session_id, now=moment)


def _session_to_mark() -> int | None:
    """The session of this request, where it is time to note that it is in use. Nobody is looked up for it: a page that
    did not ask who is signed in is none that somebody uses."""
    if "_login_user" not in g or not current_user.is_authenticated or now() - current_user.last_seen_at < SEEN_EVERY:
        return None
    return int(current_user.session_id)


def _viewing() -> Viewing:
    if "viewing" not in g:
        g.viewing = Viewing()
    viewing: Viewing = g.viewing
    return viewing
