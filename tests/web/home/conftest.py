"""An officer with cases in every state that the first page counts, and their manager."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from asb_cases.domain.complaints import TriageState
from asb_cases.domain.permissions import Role
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.user import Team, User
from asb_cases.services.cases import allocate
from asb_cases.services.casework import add_note
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.reading_world import make_deadline
from tests.support.signed_in import client_of

#: Ten in the morning of Monday 2 March 2026.
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
HIDDEN = "Xqzhidden"


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@dataclass(frozen=True)
class Desk:
    """Who works here."""

    app: Flask
    officer: int
    manager: int
    legal: int

    def client(self, role: Role = Role.OFFICER) -> PageClient:
        users = {Role.OFFICER: self.officer, Role.MANAGER: self.manager, Role.LEGAL: self.legal}
        return client_of(self.app, users[role])


def clock(case: Case, rule: str, last_day: date, **given: Any) -> None:
    make_deadline(case, TODAY, rule=rule, starts_on=ago(400), last_day=last_day, **given)


@pytest.fixture
def desk(app: Flask) -> Desk:
    with app.app_context():
        team = make.make_team()
        officer, manager = make.make_user(team=team, name="Pat Quinn"), make.make_user(Role.MANAGER, team=team)
        legal = make.make_user(Role.LEGAL)
        own_cases(team, officer, manager)
        others(team, officer)
        return Desk(app, officer.id, manager.id, legal.id)


def own_cases(team: Team, officer: User, manager: User) -> None:
    """Three open cases and a closed one, with clocks and tasks on both sides of today."""
    first = make.make_case(team=team, owner=officer, title="First", opened_on=ago(10))
    second = make.make_case(team=team, owner=officer, title="Second", opened_on=ago(40), status=CaseStatus.NEW)
    make.make_case(team=team, owner=officer, title="Quiet", opened_on=ago(70))
    make.make_case(
        team=team, owner=officer, title="Done with", opened_on=ago(90), status=CaseStatus.CLOSED, closed_on=ago(5),
        closure_reason="r",
    )  # fmt: skip
    clock(first, "acknowledge", ago(3))
    clock(first, "acknowledge", ago(-3))
    clock(second, "response_priority_1", TODAY, due_at=NOW - timedelta(minutes=1))
    clock(second, "response_priority_1", TODAY, due_at=NOW + timedelta(minutes=1))
    clock(second, "cpw_life", ago(1))  # over, and nobody's fault
    clock(second, "cpn_end", ago(-28))
    clock(first, "cpn_review", ago(2))
    clock(first, "cpn_end", ago(-29))
    make.make_task(first, owner_id=officer.id, title="Ring", created_on=ago(9), due_on=ago(1))
    make.make_task(first, owner_id=officer.id, title="Visit", created_on=ago(9), due_on=ago(-7))
    make.make_task(second, owner_id=officer.id, title="Write", created_on=ago(9), due_on=ago(-8))
    make.make_task(first, owner_id=manager.id, title="Check", created_on=ago(9), due_on=ago(1))
    make.make_task(first, owner_id=officer.id, title="Rang", created_on=ago(9), due_on=ago(1), done_on=ago(1))
    add_note(actor=make.actor_of(manager), now=NOW - timedelta(hours=30), case_id=first.id, text="Well done")
    add_note(actor=make.actor_of(manager), now=NOW - timedelta(days=3), case_id=first.id, text="Too long ago")
    add_note(actor=make.actor_of(officer), now=NOW, case_id=first.id, text="By oneself")
    given = make.make_case(team=team, title="Given")
    allocate(actor=make.actor_of(manager), now=NOW, case_id=given.id, team_id=team.id, owner_id=officer.id)


def others(team: Team, officer: User) -> None:
    """What a manager sees to, what waits for triage, and what the officer does not see."""
    elsewhere = make.make_team()
    case = make.make_case(team=elsewhere, title="Elsewhere", opened_on=ago(100))
    clock(case, "acknowledge", ago(1))
    make.make_task(case, title="Nobody’s", created_on=ago(9), due_on=ago(2))
    hidden = make.make_case(team=team, owner=officer, title=HIDDEN, restricted=True, opened_on=ago(30))
    make.make_reader(hidden, make.make_user())
    clock(hidden, "acknowledge", ago(1))
    make.make_task(hidden, owner_id=officer.id, title=HIDDEN, created_on=ago(9), due_on=ago(2))
    make.make_complaint(made_on=ago(1))
    make.make_complaint(made_on=ago(9))
    make.make_complaint(made_on=TODAY, triage=TriageState.NOT_ASB, triage_reason="r")
    make.make_complaint(made_on=ago(1), description=HIDDEN, case=hidden)
    review = make.make_case_review(case=case, applied_on=ago(5))
    clock(case, "case_review_decide", ago(-5), case_review_id=review.id)
    make.make_case_review(case=case, applied_on=ago(50))
    make.make_intervention("CPW", case=case, status="draft", issued_on=None)
    prosecution = make.make_intervention("PROSECUTION", case=case, status="legal_review", issued_on=None)
    clock(case, "prosecution_limit", ago(-60), intervention_id=prosecution.id)
    clock(case, "court_hearing", ago(-20), intervention_id=prosecution.id)
    db.session.commit()
