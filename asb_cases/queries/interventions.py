"""What hangs on an intervention, for the pages that take it a step on: clocks that run, representations, hearings."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select

from asb_cases.domain.clocks import DeadlineState
from asb_cases.extensions import Base, db
from asb_cases.models.deadline import Deadline
from asb_cases.models.hearing import Hearing
from asb_cases.models.representation import Representation
from asb_cases.queries.not_found import NotFound

Row = TypeVar("Row", bound=Base)


def running_clocks(intervention_id: int) -> list[Deadline]:
    """The clocks of an intervention that run, of its requirements and alleged breaches too, the nearest first."""
    wanted = (Deadline.intervention_id == intervention_id, Deadline.state == DeadlineState.RUNNING)
    return list(db.session.scalars(select(Deadline).where(*wanted).order_by(Deadline.last_day, Deadline.id)))


def representations_of(intervention_id: int) -> list[Representation]:
    """What was put forward about an intervention, in the order received."""
    query = select(Representation).where(Representation.intervention_id == intervention_id)
    return list(db.session.scalars(query.order_by(Representation.received_on, Representation.id)))


def hearings_of(intervention_id: int) -> list[Hearing]:
    """The hearings that the court listed, in their order."""
    query = select(Hearing).where(Hearing.intervention_id == intervention_id)
    return list(db.session.scalars(query.order_by(Hearing.listed_on, Hearing.id)))


def one_of(rows: Sequence[Row], row_id: int) -> Row:
    """The row with this id among those of a record. Raises `NotFound`."""
    for row in rows:
        if getattr(row, "id", None) == row_id:
            return row
    raise NotFound("entry")
