"""`/admin/bank-holidays` and `/admin/records-complete-from`: what days and figures are counted by."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.bank_holidays import YEARS
from asb_cases.adapters.time import now, today
from asb_cases.domain.calendar import in_words
from asb_cases.domain.figures import FIGURES, GROUPS
from asb_cases.domain.permissions import Permission
from asb_cases.queries.policy_pages import bank_holiday_on, bank_holidays_of, coverages
from asb_cases.services.policy import change_bank_holiday, keep_records_from
from asb_cases.web.access import current_actor, requires
from asb_cases.web.admin.policy_forms import ButtonForm, CoverageForm, HolidayForm
from asb_cases.web.forms import refusals_in

record_keeping = Blueprint("record_keeping", __name__, url_prefix="/admin")


@record_keeping.route("/bank-holidays", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def bank_holidays() -> ResponseReturnValue:
    """The bank holidays of a year, and a form for one more."""
    form = HolidayForm()
    if form.validate_on_submit():
        with refusals_in(form):
            _change(form.day.data, form.title.data or "", observed=True)
            flash(f"{in_words(form.day.data)} is a bank holiday.", "success")
            return redirect(url_for("record_keeping.bank_holidays", year=form.day.data.year))
    year = _asked_year()
    page = render_template(
        "admin/bank_holidays.html", form=form, year=year, years=YEARS, rows=bank_holidays_of(year), button=ButtonForm()
    )
    return page, form.http_status


@record_keeping.post("/bank-holidays/<day>/remove")
@requires(Permission.MANAGE_SETTINGS)
def remove_bank_holiday(day: str) -> ResponseReturnValue:
    """Take a bank holiday away."""
    return _turn(day, observed=False, told="is a working day like others.")


@record_keeping.post("/bank-holidays/<day>/put-back")
@requires(Permission.MANAGE_SETTINGS)
def put_back_bank_holiday(day: str) -> ResponseReturnValue:
    """Put back one that was taken away."""
    return _turn(day, observed=True, told="is a bank holiday again.")


@record_keeping.get("/records-complete-from")
@requires(Permission.MANAGE_SETTINGS)
def complete_from() -> str:
    """Every figure, and since when its records are complete."""
    return render_template("admin/coverages.html", groups=GROUPS, rows=coverages())


@record_keeping.route("/records-complete-from/<figure>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def coverage(figure: str) -> ResponseReturnValue:
    """Since when the records of one figure are complete."""
    if figure not in FIGURES:
        abort(404)
    row = coverages().get(figure)
    form = CoverageForm(
        version=row.version if row else None,
        complete_from=row.complete_from if row else None,
        note=row.note if row else None,
    )
    if form.validate_on_submit():
        with refusals_in(form):
            keep_records_from(
                actor=current_actor(),
                now=now(),
                figure=figure,
                complete_from=form.complete_from.data,
                note=form.note.data or "",
                seen=form.version.data,
            )
            flash("Saved. Periods that begin earlier show no figure, and say why.", "success")
            return redirect(url_for("record_keeping.complete_from"))
    return render_template("admin/coverage.html", form=form, figure=FIGURES[figure]), form.http_status


def _turn(day: str, *, observed: bool, told: str) -> ResponseReturnValue:
    try:
        known = bank_holiday_on(date.fromisoformat(day))
    except ValueError:
        known = None
    if known is None:
        abort(404)
    _change(known.day, known.title, observed=observed)
    flash(f"{in_words(known.day)} {told}", "success")
    return redirect(url_for("record_keeping.bank_holidays", year=known.day.year))


def _change(day: date, title: str, *, observed: bool) -> None:
    change_bank_holiday(actor=current_actor(), now=now(), day=day, title=title, observed=observed)


def _asked_year() -> int:
    """The year asked for, else this one."""
    asked = request.args.get("year", "")
    return (
        int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in YEARS else today().year
    )
