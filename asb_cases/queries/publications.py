"""What was published about case reviews, and what of it is still owed."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.periods import Period, financial_year, financial_year_of
from asb_cases.domain.permissions import Actor
from asb_cases.domain.publications import Straddling, is_covered
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview
from asb_cases.models.publication import CaseReviewPublication
from asb_cases.queries.figure_rows import COUNTED_ROWS
from asb_cases.queries.figure_scope import counts_for


def publications_of(period: Period) -> Sequence[CaseReviewPublication]:
    """What was published of a period: as first, then its corrections, with who published each. One query."""
    query = (
        select(CaseReviewPublication)
        .where(CaseReviewPublication.first_on == period.first, CaseReviewPublication.last_on == period.last)
        .options(joinedload(CaseReviewPublication.published_by))
        .order_by(CaseReviewPublication.number)
    )
    return db.session.scalars(query).all()


def latest_publications() -> Sequence[CaseReviewPublication]:
    """What stands published, the last word on each period, the newest period first. One query."""
    last = (
        select(func.max(CaseReviewPublication.id))
        .group_by(CaseReviewPublication.first_on, CaseReviewPublication.last_on)
        .scalar_subquery()
    )
    query = select(CaseReviewPublication).where(CaseReviewPublication.id.in_(last))
    return db.session.scalars(
        query.order_by(CaseReviewPublication.first_on.desc(), CaseReviewPublication.last_on)
    ).all()


def unpublished_years(today: date) -> list[Period]:
    """The financial years since the first application that are over and not published in full, the oldest first: what a
    reminder to managers is made of. Section 104(9) asks for each "as soon as practicable" after its end, and a year
    without any application is published too."""
    rows = COUNTED_ROWS["case_review_applications"]
    began = db.session.scalar(rows.select(func.min(rows.day)))
    if began is None:
        return []
    published = {(row.first_on, row.last_on) for row in latest_publications()}
    years = [financial_year(year) for year in range(financial_year_of(began).first.year, today.year + 1)]
    return [year for year in years if year.last < today and not is_covered(year, published)]


def straddling(period: Period, actor: Actor) -> Straddling:
    """How many rows of the period keep its four numbers from adding up. One query."""
    first, last = period.first, period.last
    received = CaseReview.applied_on.between(first, last)
    decided, held = CaseReview.decided_on.between(first, last), CaseReview.review_held_on.between(first, last)
    earlier = CaseReview.applied_on < first
    undecided = and_(
        CaseReview.withdrawn_on.is_(None), or_(CaseReview.threshold.is_(None), CaseReview.decided_on > last)
    )
    not_met = or_(CaseReview.threshold.is_(None), CaseReview.threshold == ThresholdDecision.NOT_MET)
    rows = COUNTED_ROWS["case_review_applications"]
    found = db.session.execute(
        rows.select(
            _number(and_(held, not_met)),
            _number(and_(held, earlier)),
            _number(and_(decided, earlier)),
            _number(and_(received, undecided)),
            _number(and_(received, CaseReview.withdrawn_on.is_not(None))),
            _number(and_(held, CaseReview.recommendations.is_(None))),
            _number(and_(received, CaseReview.local_scheme.is_(True))),
        ).where(counts_for(actor, rows))
    ).one()
    return Straddling(*(int(number or 0) for number in found))


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(CaseReview.id).filter(condition)
