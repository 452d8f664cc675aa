"""Many officers writing at once, as real processes on one database; run as a program:

    python -m tests.support.many_writers DATABASE_URL --processes 16 --acts 100

Each process does its acts on shared cases: notes, complaints, contacts, tasks, and changes of a case made from the
version it had seen (done again where somebody else was quicker). Prints one line of JSON: what was done, what is there,
errors, the longest wait. The database is a migrated one with nothing in it.
"""

import argparse
import json
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from asb_cases import create_app
from asb_cases.adapters.time import now
from asb_cases.domain.complaints import Channel
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import Base, db
from asb_cases.models.case import Case
from asb_cases.models.casework import ContactEntry, Direction, Note, Task
from asb_cases.models.complaint import Complaint
from asb_cases.models.history import HistoryEntry
from asb_cases.queries.history import verify_history
from asb_cases.services.cases import Description, change_case
from asb_cases.services.casework import add_contact, add_note, add_task
from asb_cases.services.complaints import log_complaint
from asb_cases.services.told import Told
from asb_cases.services.versions import StaleVersion
from tests.factories import actor_of, make_case, make_team, make_user
from tests.support.settings import settings_for_tests

if TYPE_CHECKING:
    from flask import Flask

SHARED_CASES = 8
#: An edit that keeps losing is tried this often.
TRIES = 50


@dataclass
class Report:
    """What one writer, or all of them, did: acts by kind, edits that came second, errors, the longest wait in seconds."""

    done: Counter[str] = field(default_factory=Counter)
    came_second: int = 0
    errors: list[str] = field(default_factory=list)
    longest: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--processes", type=int, default=16)
    parser.add_argument("--acts", type=int, default=100)
    given = parser.parse_args()
    print(json.dumps(at_once(given.url, given.processes, given.acts)))


def at_once(url: str, processes: int, acts: int) -> dict[str, Any]:
    """Let so many processes do so many acts each, and say what came of it."""
    app = create_app(settings_for_tests(url))
    case_ids, actors = _people_and_cases(app, processes)
    context = multiprocessing.get_context("fork")
    together, reports = context.Barrier(processes), context.SimpleQueue()
    writers = [
        context.Process(target=_writer, args=(app, actor, case_ids, number, acts, together, reports))
        for number, actor in enumerate(actors)
    ]
    for writer in writers:
        writer.start()
    began = time.monotonic()
    total = Report()
    for _ in writers:
        _add(total, reports.get())
    took = time.monotonic() - began
    for writer in writers:
        writer.join()
    return {
        **vars(total),
        "seconds": round(took, 2),
        "kept": _kept(app),
        "exit_codes": [each.exitcode for each in writers],
    }


def _people_and_cases(app: "Flask", processes: int) -> tuple[list[int], list[Actor]]:
    with app.app_context():
        team = make_team()
        actors = [actor_of(make_user(team=team)) for _ in range(processes)]
        case_ids = [make_case(team=team).id for _ in range(SHARED_CASES)]
        db.session.remove()
        db.engine.dispose()  # no connection is carried into a process
    return case_ids, actors


def _writer(
    app: "Flask", actor: Actor, case_ids: list[int], number: int, acts: int, together: Barrier, reports: Any
) -> None:
    report = Report()
    kinds = list(ACTS)
    with app.app_context():
        db.session.execute(select(1))  # connected before the start
        db.session.rollback()
        together.wait()
        for turn in range(acts):
            kind, case_id = kinds[(number + turn) % len(kinds)], case_ids[(number * 3 + turn) % len(case_ids)]
            began = time.monotonic()
            try:
                report.came_second += ACTS[kind](actor, case_id, f"{number} {turn}")
                report.done[kind] += 1
            except Exception as error:
                report.errors.append(f"{kind}: {type(error).__name__}: {error}"[:300])
            report.longest = max(report.longest, time.monotonic() - began)
    reports.put(report)


def _note(actor: Actor, case_id: int, words: str) -> int:
    add_note(actor=actor, now=now(), case_id=case_id, text=f"Visited {words}")
    return 0


def _complaint(actor: Actor, case_id: int, words: str) -> int:
    told = Told(f"Music {words}", Channel.PHONE, now(), place="1 Example Street, Oxford")
    log_complaint(actor=actor, now=now(), told=told, case_id=case_id)
    return 0


def _contact(actor: Actor, case_id: int, words: str) -> int:
    add_contact(
        actor=actor, now=now(), case_id=case_id, channel=Channel.PHONE, direction=Direction.OUT, told=f"Rang {words}"
    )
    return 0


def _task(actor: Actor, case_id: int, words: str) -> int:
    moment = now()
    add_task(actor=actor, now=moment, case_id=case_id, title=f"Visit {words}", due_on=moment.date() + timedelta(days=3))
    return 0


def _edit(actor: Actor, case_id: int, words: str) -> int:
    """Returns how often somebody else was quicker."""
    for second in range(TRIES):
        seen = db.session.scalar(select(Case.version).where(Case.id == case_id))
        db.session.rollback()
        description = Description(title=f"Noise {words}")
        try:
            change_case(actor=actor, now=now(), case_id=case_id, version=seen, description=description)
        except StaleVersion:
            continue
        return second
    raise RuntimeError("never first")


ACTS: dict[str, Callable[[Actor, int, str], int]] = {
    "note": _note,
    "complaint": _complaint,
    "contact": _contact,
    "task": _task,
    "edit": _edit,
}
ROWS: dict[str, type[Base]] = {"note": Note, "complaint": Complaint, "contact": ContactEntry, "task": Task}


def _add(total: Report, report: Report) -> None:
    total.done.update(report.done)
    total.came_second += report.came_second
    total.errors += report.errors
    total.longest = max(total.longest, report.longest)


def _kept(app: "Flask") -> dict[str, Any]:
    """What the database holds: rows by kind, edits by the versions, history entries, and whether their chain holds."""
    with app.app_context():
        rows = {kind: db.session.scalar(select(func.count()).select_from(row)) for kind, row in ROWS.items()}
        edits = db.session.scalar(select(func.sum(Case.version - 1)))
        entries = db.session.scalar(select(func.count()).select_from(HistoryEntry))
        holds = verify_history().holds
        db.session.remove()
        db.engine.dispose()
    return {**rows, "edit": edits, "history_entries": entries, "history_holds": holds}


if __name__ == "__main__":
    main()
