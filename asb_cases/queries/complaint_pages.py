"""Complaints as pages show them: the list, and one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from asb_cases.domain.complaints import TriageState
from asb_cases.domain.permissions import Actor
from asb_cases.domain.references import parse_reference
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.category import Category
from asb_cases.models.complaint import Complaint, ComplaintCategory, ComplaintSubject, ComplaintUpdate
from asb_cases.models.data_import import OtherReference
from asb_cases.models.deadline import Deadline
from asb_cases.models.person import Person
from asb_cases.models.place import Address, Ward
from asb_cases.models.user import User
from asb_cases.queries.complaints import updates_of
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.paging import (
    STATEMENTS,
    Order,
    Page,
    Place,
    all_ids,
    count_up_to_limit,
    read_page,
    rows_with_ids,
)
from asb_cases.queries.visibility import complaints_visible_to, of_complete_imports, of_unmerged

OLDEST = Order(lambda complaint: (complaint.made_on,))
NEWEST = Order(lambda complaint: (complaint.made_on,), descending=True)


@dataclass(frozen=True, kw_only=True)
class ComplaintFilter:
    """What the list is narrowed to."""

    triage: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    category_id: int | None = None
    ward_id: int | None = None
    made_from: date | None = None
    made_to: date | None = None


@dataclass(frozen=True)
class ComplaintPage:
    """One complaint: its columns with the names that go with them, whom it is about, its clocks, and of an out-of-hours one
    what was added later."""

    facts: Any
    about: Sequence[Any]
    deadlines: list[Deadline]
    updates: list[ComplaintUpdate]


def complaints_page(actor: Actor, today: date, wanted: ComplaintFilter, place: Place | None) -> Page:
    """One page of the list, the newest first. One query."""
    return read_page(_listed(actor, today, wanted), Complaint, NEWEST, place)


def wanted_complaint_ids(actor: Actor, today: date, wanted: ComplaintFilter) -> Select[int]:
    """The ids of those wanted, to be counted."""
    return select(Complaint.id).where(complaints_visible_to(actor, today), *_conditions(wanted))


def complaint_ids(actor: Actor, today: date, wanted: ComplaintFilter) -> list[int]:
    """The ids of all of them, in that order: what a file is going to hold."""
    return all_ids(_listed(actor, today, wanted), Complaint, NEWEST)


def complaints_with_ids(actor: Actor, today: date, ids: Sequence[int]) -> list[Any]:
    """The rows with these ids, in their order, with all that was said. One query."""
    found = (
        _listed(actor, today, ComplaintFilter())
        .outerjoin(Ward, Ward.id == Complaint.ward_id)
        .add_columns(
            Complaint.description.label("whole_description"),
            Complaint.occurred_on,
            Complaint.received_by_body,
            Complaint.outcome,
            Ward.name.label("ward"),
        )
    )
    return rows_with_ids(found, Complaint, ids)


def complaints_to_triage(actor: Actor, today: date, place: Place | None) -> Page:
    """One page of those that nobody has decided about yet, the longest waiting first, each with the clock of its
    acknowledgement. One query."""
    return read_page(_waiting_with_clock(actor, today), Complaint, OLDEST, place)


def count_to_triage(actor: Actor, today: date) -> int:
    """How many there are, counted as far as `paging.COUNT_UP_TO`."""
    return count_up_to_limit(_waiting(actor, today))


@lru_cache(maxsize=STATEMENTS)
def _waiting(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    """Nobody has to triage what an old register brought, or what is marked as a mistake."""
    return select(Complaint.id).where(
        complaints_visible_to(actor, today),
        Complaint.triage == TriageState.NEW,
        Complaint.import_id.is_(None),
        Complaint.entered_in_error_on.is_(None),
    )


@lru_cache(maxsize=STATEMENTS)
def _waiting_with_clock(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    clock = (
        select(func.max(Deadline.id))
        .where(Deadline.complaint_id == Complaint.id, Deadline.rule == "acknowledge")
        .correlate(Complaint)
        .scalar_subquery()
    )
    return (
        _waiting(actor, today)
        .add_columns(
            Complaint.reference,
            Complaint.made_on,
            Complaint.made_at,
            Complaint.channel,
            Complaint.anonymous,
            Complaint.still_going_on,
            Complaint.received_by_body,
            func.substr(Complaint.description, 1, 120).label("description"),
            Person.name.label("complainant"),
            Address.text.label("address"),
            _categories().label("categories"),
            Deadline.rule,
            Deadline.state,
            Deadline.last_day,
            Deadline.due_at,
        )
        .outerjoin(Person, Person.id == Complaint.complainant_id)
        .outerjoin(Address, Address.id == Complaint.address_id)
        .outerjoin(Deadline, Deadline.id == clock)
    )


@lru_cache(maxsize=STATEMENTS)
def _listed(actor: Actor, today: date, wanted: ComplaintFilter) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Complaint.id,
            Complaint.reference,
            Complaint.made_on,
            Complaint.channel,
            Complaint.triage,
            Complaint.anonymous,
            Complaint.entered_in_error_on,
            func.substr(Complaint.description, 1, 120).label("description"),
            Person.name.label("complainant"),
            Address.text.label("address"),
            Case.reference.label("case_reference"),
            _categories().label("categories"),
        )
        .outerjoin(Person, Person.id == Complaint.complainant_id)
        .outerjoin(Address, Address.id == Complaint.address_id)
        .outerjoin(Case, Case.id == Complaint.case_id)
        .where(complaints_visible_to(actor, today), *_conditions(wanted))
    )


def complaint_page(actor: Actor, reference: str, today: date) -> ComplaintPage:
    """The complaint with this reference, however it was typed. Raises `NotFound`."""
    parsed = parse_reference(reference)
    recorder = aliased(User)
    other = (
        select(func.aggregate_strings(OtherReference.reference, ", "))
        .where(
            OtherReference.entity_kind == "complaint",
            OtherReference.entity_id == Complaint.id,
            of_complete_imports(OtherReference),
        )
        .correlate(Complaint)
        .scalar_subquery()
    )
    facts = db.session.execute(
        select(
            *Complaint.__table__.columns,
            Person.name.label("complainant"),
            Address.text.label("address"),
            Ward.name.label("ward"),
            Case.reference.label("case_reference"),
            Case.title.label("case_title"),
            recorder.name.label("recorder"),
            _categories().label("categories"),
            other.label("other_references"),
        )
        .outerjoin(Person, Person.id == Complaint.complainant_id)
        .outerjoin(Address, Address.id == Complaint.address_id)
        .outerjoin(Ward, Ward.id == Complaint.ward_id)
        .outerjoin(Case, Case.id == Complaint.case_id)
        .outerjoin(recorder, recorder.id == Complaint.recorded_by_id)
        .where(Complaint.reference == (str(parsed) if parsed else reference), complaints_visible_to(actor, today))
    ).one_or_none()
    if facts is None:
        raise NotFound("complaint")
    clocks = select(Deadline).where(Deadline.complaint_id == facts.id, of_complete_imports(Deadline))
    about = (
        select(Person.id, Person.name)
        .join(ComplaintSubject, ComplaintSubject.person_id == Person.id)
        .where(ComplaintSubject.complaint_id == facts.id, of_unmerged(ComplaintSubject.person_id))
        .order_by(Person.id)
    )
    return ComplaintPage(
        facts,
        about=db.session.execute(about).all(),
        deadlines=list(db.session.scalars(clocks.order_by(Deadline.last_day, Deadline.id))),
        updates=updates_of(facts.id) if facts.shift_on else [],
    )


def _categories() -> Any:
    return (
        select(func.aggregate_strings(Category.title, ", "))
        .join(ComplaintCategory, ComplaintCategory.category_id == Category.id)
        .where(ComplaintCategory.complaint_id == Complaint.id)
        .correlate(Complaint)
        .scalar_subquery()
    )


def _conditions(wanted: ComplaintFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.triage:
        # Nobody has to triage what an old register brought.
        waits_for_nobody = and_(Complaint.triage == TriageState.NEW, Complaint.import_id.is_not(None))
        yield and_(Complaint.triage.in_(wanted.triage), ~waits_for_nobody)
    if wanted.channels:
        yield Complaint.channel.in_(wanted.channels)
    if wanted.category_id is not None:
        yield Complaint.id.in_(
            select(ComplaintCategory.complaint_id)
            .join(Category, Category.id == ComplaintCategory.category_id)
            .where(or_(Category.id == wanted.category_id, Category.parent_id == wanted.category_id))
        )
    if wanted.ward_id is not None:
        yield Complaint.ward_id == wanted.ward_id
    if wanted.made_from is not None:
        yield Complaint.made_on >= wanted.made_from
    if wanted.made_to is not None:
        yield Complaint.made_on <= wanted.made_to
