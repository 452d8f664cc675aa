"""The reviews of the case review procedures, each with what it corrected."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from asb_cases.extensions import db
from asb_cases.models.procedure_review import ProcedureReview
from asb_cases.queries.not_found import NotFound


@dataclass(frozen=True)
class Reviewed:
    """What stands of one review, and the entries that it took the place of, the latest first."""

    stands: ProcedureReview
    before: tuple[ProcedureReview, ...]


def procedure_reviews() -> list[Reviewed]:
    """Every review, that of the latest year first. One query."""
    query = select(ProcedureReview).options(joinedload(ProcedureReview.recorded_by)).order_by(ProcedureReview.id)
    rows = {row.id: row for row in db.session.scalars(query)}
    corrected = {row.corrects_id for row in rows.values()}
    found = [Reviewed(row, _before(row, rows)) for row in rows.values() if row.id not in corrected]
    return sorted(found, key=lambda each: (each.stands.year_first_on, each.stands.reviewed_on), reverse=True)


def procedure_review(review_id: int) -> ProcedureReview:
    """One entry. Raises NotFound."""
    row = db.session.get(ProcedureReview, review_id)
    if row is None:
        raise NotFound("procedure review")
    return row


def is_corrected(review_id: int) -> bool:
    """Whether a later entry takes its place."""
    query = select(ProcedureReview.id).where(ProcedureReview.corrects_id == review_id)
    return db.session.scalar(query) is not None


def _before(row: ProcedureReview, rows: dict[int, ProcedureReview]) -> tuple[ProcedureReview, ...]:
    earlier = []
    while row.corrects_id is not None:
        row = rows[row.corrects_id]
        earlier.append(row)
    return tuple(earlier)
