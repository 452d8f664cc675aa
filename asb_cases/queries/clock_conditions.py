"""Conditions on clocks that lists, counts and the first page share, so that a number opens exactly what it counts."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from asb_cases.domain.calendar import local
from asb_cases.domain.clock_groups import DUTIES, OF_THE_SERVICE
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview
from asb_cases.models.complaint import Complaint
from asb_cases.models.deadline import Deadline
from asb_cases.queries.visibility import (
    case_reviews_visible_to,
    complaints_visible_to,
    of_complete_imports,
    of_visible_case,
    visible_to,
)


def deadlines_visible_to(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `Deadline`: the clocks of a visible case, and those of a complaint or a case review that belongs to
    no case, or of the service as a whole. Clocks of complaints and case reviews are for those who see these."""
    complaint = select(Complaint.id).where(Complaint.id == Deadline.complaint_id, complaints_visible_to(actor, today))
    review = select(CaseReview.id).where(
        CaseReview.id == Deadline.case_review_id, case_reviews_visible_to(actor, today)
    )
    of_something: list[ColumnElement[bool]] = [
        complaint.correlate(Deadline).exists(),
        review.correlate(Deadline).exists(),
    ]
    if actor.may(Permission.SEE_CASE_REVIEWS):
        of_something.append(Deadline.rule.in_(OF_THE_SERVICE))
    of_no_case = and_(Deadline.case_id.is_(None), or_(*of_something))
    seen = and_(of_visible_case(Deadline.case_id, actor, today), *_of_kinds_seen(actor))
    return and_(of_complete_imports(Deadline), or_(seen, of_no_case))


def deadlines_of_cases_of(owner_id: int, actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `Deadline`: of those, the clocks of one officer's cases. The few cases are found first."""
    own = select(Case.id).where(Case.owner_id == owner_id, visible_to(actor, today))
    return and_(of_complete_imports(Deadline), Deadline.case_id.in_(own), *_of_kinds_seen(actor))


def _of_kinds_seen(actor: Actor) -> Iterator[ColumnElement[bool]]:
    if not actor.may(Permission.SEE_COMPLAINTS):
        yield Deadline.complaint_id.is_(None)
    if not actor.may(Permission.SEE_CASE_REVIEWS):
        yield Deadline.case_review_id.is_(None)


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """The condition on `Deadline` that the council owed something by then, and still does."""
    over = or_(Deadline.last_day < local(now).date(), Deadline.due_at < now)
    return and_(Deadline.state == DeadlineState.RUNNING, Deadline.rule.in_(DUTIES), over)


def is_ahead(now: datetime, days: int | None = None) -> ColumnElement[bool]:
    """The condition on `Deadline` that it runs and its last moment is still to come, within so many days."""
    today = local(now).date()
    ahead = [
        Deadline.state == DeadlineState.RUNNING,
        Deadline.last_day >= today,
        or_(Deadline.due_at.is_(None), Deadline.due_at >= now, Deadline.rule.not_in(DUTIES)),
    ]
    if days is not None:
        ahead.append(Deadline.last_day <= today + timedelta(days=days))
    return and_(*ahead)


def runs(now: datetime) -> ColumnElement[bool]:
    """The condition on `Deadline` that somebody still has to look at it: it is overdue, or its last day is to come."""
    return or_(is_overdue(now), is_ahead(now))
