"""`flask jobs`: the register and one run, at the console."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from asb_cases.adapters.time import now
from asb_cases.extensions import db
from asb_cases.jobs import running
from asb_cases.jobs.register import JOBS
from asb_cases.models.clockwork import JobRun
from asb_cases.services import leases


def test_the_register_is_listed_with_the_last_run(console: FlaskCliRunner) -> None:
    listed = json.loads(console.invoke(args=["jobs", "list", "--json"]).stdout)
    assert [row["name"] for row in listed] == [job.name for job in JOBS]
    assert {row["last_started_at"] for row in listed} == {None}
    assert console.invoke(args=["jobs", "run", "tidy_up"]).stdout == "tidy_up: 0 done, 0 failed.\n"
    listed = {row["name"]: row for row in json.loads(console.invoke(args=["jobs", "list", "--json"]).stdout)}
    assert (listed["tidy_up"]["last_done"], listed["tidy_up"]["last_error"]) == (0, None)
    assert {row["next_start_at"] > now().isoformat()[:16] for row in listed.values()} == {True}
    said = console.invoke(args=["jobs", "list"]).stdout
    assert "never run; next 20" in said
    assert said.endswith("Nobody starts them.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "There is no job “nothing”. There are: "),
        (["tidy_up", "--at", "yesterday"], "Write it like 2026-03-02T09:00."),
    ],
)
def test_asked_wrongly_it_says_how_to_ask(console: FlaskCliRunner, arguments: list[str], said: str) -> None:
    asked = console.invoke(args=["jobs", "run", *arguments])
    assert asked.exit_code == 2
    assert said in asked.stderr


def test_a_run_works_for_the_moment_it_is_given(app: Flask, console: FlaskCliRunner) -> None:
    assert console.invoke(args=["jobs", "run", "tidy_up", "--at", "2026-10-25T01:30"]).exit_code == 0
    with app.app_context():
        run = db.session.scalars(select(JobRun)).one()
        assert run.asked_by == "console"
        assert run.finished_at is not None


@pytest.mark.engines("sqlite")
def test_a_run_that_is_at_work_elsewhere_is_left_alone(
    app: Flask, console: FlaskCliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PATIENCE", 0.5)
    with app.app_context():
        assert leases.take("job tidy_up", "another host:1", instead_of=None, now=now())
    asked = console.invoke(args=["jobs", "run", "tidy_up"])
    assert asked.exit_code == 1
    assert "is running at this moment" in asked.stderr
