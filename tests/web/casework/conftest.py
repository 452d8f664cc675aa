"""A case that an officer of its team works on, and clients of those who come to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from asb_cases.adapters.time import now, today
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.services.cases import Description, open_case
from tests.factories import make_body, make_participant, make_person, make_share, make_team, make_user
from tests.support.page_client import PageClient
from tests.support.signed_in import client_of


@dataclass(frozen=True)
class Desk:
    """The case, its people, and who works here."""

    app: Flask
    case_id: int
    reference: str
    complainant_id: int
    subject_id: int
    users: dict[Role, int]

    @property
    def path(self) -> str:
        """The case's page."""
        return f"/cases/{self.reference}"

    def client(self, role: Role = Role.OFFICER) -> PageClient:
        """Somebody of that role: of the case's team, or of the body that it is shared with."""
        return client_of(self.app, self.users[role])


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A case of priority 2, received an hour ago."""
    with app.app_context():
        team, body = make_team("North"), make_body("Police")
        users = {
            role: make_user(
                role,
                team=None if role is Role.PARTNER else team,
                body=body if role is Role.PARTNER else None,
                name=role.title(),
            ).id
            for role in Role
        }
        case_id = open_case(
            actor=CONSOLE,
            now=now() - timedelta(hours=1),
            description=Description("Loud music"),
            priority=2,
            team_id=team.id,
        )
        case = db.session.get_one(Case, case_id)
        complainant, subject = make_person("Wilhelmina Quennell"), make_person("Oisin Farrell")
        make_participant(case, complainant, Part.COMPLAINANT)
        make_participant(case, subject, Part.SUBJECT)
        make_share(case, body=body, from_on=today())
        return Desk(app, case_id, case.reference, complainant.id, subject.id, users)


@pytest.fixture
def row(app: Flask) -> Callable[..., object]:
    """The row of a model with an id, as it is now; without an id the only one there is."""

    def read(model: type, row_id: int | None = None) -> object:
        with app.app_context():
            return db.session.get_one(model, row_id) if row_id else db.session.query(model).one()

    return read


def day_parts(name: str, day: object) -> dict[str, str]:
    """The three boxes of a date."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}  # type: ignore[attr-defined]
