"""One run of one job: alone, on record, and without a fault that stops the clock."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import TypeVar

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from asb_cases.adapters.time import now
from asb_cases.extensions import db
from asb_cases.jobs.job import Job, LeaseLost, Outcome, Tick
from asb_cases.jobs.lease_keeper import BEAT_EVERY, STILL_FOR, LeaseKeeper
from asb_cases.services import job_runs

log = logging.getLogger(__name__)

T = TypeVar("T")
#: Things that are done in one transaction, where many are: officers wait no longer than that takes.
AT_ONCE = 50

#: Seconds to wait for a run that was cut off to be seen as such; one that is alive is left to finish.
PATIENCE = STILL_FOR + 2 * BEAT_EVERY


def run_job(app: Flask, job: Job, *, holder: str, asked_by: str, at: datetime | None = None) -> Outcome | None:
    """Run a job now, for the moment `at`. None where another run of it is at work. Raises nothing of the job's own."""
    with app.app_context(), _alone(app, job, holder) as keeper:
        if keeper is None:
            log.info("job is running elsewhere", extra={"job": job.name})
            return None
        run_id = job_runs.begin(job=job.name, asked_by=asked_by, holder=holder, now=now())
        tick = Tick(at or now(), holder, lambda: _go_on(keeper))
        began = time.monotonic()
        outcome, error = _outcome(job, tick)
        db.session.rollback()
        job_runs.finish(run_id=run_id, now=now(), done=outcome.done, failed=outcome.failed, error=error)
        took = round(time.monotonic() - began, 3)
        log.info("job ran", extra={"job": job.name, "count": outcome.done, "seconds": took})
        return outcome


def each(tick: Tick, things: Sequence[int], act: Callable[[int], bool]) -> Outcome:
    """Call `act` for each thing (an id); it says whether it did something. One that fails is left for the next run, and
    the others go on: it is told in the log by its kind and its id alone."""
    done = failed = 0
    for thing in things:
        tick.go_on()
        try:
            done += act(thing)
        except LeaseLost:
            raise
        except Exception as error:
            db.session.rollback()
            failed += 1
            log.warning("a job failed at one thing", extra={"error": type(error).__name__, "count": thing})
    return Outcome(done, failed)


def in_batches(tick: Tick, things: Sequence[T], act: Callable[[Sequence[T]], int]) -> Outcome:
    """Call `act` for many things at a time, each time one transaction; it says how many things it did. Where one of them
    cannot be done, each of that batch is tried by itself."""
    done = failed = 0
    for start in range(0, len(things), AT_ONCE):
        batch = things[start : start + AT_ONCE]
        tick.go_on()
        try:
            done += act(batch)
        except Exception:
            db.session.rollback()
            alone = each(tick, range(len(batch)), partial(_alone_of, act, batch))
            done, failed = done + alone.done, failed + alone.failed
    return Outcome(done, failed)


def _alone_of(act: Callable[[Sequence[T]], int], batch: Sequence[T], place: int) -> bool:
    return act([batch[place]]) > 0


def _outcome(job: Job, tick: Tick) -> tuple[Outcome, str | None]:
    try:
        return job.run(tick), None
    except LeaseLost:
        return Outcome(), "Another process took over"
    except Exception as error:
        log.exception("a job failed", extra={"job": job.name})
        return Outcome(failed=1), type(error).__name__


def _go_on(keeper: LeaseKeeper) -> None:
    if not keeper.holds():
        raise LeaseLost


@contextmanager
def _alone(app: Flask, job: Job, holder: str) -> Iterator[LeaseKeeper | None]:
    """Hold the job's own lease, with a thread that gives its signs of life; None where somebody else has it."""
    keeper = LeaseKeeper(f"job {job.name}", holder)
    until = time.monotonic() + PATIENCE
    while not keeper.step():
        if time.monotonic() > until:
            yield None
            return
        time.sleep(BEAT_EVERY / 4)
    over = threading.Event()
    beating = threading.Thread(target=_keep, args=(app, keeper, over), daemon=True, name=f"lease of {job.name}")
    beating.start()
    try:
        yield keeper
    finally:
        over.set()
        beating.join()
        keeper.release()


def _keep(app: Flask, keeper: LeaseKeeper, over: threading.Event) -> None:
    with app.app_context():
        while not over.wait(BEAT_EVERY):
            try:
                if not keeper.beat():
                    return
            except SQLAlchemyError:
                db.session.rollback()  # the next sign of life may come through; too many lost, and it is no longer ours
