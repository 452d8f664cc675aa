"""`flask report`: figures of any period and the yearly reports, for scripts and documents."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask import current_app, render_template
from flask.cli import AppGroup

from asb_cases.adapters.pdf import PdfAway
from asb_cases.adapters.storage import Storage
from asb_cases.adapters.time import now, today
from asb_cases.cli.days import Day
from asb_cases.domain.calendar import UnreadableDate
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.periods import Period, between, parse_financial_year, parse_month, parse_reporting_period
from asb_cases.domain.permissions import CONSOLE
from asb_cases.domain.publications import check_period
from asb_cases.models.annual_report import AnnualReport
from asb_cases.queries.annual_reports import report_of
from asb_cases.queries.caseload import all_recipients, recipients_of
from asb_cases.queries.figures import figures_of
from asb_cases.queries.policy import policy_in_force
from asb_cases.reports.annual_document import Document
from asb_cases.reports.annual_outputs import TYPES, output
from asb_cases.reports.annual_report import annual_document, standard_report
from asb_cases.reports.case_review_figures import case_review_context, case_review_report, report_csv, report_json
from asb_cases.reports.caseload_email import CaseloadLetters
from asb_cases.reports.export import figures_csv, figures_json
from asb_cases.reports.partnership import PartnershipReport, partnership_json, partnership_report
from asb_cases.services.caseload_emails import check_month_over, queue_caseload
from asb_cases.services.demo.seed_check import YEAR, missing_from, published_numbers

#: What a report is written as. JSON and HTML are texts; the others are files.
FORMATS = tuple(dict.fromkeys(("json", "html", *TYPES)))

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


class ReportingPeriod(click.ParamType[Period]):
    """A reporting period of at most twelve months: `2015-16`, `2015`, or its two days."""

    name = "period"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        if isinstance(value, Period):
            return value
        try:
            period = parse_reporting_period(str(value))
            check_period(period).raise_if_refused()
        except (UnreadableDate, RuleBroken) as error:
            self.fail(str(error), param, ctx)
        return period


class Month(click.ParamType[Period]):
    """A month, `2026-10`."""

    name = "month"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        if isinstance(value, Period):
            return value
        try:
            return parse_month(str(value))
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
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file instead of the screen.")
def partnership(year: Period, form: str, out: Path | None) -> None:
    """The partnership report of a financial year: as it was signed last, else as it stands today."""
    written = report_of(year.first.year)
    if written is not None and written.editions:
        kept = next((each for each in written.editions[-1].outputs if each.format == form), None)
        if kept is None:
            raise click.ClickException(f"The report was signed without a {form} file.")
        _put_bytes(b"".join(Storage(current_app.config["STORAGE_DIR"]).read(kept.sha256)), out)
        return
    if written is None and form in {"json", "html"}:
        found = partnership_report(year, CONSOLE, today=today())
        _put(_as_json(partnership_json(found)) if form == "json" else _document(found), out)
        return
    document = _document_of(written, year)
    standard = partnership_json(partnership_report(year, CONSOLE, today=today())) if form == "json" else {}
    try:
        made = output(document, form, standard)
    except PdfAway as away:
        raise click.ClickException(str(away)) from away
    _put_bytes(made.content, out)


@report.command("check-seed")
@click.option("--year", type=FinancialYear(), required=True, help=f"The financial year: {YEAR}.")
def check_seed(year: Period) -> None:
    """Whether the yearly report says every number that was published of its year; prints those missing."""
    if year.label != YEAR:
        raise click.UsageError(f"Numbers to compare with are known for {YEAR} only.")
    missing = missing_from(_document_of(report_of(year.first.year), year))
    for each in missing:
        click.echo(f"{each.number} is missing beside “{each.near}”: {each.what}")
    count = len(published_numbers())
    click.echo(f"{count - len(missing)} of {count} published numbers of {YEAR} stand in the report.", err=bool(missing))
    if missing:
        raise SystemExit(1)


def _document_of(written: AnnualReport | None, year: Period) -> Document:
    """The report that people wrote, else what the service writes of a year itself."""
    council = current_app.config["COUNCIL_NAME"]
    return annual_document(written or standard_report(year), CONSOLE, today=today(), council=council)


def _put_bytes(content: bytes, out: Path | None) -> None:
    """To the file, else to standard output; not as a file on somebody's screen."""
    if out is None and sys.stdout.isatty():
        raise click.UsageError("Name a file with --out, or send it on with > FILE.")
    if out is None:
        click.echo(content, nl=False)
        return
    _to_file(out, content)


@report.command("case-reviews")
@click.option(
    "--year", type=ReportingPeriod(), required=True, help="The year, such as 2015-16, or 2015-10-20_2016-10-19."
)
@click.option("--format", "form", type=click.Choice(["json", "csv", "html"]), default="json", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file instead of the screen.")
def case_reviews(year: Period, form: str, out: Path | None) -> None:
    """The yearly publication about case reviews (2014 Act s.104(9)): as published, else as the record has it today."""
    found = case_review_report(year, CONSOLE, today=today())
    if form == "html":
        base = str(current_app.config["BASE_URL"]).rstrip("/")
        _put(render_template("reports/case_review_document.html", base=base, **case_review_context(found)), out)
    else:
        _put(_as_json(report_json(found)) if form == "json" else report_csv(found), out)


@report.command("caseload")
@click.option("--month", "of", type=Month(), required=True, help="The month, such as 2026-10.")
@click.option("--send", is_flag=True, help="Put them into the outbox: one to each person, however often asked.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def caseload(of: Period, send: bool, form: str) -> None:
    """The monthly caseload e-mails to officers and managers, as it stands now: shown, or with --send queued."""
    moment = now()
    if of.first > today():
        raise click.UsageError(f"{of.label} has not begun.")
    letters = CaseloadLetters(of, moment, policy_in_force(), current_app.config["BASE_URL"])
    if send:
        _send_caseloads(letters, form)
        return
    shown = [(row.email, letters.to(user_id=row.id, role=row.role, team_id=row.team_id)) for row in all_recipients()]
    if form == "json":
        _put(_as_json([{"to": to, "subject": letter.subject, "text": letter.text} for to, letter in shown]), None)
        return
    for to, letter in shown:
        click.echo(f"To: {to}\nSubject: {letter.subject}\n\n{letter.text}\n")


def _send_caseloads(letters: CaseloadLetters, form: str) -> None:
    try:
        check_month_over(letters.of, now=letters.now)
    except RuleBroken as refused:
        raise click.ClickException(" ".join(each.message for each in refused.refusals)) from refused
    queued = 0
    for row in recipients_of(letters.of):
        letter = letters.to(user_id=row.id, role=row.role, team_id=row.team_id)
        domain = current_app.config["MAIL_DOMAIN"]
        queued += queue_caseload(letter, of=letters.of, user_id=row.id, now=letters.now, mail_domain=domain)
    before = len(all_recipients()) - queued
    if form == "json":
        _put(_as_json({"month": f"{letters.of.first:%Y-%m}", "queued": queued, "queued_before": before}), None)
    else:
        click.echo(f"{letters.of.label}: {queued} queued, {before} queued before.")


def _document(found: PartnershipReport) -> str:
    base = str(current_app.config["BASE_URL"]).rstrip("/")
    return render_template("reports/partnership_document.html", report=found, may_drill_down=True, base=base)


def _as_json(value: dict[str, Any] | list[Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _put(text: str, out: Path | None) -> None:
    """To the file, else to standard output alone."""
    if out is None:
        click.echo(text, nl=False)
        return
    _to_file(out, text.encode())


def _to_file(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise click.UsageError(f"{out} can’t be written: {(error.strerror or 'unknown fault').lower()}.") from error
    click.echo(f"Written to {out}.", err=True)
