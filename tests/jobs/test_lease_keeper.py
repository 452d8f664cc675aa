"""One holds the lease; who waits takes it once it has stood still by their own watch, and never before."""

import threading
import time

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError

from asb_cases.extensions import db, let_go_when_silent
from asb_cases.jobs.lease_keeper import SILENT_FOR, STILL_FOR, LeaseKeeper
from asb_cases.jobs.scheduler import Clockwork
from asb_cases.models.clockwork import Lease
from asb_cases.queries.leases import holder_of, look_at
from asb_cases.services import leases
from tests.factories import NOW


class Watch:
    """A monotonic watch that a test puts forward."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def two(name: str = "scheduler") -> tuple[LeaseKeeper, Watch, LeaseKeeper, Watch]:
    one_watch, other_watch = Watch(), Watch()
    return (
        LeaseKeeper(name, "one", monotonic=one_watch),
        one_watch,
        LeaseKeeper(name, "other", monotonic=other_watch),
        other_watch,
    )


def test_the_first_takes_it_and_keeps_it(in_app: Flask) -> None:
    one, _, other, watch = two()
    assert one.step()
    for _ in range(20):
        assert not other.step()
        watch.seconds += 1
        assert one.step()
    held = holder_of("scheduler")
    assert held is not None
    assert held[0] == "one"


def test_a_holder_that_falls_silent_is_followed_within_ten_seconds(in_app: Flask) -> None:
    one, _, other, watch = two()
    assert one.step()
    began = watch.seconds
    while not other.step():
        watch.seconds += 1
        assert watch.seconds - began < 10
    assert watch.seconds - began >= STILL_FOR


def test_one_that_was_frozen_counts_itself_out_and_does_not_come_back(in_app: Flask) -> None:
    one, one_watch, other, other_watch = two()
    assert one.step()
    assert not other.step()
    one_watch.seconds += STILL_FOR + 1
    other_watch.seconds += STILL_FOR + 1
    assert not one.holds(), "before anybody asked"
    assert other.step()
    assert not one.step()
    assert other.step()


def test_a_holder_trusts_itself_for_less_than_others_wait() -> None:
    assert SILENT_FOR < STILL_FOR


def test_a_lease_given_back_is_taken_at_once(in_app: Flask) -> None:
    one, _, other, _ = two()
    assert one.step()
    assert not other.step()
    one.release()
    assert not one.holds()
    assert other.step()
    assert not one.step()


def test_one_that_was_frozen_gives_back_what_nobody_has_taken_yet(in_app: Flask) -> None:
    one, watch, other, _ = two()
    assert one.step()
    assert not other.step()
    watch.seconds += SILENT_FOR
    assert not one.beat()
    one.release()
    assert other.step()
    one.release()
    assert other.beat(), "what is another's is left alone"
    assert not one.step()


def test_a_sign_of_life_that_came_too_late_makes_nobody_wait_again(in_app: Flask) -> None:
    clockwork = Clockwork(in_app, [], threading.Event())
    one, watch, other, other_watch = two()
    clockwork.keeper = one
    assert clockwork._step()
    assert not other.step()
    watch.seconds += SILENT_FOR
    assert leases.beat("scheduler", "one"), "what was on its way when the process froze"
    other_watch.seconds += STILL_FOR
    assert not other.step()
    assert not clockwork._step()
    assert other.step()


def test_a_silence_counts_on_where_the_database_was_too_busy_to_write(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_given: object, **_more: object) -> bool:
        raise OperationalError("UPDATE", None, Exception("database is locked"))

    one, _, other, watch = two()
    assert one.step()
    assert not other.step()
    watch.seconds += STILL_FOR
    with monkeypatch.context() as patch:
        patch.setattr(leases, "take", busy)
        with pytest.raises(OperationalError):
            other.step()
    assert other.step()


def test_a_waiter_that_was_frozen_itself_takes_nothing_from_the_living(in_app: Flask) -> None:
    one, _, other, watch = two()
    assert one.step()
    assert not other.step()
    watch.seconds += 3600
    assert one.step(), "meanwhile the holder has beaten"
    assert not other.step()


def test_of_two_who_see_the_same_silence_one_takes_it(in_app: Flask) -> None:
    one, _, other, other_watch = two()
    third_watch = Watch()
    third = LeaseKeeper("scheduler", "third", monotonic=third_watch)
    assert one.step()
    assert not other.step()
    assert not third.step()
    other_watch.seconds += STILL_FOR
    third_watch.seconds += STILL_FOR
    assert [other.step(), third.step()] == [True, False]


def test_leases_of_different_names_have_nothing_to_do_with_each_other(in_app: Flask) -> None:
    assert LeaseKeeper("a", "one").step()
    assert LeaseKeeper("b", "other").step()


@pytest.mark.engines("postgresql")
def test_one_that_is_frozen_in_the_middle_of_a_write_holds_nobody_up(in_app: Flask) -> None:
    assert leases.take("demo", "a", instead_of=None, now=NOW)
    seen = look_at("demo")
    of_a = create_engine(db.engine.url)
    let_go_when_silent(of_a, 0.3)
    with of_a.connect() as frozen:
        frozen.execute(update(Lease).values(beat=Lease.beat + 1))
        time.sleep(0.6)  # frozen
        db.session.execute(text("SET lock_timeout = 100"))
        db.session.commit()
        assert leases.take("demo", "b", instead_of=seen, now=NOW)
        with pytest.raises(DBAPIError):
            frozen.execute(select(Lease))
    of_a.dispose()
