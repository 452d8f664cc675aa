"""An office with a browser for each of its people: one application served for a whole file of journeys, each of which
works on records of its own and looks at nothing else.

The clock on the wall stands where a journey puts it (`office.on(day)`): whoever signs in then works on that day.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import time_machine
from flask import Flask
from playwright.sync_api import Browser, Page

from asb_cases import create_app
from asb_cases.adapters import passwords
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.policy import PolicyValue
from asb_cases.models.user import Team, User
from tests.factories import (
    actor_of,
    keep,
    make_authorisation,
    make_case,
    make_participant,
    make_person,
    make_team,
    make_user,
)
from tests.support.compiled_statements import share_compiled_statements
from tests.support.databases import fresh_database
from tests.support.enforcement_track import Track, at, day
from tests.support.page_client import PageClient
from tests.support.serving import serving
from tests.support.settings import settings_for_tests
from tests.support.signed_in import cookie_of

R = TypeVar("R")
TELEPHONE = {"width": 320, "height": 640}
PASSWORD = "purple monkey dishwasher"
PEOPLE = {
    "officer": Role.OFFICER,
    "colleague": Role.OFFICER,
    "manager": Role.MANAGER,
    "legal": Role.LEGAL,
    "duty": Role.DUTY_OFFICER,
}


@dataclass
class Office:
    """The people of one team, by what they are: accounts of the application that is served at `address`."""

    app: Flask
    browser: Browser
    address: str
    team_id: int
    ids: dict[str, int]
    _open: ExitStack = field(default_factory=ExitStack)

    @contextmanager
    def on(self, number: int, hour: int = 10, minute: int = 0) -> Iterator[None]:
        """The clock on the wall at a moment of a day, counted as `tests/support/enforcement_track.py` counts."""
        with time_machine.travel(at(number, hour, minute), tick=True):
            yield

    def tab(self, who: str | None, **options: Any) -> Page:
        """An empty tab of somebody who has just signed in; addresses may be given as paths. An error in a page's script
        fails the journey that caused it."""
        context = self.browser.new_context(
            base_url=self.address, locale="en-GB", timezone_id="Europe/London", **options
        )
        self._open.callback(context.close)
        if who is not None:
            context.add_cookies([cookie_of(self.app, self.ids[who], self.address)])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", self._failed)
        return page

    def arrange(self, act: Callable[[Track], R], **subject: Any) -> R:
        """What the acts did, in a new case of the team, before the pages are looked at."""
        with self.app.app_context():
            users = {
                who: db.session.get_one(User, self.ids[who]) for who in ("officer", "colleague", "manager", "legal")
            }
            team = db.session.get_one(Team, self.team_id)
            person = make_person(**{"born_on": date(1990, 5, 1), **subject})
            case = make_case(team=team, owner=users["officer"], opened_on=day(-60))
            make_participant(case, person)
            return act(Track(case, person, **{who: actor_of(user) for who, user in users.items()}))

    def decide(self, policy: str, value: str) -> None:
        """What the council's policy is, from the first day on."""
        with self.app.app_context():
            keep(PolicyValue(code=policy, from_on=day(0), value=value, source="A decision", entered_at=at(0)))

    def reference(self, intervention_id: int) -> str:
        with self.app.app_context():
            return db.session.get_one(Intervention, intervention_id).reference

    def close_tabs(self) -> None:
        self._open.close()

    @staticmethod
    def _failed(error: object) -> None:
        raise AssertionError(f"an error in a page's script: {error}")


@contextmanager
def open_office(browser: Browser, folder: Path) -> Iterator[Office]:
    """The application with its people, on SQLite, served."""
    with fresh_database("sqlite") as url:
        app = create_app(settings_for_tests(url, folder / "storage"))
        app.test_client_class = PageClient
        with app.app_context():
            share_compiled_statements(db.engine)
            team = make_team("Safer Streets")
            kept = passwords.hashed(PASSWORD)
            users = {
                who: make_user(
                    role, team=team if role is not Role.LEGAL else None, name=who.capitalize() + " Person",
                    email=f"{who}@example.org", password_hash=kept,
                )
                for who, role in PEOPLE.items()
            }  # fmt: skip
            for who in ("officer", "manager"):
                for power in ("CPN", "FPN"):
                    make_authorisation(users[who], power, from_on=date(2014, 10, 20))
            ids, team_id = {who: user.id for who, user in users.items()}, team.id
        with serving(app) as address:
            yield Office(app, browser, address, team_id, ids)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
