"""Signing in: who gets in, what everybody else is told, and how often it may be tried."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.adapters import passwords
from asb_cases.domain.permissions import Actor, Role, Via
from asb_cases.domain.sign_in import LIMITS, SessionLimits
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry
from asb_cases.models.user import User
from asb_cases.models.user_session import SignInAttempt, UserSession
from asb_cases.queries.sessions import signed_in_by
from asb_cases.services.sign_in import SignInRefused, TooManyAttempts, check_own_password, sign_in
from tests.factories import NOW, make_user

PASSWORD = "purple monkey dishwasher"
KEY = "a key for tests alone"
LONG = SessionLimits(idle=timedelta(hours=1), longest=timedelta(hours=12))


@pytest.fixture(scope="module")
def kept() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def ann(in_app: Flask, kept: str) -> User:
    return make_user(Role.MANAGER, email="ann@example.org", password_hash=kept)


def attempt(
    email: str = "ann@example.org",
    password: str = PASSWORD,
    *,
    now: datetime = NOW,
    address: str = "192.0.2.1",
) -> str:
    actor = Actor(via=Via.WEB, address=address)
    return sign_in(actor=actor, now=now, email=email, password=password, browser="A browser", secret_key=KEY)


def fail(times: int, **given: object) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            attempt(**{"password": "wrong", **given})  # type: ignore[arg-type]


@pytest.fixture
def cheap_checks(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Checks that cost nothing and are counted: each is given what was kept."""
    checked: list[str | None] = []

    def matches(password: str, kept: str | None) -> bool:
        checked.append(kept)
        return password == PASSWORD and kept is not None

    monkeypatch.setattr(passwords, "matches", matches)
    return checked


def test_the_right_password_begins_a_session_of_which_only_a_hash_is_kept(ann: User) -> None:
    token = attempt(" ANN@example.org ")
    who = signed_in_by(token, now=NOW, limits=LONG)
    assert who is not None
    assert (who.id, who.role, who.must_change_password) == (ann.id, Role.MANAGER, False)
    row = db.session.scalars(select(UserSession)).one()
    assert (row.address, row.browser, row.started_at) == ("192.0.2.1", "A browser", NOW)
    assert token not in str(vars(row))
    assert len(token) >= 43  # 256 bits
    entry = db.session.scalars(select(HistoryEntry)).one()
    assert (entry.kind, entry.actor_user_id, entry.address) == ("signed_in", ann.id, "192.0.2.1")


def test_each_session_has_a_token_of_its_own(ann: User) -> None:
    assert attempt() != attempt()


@pytest.mark.parametrize("email", ["ann@example.org", "nobody@example.org", "out@example.org", "none@example.org"])
def test_whatever_is_wrong_the_answer_and_the_work_are_the_same(
    ann: User, kept: str, cheap_checks: list[str | None], email: str
) -> None:
    make_user(email="out@example.org", password_hash=kept, active=False)
    make_user(email="none@example.org", password_hash=None)
    with pytest.raises(SignInRefused) as refused:
        attempt(email, PASSWORD if email != "ann@example.org" else "wrong")
    assert str(refused.value) == ""
    assert len(cheap_checks) == 1
    assert db.session.scalars(select(UserSession)).all() == []
    assert db.session.scalars(select(HistoryEntry.kind)).all() == ["sign_in_refused"]
    assert db.session.scalars(select(SignInAttempt.succeeded)).all() == [False]


def test_neither_address_nor_account_stand_in_the_attempts(ann: User) -> None:
    fail(1)
    row = db.session.scalars(select(SignInAttempt)).one()
    assert "ann" not in row.account_hash
    assert "192" not in row.address_hash


def test_an_account_takes_ten_failures_in_five_minutes_from_wherever(ann: User, cheap_checks: list[str | None]) -> None:
    for number in range(LIMITS.account):
        fail(1, address=f"192.0.2.{number}")
    with pytest.raises(TooManyAttempts):
        attempt(address="198.51.100.1")
    assert len(cheap_checks) == LIMITS.account, "nothing is checked any more"
    with pytest.raises(TooManyAttempts):
        attempt(now=NOW + timedelta(minutes=4, seconds=59), address="198.51.100.1")
    assert attempt(now=NOW + timedelta(minutes=5), address="198.51.100.1")


def test_an_address_takes_ten_failures_at_whatever_accounts(ann: User, cheap_checks: list[str | None]) -> None:
    for number in range(LIMITS.address):
        fail(1, email=f"nobody{number}@example.org")
    with pytest.raises(TooManyAttempts):
        attempt()
    assert attempt(address="198.51.100.1")


def test_so_many_failures_in_all(ann: User, cheap_checks: list[str | None]) -> None:
    db.session.add_all(
        SignInAttempt(at=NOW, account_hash=f"a{n}", address_hash=f"b{n}", succeeded=False) for n in range(LIMITS.total)
    )
    db.session.commit()
    with pytest.raises(TooManyAttempts):
        attempt()


def test_an_account_that_does_not_exist_is_throttled_alike(in_app: Flask, cheap_checks: list[str | None]) -> None:
    for number in range(LIMITS.account):
        fail(1, email="nobody@example.org", address=f"192.0.2.{number}")
    with pytest.raises(TooManyAttempts):
        attempt("nobody@example.org", address="198.51.100.1")


def test_a_refused_attempt_makes_the_wait_no_longer(ann: User, cheap_checks: list[str | None]) -> None:
    fail(LIMITS.account)
    with pytest.raises(TooManyAttempts):
        attempt(now=NOW + timedelta(minutes=4))
    assert attempt(now=NOW + timedelta(minutes=5))


def test_somebody_known_at_an_address_is_not_locked_out_by_strangers_or_colleagues(
    ann: User, cheap_checks: list[str | None]
) -> None:
    attempt(now=NOW - timedelta(days=1))
    for number in range(LIMITS.account):
        fail(1, address=f"198.51.100.{number}")
    for number in range(LIMITS.address):
        fail(1, email=f"colleague{number}@example.org")
    fail(LIMITS.account - 1)
    assert attempt()
    fail(1)
    with pytest.raises(TooManyAttempts):
        attempt()


def test_successes_are_not_counted(ann: User, cheap_checks: list[str | None]) -> None:
    for _ in range(LIMITS.address + 2):
        attempt()


def test_where_attempts_cannot_be_counted_nobody_gets_in(
    ann: User, cheap_checks: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_given: object) -> None:
        raise RuntimeError("no counting today")

    monkeypatch.setattr("asb_cases.services.sign_in.failed_attempts", broken)
    with pytest.raises(RuntimeError):
        attempt()
    assert cheap_checks == []


def test_thirty_guesses_at_one_moment_are_no_more_than_ten(
    app: Flask, kept: str, cheap_checks: list[str | None]
) -> None:
    with app.app_context():
        make_user(Role.MANAGER, email="ann@example.org", password_hash=kept)
        db.session.remove()
    together, answers = Barrier(30), []

    def guess(number: int) -> None:
        with app.app_context():
            together.wait()
            try:
                attempt(password="wrong", address=f"192.0.2.{number}")
            except (SignInRefused, TooManyAttempts) as refused:
                answers.append(type(refused))

    threads = [Thread(target=guess, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 30
    assert len(cheap_checks) <= LIMITS.account


def test_a_password_kept_by_weaker_settings_is_kept_anew(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "is_outdated", lambda kept: True)
    before, version = ann.password_hash, ann.version
    attempt()
    db.session.expire_all()
    assert ann.password_hash != before
    assert ann.version == version, "nobody edited the account"
    assert passwords.matches(PASSWORD, ann.password_hash)


def test_an_account_that_changed_while_its_password_was_checked_lets_nobody_in(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deactivated_meanwhile(password: str, kept: str | None) -> bool:
        db.session.get_one(User, ann.id).active = False
        db.session.commit()
        return True

    monkeypatch.setattr(passwords, "matches", deactivated_meanwhile)
    with pytest.raises(SignInRefused):
        attempt()
    assert db.session.scalars(select(UserSession)).all() == []


def test_proving_to_know_ones_own_password_is_counted_too(ann: User, cheap_checks: list[str | None]) -> None:
    actor = Actor(via=Via.WEB, user_id=ann.id, role=ann.role, address="192.0.2.1")

    def known(password: str) -> bool:
        return check_own_password(actor=actor, now=NOW, email="ann@example.org", password=password, secret_key=KEY)

    assert [known("wrong") for _ in range(LIMITS.account)] == [False] * LIMITS.account
    with pytest.raises(TooManyAttempts):
        known(PASSWORD)
