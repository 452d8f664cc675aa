"""`/reports/case-reviews`: the figures about case reviews that the Act has published each year (2014 Act s.104(9))."""

import json

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.calendar import UnreadableDate
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.periods import Period, between, financial_year_of, parse_reporting_period
from asb_cases.domain.permissions import FiguresScope, Permission
from asb_cases.domain.publications import FOUR, check_period
from asb_cases.models.publication import CaseReviewPublication
from asb_cases.queries.publications import latest_publications, unpublished_years
from asb_cases.reports.addresses import case_review_figures_path, period_name
from asb_cases.reports.case_review_figures import (
    CaseReviewReport,
    case_review_context,
    case_review_report,
    numbers_of,
    report_csv,
    report_json,
)
from asb_cases.services.publications import correct_case_review_figures, publish_case_review_figures
from asb_cases.web.access import current_actor, requires
from asb_cases.web.forms import refusals_in
from asb_cases.web.reports.forms import CorrectForm, PublishForm, ReportingPeriodForm
from asb_cases.web.reports.routes import csv_response

publications = Blueprint("publications", __name__, url_prefix="/reports/case-reviews")


@publications.get("")
@requires(Permission.SEE_FIGURES)
def years() -> ResponseReturnValue:
    """What is published, year by year, what is still owed, and any other period."""
    _whole_service()
    form = ReportingPeriodForm()
    if form.is_asked() and form.validate():
        return redirect(case_review_figures_path(form.period))
    page = render_template(
        "reports/case_review_years.html",
        form=form if form.is_asked() else None,
        fields=form,
        rows=[
            (_period_of(row), case_review_figures_path(_period_of(row)), row, numbers_of(row))
            for row in latest_publications()
        ],
        titles=FOUR,
        owed=[(year, case_review_figures_path(year)) for year in reversed(unpublished_years(today()))],
        running=financial_year_of(today()),
        running_path=case_review_figures_path(financial_year_of(today())),
    )
    return page, 422 if form.is_asked() else 200


@publications.get("/<year>")
@requires(Permission.SEE_FIGURES)
def year(year: str) -> ResponseReturnValue:
    """The four numbers of a period, as published or as they stand, with those of the years before."""
    period = _asked(year)
    if period_name(period) != year:
        return redirect(case_review_figures_path(period))
    return _page(case_review_report(period, current_actor(), today=today()))


@publications.get("/<year>.csv")
@requires(Permission.EXPORT)
def year_csv(year: str) -> Response:
    """The four numbers as a file."""
    report = _report(year)
    return csv_response(report_csv(report), f"case-reviews-{period_name(report.period)}.csv")


@publications.get("/<year>.json")
@requires(Permission.EXPORT)
def year_json(year: str) -> Response:
    """The four numbers for other people's programs."""
    response = make_response(json.dumps(report_json(_report(year)), indent=2, ensure_ascii=False) + "\n")
    response.mimetype = "application/json"
    return response


@publications.route("/<year>/publish", methods=["GET", "POST"])
@requires(Permission.PUBLISH_FIGURES)
def publish(year: str) -> ResponseReturnValue:
    """Publish the figures of a period: what they are from then on."""
    report = _report(year)
    form = PublishForm(seen=report.now.digest)
    if form.validate_on_submit():
        with refusals_in(form):
            publish_case_review_figures(actor=current_actor(), now=now(), period=report.period, seen=form.seen.data)
            flash("The figures are published. They stay as they are now.", "success")
            return redirect(case_review_figures_path(report.period))
    form.seen.data = report.now.digest
    return _form_page("reports/publish_case_reviews.html", report, form)


@publications.route("/<year>/correct", methods=["GET", "POST"])
@requires(Permission.PUBLISH_FIGURES)
def correct(year: str) -> ResponseReturnValue:
    """Publish other figures in the place of those published, with the reason."""
    report = _report(year)
    if report.published is None:
        abort(404)
    form = CorrectForm(seen=report.now.digest)
    if form.validate_on_submit():
        with refusals_in(form):
            correct_case_review_figures(
                actor=current_actor(),
                now=now(),
                period=report.period,
                because=form.because.data or "",
                seen=form.seen.data,
            )
            flash("The correction is published, beside what was published first.", "success")
            return redirect(case_review_figures_path(report.period))
    form.seen.data = report.now.digest
    return _form_page("reports/correct_case_reviews.html", report, form)


def _page(report: CaseReviewReport) -> str:
    actor = current_actor()
    shown = case_review_context(report) | {"may_drill_down": actor.may(Permission.DRILL_DOWN)}
    return render_template(
        "reports/case_review_figures.html",
        **shown,
        name=period_name(report.period),
        may_publish=actor.may(Permission.PUBLISH_FIGURES),
        may_export=actor.may(Permission.EXPORT),
    )


def _form_page(template: str, report: CaseReviewReport, form: PublishForm | CorrectForm) -> ResponseReturnValue:
    back = case_review_figures_path(report.period)
    return render_template(template, report=report, form=form, titles=FOUR, back=back), form.http_status


def _report(year: str) -> CaseReviewReport:
    return case_review_report(_asked(year), current_actor(), today=today())


def _asked(year: str) -> Period:
    """The period that an address names: one that has begun, of twelve months at most."""
    _whole_service()
    try:
        period = parse_reporting_period(year)
    except UnreadableDate:
        abort(404)
    if period.first > today() or not check_period(period).allowed:
        abort(404)
    return period


def _whole_service() -> None:
    """The publication is about the whole service: whoever sees a part of the figures is not shown it."""
    if current_actor().figures_scope is not FiguresScope.ALL:
        raise NotPermitted(Permission.SEE_FIGURES.value)


def _period_of(row: CaseReviewPublication) -> Period:
    return between(row.first_on, row.last_on)
