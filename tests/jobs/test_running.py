"""A run is alone, on record, and stops nothing by failing."""

import pytest
from flask import Flask
from sqlalchemy import select, text

from asb_cases.adapters.time import now
from asb_cases.extensions import db
from asb_cases.jobs import running
from asb_cases.jobs.job import Job, LeaseLost, Outcome, Tick
from asb_cases.jobs.running import each, run_job
from asb_cases.models.clockwork import JobRun, Lease


def job_of(function: object) -> Job:
    return Job("test", "Test", {"hour": "3"}, function)  # type: ignore[arg-type]


def last_run() -> JobRun:
    db.session.rollback()
    return db.session.scalars(select(JobRun).order_by(JobRun.id.desc())).first()  # type: ignore[return-value]


def test_one_poisoned_row_stops_none_of_the_others(in_app: Flask) -> None:
    done: list[int] = []

    def act(thing: int) -> bool:
        if thing == 2:
            db.session.execute(text("SELECT nothing FROM nowhere"))
        done.append(thing)
        return thing != 3

    outcome = run_job(in_app, job_of(lambda tick: each(tick, [1, 2, 3, 4], act)), holder="here", asked_by="schedule")
    assert outcome == Outcome(done=2, failed=1)
    assert done == [1, 3, 4]
    assert (last_run().done, last_run().failed, last_run().error) == (2, 1, None)


def test_a_job_that_breaks_off_is_on_record_by_the_kind_of_fault_alone(in_app: Flask) -> None:
    def fall(_tick: Tick) -> Outcome:
        raise ValueError("Mrs Smith of 4 High Street")

    assert run_job(in_app, job_of(fall), holder="here", asked_by="schedule") == Outcome(failed=1)
    assert last_run().error == "ValueError"
    assert last_run().finished_at is not None


def test_the_lease_is_given_back_however_a_run_ends(in_app: Flask) -> None:
    def fall(_tick: Tick) -> Outcome:
        raise ValueError

    for function in (lambda _tick: Outcome(), fall):
        run_job(in_app, job_of(function), holder="here", asked_by="schedule")
        db.session.rollback()
        assert db.session.get_one(Lease, "job test", populate_existing=True).holder is None


def test_who_lost_the_lease_ends_before_the_next_effect(in_app: Flask) -> None:
    done: list[int] = []

    def act(thing: int) -> bool:
        done.append(thing)
        return True

    def lost() -> None:
        if done:
            raise LeaseLost

    tick = Tick(at=now(), holder="here", go_on=lost)
    with pytest.raises(LeaseLost):
        each(tick, [1, 2, 3], act)
    assert done == [1]


def test_two_at_once_run_one_after_the_other_or_not_at_all(in_app: Flask) -> None:
    inside: list[object] = []

    def nested(_tick: Tick) -> Outcome:
        running_patience, running.PATIENCE = running.PATIENCE, 0.3
        try:
            inside.append(run_job(in_app, job_of(lambda _: Outcome(9)), holder="another", asked_by="console"))
        finally:
            running.PATIENCE = running_patience
        return Outcome(1)

    assert run_job(in_app, job_of(nested), holder="here", asked_by="schedule") == Outcome(1)
    assert inside == [None]
