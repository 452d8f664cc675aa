"""Clients that are signed in, by a session row as signing in makes it, without the cost of a password."""

from flask import Flask

from asb_cases.adapters.time import now
from asb_cases.domain.permissions import Role
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.user import Team
from asb_cases.services import sessions
from tests.factories import make_user
from tests.support.page_client import PageClient


def client_of(app: Flask, user_id: int) -> PageClient:
    """A client of this account, in a session of its own. Needs no context, and leaves none open."""
    with app.app_context():
        token = sessions.start(user_id=user_id, address="127.0.0.1", browser=None, now=now())
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert isinstance(client, PageClient)
    return client


def client_with_role(
    app: Flask, role: Role, *, team: Team | None = None, body: PartnerBody | None = None
) -> PageClient:
    """A client of a new account with that role."""
    with app.app_context():
        user_id = make_user(role, team=team, body=body).id
    return client_of(app, user_id)


def cookie_of(app: Flask, user_id: int, address: str) -> dict[str, str]:
    """What a browser at that address holds once the account is signed in, for `context.add_cookies([...])`."""
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client_of(app, user_id).get_cookie(name)
    assert cookie is not None
    return {"name": name, "value": cookie.value, "url": address}
