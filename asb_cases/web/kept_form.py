"""What somebody typed while their session ran out: it goes back to their browser, signed, and is sent again once they
are signed in. Nothing of it is kept here, and nobody but the person who typed it is shown it again."""

from typing import NamedTuple

from flask import current_app, request, session
from itsdangerous import BadData, URLSafeTimedSerializer

from asb_cases.queries.sessions import user_id_of_session

#: Seconds for which it can be sent again: a working day.
LONGEST = 12 * 3600
#: Fields that are no answers.
NOT_TYPED = frozenset({"csrf_token", "form_key", "version", "resumed", "kept"})
#: Passwords are typed again.
NEVER_KEPT = ("/sign-in", "/account", "/set-password", "/forgotten-password", "/confirm-address")


class Kept(NamedTuple):
    """A form as it was sent: to which address, by whom, with which fields in their order."""

    path: str
    user_id: int
    fields: list[tuple[str, str]]


def keep_typed() -> str | None:
    """The form of this request, signed; None where nothing was typed, or nobody knows who typed it."""
    fields = [(name, value) for name, values in request.form.lists() for value in values if name != "csrf_token"]
    token = session.get("_user_id")
    if not any(value for name, value in fields if name not in NOT_TYPED) or not token:
        return None
    user_id = user_id_of_session(str(token))
    if user_id is None or request.path.startswith(NEVER_KEPT):
        return None
    return _signer().dumps(Kept(request.full_path.removesuffix("?"), user_id, fields))


def read_kept(text: str, *, user_id: int) -> Kept | None:
    """What was kept for this person; None where it is somebody else's, too old, or not ours."""
    try:
        path, typed_by, fields = _signer().loads(text, max_age=LONGEST)
    except BadData:
        return None
    return Kept(path, typed_by, [(name, value) for name, value in fields]) if typed_by == user_id else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="kept form")
