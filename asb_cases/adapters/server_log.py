"""gunicorn's log in our own form: one record a request, without query string, referrer or browser.

The address is written as it was sent, encoded, so that nothing in it can act on a screen or begin a line of its own.
"""

import logging
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from gunicorn.glogging import Logger

#: What follows these in an address is a secret.
SECRETS_FOLLOW = ("/calendar/", "/set-password/", "/confirm-address/")


def loggable(path: str) -> str:
    """The address as it may be written down: encoded as it was sent, without the secret that some end in."""
    for beginning in SECRETS_FOLLOW:
        if path.startswith(beginning):
            return f"{beginning}..."
    return quote(path.encode("latin-1"), safe="/")


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's loggers, handed on to the process's own handler (see `logs`)."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True
            log.setLevel(logging.INFO)

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        """`req` is unused: it holds the address as typed, query string included."""
        self.access_log.info(
            "request",
            extra={
                "client": environ.get("REMOTE_ADDR"),
                "method": environ.get("REQUEST_METHOD"),
                "path": loggable(environ.get("PATH_INFO", "")),
                "status": int(str(resp.status).split(maxsplit=1)[0]),
                "bytes": getattr(resp, "sent", None),
                "ms": round(request_time / timedelta(milliseconds=1)),
            },
        )
