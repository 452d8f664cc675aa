"""The full case, and clients of each role that may or may not see it."""

from dataclasses import dataclass

import pytest
from flask import Flask

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.reading_world import FullCase, make_full_case
from tests.support.signed_in import client_of


@dataclass(frozen=True)
class Reading:
    """The full case and the people who read it."""

    app: Flask
    full: FullCase
    users: dict[Role, int]

    def client(self, role: Role = Role.OFFICER) -> PageClient:
        """Somebody of that role: an officer of the case's team, a partner with whom it is shared."""
        return client_of(self.app, self.users[role])


@pytest.fixture
def reading(app: Flask) -> Reading:
    with app.app_context():
        team, body = make.make_team("Safer Streets"), make.make_body("Police")
        owner = make.make_user(Role.OFFICER, team=team, name="Pat Quinn")
        full = make_full_case(team, owner, today())
        make.make_share(db.session.get_one(Case, full.case_id), body=body)
        users = {Role.OFFICER: owner.id}
        for role in Role:
            if role is not Role.OFFICER:
                users[role] = make.make_user(role, team=team, body=body if role is Role.PARTNER else None).id
        return Reading(app, full, users)
