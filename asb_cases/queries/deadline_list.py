"""The list of clocks that somebody has to look at: what is overdue, what is due, what ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from asb_cases.domain.clock_groups import rules_of_group
from asb_cases.domain.permissions import Actor
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview
from asb_cases.models.complaint import Complaint
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Intervention
from asb_cases.models.user import User
from asb_cases.queries.clock_conditions import (
    deadlines_of_cases_of,
    deadlines_visible_to,
    is_ahead,
    is_overdue,
    runs,
)
from asb_cases.queries.paging import Order, Page, Place, all_ids, read_page, rows_with_ids

SOONEST = Order(lambda deadline: (deadline.last_day,))
OVERDUE = "overdue"
#: How far ahead a list looks, in days.
AHEAD = {"week": 7, "month": 28, "quarter": 92}


@dataclass(frozen=True, kw_only=True)
class DeadlineFilter:
    """What the list is narrowed to. `when`: overdue, or a key of `AHEAD`; else everything that runs. `about`: a group of
    `domain.clock_groups`. `owner_id`: of that officer's cases."""

    when: str | None = None
    about: str | None = None
    owner_id: int | None = None


def deadlines_page(actor: Actor, now: datetime, today: date, wanted: DeadlineFilter, place: Place | None) -> Page:
    """One page of the list, the soonest first. One query."""
    return read_page(_listed(actor, now, today, wanted), Deadline, SOONEST, place)


def deadline_ids(actor: Actor, now: datetime, today: date, wanted: DeadlineFilter) -> list[int]:
    """The ids of all of them, in that order: what a file is going to hold."""
    return all_ids(_listed(actor, now, today, wanted), Deadline, SOONEST)


def deadlines_with_ids(actor: Actor, now: datetime, today: date, ids: Sequence[int]) -> list[Any]:
    """The rows with these ids, in their order. One query."""
    return rows_with_ids(_listed(actor, now, today, DeadlineFilter()), Deadline, ids)


def wanted_deadlines(actor: Actor, now: datetime, today: date, wanted: DeadlineFilter) -> Select[int]:
    """The ids of those wanted, to be counted."""
    return select(Deadline.id).where(*_conditions(actor, now, today, wanted))


def _listed(actor: Actor, now: datetime, today: date, wanted: DeadlineFilter) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Deadline.id,
            Deadline.rule,
            Deadline.starts_on,
            Deadline.last_day,
            Deadline.due_at,
            Deadline.state,
            Deadline.working,
            Case.reference.label("case_reference"),
            Case.title.label("case_title"),
            User.name.label("owner"),
            Complaint.reference.label("complaint"),
            CaseReview.reference.label("case_review"),
            Intervention.reference.label("intervention"),
        )
        .outerjoin(Case, Case.id == Deadline.case_id)
        .outerjoin(User, User.id == Case.owner_id)
        .outerjoin(Complaint, Complaint.id == Deadline.complaint_id)
        .outerjoin(CaseReview, CaseReview.id == Deadline.case_review_id)
        .outerjoin(Intervention, Intervention.id == Deadline.intervention_id)
        .where(*_conditions(actor, now, today, wanted))
    )


def _conditions(actor: Actor, now: datetime, today: date, wanted: DeadlineFilter) -> Sequence[ColumnElement[bool]]:
    if wanted.owner_id is None:
        seen = deadlines_visible_to(actor, today)
    else:
        seen = deadlines_of_cases_of(wanted.owner_id, actor, today)
    when = (
        is_overdue(now) if wanted.when == OVERDUE else is_ahead(now, AHEAD[wanted.when]) if wanted.when else runs(now)
    )
    about = [Deadline.rule.in_(rules_of_group(wanted.about))] if wanted.about else []
    return [seen, when, *about]
