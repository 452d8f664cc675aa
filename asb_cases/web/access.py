"""Who may come in. Every view says so, with `@requires(...)` or `@public`, and the guard refuses one that says nothing.

The guard judges by role. Whether somebody may see one record is asked with the record (queries/visibility.py), and a
record that is not theirs is "not found", so that an address tells nobody what exists.
"""

import logging
import re
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote, urlsplit

from flask import Flask, abort, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue, RouteCallable
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from asb_cases.domain.permissions import Actor, Permission, Via
from asb_cases.web.kept_form import keep_typed

log = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

SIGN_IN = "/sign-in"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
#: What browsers send with a request that our own pages, or the person at the address bar, made.
OWN_REQUESTS = frozenset({"same-origin", "none"})
LONGEST_NEXT = 1000
FORM_KEY = "form_key"
#: Marks a form that was sent by somebody whose session had ended, and who is signed in again.
RESUMED = "resumed"
_FORM_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")

_DECLARED = "_access_declared"


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Let in people whose role includes any of the permissions. Put it below the route."""
    if not permissions:
        raise TypeError("name at least one permission, or say @public")

    def declare(view: View) -> View:
        setattr(view, _DECLARED, frozenset(permissions))
        return view

    return declare


def public(view: View) -> View:
    """Let everybody in, signed in or not."""
    setattr(view, _DECLARED, frozenset())
    return view


def declared_access(view: RouteCallable) -> frozenset[Permission] | None:
    """The permissions of which a view asks any; empty where it is public; None where it says nothing."""
    return getattr(view, _DECLARED, None)


def may_come_in(view: RouteCallable, actor: Actor) -> bool:
    """Whether the guard would let the actor in."""
    declared = declared_access(view)
    return declared is not None and (not declared or any(actor.may(permission) for permission in declared))


def may_open(endpoint: str, actor: Actor) -> bool:
    """Whether the guard would let the actor open the page, by its endpoint."""
    return may_come_in(current_app.view_functions[endpoint], actor)


def current_actor() -> Actor:
    """Who asks: the person signed in with their role, or somebody unknown without one. Built once a request."""
    if "actor" not in g:
        g.actor = _signed_in_actor() if current_user.is_authenticated else somebody()
    actor: Actor = g.actor
    return actor


def somebody() -> Actor:
    """Whoever is not signed in."""
    return Actor(via=Via.WEB, address=request.remote_addr)


def _signed_in_actor() -> Actor:
    return Actor(
        via=Via.WEB,
        user_id=current_user.id,
        role=current_user.role,
        team_id=current_user.team_id,
        body_id=current_user.partner_body_id,
        address=request.remote_addr,
        form_key=sent_form_key(),
    )


def sent_form_key() -> str | None:
    """The key of the form that was sent with this request (see web/sent_twice.py), where it carries a good one."""
    if request.method != "POST" or "form_refused" in g:
        return None
    key = request.form.get(FORM_KEY, "")
    return key if _FORM_KEY.fullmatch(key) else None


def guard(app: Flask) -> None:
    """Install the guard in front of every view."""
    app.before_request(_refuse_other_sites)
    app.before_request(_refuse_the_rest)


def _refuse_other_sites() -> None:
    """Browsers say where a request comes from. One that changes something comes from our own pages."""
    sent_from = request.headers.get("Sec-Fetch-Site")
    if request.method not in SAFE_METHODS and sent_from is not None and sent_from not in OWN_REQUESTS:
        raise CSRFError("The request was made by another site.")


def _refuse_the_rest() -> ResponseReturnValue | None:
    """Send people to sign in, and refuse what is not theirs and what nobody declared."""
    if request.endpoint is None:
        return None  # no such address: the routing error is told by web/errors.py
    view = current_app.view_functions[request.endpoint]
    declared = declared_access(view)
    if declared is None:
        abort(403)
    if not declared or may_come_in(view, current_actor()):
        return None
    if current_actor().role is None:
        return ask_to_sign_in()
    log.warning("not permitted", extra={"actor_id": current_actor().user_id, "path": request.path})
    return abort(403)


def ask_to_sign_in() -> ResponseReturnValue:
    """The way in for somebody who is not signed in, or no longer: nothing that they typed is lost."""
    kept = keep_typed()
    if kept is None:
        return redirect(sign_in_address())
    return render_template("accounts/session_over.html", kept=kept, action=SIGN_IN), 401


def sign_in_address() -> str:
    """Where to sign in, and which page to come back to where the request only asked for one."""
    wanted = request.full_path.removesuffix("?")
    if request.method not in SAFE_METHODS or wanted == "/" or safe_next(wanted) is None:
        return SIGN_IN
    return f"{SIGN_IN}?next={quote(wanted, safe='/')}"


def safe_next(address: str | None) -> str | None:
    """`address` if it is a page of this service, else None: a link must not lead people elsewhere after signing in."""
    if not address or len(address) > LONGEST_NEXT or not address.isprintable():
        return None
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc or parts.path == SIGN_IN else address
