"""Requests for another site's name are refused: a forged Host header must not end up in a link we send."""

from flask import Flask, abort, current_app, request
from werkzeug.sansio.utils import host_is_trusted

#: Load balancers ask for these by address.
ANY_HOST = frozenset({"health.alive", "health.ready"})


def check_hosts(app: Flask) -> None:
    """Install the check. `ALLOWED_HOSTS` None (no https in BASE_URL) lets every name in."""

    @app.before_request
    def refuse_unknown_host() -> None:
        allowed = current_app.config["ALLOWED_HOSTS"]
        if (
            allowed is not None
            and request.endpoint not in ANY_HOST
            and not host_is_trusted(request.host.lower(), allowed)
        ):
            abort(400)
