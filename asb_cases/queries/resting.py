"""What hangs on an intervention and may have been entered in error, and what rests on each entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select

from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.appeal import Appeal
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.intervention import Intervention
from asb_cases.models.measure import Measure
from asb_cases.models.payment import Payment
from asb_cases.models.service import Service
from asb_cases.models.tool import ToolEvent
from asb_cases.queries.enforcement import steps_for_breach
from asb_cases.queries.measures import standing_measures
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_complete_imports

Row = TypeVar("Row", AllegedBreach, Appeal, CourtOutcome, Measure, Payment, Service, ToolEvent)


@dataclass(frozen=True)
class Resting:
    """An entry that could not be without another: a step by its reference, or what hangs on one, by kind and id."""

    kind: str
    id: int
    on: date | None
    reference: str | None = None


def standing_rows(table: type[Row], step_id: int) -> Sequence[Row]:
    """The rows of a kind that hang on an intervention, without those entered in error, in the order made."""
    query = select(table).where(
        table.intervention_id == step_id, table.entered_in_error_on.is_(None), *_complete(table)
    )
    return db.session.scalars(query.order_by(table.id)).all()


def row_of(table: type[Row], step_id: int, row_id: int) -> Row:
    """One row of an intervention, marked or not. Raises `NotFound`."""
    wanted = (table.id == row_id, table.intervention_id == step_id, *_complete(table))
    row = db.session.scalars(select(table).where(*wanted)).one_or_none()
    if row is None:
        raise NotFound("entry")
    return row


def _complete(table: type[Any]) -> list[ColumnElement[bool]]:
    """No import brings what came after a tool began."""
    return [of_complete_imports(table)] if table is not ToolEvent else []


def resting_on_step(step: Intervention) -> list[Resting]:
    """What stands on an intervention: later steps, alleged breaches, appeals, payments, results; the latest first."""
    query = select(Intervention).where(
        Intervention.follows_id == step.id,
        Intervention.entered_in_error_on.is_(None),
        of_complete_imports(Intervention),
    )
    later = [Resting(row.power, row.id, row.issued_on, row.reference) for row in db.session.scalars(query)]
    breaches = [Resting("breach", row.id, row.from_on) for row in standing_rows(AllegedBreach, step.id)]
    appeals = [Resting("appeal", row.id, row.lodged_on) for row in standing_rows(Appeal, step.id)]
    payments = [Resting("payment", row.id, row.paid_on) for row in standing_rows(Payment, step.id)]
    results = [Resting("court_outcome", row.id, row.decided_on) for row in standing_rows(CourtOutcome, step.id)]
    return sorted([*later, *breaches, *appeals, *payments, *results], key=_latest, reverse=True)


def resting_on_breach(breach_id: int) -> list[Resting]:
    """The penalties and prosecutions for an alleged breach, and what else was done about it, the latest first."""
    rows = [*steps_for_breach(breach_id, "FPN"), *steps_for_breach(breach_id, "PROSECUTION")]
    steps = [Resting(row.power, row.id, row.issued_on, row.reference) for row in rows]
    done = [Resting("measure", row.id, row.done_on) for row in standing_measures(breach_id)]
    return sorted([*steps, *done], key=_latest, reverse=True)


def resting_on_measure(measure: Measure) -> list[Resting]:
    """What was recorded as done about the same alleged breach later, the latest first."""
    later = [row for row in standing_measures(measure.breach_id) if row.id > measure.id]
    return sorted((Resting("measure", row.id, row.done_on) for row in later), key=_latest, reverse=True)


def _latest(each: Resting) -> tuple[date, int]:
    return each.on or date.max, each.id
