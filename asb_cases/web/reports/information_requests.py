"""`/reports/information-requests`: the answer to requests for information about any period, as a page and a workbook."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import today
from asb_cases.adapters.workbooks import TYPES
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.figures import Dimension
from asb_cases.domain.periods import Period, financial_year_of
from asb_cases.domain.permissions import FiguresScope, Permission
from asb_cases.domain.small_numbers import SMALL_NUMBER
from asb_cases.queries.categories import category_titles
from asb_cases.queries.policy import values_in_force
from asb_cases.reports.information_request import InformationPack, information_pack, information_sheets
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import disclosed
from asb_cases.web.reports.breakdown_words import key_words
from asb_cases.web.reports.forms import FiguresForm, asked_period
from asb_cases.web.reports.routes import workbook_response

information_requests = Blueprint("information_requests", __name__, url_prefix="/reports/information-requests")


@information_requests.get("")
@requires(Permission.EXPORT)
def answer() -> ResponseReturnValue:
    """The answers for a period; for the last full financial year where none is asked."""
    _whole_service()
    form = FiguresForm()
    asked = bool(form.named.raw_data or form.first.raw_data)
    valid = form.validate() if asked else False
    period = form.period if valid else financial_year_of(today()).previous
    page = render_template(
        "reports/information_request.html",
        form=form,
        pack=_pack(period),
        files=[
            (ending, url_for("information_requests.file", ending=ending, **_days(period))) for ending in TYPES
        ],
    )  # fmt: skip
    return page, 422 if asked and not valid else 200


@information_requests.get("/pack.xlsx", defaults={"ending": "xlsx"})
@information_requests.get("/pack.ods", defaults={"ending": "ods"})
@requires(Permission.EXPORT)
def file(ending: str) -> ResponseReturnValue:
    """The same as a workbook: a disclosure, and put on record as one."""
    _whole_service()
    period = asked_period()
    pack = _pack(period)
    disclosed("information_request")
    name = f"information-request-{period.first}-{period.last}.{ending}"
    return workbook_response(information_sheets(pack), name, title=f"Community protection notices, {period.label}")


def _whole_service() -> None:
    if current_actor().figures_scope is not FiguresScope.ALL:
        raise NotPermitted(Permission.SEE_FIGURES.value)


def _pack(period: Period) -> InformationPack:
    titles, least = category_titles(), values_in_force().number(SMALL_NUMBER, today())

    def words(dimension: Dimension, key: str) -> str:
        return key_words(dimension, key, 0, titles)

    return information_pack(period, current_actor(), least=least, words=words)


def _days(period: Period) -> dict[str, Any]:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}
