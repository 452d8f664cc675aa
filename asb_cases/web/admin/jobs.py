"""`/admin/jobs`: what runs by itself, how it went, and a button to run it now."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.permissions import Permission
from asb_cases.jobs.register import JOBS, job_called
from asb_cases.jobs.running import run_job
from asb_cases.jobs.scheduler import LEASE, holder_name, next_start
from asb_cases.queries.job_runs import last_runs, runs_of
from asb_cases.queries.leases import holder_of
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.readiness import clock_fault
from asb_cases.web.access import requires

admin_jobs = Blueprint("admin_jobs", __name__, url_prefix="/admin/jobs")


@admin_jobs.get("")
@requires(Permission.MANAGE_SETTINGS)
def list_jobs() -> str:
    """Every job, its last run and its next, and the process that starts them."""
    moment = now()
    return render_template(
        "admin/jobs.html",
        jobs=JOBS,
        last=last_runs(),
        next={job.name: next_start(job, moment) for job in JOBS},
        holder=holder_of(LEASE),
        fault=clock_fault(),
    )


@admin_jobs.get("/<name>")
@requires(Permission.MANAGE_SETTINGS)
def job(name: str) -> str:
    """The latest runs of one job."""
    found = job_called(name)
    if found is None:
        raise NotFound("job")
    return render_template("admin/job.html", job=found, runs=runs_of(name), next=next_start(found, now()))


@admin_jobs.post("/<name>/run")
@requires(Permission.MANAGE_SETTINGS)
def run(name: str) -> ResponseReturnValue:
    """Run one job now. What it does is due anyhow: it finds nothing to do twice."""
    found = job_called(name)
    if found is None:
        raise NotFound("job")
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    outcome = run_job(app, found, holder=holder_name(), asked_by="page")
    if outcome is None:
        flash("It is running at this moment. Nothing was done twice.", "information")
    else:
        flash(f"It ran: {outcome.done} done, {outcome.failed} failed.", "information" if outcome.failed else "success")
    return redirect(url_for("admin_jobs.job", name=name))
