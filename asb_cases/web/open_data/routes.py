"""`/open-data`: the yearly figures, public where the council has decided so, else nowhere."""

import json

from flask import Blueprint, Response, abort, current_app, make_response, render_template
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import today
from asb_cases.domain.calendar import UnreadableDate
from asb_cases.domain.periods import Period, financial_year_of, parse_financial_year
from asb_cases.domain.permissions import JOB
from asb_cases.domain.small_numbers import OPEN_DATA, PUBLIC, SMALL_NUMBER
from asb_cases.queries.policy import values_in_force
from asb_cases.queries.record_dates import first_record_on
from asb_cases.reports.open_data import SCHEMA, open_data_csv, open_data_json
from asb_cases.reports.public_figures import PublicFigures, public_figures
from asb_cases.web.access import public

open_data = Blueprint("open_data", __name__, url_prefix="/open-data")

#: Years offered, and how long others may keep an answer.
YEARS = 12
AN_HOUR = "public, max-age=3600"


@open_data.get("")
@public
def index() -> str:
    """The years there are, how they are counted and what is hidden."""
    least = _least()
    return render_template("open_data/index.html", years=[year.label for year in _years()], least=least, schema=SCHEMA)


@open_data.get("/figures.schema.json")
@public
def schema() -> ResponseReturnValue:
    """What the JSON files hold."""
    _least()
    return _json(SCHEMA, "application/schema+json")


@open_data.get("/figures/<year>.json")
@public
def year_json(year: str) -> ResponseReturnValue:
    """A year's figures for programs."""
    found = _figures(year)
    base = str(current_app.config["BASE_URL"]).rstrip("/")
    return _json(open_data_json(found, council=current_app.config["COUNCIL_NAME"], base_url=base), "application/json")


@open_data.get("/figures/<year>.csv")
@public
def year_csv(year: str) -> ResponseReturnValue:
    """A year's figures as a table."""
    response = make_response(open_data_csv(_figures(year)))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="asb-figures-{year}.csv"'
    return _kept(response)


def _least() -> int:
    """The least count published; not found where nothing is."""
    values = values_in_force()
    if values.on(OPEN_DATA, today()).value != PUBLIC:
        abort(404)
    return values.number(SMALL_NUMBER, today())


def _years() -> list[Period]:
    """The financial years that are over and have records, the newest first."""
    first = first_record_on(JOB)
    years: list[Period] = []
    year = financial_year_of(today()).previous
    while first is not None and year.last >= first and len(years) < YEARS:
        years.append(year)
        year = year.previous
    return years


def _figures(year: str) -> PublicFigures:
    """The figures of a year that is over, counted once a day however often they are asked for."""
    least = _least()
    try:
        period = parse_financial_year(year)
    except UnreadableDate:
        abort(404)
    if period.label != year or period not in _years():
        abort(404)
    kept = current_app.extensions.setdefault("open_data", {})
    key = (year, least, today())
    if key not in kept:
        if len(kept) >= 2 * YEARS:
            kept.clear()
        kept[key] = public_figures(period, JOB, least=least)
    found: PublicFigures = kept[key]
    return found


def _json(value: object, mimetype: str) -> Response:
    response = make_response(json.dumps(value, indent=2, ensure_ascii=False) + "\n")
    response.mimetype = mimetype
    return _kept(response)


def _kept(response: Response) -> Response:
    """Anybody may keep it, and pages of other sites may read it."""
    response.headers["Cache-Control"] = AN_HOUR
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
