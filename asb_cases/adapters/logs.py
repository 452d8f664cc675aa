"""What the program writes about itself: readable lines on a developer's screen, JSON lines in production.

Nothing about people: no query strings, no values bound to SQL, no variables of a traceback, no messages of database
errors (they quote the offending row) and, in production, no exception messages at all. The kind of error and the places
it passed through stay.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import ExcInfo, Processor

#: Packages whose errors quote rows.
DATABASE_PACKAGES = frozenset({"sqlalchemy", "psycopg", "sqlite3"})
#: Of a record, these fields are written; anything else somebody hangs on it is left out.
FIELDS = frozenset(
    {"timestamp", "level", "logger", "event", "error", "trace", "client", "method", "path", "status", "bytes", "ms"}
    | {"job", "actor_id", "command", "remedy", "count", "seconds"}
)


def configure_logging(*, production: bool) -> None:
    """Send every log of this process to standard error. Calling it again changes nothing but the form."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(allow=FIELDS),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    outward: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if production:
        outward += [_error_without_message, structlog.processors.JSONRenderer(sort_keys=True)]
    else:
        outward += [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_write_traceback)]

    handler = _ToStandardError()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=outward))
    handler.set_name("asb_cases")
    root = logging.getLogger()
    for old in [known for known in root.handlers if known.get_name() == "asb_cases"]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for chatty in ("alembic", "apscheduler"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class _ToStandardError(logging.Handler):
    """Writes to whatever standard error is at that moment: a console command under test has one of its own."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except Exception:
            self.handleError(record)


def _error_without_message(_logger: object, _name: str, record: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its kind and the places it passed through."""
    information = record.pop("exc_info", None)
    if isinstance(information, tuple) and information[1] is not None:
        error = information[1]
        record["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
        record["trace"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
    return record


def _write_traceback(out: TextIO, information: ExcInfo) -> None:
    """Write a developer's traceback, oldest error first: no variables, and no message of a database's."""
    error: BaseException | None = information[1]
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for each in reversed(chain):
        out.write("\n" + "".join(traceback.format_tb(each.__traceback__)))
        quotes_rows = type(each).__module__.partition(".")[0] in DATABASE_PACKAGES
        out.write(f"{type(each).__qualname__}: {'(a database’s message, left out)' if quotes_rows else each}\n")
