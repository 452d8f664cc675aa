"""`/reports`: figures of any period, and the yearly report."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import today
from asb_cases.adapters.workbooks import TYPES, Sheet, workbook
from asb_cases.domain.calendar import ONE_DAY, UnreadableDate
from asb_cases.domain.figures import DIMENSION_TITLES, GROUPS, Dimension
from asb_cases.domain.periods import Period, financial_year_of, parse_financial_year
from asb_cases.domain.permissions import FiguresScope, Permission
from asb_cases.models.annual_report import AnnualReport
from asb_cases.queries.annual_reports import report_of
from asb_cases.queries.categories import category_titles
from asb_cases.queries.figures import FigureSet, figures_of
from asb_cases.queries.record_dates import first_record_on
from asb_cases.reports.addresses import figures_path, partnership_path
from asb_cases.reports.annual_charts import drawing_of
from asb_cases.reports.annual_document import decoded
from asb_cases.reports.annual_outputs import OFFERED
from asb_cases.reports.annual_outputs import TYPES as REPORT_TYPES
from asb_cases.reports.annual_report import annual_document, changed_since, shown
from asb_cases.reports.export import figures_csv, figures_sheets
from asb_cases.reports.partnership import partnership_report
from asb_cases.reports.table import PartRow, TableRow, compared, parts_compared
from asb_cases.web.access import current_actor, may_open, requires
from asb_cases.web.reports.breakdown_words import key_words
from asb_cases.web.reports.forms import FiguresForm, asked_period

reports = Blueprint("reports", __name__, url_prefix="/reports")

SUPPLIED = "Figures that others supply"


@reports.get("")
@requires(Permission.SEE_FIGURES)
def choose() -> ResponseReturnValue:
    """Choose a year or any period."""
    return _chooser(FiguresForm())


@reports.get("/figures")
@requires(Permission.SEE_FIGURES)
def figures() -> ResponseReturnValue:
    """All figures of a period, beside another one, and broken down where that is asked for."""
    form = FiguresForm()
    if not form.validate():
        return _chooser(form, 400)
    if form.named.data:
        return redirect(url_for("reports.figures", **form.in_address()))
    actor, by = current_actor(), form.dimensions
    now = figures_of(form.period, actor, by=by)
    before = figures_of(form.other, actor, by=by) if form.other else None
    return render_template(
        "reports/figures.html",
        form=form,
        period=now.period,
        before=before.period if before else None,
        groups=_grouped(compared(now, before)),
        parts=_parts(now, before, by),
        by=DIMENSION_TITLES[next(iter(by))] if len(by) == 1 else None,
        scope=actor.figures_scope,
        may_drill_down=actor.may(Permission.DRILL_DOWN),
        may_export=actor.may(Permission.EXPORT),
    )


@reports.get("/figures.csv", defaults={"ending": "csv"})
@reports.get("/figures.xlsx", defaults={"ending": "xlsx"})
@reports.get("/figures.ods", defaults={"ending": "ods"})
@requires(Permission.EXPORT)
def figures_file(ending: str) -> ResponseReturnValue:
    """All figures of a period with their breakdowns, as a file. Numbers only: nothing personal leaves with them."""
    period = asked_period()
    found = figures_of(period, current_actor())
    name = f"figures-{period.first}-{period.last}"
    if ending == "csv":
        return csv_response(figures_csv(found), f"{name}.csv")
    return workbook_response(figures_sheets(found), f"{name}.{ending}", title=f"Figures for {period.label}")


@reports.get("/partnership/<year>")
@requires(Permission.SEE_FIGURES)
def partnership(year: str) -> ResponseReturnValue:
    """The partnership report of a financial year."""
    try:
        period = parse_financial_year(year)
    except UnreadableDate as error:
        return render_template("reports/no_such_year.html", reason=str(error)), 404
    if period.label != year:
        return redirect(url_for("reports.partnership", year=period.label))
    if period.first > today():
        reason = f"The year {period.label} has not begun."
        return render_template("reports/no_such_year.html", reason=reason), 404
    later = financial_year_of(period.last + ONE_DAY)
    around = {
        "earlier_path": partnership_path(period.previous),
        "earlier": period.previous.label,
        "later_path": partnership_path(later) if later.first <= today() else None,
        "later": later.label,
        "figures_path": figures_path(period),
        "may_drill_down": current_actor().may(Permission.DRILL_DOWN),
        "may_write": current_actor().may(Permission.WRITE_REPORTS),
    }
    written = report_of(period.first.year)
    if written is not None:
        return _written(written, period, around)
    report = partnership_report(period, current_actor(), today=today())
    offered = [(form, title) for form, title in OFFERED.items() if form in REPORT_TYPES]
    return render_template("reports/partnership.html", report=report, year=period, base="", offered=offered, **around)


def _written(written: AnnualReport, period: Period, around: dict[str, Any]) -> str:
    """The report that people wrote: as it was signed last, with every figure that is another one by now; else the draft."""
    live = annual_document(written, current_actor(), today=today(), council=current_app.config["COUNCIL_NAME"])
    signed = written.editions[-1] if written.editions else None
    document = decoded(signed.content) if signed else live
    there = {each.format for each in signed.outputs} if signed else set(REPORT_TYPES)
    return render_template(
        "annual_reports/report.html",
        document=document,
        links=around["may_drill_down"],
        drawing_of=drawing_of,
        year=period,
        changed=changed_since(document, live) if signed else [],
        shown=shown,
        editions=written.editions,
        open=written.open,
        offered=[(form, title) for form, title in OFFERED.items() if form in there],
        **around,
    )


def csv_response(text: str, name: str) -> Response:
    """A file to be saved, with the mark by which spreadsheets know the letters."""
    response = make_response(f"\ufeff{text}")
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def workbook_response(sheets: Sequence[Sheet], name: str, *, title: str) -> Response:
    """Tables as a workbook to be saved: XLSX or ODS, by the ending of its name."""
    ending = name.rpartition(".")[2]
    response = make_response(workbook(sheets, ending, title=title, author=current_app.config["COUNCIL_NAME"]))
    response.mimetype = TYPES[ending]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _chooser(form: FiguresForm, status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    asked = bool(request.args)
    page = render_template(
        "reports/choose.html",
        form=form if asked else None,
        fields=form,
        years=_years(first_record_on(actor)),
        whole_service=actor.figures_scope is FiguresScope.ALL,
        scope=actor.figures_scope,
        has_caseload=may_open("caseloads.preview", actor),
        has_dashboard=may_open("dashboard.overview", actor),
        has_series=may_open("series.list_series", actor),
    )
    return page, status


def _years(first_record: date | None) -> list[dict[str, str]]:
    """The financial years with records, the running one first."""
    years = [financial_year_of(today())]
    while first_record is not None and years[-1].first > first_record:
        years.append(years[-1].previous)
    return [
        {"label": each.label, "report": partnership_path(each), "figures": figures_path(each)} for each in years[:40]
    ]


def _grouped(rows: list[TableRow]) -> dict[str, list[TableRow]]:
    """The rows under their headings; supplied series last."""
    by_code = {row.figure.code: row for row in rows}
    groups = {
        heading: [by_code.pop(figure.code) for figure in figures if figure.code in by_code]
        for heading, figures in GROUPS.items()
    }
    groups[SUPPLIED] = list(by_code.values())
    return {heading: found for heading, found in groups.items() if found}


def _parts(
    now: FigureSet, before: FigureSet | None, by: set[Dimension]
) -> dict[str, list[tuple[str, list[tuple[str, PartRow]]]]]:
    """For each figure its breakdowns that have a number: what each is by, and its rows with their words."""
    titles = category_titles() if Dimension.CATEGORY in by else {}
    found: dict[str, list[tuple[str, list[tuple[str, PartRow]]]]] = {}
    for code, each in now.values.items():
        for dimension in each.figure.breakdowns:
            rows = parts_compared(code, dimension, now, before) if dimension in by else []
            if rows:
                worded = [(key_words(dimension, row.key, row.now, titles), row) for row in rows]
                found.setdefault(code, []).append((DIMENSION_TITLES[dimension], worded))
    return found
