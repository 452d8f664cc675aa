"""`/reports/dashboard`: the service at a glance, for managers. Every number opens its rows."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import this_minute, today
from asb_cases.domain.calendar import UnreadableDate
from asb_cases.domain.figures import Dimension
from asb_cases.domain.periods import Period, between, financial_year_of, parse_any_period
from asb_cases.domain.permissions import Permission
from asb_cases.queries.dashboard import (
    Asked,
    Reader,
    What,
    counted_now,
    hot_wards,
    label_of,
    most,
    review_clocks,
    rows_behind,
    standards,
)
from asb_cases.queries.figures import figures_of
from asb_cases.queries.filter_options import filter_options
from asb_cases.queries.numbers import numbers
from asb_cases.queries.paging import LARGEST_ID
from asb_cases.queries.team_work import bands
from asb_cases.reports.addresses import rows_path
from asb_cases.reports.work_numbers import dashboard_numbers, ward_address
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.forms import QueryForm, SelectField, TextField

dashboard = Blueprint("dashboard", __name__, url_prefix="/reports/dashboard")

#: From the first warning to the court, in the words of the funnel.
FUNNEL = (
    ("cpw_issued", "Warnings given"),
    ("cpn_issued", "Notices issued"),
    ("breaches_recorded", "Breaches alleged"),
    ("fpn_issued", "Fixed penalties issued"),
    ("prosecutions_started", "Prosecutions started"),
    ("prosecutions_convicted", "Convictions"),
)
TITLES = {
    What.MET: "Met",
    What.MISSED: "Missed",
    What.PLACE: "Cases at",
    What.SUBJECT: "Cases about",
    What.VICTIM: "Reports from",
}


class DashboardForm(QueryForm):
    """Which period and which team."""

    period = TextField("Period", hint="2015-16, 2015, April to June 2015, June 2015 or any days; empty for this year")
    team = SelectField("Team", blank="All teams", coerce=int)

    def asked(self) -> Asked:
        """What was asked; the financial year up to today where nothing was, or nothing that could be read."""
        year = financial_year_of(today())
        this_year = between(year.first, today())
        valid = self.validate()
        try:
            of = parse_any_period(self.period.data, today=today()) if self.period.data and valid else this_year
        except UnreadableDate as error:
            self.period.errors = [str(error)]
            of = this_year
        return Asked(of, None if self.team.errors else self.team.data)


@dataclass(frozen=True)
class Step:
    """A step of the funnel: how many, how wide its bar is in per cent of the widest, and where its rows are."""

    words: str
    number: int
    width: int
    href: str


@dashboard.get("")
@requires(Permission.ALLOCATE_CASES)
def overview() -> ResponseReturnValue:
    """The service at a glance."""
    form, reader = _form(), _reader()
    asked = form.asked()
    found = bands(reader.today)
    page = render_template(
        "reports/dashboard.html",
        form=form,
        asked=asked,
        numbers=dashboard_numbers(numbers(counted_now(asked, reader)), found, asked.team_id, asked.period),
        standards=standards(asked, reader),
        wards=[(row.name, row.number, ward_address(row.id, asked.team_id, asked.period)) for row in hot_wards(asked, reader)],
        tables=[
            (heading, what, most(what, asked, reader))
            for heading, what in (
                ("Places with several cases", What.PLACE),
                ("Subjects of several cases", What.SUBJECT),
                ("People who reported three times or more", What.VICTIM),
            )
        ],
        funnel=_funnel(asked, form),
        clocks=review_clocks(reader),
        behind=lambda what, key: url_for("dashboard.rows", what=what.value, key=key, **_address_of(asked)),
        met=What.MET,
        missed=What.MISSED,
        today=reader.today,
    )  # fmt: skip
    return page, form.http_status


@dashboard.get("/rows")
@requires(Permission.ALLOCATE_CASES)
def rows() -> ResponseReturnValue:
    """The rows behind one number."""
    form, reader = _form(), _reader()
    asked = form.asked()
    after = request.args.get("after", "0")
    if form.errors or request.args.get("what") not in set(What) or not after.isdigit() or int(after) > LARGEST_ID:
        abort(400)
    what, key = What(request.args["what"]), request.args.get("key", "")
    label = label_of(what, key, asked, reader)
    if label is None:
        abort(404)
    found, following = rows_behind(what, key, asked, reader, after=int(after))
    shown("case", *dict.fromkeys(row.case_id for row in found))
    here = {"what": what.value, "key": key, **_address_of(asked)}
    return render_template(
        "reports/dashboard_rows.html",
        title=TITLES[what],
        label=label,
        is_rule=what in (What.MET, What.MISSED),
        asked=asked,
        rows=found,
        back=url_for("dashboard.overview", **_address_of(asked)),
        start=url_for("dashboard.rows", **here) if int(after) else None,
        later=url_for("dashboard.rows", after=following, **here) if following else None,
    )


def _form() -> DashboardForm:
    form = DashboardForm()
    form.team.choices = filter_options().team
    return form


def _reader() -> Reader:
    return Reader(current_actor(), this_minute(), today())


def _address_of(asked: Asked) -> dict[str, Any]:
    kept = {"period": _written(asked.period), "team": asked.team_id}
    return {name: value for name, value in kept.items() if value is not None}


def _written(of: Period) -> str:
    return f"{of.first.isoformat()} to {of.last.isoformat()}"


def _funnel(asked: Asked, form: DashboardForm) -> list[Step]:
    """How far enforcement went in the period: counts of the register of figures, of all or of one team."""
    by, codes = {Dimension.TEAM}, [code for code, _words in FUNNEL]
    found = figures_of(asked.period, current_actor(), codes=codes, by=by)
    team = next((each.label for each in form.team.choices if each.value == str(asked.team_id)), None)
    counts = {
        code: found.part(code, Dimension.TEAM, team) if team is not None else found.count(code) or 0 for code in codes
    }
    part = (Dimension.TEAM, team) if team is not None else None
    widest = max(counts.values()) or 1
    return [
        Step(words, counts[code], 100 * counts[code] // widest, rows_path(code, asked.period, part))
        for code, words in FUNNEL
    ]
