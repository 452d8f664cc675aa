"""The ground that the other tests stand on: both engines for real, and nothing left over from one test to the next."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from asb_cases.domain.names import fold_key
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.user import Team, User

MOMENT = datetime(2026, 3, 29, 0, 59, 59, 123456, tzinfo=UTC)


def test_engine_is_the_one_that_the_test_is_named_after(in_app: Flask, engine_name: str) -> None:
    assert db.engine.dialect.name == engine_name
    version = "sqlite_version()" if engine_name == "sqlite" else "version()"
    assert db.session.scalar(text(f"SELECT {version}"))


@pytest.mark.parametrize("turn", ["first", "second"])
def test_committed_row_is_read_back_and_gone_in_the_next_test(in_app: Flask, turn: str) -> None:
    assert list(db.session.scalars(select(User))) == []
    team = Team(name="City Centre", name_key=fold_key("City Centre"))
    user = User(
        email="Zoë@example.org",
        email_key=fold_key("Zoë@example.org"),
        name="Zoë O’Brien",
        role=Role.OFFICER,
        team=team,
        created_at=MOMENT,
    )
    db.session.add(user)
    db.session.commit()
    db.session.expunge_all()

    kept = db.session.scalars(select(User)).one()
    assert (kept.name, kept.role, kept.created_at, kept.version) == ("Zoë O’Brien", Role.OFFICER, MOMENT, 1)
    assert kept.created_at.tzinfo is UTC


def test_database_refuses_what_points_nowhere(in_app: Flask) -> None:
    db.session.add(
        User(email="a@b.c", email_key="a", name="A", role=Role.OFFICER, team_id=4711, created_at=MOMENT),
    )
    with pytest.raises(IntegrityError):
        db.session.commit()
