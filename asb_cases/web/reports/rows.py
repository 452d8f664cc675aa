"""`/reports/figures/<code>`: exactly the rows that a figure counts."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import today
from asb_cases.adapters.workbooks import TYPES, Sheet
from asb_cases.domain.figures import DIMENSION_TITLES, FIGURES, FIGURES_IN_SCOPE, Figure, FigureKind
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Actor, FiguresScope, Permission
from asb_cases.queries.categories import category_titles
from asb_cases.queries.figure_drill_down import DrillRow, Part, rows_for
from asb_cases.queries.figures import FigureSet, figures_of
from asb_cases.queries.supplied_figures import series_called, supplied_rows
from asb_cases.reports.addresses import figures_path, rows_path
from asb_cases.reports.export import csv_text
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import disclosed, shown
from asb_cases.web.reports.breakdown_words import key_words
from asb_cases.web.reports.forms import asked_part, asked_period, asked_place
from asb_cases.web.reports.routes import csv_response, workbook_response

figure_rows = Blueprint("figure_rows", __name__, url_prefix="/reports/figures")

#: Where each kind of record has its page, and who may open it.
PAGES = {
    "intervention": ("/interventions", Permission.SEE_INTERVENTIONS),
    "case": ("/cases", Permission.SEE_CASES),
    "complaint": ("/complaints", Permission.SEE_COMPLAINTS),
    "case_review": ("/case-reviews", Permission.SEE_CASE_REVIEWS),
}
HEADER = ("reference", "day", "status", "case", "person")
RESTRICTED = "Restricted"


@dataclass(frozen=True)
class BrokenDown:
    """A breakdown as it is shown: its heading, and each number with its words and the address of its rows."""

    heading: str
    numbers: list[tuple[str, int, str]]


@figure_rows.get("/<code>")
@requires(Permission.DRILL_DOWN)
def rows(code: str) -> ResponseReturnValue:
    """The rows, a page at a time; of a rate the two counts it comes from; of a series what was supplied."""
    actor, figure, period = current_actor(), _figure(code), asked_period()
    if figure.kind is FigureKind.SERIES:
        values = supplied_rows(code, period)
        return _page(figure, period, supplied=values, value=values[0].value if values else None)
    found = figures_of(period, actor, codes={code})
    known = found.values[code]
    if figure.kind is FigureKind.RATE:
        return _page(figure, period, note=known.note, value=known.value, counts=_behind(figure, period, actor))
    if known.value is None:
        return _page(figure, period, note=known.note, value=None)
    return _page(figure, period, note=known.note, **_listed(figure, found, asked_part(figure), actor))


def _listed(figure: Figure, found: FigureSet, part: Part | None, actor: Actor) -> dict[str, object]:
    """What the page of a count shows: one page of its rows, and its breakdowns."""
    page = rows_for(figure, found.period, actor, today=today(), part=part, after=asked_place())
    shown(*_kind_and_ids(page.rows))
    titles = category_titles()
    whole = found.values[figure.code].value
    after = f"{page.following.day}.{page.following.row_id}" if page.following else None
    return {
        "value": found.part(figure.code, part.dimension, part.key) if part else whole,
        "part_words": key_words(part.dimension, part.key, 0, titles) if part else None,
        "rows": page.rows,
        "later": url_for("figure_rows.rows", code=figure.code, **_kept(), after=after) if after else None,
        "start": url_for("figure_rows.rows", code=figure.code, **_kept()) if request.args.get("after") else None,
        "files": [
            (ending, url_for("figure_rows.rows_file", code=figure.code, ending=ending, **_kept()))
            for ending in ("csv", *TYPES)
            if actor.may(Permission.EXPORT)
        ],
        "breakdowns": [] if part else _broken_down(figure, found, titles),
        "named": actor.may(Permission.SEE_PEOPLE),
    }


@figure_rows.get("/<code>/rows.csv", defaults={"ending": "csv"})
@figure_rows.get("/<code>/rows.xlsx", defaults={"ending": "xlsx"})
@figure_rows.get("/<code>/rows.ods", defaults={"ending": "ods"})
@requires(Permission.EXPORT)
def rows_file(code: str, ending: str) -> ResponseReturnValue:
    """The same rows as a file: a disclosure, and put on record as one."""
    figure, period = _figure(code), asked_period()
    if figure.kind is not FigureKind.COUNT:
        abort(404)
    part = asked_part(figure)
    page = rows_for(figure, period, current_actor(), today=today(), part=part, limit=None)
    disclosed(*_kind_and_ids(page.rows))
    cells = [
        (RESTRICTED, None, None, None, None)
        if row.restricted
        else (row.reference, row.day, row.state, row.case_reference, row.person)
        for row in page.rows
    ]
    name = f"{code}-{period.first}-{period.last}.{ending}"
    if ending == "csv":
        return csv_response(csv_text(HEADER, cells), name)
    above = (figure.title, f"{period.in_words}, both days included", figure.counted_by)
    return workbook_response([Sheet("Rows counted", HEADER, cells, above)], name, title=figure.title)


def address_of(row: DrillRow) -> str | None:
    """The page of the record behind a row, for those who may open it."""
    path, permission = PAGES[row.kind]
    return f"{path}/{row.reference}" if row.reference and current_actor().may(permission) else None


def _figure(code: str) -> Figure:
    """The figure of that code in the reader's scope, else not found."""
    actor = current_actor()
    figure = FIGURES.get(code)
    if figure is not None and code in FIGURES_IN_SCOPE[actor.figures_scope]:
        return figure
    supplied = series_called(code) if figure is None and actor.figures_scope is FiguresScope.ALL else None
    return supplied or abort(404)


def _behind(figure: Figure, period: Period, actor: Actor) -> list[tuple[str, object, str]]:
    """The two counts that a rate comes from, with where their rows are."""
    found = figures_of(period, actor, codes={figure.over, figure.under}, broken_down=())
    return [
        (found.values[code].figure.title, found.values[code].value, rows_path(code, period))
        for code in (figure.over, figure.under)
    ]


def _page(figure: Figure, period: Period, **values: object) -> str:
    return render_template(
        "reports/rows.html",
        figure=figure,
        period=period,
        back=figures_path(period),
        whole=rows_path(figure.code, period),
        address_of=address_of,
        **values,
    )


def _broken_down(figure: Figure, found: FigureSet, titles: dict[str, str]) -> list[BrokenDown]:
    return [
        BrokenDown(
            DIMENSION_TITLES[dimension],
            [
                (
                    key_words(dimension, key, number, titles),
                    number,
                    rows_path(figure.code, found.period, (dimension, key)),
                )
                for key, number in numbers.items()
            ],
        )
        for dimension, numbers in found.breakdowns.get(figure.code, {}).items()
        if numbers
    ]


def _kind_and_ids(found: list[DrillRow]) -> tuple[Any, ...]:
    """What a page of rows shows, as it is put on record."""
    ids = [row.holder_id for row in found if row.holder_id is not None]
    return found[0].kind if found else "figure", *ids


def _kept() -> dict[str, Any]:
    """What the address asked, without the place in the list."""
    return {name: request.args[name] for name in ("from", "to", "by", "is") if name in request.args}
