"""`flask report`: figures of any period and the yearly reports, for scripts and documents."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask import current_app, render_template
from flask.cli import AppGroup

from asb_cases.adapters.time import today
from asb_cases.cli.days import Day
from asb_cases.domain.calendar import UnreadableDate
from asb_cases.domain.periods import Period, between, parse_financial_year
from asb_cases.domain.permissions import CONSOLE
from asb_cases.queries.figures import figures_of
from asb_cases.reports.export import figures_csv, figures_json
from asb_cases.reports.partnership import PartnershipReport, partnership_json, partnership_report

#: Formats that the interface names and this version does not write yet.
NOT_YET = ("docx", "pdf")

report = AppGroup("report", help="Figures and reports.")


class FinancialYear(click.ParamType[Period]):
    """A financial year, `2015-16`."""

    name = "year"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        if isinstance(value, Period):
            return value
        try:
            return parse_financial_year(str(value))
        except UnreadableDate as error:
            self.fail(str(error), param, ctx)


@report.command("figures")
@click.option("--from", "first", type=Day(), required=True, help="The first day counted.")
@click.option("--to", "last", type=Day(), required=True, help="The last day counted.")
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file instead of the screen.")
def figures(first: date, last: date, form: str, out: Path | None) -> None:
    """Every figure for any period; both days are included."""
    try:
        period = between(first, last)
    except UnreadableDate as error:
        raise click.UsageError(str(error)) from error
    found = figures_of(period, CONSOLE)
    _put(_as_json(figures_json(found)) if form == "json" else figures_csv(found), out)


@report.command("partnership")
@click.option("--year", type=FinancialYear(), required=True, help="The financial year, such as 2015-16.")
@click.option("--format", "form", type=click.Choice(["json", "html", *NOT_YET]), default="json", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file instead of the screen.")
def partnership(year: Period, form: str, out: Path | None) -> None:
    """The partnership report of a financial year, as it stands today."""
    if form in NOT_YET:
        raise click.UsageError(f"This version does not write {form} yet: use html, which word processors open.")
    found = partnership_report(year, CONSOLE, today=today())
    _put(_as_json(partnership_json(found)) if form == "json" else _document(found), out)


def _document(found: PartnershipReport) -> str:
    base = str(current_app.config["BASE_URL"]).rstrip("/")
    return render_template("reports/partnership_document.html", report=found, may_drill_down=True, base=base)


def _as_json(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _put(text: str, out: Path | None) -> None:
    """To the file, else to standard output alone."""
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise click.UsageError(f"{out} can’t be written: {(error.strerror or 'unknown fault').lower()}.") from error
    click.echo(f"Written to {out}.", err=True)
