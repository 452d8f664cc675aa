"""Applications for a case review as pages show them: the list, and one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from asb_cases.domain.case_review_states import UNDECIDED, ReviewStatus
from asb_cases.domain.clock_groups import DUTIES
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.permissions import Actor
from asb_cases.domain.references import parse_reference
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview
from asb_cases.models.data_import import OtherReference
from asb_cases.models.deadline import Deadline
from asb_cases.models.person import Person
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.paging import STATEMENTS, Order, Page, Place, all_ids, read_page, rows_with_ids
from asb_cases.queries.visibility import case_reviews_visible_to, of_complete_imports

NEWEST = Order(lambda review: (review.applied_on,), descending=True)
OLDEST = Order(lambda review: (review.applied_on,))
ORDERS = {"newest": NEWEST, "oldest": OLDEST}
#: What tells the applicant something, and is owed by a day.
LETTER_CLOCKS = ("case_review_acknowledge", "case_review_notify", "case_review_outcome")


@dataclass(frozen=True, kw_only=True)
class CaseReviewFilter:
    """What the list is narrowed to. `stage`: one of `STAGES`; `overdue`: `any` clock of it is late, or that of a `letter`."""

    stage: str | None = None
    overdue: str | None = None
    applied_from: date | None = None
    applied_to: date | None = None


@dataclass(frozen=True)
class CaseReviewPage:
    """One application: its columns with the names that go with them, and its clocks."""

    facts: Any
    deadlines: list[Deadline]


def _owes(*conditions: ColumnElement[bool]) -> Any:
    """That a clock of the application runs."""
    runs = select(Deadline.id).where(Deadline.case_review_id == CaseReview.id, Deadline.state == DeadlineState.RUNNING)
    return runs.where(*conditions).correlate(CaseReview).exists()


def _late(today: date) -> ColumnElement[bool]:
    return (Deadline.last_day < today) & Deadline.rule.in_(DUTIES)


#: Where an application stands, by what has been recorded of it.
STAGES: dict[str, tuple[str, Any]] = {
    "running": ("Not finished", _owes()),
    "letter": ("A letter is to be sent", _owes(Deadline.rule.in_(LETTER_CLOCKS))),
    "to_decide": ("To be decided", CaseReview.status.in_(UNDECIDED)),
    "to_hold": (
        "Threshold met, review to be held",
        CaseReview.status.in_((ReviewStatus.THRESHOLD_MET, ReviewStatus.MET_NOTIFIED, ReviewStatus.MEETING_ARRANGED)),
    ),
    "following_up": ("Actions to be followed up", CaseReview.status == ReviewStatus.ACTIONS_MONITORING),
    "escalated": ("Escalated", CaseReview.status == ReviewStatus.ESCALATED),
    "held": ("Review held", CaseReview.review_held_on.is_not(None)),
    "not_met": ("Threshold not met", CaseReview.threshold == "not_met"),
    "withdrawn": ("Withdrawn", CaseReview.withdrawn_on.is_not(None)),
}


def case_reviews_page(
    actor: Actor, today: date, wanted: CaseReviewFilter, place: Place | None, order: str = "newest"
) -> Page:
    """One page of the list, in an order of `ORDERS`. One query."""
    return read_page(_listed(actor, today, wanted), CaseReview, ORDERS[order], place)


def wanted_case_review_ids(actor: Actor, today: date, wanted: CaseReviewFilter) -> Select[int]:
    """The ids of those wanted, to be counted."""
    return select(CaseReview.id).where(case_reviews_visible_to(actor, today), *_conditions(wanted, today))


def case_review_ids(actor: Actor, today: date, wanted: CaseReviewFilter) -> list[int]:
    """The ids of all of them, in that order: what a file is going to hold."""
    return all_ids(_listed(actor, today, wanted), CaseReview, NEWEST)


def case_reviews_with_ids(actor: Actor, today: date, ids: Sequence[int]) -> list[Any]:
    """The rows with these ids, in their order. One query."""
    return rows_with_ids(_listed(actor, today, CaseReviewFilter()), CaseReview, ids)


@lru_cache(maxsize=STATEMENTS)
def _listed(actor: Actor, today: date, wanted: CaseReviewFilter) -> Select[*tuple[Any, ...]]:
    return (
        select(
            CaseReview.id,
            CaseReview.reference,
            CaseReview.applied_on,
            CaseReview.status,
            CaseReview.contact_name,
            CaseReview.import_id,
            _next_due().label("next_due"),
            CaseReview.threshold,
            CaseReview.decided_on,
            CaseReview.review_held_on,
            CaseReview.outcome_sent_on,
            CaseReview.withdrawn_on,
            CaseReview.local_scheme,
            CaseReview.entered_in_error_on,
            CaseReview.case_reference_as_recorded,
            Person.name.label("applicant"),
            Case.reference.label("case_reference"),
        )
        .outerjoin(Person, Person.id == CaseReview.applicant_id)
        .outerjoin(Case, Case.id == CaseReview.case_id)
        .where(case_reviews_visible_to(actor, today), *_conditions(wanted, today))
    )


def _next_due() -> Any:
    """The soonest last day of what is owed."""
    owed = select(func.min(Deadline.last_day)).where(
        Deadline.case_review_id == CaseReview.id,
        Deadline.state == DeadlineState.RUNNING,
        Deadline.rule.in_(DUTIES),
    )
    return owed.correlate(CaseReview).scalar_subquery()


def case_review_page(actor: Actor, reference: str, today: date) -> CaseReviewPage:
    """The application with this reference, however it was typed. Raises `NotFound`."""
    parsed = parse_reference(reference)
    other = (
        select(func.aggregate_strings(OtherReference.reference, ", "))
        .where(
            OtherReference.entity_kind == "case_review",
            OtherReference.entity_id == CaseReview.id,
            of_complete_imports(OtherReference),
        )
        .correlate(CaseReview)
        .scalar_subquery()
    )
    facts = db.session.execute(
        select(
            *CaseReview.__table__.columns,
            Person.name.label("applicant"),
            Case.reference.label("case_reference"),
            Case.title.label("case_title"),
            User.name.label("decider"),
            other.label("other_references"),
        )
        .outerjoin(Person, Person.id == CaseReview.applicant_id)
        .outerjoin(Case, Case.id == CaseReview.case_id)
        .outerjoin(User, User.id == CaseReview.decider_id)
        .where(CaseReview.reference == (str(parsed) if parsed else reference), case_reviews_visible_to(actor, today))
    ).one_or_none()
    if facts is None:
        raise NotFound("case review")
    clocks = select(Deadline).where(Deadline.case_review_id == facts.id, of_complete_imports(Deadline))
    return CaseReviewPage(facts, list(db.session.scalars(clocks.order_by(Deadline.last_day, Deadline.id))))


def _conditions(wanted: CaseReviewFilter, today: date) -> Iterator[ColumnElement[bool]]:
    if wanted.overdue == "letter":
        yield CaseReview.entered_in_error_on.is_(None)
        yield _owes(_late(today), Deadline.rule.in_(LETTER_CLOCKS))
    elif wanted.overdue is not None:
        yield CaseReview.entered_in_error_on.is_(None)
        yield _owes(_late(today))
    if wanted.stage in STAGES:
        yield STAGES[wanted.stage][1]
    if wanted.applied_from is not None:
        yield CaseReview.applied_on >= wanted.applied_from
    if wanted.applied_to is not None:
        yield CaseReview.applied_on <= wanted.applied_to
