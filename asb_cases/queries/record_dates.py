"""Since when there is anything to count."""

from datetime import date

from sqlalchemy import func, select, union_all

from asb_cases.domain.figures import FIGURES_IN_SCOPE
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.policy import RecordCoverage
from asb_cases.queries.figure_rows import COUNTED_ROWS
from asb_cases.queries.figure_scope import counts_for

#: The figures whose rows are the first traces of the service's work.
FIRST_TRACES = ("cases_opened", "complaints_received", "cpw_issued", "cpn_issued", "case_review_applications")


def counted_since(code: str, actor: Actor) -> date | None:
    """The first day of the month of the first row that the figure counts, or the day from which its records are
    complete, if later. None where there is no row."""
    rows = COUNTED_ROWS[code]
    first: date | None = db.session.scalar(rows.select(func.min(rows.day)).where(counts_for(actor, rows)))
    if first is None:
        return None
    coverage = db.session.get(RecordCoverage, code)
    began = first.replace(day=1)
    return began if coverage is None else max(began, coverage.complete_from)


def first_record_on(actor: Actor) -> date | None:
    """The day of the first record that any figure in the actor's scope counts, None where there is none."""
    firsts = [
        rows.select(func.min(rows.day).label("first")).where(counts_for(actor, rows))
        for code, rows in COUNTED_ROWS.items()
        if code in FIRST_TRACES and code in FIGURES_IN_SCOPE[actor.figures_scope]
    ]
    if not firsts:
        return None
    each = union_all(*firsts).subquery()
    first: date | None = db.session.scalar(select(func.min(each.c.first)))
    return first
