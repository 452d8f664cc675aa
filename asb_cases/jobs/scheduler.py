"""The long-running clock: `flask scheduler`. Several may run, on several hosts; the lease elects the one that starts jobs.

APScheduler says when; what a job does is decided by what it finds in the record. So a process that takes over starts
every job at once, and whatever was missed meanwhile is made good.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from asb_cases.adapters.time import now
from asb_cases.extensions import db, let_go_when_silent
from asb_cases.jobs.job import At, Job
from asb_cases.jobs.lease_keeper import BEAT_EVERY, SILENT_FOR, LeaseKeeper
from asb_cases.jobs.running import run_job

log = logging.getLogger(__name__)

LEASE = "scheduler"
LONDON = ZoneInfo("Europe/London")
#: From which every interval is counted, so that all processes count alike.
SOME_MINUTE = datetime(2026, 1, 1, tzinfo=UTC)
#: Seconds by which the clock on the wall may differ from our watch before it counts as put forward or back.
JUMP = 30.0
#: Jobs that may run beside each other, so that a slow mail server holds nothing else up.
AT_ONCE = 3


def holder_name() -> str:
    """What this process is called in leases: host, process and a number of its own, since both are given again."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def next_start(job: Job, after: datetime) -> datetime:
    """When the job starts next."""
    found: datetime = trigger_of(job).get_next_fire_time(None, after)
    return found.astimezone(LONDON)


def trigger_of(job: Job) -> CronTrigger | IntervalTrigger:
    """The same for APScheduler. What comes so long after each other is counted in a time without summer and winter."""
    when = job.schedule
    if isinstance(when, At):
        return CronTrigger(timezone=LONDON, hour=when.hour, minute=when.minute)
    return IntervalTrigger(seconds=when.seconds, start_date=SOME_MINUTE + timedelta(seconds=when.after), timezone=UTC)


class Clockwork:
    """One process's clock. `run()` returns once `stop` is set."""

    def __init__(self, app: Flask, jobs: Sequence[Job], stop: threading.Event) -> None:
        self.app, self.jobs, self.stop = app, jobs, stop
        self.holder = holder_name()
        self.keeper = LeaseKeeper(LEASE, self.holder)
        self._scheduler = BackgroundScheduler(
            timezone=LONDON,
            executors={"default": ThreadPoolExecutor(AT_ONCE)},
            # Late is better than never, and once is enough.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def run(self) -> None:
        """Keep or await the lease, and start jobs while it is ours."""
        with self.app.app_context():
            let_go_when_silent(db.engine, SILENT_FOR)
        for job in self.jobs:
            self._scheduler.add_job(self._start, trigger_of(job), args=[job], id=job.name)
        self._scheduler.start()
        log.info("the clock runs", extra={"count": len(self.jobs)})
        led, watch, wall = False, time.monotonic(), now()
        while not self.stop.wait(BEAT_EVERY):
            leads = self._step()
            if leads and not led:
                log.info("this process starts the jobs from now on")
                self._start_all()
            led = leads
            if self._clock_was_put(watch, wall):
                log.warning("the clock was put forward or back: the times of all jobs are worked out anew")
                self._work_out_anew()
            watch, wall = time.monotonic(), now()
        self._scheduler.shutdown(wait=True)
        with self.app.app_context():
            self.keeper.release()

    def _step(self) -> bool:
        with self.app.app_context():
            try:
                leads = self.keeper.step()
                if not leads:
                    # One that was frozen in the middle of its sign of life gives it too late to trust: others need not wait
                    # for another silence.
                    self.keeper.release()
                return leads
            except SQLAlchemyError as error:
                db.session.rollback()
                log.warning("the database does not answer", extra={"error": type(error).__name__})
                return self.keeper.holds()

    def _start(self, job: Job) -> None:
        if self.keeper.holds() and not self.stop.is_set():
            run_job(self.app, job, holder=self.holder, asked_by="schedule")

    def _start_all(self) -> None:
        for job in self.jobs:
            self._scheduler.modify_job(job.name, next_run_time=now())

    def _work_out_anew(self) -> None:
        for job in self.jobs:
            self._scheduler.reschedule_job(job.name, trigger=trigger_of(job))
        self._start_all()

    @staticmethod
    def _clock_was_put(watch: float, wall: datetime) -> bool:
        return abs((now() - wall).total_seconds() - (time.monotonic() - watch)) > JUMP
