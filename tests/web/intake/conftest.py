"""A team with an officer, a manager and a duty officer, and what they answer on the forms."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Role
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.signed_in import client_of


@dataclass(frozen=True)
class Desk:
    """The people who take reports in."""

    app: Flask
    team_id: int
    users: dict[Role, int]

    def client(self, role: Role = Role.OFFICER) -> PageClient:
        return client_of(self.app, self.users[role])


@pytest.fixture
def desk(app: Flask) -> Desk:
    with app.app_context():
        team = make.make_team("Safer Streets")
        users = {role: make.make_user(role, team=team).id for role in (Role.OFFICER, Role.MANAGER, Role.DUTY_OFFICER)}
        return Desk(app, team.id, users)


def answers(**given: Any) -> dict[str, Any]:
    """What stands in a form that is filled in quickly, with what the test says in its place (None: left out)."""
    day = today()
    usual = {
        "description": "Music until three",
        "categories": ["noise_music"],
        "place": "14 Marsh Lane",
        "postcode": "ox4 9zz",
        "day": day.isoformat(),
        "occurred_when": "10pm to 3am",
        "still_going_on": "yes",
        "channel": "phone",
        "made_on-day": day.day,
        "made_on-month": day.month,
        "made_on-year": day.year,
        "made_at": "00:00",
        "reporter": "person",
        "reporter_name": "Ann O’Neill",
        "reporter_phone": "01865 000123",
        "about": "individual",
        "person_name": "Bob Bass",
        "person_address": "14 Marsh Lane, OX4 9ZZ",
        "premises_as": "occupier",
    }
    return {name: value for name, value in {**usual, **given}.items() if value is not None}
