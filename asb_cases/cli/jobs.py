"""`flask jobs` and `flask scheduler`: the clockwork at the console."""

import json
import signal
import sys
import threading
from datetime import UTC, datetime
from types import FrameType
from zoneinfo import ZoneInfo

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from asb_cases.adapters.time import now
from asb_cases.jobs.register import JOBS, job_called
from asb_cases.jobs.running import run_job
from asb_cases.jobs.scheduler import LEASE, Clockwork, holder_name, next_start
from asb_cases.queries.job_runs import last_runs
from asb_cases.queries.leases import holder_of

jobs = AppGroup("jobs", help="What runs by itself.")


@jobs.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_jobs(as_json: bool) -> None:
    """The register of jobs, when each runs (Europe/London), how its last run went, and who starts them."""
    last, moment = last_runs(), now()
    rows = [
        {
            "name": job.name,
            "title": job.title,
            "schedule": str(job.schedule),
            "next_start_at": next_start(job, moment).isoformat(),
            "last_started_at": last[job.name].started_at.isoformat() if job.name in last else None,
            "last_done": last[job.name].done if job.name in last else None,
            "last_failed": last[job.name].failed if job.name in last else None,
            "last_error": last[job.name].error if job.name in last else None,
        }
        for job in JOBS
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        ran = f"last {row['last_started_at']}: {row['last_done']} done, {row['last_failed']} failed"
        click.echo(f"{row['name']:<22} {row['schedule']:<24} {row['title']}")
        click.echo(f"{'':<22} {ran if row['last_started_at'] else 'never run'}; next {row['next_start_at']}")
    held = holder_of(LEASE)
    click.echo(f"Started by {held[0]} since {held[1].isoformat()}." if held else "Nobody starts them.")


@jobs.command("run")
@click.argument("name")
@click.option("--at", metavar="DATETIME", help="The moment to work for, such as 2026-03-02T09:00 (Europe/London).")
def run(name: str, at: str | None) -> None:
    """Run one job now. Waits a few seconds where a run that was cut off still holds it."""
    job = job_called(name)
    if job is None:
        known = ", ".join(each.name for each in JOBS)
        raise click.UsageError(f"There is no job “{name}”. There are: {known}.")
    outcome = run_job(_app(), job, holder=holder_name(), asked_by="console", at=_moment(at))
    if outcome is None:
        raise click.ClickException(f"{name} is running at this moment. Nothing was done.")
    click.echo(f"{name}: {outcome.done} done, {outcome.failed} failed.")
    if outcome.failed:
        sys.exit(1)


@click.command("scheduler")
@with_appcontext
def scheduler() -> None:
    """The long-running clock. As many as you like may run: one of them starts the jobs. Ends on Ctrl-C or SIGTERM."""
    fatal = [problem for problem in current_app.config["SETTINGS_PROBLEMS"] if problem.fatal]
    if fatal:
        raise click.ClickException("\n".join(f"{problem.message}. {problem.remedy}." for problem in fatal))
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    Clockwork(_app(), JOBS, stop).run()


def _app() -> Flask:
    """The application behind the name: jobs run in threads and contexts of their own."""
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter("Write it like 2026-03-02T09:00.", param_hint="--at") from error
    return (given if given.tzinfo else given.replace(tzinfo=ZoneInfo("Europe/London"))).astimezone(UTC)
