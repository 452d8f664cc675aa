"""`/`: where somebody's work is."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from asb_cases.domain.permissions import Permission, Role
from asb_cases.web.access import current_actor, requires

home = Blueprint("home", __name__)

FIRST_PAGES = {Role.ANALYST: "/reports", Role.ADMINISTRATOR: "/admin"}


@home.get("/")
@requires(Permission.USE_OWN_ACCOUNT)
def start() -> ResponseReturnValue:
    """On to the page that this person's role works from."""
    role = current_actor().role
    return redirect(FIRST_PAGES.get(role, "/cases") if role else "/sign-in")
