"""What ends a session."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.permissions import CONSOLE, Actor, Role
from asb_cases.domain.sign_in import SessionLimits
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry
from asb_cases.models.user import User
from asb_cases.models.user_session import UserSession
from asb_cases.queries.feeds import deadlines_of_feed
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.sessions import sessions_of, signed_in_by
from asb_cases.services import sessions, setting_passwords, users
from asb_cases.services.account_links import Site
from asb_cases.services.reminders import make_feed
from asb_cases.services.seen import mark_seen
from tests.factories import NOW, actor_of, make_actor, make_user

LIMITS = SessionLimits(idle=timedelta(minutes=60), longest=timedelta(hours=12))


@pytest.fixture
def ann(in_app: Flask) -> User:
    return make_user(Role.MANAGER)


def start(user: User, now: datetime = NOW) -> str:
    return sessions.start(user_id=user.id, address=None, browser=None, now=now)


def session_id(token: str) -> int:
    who = signed_in_by(token, now=NOW, limits=LIMITS)
    assert who is not None
    return who.session_id


def holds(token: str, now: datetime = NOW) -> bool:
    return signed_in_by(token, now=now, limits=LIMITS) is not None


def reasons() -> list[str | None]:
    return list(db.session.scalars(select(UserSession.ended_because).order_by(UserSession.id)))


@pytest.mark.parametrize(("minutes", "still"), [(0, True), (59, True), (60, False), (24 * 60, False)])
def test_an_unused_session_ends_after_an_hour(ann: User, minutes: int, still: bool) -> None:
    assert holds(start(ann), NOW + timedelta(minutes=minutes)) is still


def test_a_session_in_use_ends_after_twelve_hours(ann: User) -> None:
    token = start(ann)
    session = session_id(token)
    for minutes in range(30, 12 * 60, 30):
        mark_seen(session_id=session, now=NOW + timedelta(minutes=minutes))
    assert holds(token, NOW + timedelta(hours=12, seconds=-1))
    assert not holds(token, NOW + timedelta(hours=12))


def test_use_is_noted_once_a_minute(ann: User) -> None:
    session = session_id(start(ann))
    for seconds, seen in ((30, 0), (59, 0), (60, 60), (90, 60), (130, 130)):
        mark_seen(session_id=session, now=NOW + timedelta(seconds=seconds))
        db.session.expire_all()
        row = db.session.get_one(UserSession, session)
        assert row.last_seen_at == NOW + timedelta(seconds=seen)


def test_a_token_that_was_never_given_signs_nobody_in(ann: User) -> None:
    token = start(ann)
    kept = db.session.scalars(select(UserSession.token_hash)).one()
    assert not holds(kept)
    assert not holds(token + "x")
    assert not holds("")


def test_signing_out_ends_this_session_alone_and_once(ann: User) -> None:
    mine, other = start(ann), start(ann)
    session = session_id(mine)
    for _ in range(2):
        sessions.sign_out(actor=actor_of(ann), now=NOW, session_id=session)
    assert (holds(mine), holds(other)) == (False, True)
    assert reasons() == ["signed_out", None]
    assert db.session.scalars(select(HistoryEntry.kind)).all() == ["signed_out"]


def test_nobody_ends_somebody_elses_session(ann: User) -> None:
    token = start(ann)
    session = session_id(token)
    stranger = make_actor(Role.ADMINISTRATOR)
    with pytest.raises(NotFound):
        sessions.end_own_session(actor=stranger, now=NOW, session_id=session)
    sessions.sign_out(actor=stranger, now=NOW, session_id=session)
    assert holds(token)


def test_one_other_session_and_all_others_can_be_ended(ann: User) -> None:
    here, first, second, third = (start(ann) for _ in range(4))
    of_somebody_else = start(make_user())
    sessions.end_own_session(actor=actor_of(ann), now=NOW, session_id=session_id(first))
    assert [holds(each) for each in (here, first, second, third)] == [True, False, True, True]
    ended = sessions.end_own_other_sessions(actor=actor_of(ann), now=NOW, session_id=session_id(here))
    assert ended == 2
    assert [holds(each) for each in (here, second, third, of_somebody_else)] == [True, False, False, True]
    with pytest.raises(NotFound):
        sessions.end_own_session(actor=actor_of(ann), now=NOW, session_id=session_id(here) + 1)


def test_a_new_password_ends_every_session_and_begins_one(ann: User) -> None:
    here, other = start(ann), start(ann)
    feed = make_feed(actor=actor_of(ann), now=NOW)
    sessions.end_own_other_sessions(actor=actor_of(ann), now=NOW, session_id=session_id(here))
    assert deadlines_of_feed(feed, NOW.date()) is not None
    other = start(ann)
    new = users.change_own_password(actor=actor_of(ann), now=NOW, password_hash="kept", browser=None)
    assert deadlines_of_feed(feed, NOW.date()) is None
    assert (holds(here), holds(other), holds(new)) == (False, False, True)
    assert reasons() == ["password_changed", "ended_by_owner", "password_changed", None]


@pytest.mark.parametrize("act", ["role", "password", "deactivate"])
def test_what_an_administrator_does_to_an_account_ends_its_sessions(ann: User, act: str) -> None:
    tokens = [start(ann), start(ann)]
    feed = make_feed(actor=actor_of(ann), now=NOW)
    _do(act, CONSOLE, ann)
    assert [holds(token) for token in tokens] == [False, False]
    ann.active = True
    db.session.commit()
    assert deadlines_of_feed(feed, NOW.date()) is None
    assert None not in reasons()


def test_another_name_or_team_ends_nothing(ann: User) -> None:
    token = start(ann)
    users.change_user(
        actor=CONSOLE, now=NOW, user_id=ann.id, seen=1, name="Ann Other", role=ann.role, team_id=None, body_id=None
    )
    assert holds(token)


def test_a_deactivated_account_is_out_even_where_a_session_was_left_open(ann: User) -> None:
    token = start(ann)
    ann.active = False
    db.session.commit()
    assert not holds(token)


def test_the_list_shows_sessions_that_hold_the_latest_used_first(ann: User) -> None:
    old, older, gone = start(ann, NOW), start(ann, NOW - timedelta(minutes=30)), start(ann, NOW - timedelta(hours=2))
    over = start(ann)
    sessions.sign_out(actor=actor_of(ann), now=NOW, session_id=session_id(over))
    start(make_user())
    listed = [row.id for row in sessions_of(ann.id, now=NOW, limits=LIMITS)]
    assert listed == [session_id(old), session_id(older)]
    assert not holds(gone)


def _do(act: str, actor: Actor, user: User) -> None:
    if act == "role":
        users.change_user(
            actor=actor, now=NOW, user_id=user.id, seen=1, name="Ann", role=Role.LEGAL, team_id=None, body_id=None
        )
    elif act == "password":
        site = Site("https://cases.example", "cases.example", sends_email=False)
        setting_passwords.give_link(actor=actor, now=NOW, user_id=user.id, site=site)
    else:
        users.deactivate_user(actor=actor, now=NOW, user_id=user.id, seen=1)
