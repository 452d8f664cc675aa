"""A password that was made up for somebody is good for one thing: choosing one of their own."""

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from asb_cases.web.access import declared_access

#: Where they may go before that.
OPEN = frozenset({"accounts.own_password", "accounts.sign_out"})


def insist_on_own_password(app: Flask) -> None:
    """Install the check, behind the guard."""

    @app.before_request
    def choose_own_password_first() -> ResponseReturnValue | None:
        if request.endpoint is None or request.endpoint in OPEN:
            return None
        if not declared_access(current_app.view_functions[request.endpoint]):
            return None  # open to everybody
        return redirect(url_for("accounts.own_password")) if current_user.must_change_password else None
