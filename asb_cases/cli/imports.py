"""`flask import`: older registers and partners' figures brought in from CSV, XLSX or ODS files."""

import json
import time
from datetime import date
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from asb_cases.adapters.row_store import Told
from asb_cases.adapters.spreadsheets import UnreadableTable
from asb_cases.adapters.time import now
from asb_cases.cli.actors import acting_as
from asb_cases.cli.days import Day
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.permissions import Actor
from asb_cases.queries.readiness import database_fault
from asb_cases.services.imports.abandoning import abandon
from asb_cases.services.imports.kinds import KINDS
from asb_cases.services.imports.running import Order, Report, import_file
from asb_cases.services.imports.writing import ImportStopped

#: Seconds before the first word of progress, and between two.
QUIET_FOR, EVERY = 2.0, 1.0

imports = AppGroup("import", help="Bring in older registers and partners' figures. See docs/imports.md.")


class Progress:
    """Tells on standard error how far a long import has come."""

    def __init__(self) -> None:
        self._next = time.monotonic() + QUIET_FOR

    def __call__(self, stage: str, rows: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY
            click.echo(f"{stage}: {rows:,} rows", err=True)


def _add_command(name: str) -> None:
    """The command of one kind of file. They differ in the kind alone."""

    @imports.command(name, help=f"Bring in a file of {name.replace('-', ' ')}.")
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--dry-run", is_flag=True, help="Say all that would happen; change nothing.")
    @click.option(
        "--rejects",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Let the good rows in; write the others here, with a reason.",
    )
    @click.option("--incomplete-before", type=Day(), help="Let rows before this day in without the step they follow.")
    @click.option("--as", "email", help="E-mail address of the account that does it.")
    @click.option("--json", "as_json", is_flag=True, help="Print JSON alone.")
    def command(
        file: Path,
        dry_run: bool,
        rejects: Path | None,
        incomplete_before: date | None,
        email: str | None,
        as_json: bool,
    ) -> None:
        if rejects and rejects.resolve() == file.resolve():
            raise click.UsageError("--rejects names the file that is read: give another.")
        order = Order(
            kind=KINDS[name],
            path=file,
            dry_run=dry_run,
            rejects=rejects,
            incomplete_before=incomplete_before,
            council=current_app.config["COUNCIL_NAME"],
        )
        _run(order, acting_as(email), as_json)


for kind in KINDS:
    _add_command(kind)


@imports.command("abandon")
@click.argument("number", type=int)
@click.option("--as", "email", help="E-mail address of the account that does it.")
def abandon_import(number: int, email: str | None) -> None:
    """Undo import NUMBER, which was interrupted. Nobody has seen its rows; they go."""
    try:
        rows = abandon(actor=acting_as(email), now=now(), import_id=number)
    except (ImportStopped, NotPermitted) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Import {number} is undone: {rows:,} rows of it had been written.")


def _run(order: Order, actor: Actor, as_json: bool) -> None:
    if fault := database_fault(Path(current_app.config["MIGRATIONS"])):
        raise click.ClickException(f"{fault}.")
    told: list[dict[str, object]] = []

    def tell(problem: Told) -> None:
        if as_json:
            told.append(_as_json(problem))
        else:
            click.echo(_as_text(order.path, problem))

    try:
        report = import_file(order, actor=actor, now=now(), tell=tell, progress=Progress())
    except UnreadableTable as error:
        raise click.ClickException(f"{order.path}: {error}") from error
    except (ImportStopped, NotPermitted) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        summary = {"kind": order.kind.name, "dry_run": order.dry_run, **report.counts, "import": report.import_id}
        remarks = [{"remark": text, "rows": rows, "first_line": first} for text, rows, first in report.remarks]
        click.echo(json.dumps({**summary, "remarks": remarks, "problems": told}, indent=2))
    else:
        click.echo(_summary(order, report))
    if report.refused:
        raise SystemExit(1)


def _summary(order: Order, report: Report) -> str:
    would = "would be " if order.dry_run else ""
    stands = order.rejects is None and report.refused > 0
    written = 0 if stands else report.written
    skipped = f"{report.skipped:,} known already and skipped"
    lines = [f"{report.read:,} rows read: {written:,} {would}written, {skipped}, {report.refused:,} refused."]
    if stands:
        lines.append("Nothing is written while any row is refused. With --rejects FILE the good rows go in.")
    elif order.rejects and report.refused and not order.dry_run:
        lines.append(f"The refused rows stand in {order.rejects}, each with its reason: mend them and bring that in.")
    if report.resumed:
        lines.append(f"Import {report.import_id} had been interrupted and is finished now.")
    elif report.import_id:
        lines.append(f"This was import {report.import_id}.")
    lines += [_remark(*each) for each in report.remarks]
    return "\n".join(lines)


def _remark(text: str, rows: int, first: int) -> str:
    where = f"Line {first}" if rows == 1 else f"{rows:,} rows, the first on line {first}"
    return f"{where}: {text}"


def _as_text(path: Path, problem: Told) -> str:
    column = f", column {problem.column}" if problem.column else ""
    section = f" ({problem.authority})" if problem.authority else ""
    return f"{path.name}, line {problem.line}{column}: {problem.message}{section} {problem.remedy}"


def _as_json(problem: Told) -> dict[str, object]:
    return {
        "line": problem.line,
        "column": problem.column or None,
        "code": problem.code,
        "message": problem.message,
        "authority": problem.authority or None,
        "remedy": problem.remedy,
    }
