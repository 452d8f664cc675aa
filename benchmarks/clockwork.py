"""The clockwork's busiest morning: so many reminders made and e-mailed, and so many caseload e-mails, in one run.

The jobs run one after the other on one database; the floor of each are the statements that it sent, sent again by the bare
SQLite driver in the same transactions. Seconds mean only the machine they were taken on; ratio and memory mean more.
By itself: `python -m benchmarks.clockwork [--reminders 10000] [--people 200]`.
"""

import argparse
import multiprocessing
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import event, insert

from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.permissions import Role
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.jobs.register import job_called
from asb_cases.jobs.running import run_job
from asb_cases.models.case import Case
from asb_cases.models.deadline import Deadline
from asb_cases.models.user import User
from benchmarks.filled import application
from benchmarks.floor import DURABLE

#: The first working day of a month, when people are at work.
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
JOBS = ("make_reminders", "email_reminders", "caseload")
#: Cases of one person, and every how many-th person leads.
CASES_EACH, MANAGER_EVERY = 20, 20
COMMIT = "COMMIT"


@dataclass(frozen=True)
class Run:
    """One job: what it did and what it cost, in seconds of the processor (`clock`: on the wall) and megabytes added to
    those of a process that has just started; and the seconds of the processor that its floor takes."""

    name: str
    done: int
    processor: float
    clock: float
    megabytes: float
    floor: float


def measured(reminders: int, people: int) -> list[Run]:
    """The jobs one after the other on one database, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "run.sqlite3"
        _in_a_process(_fill, database, reminders, people)
        runs = []
        for name in JOBS:
            # New names for each: what SQLite kept beside an old copy would spoil the new one.
            heard, floor = (Path(folder) / f"{name}-{of}.sqlite3" for of in ("heard", "floor"))
            for copy in (heard, floor):
                shutil.copyfile(database, copy)
            least = _in_a_process(_floor, heard, floor, name)
            runs.append(Run(name, *_in_a_process(_run, database, name), least))
        return runs


def print_runs(runs: list[Run]) -> None:
    """A table that docs/operations.md can hold."""
    print("| job | done | times its floor | s of the processor | s by the clock | memory added, MB |")
    print("|---|---|---|---|---|---|")
    for run in runs:
        took = f"{run.processor:.1f} | {run.clock:.1f} | {run.megabytes:.0f}"
        print(f"| {run.name} | {run.done:,} | {run.processor / run.floor:.1f} | {took} |", flush=True)


def _run(database: Path, name: str) -> tuple[int, float, float, float]:
    app = application(database)
    memory, processor, clock = _megabytes(), time.process_time(), time.monotonic()
    done = _do(app, name)
    took = time.process_time() - processor, time.monotonic() - clock
    _let_go(app)
    return done, *took, _megabytes() - memory


def _floor(heard: Path, floor: Path, name: str) -> float:
    """Seconds of the processor for the job's statements by the bare driver, on a database like the one it ran on."""
    sent = _sent(application(heard), name)
    connection = sqlite3.connect(floor, isolation_level=None)
    connection.execute(DURABLE)
    began = time.process_time()
    for statement, values in sent:
        if statement == COMMIT:
            if connection.in_transaction:
                connection.execute(COMMIT)
            continue
        if not connection.in_transaction and not statement.lstrip().startswith(("SELECT", "WITH")):
            connection.execute("BEGIN IMMEDIATE")
        connection.execute(statement, values).fetchall()
    return time.process_time() - began


def _sent(app: Flask, name: str) -> list[tuple[str, Any]]:
    """What the job sends to the database, with its values and where its transactions end."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        if statement.split(maxsplit=1)[0].upper() not in {"BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"}:
            sent.append((statement, values))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    event.listen(engine, "commit", lambda _connection: sent.append((COMMIT, ())))
    _do(app, name)
    _let_go(app)
    return sent


def _do(app: Flask, name: str) -> int:
    job = job_called(name)
    if job is None:
        raise LookupError(name)
    outcome = run_job(app, job, holder="benchmark", asked_by="console", at=AT)
    if outcome is None or outcome.failed or not outcome.done:
        # Also where the machine is so busy that the run lost its lease: the next run would go on from there.
        raise RuntimeError(f"{name} did not do everything, so that nothing was measured: {outcome}")
    return outcome.done


def _fill(database: Path, reminders: int, people: int) -> None:
    """People with cases, and as many clocks as reminders are to be made of, all due within the week."""
    app = application(database)
    with app.app_context():
        flask_migrate.upgrade()
        month, day = AT - timedelta(days=40), AT.date()
        db.session.execute(insert(User), [_person(number, month) for number in range(1, people + 1)])
        cases = [_case(number, people, day) for number in range(1, people * CASES_EACH + 1)]
        db.session.execute(insert(Case), cases)
        db.session.execute(insert(Deadline), [_clock(number, len(cases), day) for number in range(reminders)])
        db.session.commit()
    _let_go(app)


def _person(number: int, at: datetime) -> dict[str, Any]:
    email = f"person{number}@example.org"
    role = Role.OFFICER if number % MANAGER_EVERY else Role.MANAGER
    return {"id": number, "email": email, "email_key": email, "name": f"Person {number}", "role": role, "created_at": at,
            "active": True, "version": 1}  # fmt: skip


def _case(number: int, people: int, day: date) -> dict[str, Any]:
    return {
        "id": number, "reference": f"ASB-2026-{number:06}", "status": CaseStatus.OPEN, "title": "Noise at night",
        "opened_on": day - timedelta(days=number % 150), "owner_id": number % people + 1, "restricted": False, "version": 1,
    }  # fmt: skip


def _clock(number: int, cases: int, day: date) -> dict[str, Any]:
    return {
        "rule": "cpn_review", "case_id": number % cases + 1, "starts_on": day - timedelta(days=90),
        "last_day": day + timedelta(days=number % 6 + 1), "working": "Three months.", "state": DeadlineState.RUNNING,
    }  # fmt: skip


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _let_go(app: Flask) -> None:
    with app.app_context():
        with db.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.session.remove()
        db.engine.dispose()


def _in_a_process(work: Any, *given: Any) -> Any:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reminders", type=int, default=10_000)
    parser.add_argument("--people", type=int, default=200)
    given = parser.parse_args()
    print_runs(measured(given.reminders, given.people))
    return 0


if __name__ == "__main__":
    sys.exit(main())
