"""Who is signed in, for Flask-Login: the browser's signed cookie holds a token, everything else is in its session row."""

from dataclasses import dataclass, field

from flask import Flask, current_app

from asb_cases.adapters.time import now
from asb_cases.domain.sign_in import SessionLimits
from asb_cases.extensions import login_manager
from asb_cases.queries.sessions import SignedIn, signed_in_by


@dataclass(frozen=True)
class CurrentUser(SignedIn):
    """Somebody signed in, as Flask-Login wants them."""

    token: str = field(repr=False)
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the cookie keeps."""
        return self.token


def know_who_is_signed_in(app: Flask) -> None:
    """Install the reading of sessions. The session row is the authority: a copied cookie dies with it."""
    login_manager.session_protection = None
    login_manager.user_loader(user_of)


def user_of(token: str) -> CurrentUser | None:
    """Whom the token signs in, or None where its session is over."""
    found = signed_in_by(token, now=now(), limits=session_limits())
    return None if found is None else CurrentUser(**vars(found), token=token)


def session_limits() -> SessionLimits:
    """How long sessions last here."""
    return SessionLimits(idle=current_app.config["SIGN_IN_IDLE"], longest=current_app.config["SIGN_IN_LONGEST"])
