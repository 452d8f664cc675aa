"""Synthetic cases: lawful, whole, the same for the same seed, with a history that holds."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select, text
from sqlalchemy.orm import aliased

from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Case, Participant
from asb_cases.models.complaint import Complaint
from asb_cases.models.deadline import Deadline
from asb_cases.models.history import HistoryEntry
from asb_cases.models.intervention import Intervention
from asb_cases.models.payment import Payment
from asb_cases.models.search_entry import SearchEntry
from asb_cases.models.service import Service
from asb_cases.models.user import User
from asb_cases.queries.history import verify_history
from asb_cases.services.demo.fill import fill
from tests.factories import NOW, make_team, make_user

CASES = 450

pytestmark = pytest.mark.usefixtures("in_app")


def count(row: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(row)) or 0


@pytest.fixture
def officer(in_app: Any) -> User:
    return make_user(Role.OFFICER, team=make_team())


@pytest.mark.usefixtures("officer")
def test_everything_hangs_together() -> None:
    steps: list[int] = []

    fill(now=NOW, cases=CASES, seed=3, told=steps.append)

    assert steps == [200, 400, 450]
    assert count(Case) == CASES
    assert count(Participant) == 2 * CASES
    assert count(Complaint) >= CASES
    assert verify_history().holds
    assert count(HistoryEntry) > 8 * CASES
    assert count(SearchEntry) > 5 * CASES
    given = db.session.scalars(select(Intervention.id)).all()
    assert sorted(db.session.scalars(select(Service.intervention_id))) == sorted(given)
    assert db.session.scalar(select(func.min(Case.opened_on))) == date(2015, 4, 1)
    assert db.session.scalar(select(func.max(Deadline.starts_on))) <= NOW.date()
    powers = dict(db.session.execute(select(Intervention.power, func.count()).group_by(Intervention.power)).all())
    assert powers["CPW"] > powers["CPN"] > powers["FPN"] == count(Payment)


@pytest.mark.usefixtures("officer")
def test_no_notice_without_an_earlier_warning_to_the_same_subject() -> None:
    fill(now=NOW, cases=CASES, seed=3, told=lambda done: None)

    warning = aliased(Intervention)
    rows = db.session.execute(
        select(Intervention.subject_id, Intervention.issued_on, warning.subject_id, warning.issued_on)
        .join(warning, warning.id == Intervention.follows_id)
        .where(Intervention.power == "CPN")
    ).all()
    assert rows
    assert all(noticed == warned and issued_on > warned_on for noticed, issued_on, warned, warned_on in rows)


@pytest.mark.usefixtures("officer")
def test_a_second_filling_adds_to_the_first() -> None:
    fill(now=NOW, cases=30, seed=1, told=lambda done: None)
    fill(now=NOW, cases=30, seed=1, told=lambda done: None)

    assert count(Case) == 60
    assert verify_history().holds


def test_the_same_seed_makes_the_same_cases_and_takes_on_the_staff_once(console: FlaskCliRunner) -> None:
    filled = console.invoke(args=["demo", "fill", "--cases", "40", "--seed", "9"])

    assert filled.exit_code == 0, filled.output
    assert "officer@example.org" in filled.stdout
    titles = text("SELECT title, opened_on, closed_on FROM cases ORDER BY id").columns(
        Case.title, Case.opened_on, Case.closed_on
    )
    first = [tuple(row) for row in db.session.execute(titles)]
    db.session.rollback()

    again = console.invoke(args=["demo", "fill", "--cases", "40", "--seed", "9"])

    assert "@example.org" not in again.stdout
    assert [tuple(row)[1:] for row in db.session.execute(titles)][40:] == [row[1:] for row in first]
