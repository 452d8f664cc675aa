"""The track of a case worked in the browser: who sits at the desk, on which day, and what their pages say.

What is not the subject of a test is arranged by the acts themselves (`desk.arrange(lambda track: track.notice(20))`, see
tests/support/enforcement_track.py); what is, by pages: `desk.send(31, "officer", path, {...})`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from tests.support.enforcement_track import Track, at, make_track
from tests.support.page_client import PageClient
from tests.support.page_markup import Page
from tests.support.signed_in import client_of

R = TypeVar("R")


@dataclass(frozen=True)
class Desk:
    """One case, those who may act on it (`officer`, `colleague`, `manager`, `legal`), and the days on which they do."""

    app: Flask
    case_id: int
    subject_id: int
    actors: dict[str, Actor]

    def arrange(self, act: Callable[[Track], R]) -> R:
        """What the acts did before the page is asked for. No context stays open."""
        with self.app.app_context():
            case, subject = db.session.get_one(Case, self.case_id), db.session.get_one(Person, self.subject_id)
            return act(Track(case, subject, **self.actors))

    @contextmanager
    def day(self, number: int, hour: int = 10, minute: int = 0) -> Iterator[None]:
        """A moment of a day, at which the clock on the wall stands."""
        with time_machine.travel(at(number, hour, minute), tick=False):
            yield

    def client(self, who: str) -> PageClient:
        """Somebody, just signed in."""
        return client_of(self.app, self.actors[who].user_id or 0)

    def page(self, number: int, who: str, path: str) -> Page:
        """A page as somebody sees it on a day."""
        with self.day(number):
            response = self.client(who).get(path)
            assert response.status_code == 200, (path, response.status_code)
            return Page(response.get_data(as_text=True))

    def send(
        self, number: int, who: str, path: str, fields: dict[str, Any] | None = None, *, hour: int = 10
    ) -> TestResponse:
        """The page's form, filled in and sent as somebody would on a day."""
        with self.day(number, hour):
            client = self.client(who)
            return client.post(path, data={**opened_form(client, path), **(fields or {})})

    def send_late(
        self, number: int, slower: str, quicker: str, path: str, fields: dict[str, Any]
    ) -> tuple[TestResponse, TestResponse]:
        """Two open the page, the quicker sends it, then the slower: the answers to both."""
        with self.day(number):
            late, early = self.client(slower), self.client(quicker)
            hidden = opened_form(late, path)
            first = early.post(path, data={**opened_form(early, path), **fields})
            return first, late.post(path, data={**hidden, **fields})

    def path(self, intervention_id: int, move: str = "") -> str:
        """The address of an intervention, or of a step with it."""
        with self.app.app_context():
            reference = db.session.get_one(Intervention, intervention_id).reference
        return f"/interventions/{reference}" + (f"/{move}" if move else "")

    def step(self, intervention_id: int) -> Intervention:
        """The row as it is in the database now."""
        with self.app.app_context():
            return db.session.get_one(Intervention, intervention_id)

    def newest(self, power: str) -> int:
        """The id of the latest intervention of a power."""
        with self.app.app_context():
            return db.session.query(Intervention.id).filter_by(power=power).order_by(Intervention.id.desc()).first()[0]


def make_desk(app: Flask, **subject: Any) -> Desk:
    """A track as `make_track` makes it, and nobody signed in yet."""
    with app.app_context():
        track = make_track(**subject)
        actors = {who: getattr(track, who) for who in ("officer", "colleague", "manager", "legal")}
        return Desk(app, track.case.id, track.subject.id, actors)


def opened_form(client: PageClient, path: str) -> dict[str, str]:
    """The hidden fields of the page's own form."""
    forms = [form for form in client.page(path).root.all("form") if "asb-form" in form.attributes.get("class", "")]
    assert forms, f"{path} has no form: the step is not open"
    return {
        field.attributes["name"]: field.attributes.get("value", "")
        for field in forms[-1].all("input")
        if field.attributes.get("type") == "hidden" and "name" in field.attributes
    }


def typed_day(name: str, number: int) -> dict[str, str]:
    """A day of the track, typed into the three boxes of a question."""
    moment = at(number)
    return {f"{name}-day": str(moment.day), f"{name}-month": str(moment.month), f"{name}-year": str(moment.year)}


def text_of(response: TestResponse) -> str:
    """The words of a page, without its markup."""
    return " ".join(Page(response.get_data(as_text=True)).root.text.split())
