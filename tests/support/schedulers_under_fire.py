"""Several schedulers on one database, killed and frozen at random; run as a program:

    python -m tests.support.schedulers_under_fire DATABASE_URL --processes 3 --cycles 200

Each process runs the real clock with the real sender and one job that plans an e-mail for every second that has passed.
Each process takes itself to be on a host of its own. One is killed (-9) or frozen (SIGSTOP, later SIGCONT) each cycle,
mostly the one that holds the lease, and another takes its place; always one is left that runs. Prints one line of JSON:
effects planned, lost and doubled, e-mails sent, copies by Message-ID, the slowest takeover (from a shot to the next start
of a job, where nobody else was shot meanwhile), the longest time without a start whatever was shot in it, and how many
hosts started some.
"""

import argparse
import ctypes
import itertools
import json
import math
import multiprocessing
import os
import random
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from asb_cases import create_app
from asb_cases.adapters.time import now
from asb_cases.domain.outbox import EmailState, Letter
from asb_cases.extensions import db
from asb_cases.jobs.job import Every, Job, Outcome, Tick
from asb_cases.jobs.register import job_called
from asb_cases.jobs.running import each
from asb_cases.jobs.scheduler import LEASE, Clockwork
from asb_cases.models.clockwork import JobRun
from asb_cases.models.email import Email
from asb_cases.queries.leases import holder_of
from asb_cases.services import outbox
from asb_cases.services.transaction import transaction
from tests.support.mail_server import MailServer, mail_server
from tests.support.settings import settings_for_tests

CLONE_NEWUTS = 0x04000000
#: Seconds for those that are left to make good what is missing, once nobody shoots any more.
PEACE = 45.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--cycles", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with mail_server() as server:
        print(json.dumps(under_fire(given.url, server, given.processes, given.cycles, random.Random(given.seed))))


def under_fire(url: str, server: MailServer, processes: int, cycles: int, dice: random.Random) -> dict[str, Any]:
    """Let it happen, then count."""
    context = multiprocessing.get_context("spawn")
    began = now().timestamp()
    hosts = itertools.count(1)

    def start() -> Any:
        ready = context.Event()
        given = (url, server.port, began, f"host{next(hosts)}", ready)
        process = context.Process(target=_clock, args=given, daemon=True)
        process.ready = ready
        process.start()
        return process

    running = [start() for _ in range(processes)]
    killed = frozen = 0
    shots: list[float] = []
    awake_from = 0.0
    app = create_app(settings_for_tests(url))
    with app.app_context():
        for _ in range(cycles):
            for process in running:
                process.ready.wait(PEACE)
            time.sleep(max(awake_from - time.monotonic(), 0.0))
            time.sleep(dice.uniform(5.0, 8.0))
            victim = _victim(running, dice)
            shots.append(now().timestamp())
            if dice.random() < 0.5:
                os.kill(victim.pid, signal.SIGKILL)
                victim.join()
                running[running.index(victim)] = start()
                killed += 1
            else:
                os.kill(victim.pid, signal.SIGSTOP)
                frozen += 1
                lasts = dice.uniform(7.0, 12.0)
                awake_from = time.monotonic() + lasts
                wake = threading.Timer(lasts, os.kill, (victim.pid, signal.SIGCONT))
                wake.daemon = True
                wake.start()
        time.sleep(13.0)  # the last of the frozen is awake
        last = int(now().timestamp() - began) - 1
        until = time.monotonic() + PEACE
        while time.monotonic() < until and not _all_sent(last):
            time.sleep(1.0)
        report = _report(server, last, shots)
    for process in running:
        os.kill(process.pid, signal.SIGTERM)
    for process in running:
        process.join(20)
    ends = [process.exitcode for process in running]
    return {**report, "killed": killed, "frozen": frozen, "exit_codes": ends}


def _victim(running: list[Any], dice: random.Random) -> Any:
    """Mostly the one that holds the lease."""
    db.session.rollback()
    held = holder_of(LEASE)
    leader = [process for process in running if held and held[0].split(":")[1] == str(process.pid)]
    return leader[0] if leader and dice.random() < 0.8 else dice.choice(running)


def _clock(url: str, port: int, began: float, host: str, ready: Any) -> None:
    live_on(host)
    app = create_app(
        settings_for_tests(url)
        | {"MAIL_URL": f"smtp://127.0.0.1:{port}?tls=none", "MAIL_FROM": "asb@example.org", "MAIL_PER_MINUTE": 60_000}
    )
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
    sender = job_called("send_email")
    assert sender is not None

    def plan(tick: Tick) -> Outcome:
        last = int(now().timestamp() - began)
        there = set(db.session.scalars(select(Email.effect_key)))
        missing = [number for number in range(last) if f"second:{number}" not in there]
        return each(tick, missing, _plan_one)

    planner = Job("plan", "Plan one e-mail for every second", Every(1), plan)
    sends = Job("send_email", sender.title, Every(1), sender.run)
    ready.set()
    Clockwork(app, [planner, sends], stop).run()


def live_on(host: str) -> None:
    """Let this process be on a host of its own: by a name space of the kernel, where that is allowed."""
    own_name = ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUTS) == 0
    if own_name:
        socket.sethostname(host)
    else:
        socket.gethostname = lambda: host  # all that the program asks of it


@transaction
def _plan_one(number: int) -> bool:
    letter = Letter("test", f"Second {number}", "It has passed.")
    return outbox.queue_email(
        letter, effect_key=f"second:{number}", address="a@example.org", now=now(), mail_domain="example.org"
    )


def _all_sent(last: int) -> bool:
    db.session.rollback()
    sent = set(db.session.scalars(select(Email.effect_key).where(Email.state == EmailState.SENT)))
    return all(f"second:{number}" in sent for number in range(last))


def _report(server: MailServer, last: int, shots: list[float]) -> dict[str, Any]:
    db.session.rollback()
    keys = Counter(db.session.scalars(select(Email.effect_key)))
    arrived = Counter(server.ids)
    ours = set(db.session.scalars(select(Email.message_id).where(Email.state == EmailState.SENT)))
    started = sorted(db.session.scalars(select(JobRun.started_at).where(JobRun.job == "plan")))
    holders = db.session.scalars(select(JobRun.holder).distinct())
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(started)]
    return {
        "effects": last,
        "lost": sum(f"second:{number}" not in keys for number in range(last)),
        "doubled": sum(count > 1 for count in keys.values()),
        "sent": len(ours),
        "not_arrived": len(ours - set(arrived)),
        "copies": sum(count - 1 for count in arrived.values()),
        "slowest_takeover": round(max(_takeovers(shots, [each.timestamp() for each in started])), 1),
        "longest_gap": round(max(gaps, default=0.0), 1),
        "hosts": len({holder.split(":")[0] for holder in holders}),
    }


def _takeovers(shots: list[float], started: list[float]) -> Iterator[float]:
    """Seconds from each shot to the next start of a job; not where another shot came before it."""
    for shot, following in pairwise([*shots, math.inf]):
        next_start = next((each for each in started if each > shot), math.inf)
        if next_start < following:
            yield next_start - shot


if __name__ == "__main__":
    main()
