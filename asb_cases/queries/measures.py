"""What was done about an alleged breach beside a penalty and a prosecution."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from asb_cases.domain import measures as rules
from asb_cases.extensions import db
from asb_cases.models.deadline import Deadline
from asb_cases.models.measure import Measure
from asb_cases.models.user import User

WARRANT = "seizure_warrant"


def standing_measures(breach_id: int) -> list[Measure]:
    """Those that stand, in the order recorded."""
    query = select(Measure).where(Measure.breach_id == breach_id, Measure.entered_in_error_on.is_(None))
    return list(db.session.scalars(query.order_by(Measure.id)))


def measures_shown(breach_id: int) -> Sequence[Any]:
    """All of them, by their day, with who recorded each."""
    return db.session.execute(
        select(Measure, User.name.label("by"))
        .outerjoin(User, User.id == Measure.recorded_by_id)
        .where(Measure.breach_id == breach_id)
        .order_by(Measure.done_on, Measure.id)
    ).all()


def as_measure(row: Measure) -> rules.Measure:
    return rules.Measure(row.kind, row.done_on, row.amount_pence)


def warrant_until(breach_id: int) -> date | None:
    """The last day of the latest warrant, as its clock has it."""
    query = select(Deadline.last_day).where(Deadline.rule == WARRANT, Deadline.breach_id == breach_id)
    return db.session.scalars(query.order_by(Deadline.id.desc()).limit(1)).one_or_none()
