"""The links of the frame: the parts of the service, one's account, the foot of the page.

A link stands there when its address exists and the guard would let the person in: nothing is said twice.
"""

from dataclasses import dataclass, replace

from flask import Flask, current_app, request
from flask.typing import RouteCallable
from flask_login import current_user

from asb_cases.web.access import SIGN_IN, current_actor, may_come_in

PARTS = (
    ("My work", "/"),
    ("Cases", "/cases"),
    ("Complaints", "/complaints"),
    ("Out of hours", "/out-of-hours"),
    ("People", "/people"),
    ("Interventions", "/interventions"),
    ("Case reviews", "/case-reviews"),
    ("Reports", "/reports"),
    ("Admin", "/admin"),
)
#: What is begun from every page.
QUICK = (("New case", "/cases/new"), ("New complaint", "/complaints/new"))
REMINDERS = "/reminders"
ACCOUNT = (("Reminders", REMINDERS), ("Your account", "/account"))
SIGN_OUT = "/sign-out"
FOOT = (("Accessibility statement", "/accessibility"), ("Privacy notice", "/privacy"))
SEARCH, HOME = "/search", "/"


@dataclass(frozen=True)
class Link:
    """One link. `current`: the page shown is in that part. `posts`: it changes something, so it is a button. `unread`: so
    many wait behind it."""

    label: str
    href: str
    current: bool = False
    posts: bool = False
    unread: int = 0


def show_navigation(app: Flask) -> None:
    """Give templates the frame's links."""
    for name in (navigation, quick_links, account_links, account_name, whose_page, footer_links, search_url, home_url):
        app.add_template_global(name)


def navigation() -> list[Link]:
    """The parts of the service that this person may enter."""
    return _open_links(PARTS) if current_actor().role else []


def quick_links() -> list[Link]:
    """What this person may begin from any page."""
    return _open_links(QUICK) if current_actor().role else []


def account_links() -> list[Link]:
    """What a person does about themselves; for somebody not signed in, the way to sign in."""
    if current_actor().role is None:
        return _open_links((("Sign in", SIGN_IN),)) if request.path != SIGN_IN else []
    leave = [Link("Sign out", SIGN_OUT, posts=True)] if SIGN_OUT in _views("POST") else []
    waiting = current_user.unread_reminders
    links = [replace(link, unread=waiting) if link.href == REMINDERS else link for link in _open_links(ACCOUNT)]
    return links + leave


def account_name() -> str:
    """Who is signed in, so that a shared desk shows whose record is being made."""
    return str(current_user.name) if current_actor().role else ""


def whose_page() -> int | None:
    """Whose page it is: what is typed into it and kept in the tab (static/asb.js) is offered to nobody else."""
    return current_actor().user_id


def footer_links() -> list[Link]:
    """What everybody may read about the service."""
    return _open_links(FOOT)


def search_url() -> str | None:
    """Where the search box of the frame asks, for those who may search."""
    return SEARCH if current_actor().role and _open_links((("Search", SEARCH),)) else None


def home_url() -> str:
    """The first page."""
    return HOME


def opens(path: str) -> bool:
    """Whether there is such a page, without a variable part, and this person may open it."""
    return bool(_open_links((("", path),)))


def _open_links(entries: tuple[tuple[str, str], ...]) -> list[Link]:
    views, actor = _views("GET"), current_actor()
    return [
        Link(label, path, current=request.path == path or request.path.startswith(f"{path}/"))
        for label, path in entries
        if path in views and may_come_in(views[path], actor)
    ]


def _views(method: str) -> dict[str, RouteCallable]:
    """The views by address, for addresses without a variable part. Read from the routes once."""
    kept: dict[str, dict[str, RouteCallable]] = current_app.extensions.setdefault("asb_views_by_address", {})
    if method not in kept:
        kept[method] = {
            rule.rule: current_app.view_functions[rule.endpoint]
            for rule in current_app.url_map.iter_rules()
            if not rule.arguments and method in (rule.methods or ())
        }
    return kept[method]
