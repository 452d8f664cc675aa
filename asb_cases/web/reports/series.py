"""`/reports/series`: the figures that partners supply, what stands for each period and what is due."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.partner_returns import Rhythm
from asb_cases.domain.permissions import Permission
from asb_cases.models.partner_series import PartnerSeries
from asb_cases.queries.partner_series import due_returns, series_by_code, series_rows, values_of
from asb_cases.services import partner_series as acts
from asb_cases.services.partner_series import SeriesFacts
from asb_cases.web.access import current_actor, requires
from asb_cases.web.forms import refusals_in
from asb_cases.web.reports.series_forms import NewSeriesForm, SeriesForm, ValueForm

series = Blueprint("series", __name__, url_prefix="/reports/series")


@series.get("")
@requires(Permission.RECORD_PARTNER_FIGURES)
def list_series() -> str:
    """Every series, those with a return that is due first."""
    return render_template("reports/series_list.html", rows=series_rows(today()))


@series.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD_PARTNER_FIGURES)
def new() -> ResponseReturnValue:
    """One more series."""
    form = NewSeriesForm()
    if form.validate_on_submit():
        with refusals_in(form):
            code = acts.add_series(actor=current_actor(), now=now(), code=form.code.data, facts=_facts(form))
            flash("The series is kept. Enter its first value.", "success")
            return redirect(url_for("series.one", code=code))
    return render_template("reports/series_form.html", form=form, series=None), form.http_status


@series.get("/<code>")
@requires(Permission.RECORD_PARTNER_FIGURES)
def one(code: str) -> str:
    """A series with its values and the history of each."""
    row = series_by_code(code)
    return render_template("reports/series.html", series=row, values=values_of(row), due=due_returns(row, today()))


@series.route("/<code>/change", methods=["GET", "POST"])
@requires(Permission.RECORD_PARTNER_FIGURES)
def change(code: str) -> ResponseReturnValue:
    """What it is called, who supplies it, and when."""
    row = series_by_code(code)
    form = SeriesForm(obj=row)
    if form.validate_on_submit():
        with refusals_in(form):
            seen = form.version.data
            acts.change_series(actor=current_actor(), now=now(), code=code, seen=seen, facts=_facts(form))
            flash("Saved.", "success")
            return redirect(url_for("series.one", code=code))
    return render_template("reports/series_form.html", form=form, series=row), form.http_status


@series.route("/<code>/values/new", methods=["GET", "POST"])
@requires(Permission.RECORD_PARTNER_FIGURES)
def new_value(code: str) -> ResponseReturnValue:
    """A value for a period; over one that stands, with why."""
    row = series_by_code(code)
    form = ValueForm(**_offered(row))
    if form.validate_on_submit():
        with refusals_in(form):
            acts.record_value(
                actor=current_actor(),
                now=now(),
                code=code,
                period=form.of,
                value=form.value.data,
                qualifier=form.qualifier.data,
                change_per_cent=form.change_per_cent.data,
                confidence=form.confidence.data,
                source=form.source.data,
                note=form.note.data,
                because=form.because.data or "",
            )
            flash("The value is recorded.", "success")
            return redirect(url_for("series.one", code=code))
    return render_template("reports/series_value.html", form=form, series=row), form.http_status


def _facts(form: SeriesForm) -> SeriesFacts:
    return SeriesFacts(
        title=form.title.data,
        unit=form.unit.data,
        supplied_by=form.supplied_by.data,
        contact_email=form.contact_email.data,
        rhythm=Rhythm(form.rhythm.data) if form.rhythm.data else None,
        due_after_days=form.due_after_days.data,
    )


def _offered(row: PartnerSeries) -> dict[str, str | None]:
    """What the form begins with: the period that a link names, and who supplies the series."""
    return {"period": (request.args.get("period") or "")[:100] or None, "source": row.supplied_by}
