"""`/reports/partnership/<year>/build`: begun, its cover sheet and files, and the whole of it as it stands."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.pdf import pdf_fault
from asb_cases.adapters.time import now, today
from asb_cases.domain.annual_report import COVER, NO_PDF
from asb_cases.domain.calendar import UnreadableDate
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.files import media_type_of
from asb_cases.domain.periods import Period, financial_year, parse_financial_year
from asb_cases.domain.permissions import Permission
from asb_cases.models.annual_report import AnnualReport
from asb_cases.queries.annual_reports import (
    appendices_of,
    appendix_in,
    blocks_of,
    edition_in,
    output_of,
    report_of,
    report_to_write,
    sections_of,
    years_written,
)
from asb_cases.reports.annual_charts import drawing_of
from asb_cases.reports.annual_document import decoded
from asb_cases.reports.annual_outputs import OFFERED, TYPES, file_name, output
from asb_cases.reports.annual_report import annual_document, standard_report
from asb_cases.reports.partnership import partnership_json, partnership_report
from asb_cases.services.annual_report_signing import changed_figures, reopen, sign_off
from asb_cases.services.annual_reports import (
    BACK,
    DOWN,
    OUT,
    UP,
    add_appendix,
    change_cover,
    remove_appendix,
    start_report,
)
from asb_cases.web.access import current_actor, requires
from asb_cases.web.annual_reports.forms import AppendixForm, CoverForm, SignForm, StartForm, sign_form
from asb_cases.web.files.download import sent_as_download
from asb_cases.web.files.uploads import storage, taken_in
from asb_cases.web.forms import refusals_in
from asb_cases.web.request_size import takes_files

annual_reports = Blueprint("annual_reports", __name__, url_prefix="/reports/partnership/<year>")

WAYS = {"up": UP, "down": DOWN, "out": OUT, "back": BACK}


def read_year(year: str) -> Period:
    """The financial year of an address; anything else is not found, one that has not begun too."""
    try:
        period = parse_financial_year(year)
    except UnreadableDate:
        abort(404)
    return period if period.label == year and period.first <= today() else abort(404)


def overview(year: Period) -> str:
    """The address of the page on which a report is written."""
    return url_for("annual_reports.build", year=year.label)


@annual_reports.route("/build", methods=["GET", "POST"])
@requires(Permission.WRITE_REPORTS)
def build(year: str) -> ResponseReturnValue:
    """Everything about the report as it is written; or how it is to begin."""
    period = read_year(year)
    report = report_of(period.first.year)
    if report is None:
        return _start(period)
    if request.method == "POST":
        return redirect(overview(period))
    return render_template(
        "annual_reports/build.html",
        report=report,
        year=period,
        sections=[(section, blocks_of(section)) for section in sections_of(report)],
        removed=[section for section in report.sections if section.removed_at is not None],
        appendices=appendices_of(report),
        cover=_cover(report),
        offered=_offered_of(report),
        may_sign=current_actor().may(Permission.APPROVE_REPORTS),
    )


def _start(period: Period) -> ResponseReturnValue:
    form = StartForm()
    written = years_written()
    form.carry_from.choices = [
        (str(each), f"The structure and words of {financial_year(each).label}") for each in written
    ]
    if form.validate_on_submit():
        with refusals_in(form):
            start_report(actor=current_actor(), now=now(), year=period.first.year, carry_from=form.carry_from.data)
            return redirect(overview(period))
    return render_template("annual_reports/start.html", form=form, year=period), form.http_status


def _cover(report: AnnualReport) -> list[tuple[str, str]]:
    kept = {line.code: line for line in report.cover}
    return [(kept[line.code].label, kept[line.code].text or "") for line in COVER if line.code in kept]


@annual_reports.route("/build/cover", methods=["GET", "POST"])
@requires(Permission.WRITE_REPORTS)
def cover(year: str) -> ResponseReturnValue:
    """The cover sheet."""
    period = read_year(year)
    report = report_to_write(period.first.year)
    kept = {line.code: line for line in report.cover}
    given = {f"{line.code}_text": kept[line.code].text for line in COVER if line.code in kept}
    given |= {f"{line.code}_label": kept[line.code].label if line.code in kept else line.label for line in COVER}
    form = CoverForm(version=report.version, comparisons=report.comparisons or None, **given)
    for line in COVER:
        form[f"{line.code}_text"].label.text = given[f"{line.code}_label"] or line.label
    if form.validate_on_submit():
        with refusals_in(form):
            change_cover(
                actor=current_actor(),
                now=now(),
                year=period.first.year,
                version=form.version.data,
                lines=form.lines(),
                comparisons=form.comparisons.data,
            )
            flash("The cover sheet is saved.", "success")
            return redirect(overview(period))
    return render_template("annual_reports/cover.html", form=form, year=period), form.http_status


@annual_reports.get("/build/preview")
@requires(Permission.WRITE_REPORTS)
def preview(year: str) -> str:
    """The whole report as it would be signed now."""
    period = read_year(year)
    report = report_to_write(period.first.year)
    document = annual_document(report, current_actor(), today=today(), council=current_app.config["COUNCIL_NAME"])
    return render_template(
        "annual_reports/preview.html",
        document=document,
        links=current_actor().may(Permission.DRILL_DOWN),
        drawing_of=drawing_of,
        year=period,
        offered=_offered_of(report),
    )


@annual_reports.get("/file/<form>")
@requires(Permission.WRITE_REPORTS)
def file(year: str, form: str) -> ResponseReturnValue:
    """The report as a file: as it was signed last, else as it stands, else what the service writes of the year itself."""
    period = read_year(year)
    report = report_of(period.first.year)
    if report is not None and report.editions:
        return edition(year, report.editions[-1].number, form)
    if form not in TYPES:
        abort(404)
    if form == "pdf" and pdf_fault() is not None:
        raise RuleBroken((NO_PDF,))
    actor, council = current_actor(), current_app.config["COUNCIL_NAME"]
    document = annual_document(report or standard_report(period), actor, today=today(), council=council)
    standard = partnership_json(partnership_report(period, actor, today=today())) if form == "json" else {}
    made = output(document, form, standard)
    return sent_as_download([made.content], file_name(document, form), made.media_type, len(made.content))


@annual_reports.get("/editions/<int:number>/<form>")
@requires(Permission.WRITE_REPORTS)
def edition(year: str, number: int, form: str) -> ResponseReturnValue:
    """A file of a signed edition, byte for byte as it was signed."""
    period = read_year(year)
    found = edition_in(period.first.year, number)
    kept = output_of(found, form)
    name = file_name(decoded(found.content), form)
    return sent_as_download(storage().read(kept.sha256), name, kept.media_type, kept.size_bytes)


@annual_reports.route("/build/appendices/new", methods=["GET", "POST"])
@requires(Permission.WRITE_REPORTS)
@takes_files
def new_appendix(year: str) -> ResponseReturnValue:
    """Attach a file to the report."""
    period = read_year(year)
    report_to_write(period.first.year)
    form = AppendixForm()
    if form.validate_on_submit():
        with taken_in(form.sent(), form) as arrived, refusals_in(form):
            if arrived:
                add_appendix(
                    actor=current_actor(),
                    now=now(),
                    year=period.first.year,
                    title=form.title.data,
                    file=arrived[0],
                    media_type=media_type_of(arrived[0].kind, arrived[0].name),
                    storage=storage(),
                )
                flash("The appendix is attached.", "success")
                return redirect(overview(period))
    return render_template("annual_reports/appendix.html", form=form, year=period), form.http_status


@annual_reports.get("/appendices/<int:appendix_id>/download")
@requires(Permission.WRITE_REPORTS)
def appendix(year: str, appendix_id: int) -> ResponseReturnValue:
    """The bytes of an appendix, as they were received."""
    found = appendix_in(read_year(year).first.year, appendix_id)
    return sent_as_download(storage().read(found.sha256), found.name, found.media_type, found.size_bytes)


@annual_reports.post("/build/appendices/<int:appendix_id>/remove")
@requires(Permission.WRITE_REPORTS)
def drop_appendix(year: str, appendix_id: int) -> ResponseReturnValue:
    """Let an appendix go with the report no more."""
    period = read_year(year)
    remove_appendix(actor=current_actor(), now=now(), year=period.first.year, appendix_id=appendix_id)
    flash("The appendix no longer goes with the report.", "success")
    return redirect(overview(period))


@annual_reports.route("/build/sign", methods=["GET", "POST"])
@requires(Permission.APPROVE_REPORTS)
def sign(year: str) -> ResponseReturnValue:
    """Sign the report off; a revision with the reason for each figure that is another one."""
    period = read_year(year)
    actor, council = current_actor(), current_app.config["COUNCIL_NAME"]
    report = report_to_write(period.first.year)
    document = annual_document(report, actor, today=today(), council=council)
    form: SignForm = sign_form(changed_figures(report, document), version=report.version)
    if form.validate_on_submit():
        with refusals_in(form):
            number = sign_off(
                actor=actor,
                now=now(),
                year=period.first.year,
                version=form.version.data,
                storage=storage(),
                council=council,
                reasons=form.reasons(),
            )
            flash(f"The report is signed off: edition {number}.", "success")
            return redirect(url_for("reports.partnership", year=period.label))
    waiting = [section for section in sections_of(report) if section.approved_at is None]
    page = render_template("annual_reports/sign.html", form=form, year=period, report=report, waiting=waiting)
    return page, form.http_status


@annual_reports.post("/build/reopen")
@requires(Permission.APPROVE_REPORTS)
def open_again(year: str) -> ResponseReturnValue:
    """Open a signed report for a revision."""
    period = read_year(year)
    reopen(actor=current_actor(), now=now(), year=period.first.year, version=None)
    flash("The report is open for a revision. What was signed stays published until the revision is signed.", "success")
    return redirect(overview(period))


def _offered_of(report: AnnualReport | None) -> list[tuple[str, str]]:
    """The formats that there are, each with its name: those that were signed, else those that can be made."""
    there = {each.format for each in report.editions[-1].outputs} if report and report.editions else set(TYPES)
    return [(form, title) for form, title in OFFERED.items() if form in there]
