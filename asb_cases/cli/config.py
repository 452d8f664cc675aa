"""`flask config check`: is this installation set up, and safely?"""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from asb_cases.adapters.pdf import pdf_fault
from asb_cases.adapters.storage_space import storage_fault
from asb_cases.queries.readiness import database_fault

config = AppGroup("config", help="The settings of this installation.")


@config.command("check")
def check() -> None:
    """Say what is missing or unsafe. Exit status 1 where the web server would refuse to start or could not work."""
    problems = sorted(current_app.config["SETTINGS_PROBLEMS"], key=lambda problem: not problem.fatal)
    for problem in problems:
        click.echo(f"{'Must' if problem.fatal else 'Should'} be put right: {problem.message}. {problem.remedy}.")

    faults = [storage_fault(Path(current_app.config["STORAGE_DIR"]))]
    if not any(problem.setting == "DATABASE_URL" for problem in problems):
        faults.append(database_fault(Path(current_app.config["MIGRATIONS"])))
    for fault in filter(None, faults):
        click.echo(f"Must be put right: {fault}.")

    lacking = pdf_fault() if current_app.config["DOCUMENTS_AS"] == "pdf" else None
    if lacking:
        click.echo(f"Should be put right: {lacking}. Until then documents are kept as pages.")

    if any(problem.fatal for problem in problems) or any(faults):
        raise SystemExit(1)
    click.echo(f"Ready to serve {current_app.config['BASE_URL']}.")
