"""The list of cases: narrowed down, ordered, a page at a time, for whoever may see them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from asb_cases.domain.calendar import LONDON
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.case import Case, CaseCategory, Participant
from asb_cases.models.casework import ContactEntry
from asb_cases.models.category import Category
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.models.place import Address, Ward
from asb_cases.models.user import Team, User
from asb_cases.queries.clock_conditions import is_overdue
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
from asb_cases.queries.visibility import notice_in_force, of_complete_imports, of_unmerged, visible_to

#: The orders a list of cases can be in. Without a priority a case comes after all that have one.
LAST_PRIORITY = 9
ORDERS: dict[str, Order] = {
    "newest": Order(lambda case: (case.opened_on,), descending=True),
    "oldest": Order(lambda case: (case.opened_on,)),
    "priority": Order(lambda case: (func.coalesce(case.priority, LAST_PRIORITY), case.opened_on)),
    "reference": Order(lambda case: (case.reference,)),
}


@dataclass(frozen=True, kw_only=True)
class CaseFilter:
    """What a list of cases is narrowed to. Whatever is left out narrows nothing. `overdue_at`: those in which the council
    was late with something at that moment. `no_contact_since`: opened before that day, and nobody reached from it on."""

    statuses: tuple[str, ...] = ()
    priorities: tuple[int, ...] = ()
    category_id: int | None = None
    ward_id: int | None = None
    team_id: int | None = None
    owner_id: int | None = None
    opened_from: date | None = None
    opened_to: date | None = None
    notice_in_force: bool = False
    restricted: bool = False
    unallocated: bool = False
    overdue_at: datetime | None = None
    no_contact_since: date | None = None


@dataclass(frozen=True)
class Marks:
    """What the list says of a case besides its own columns."""

    subjects: tuple[str, ...]
    categories: tuple[str, ...]


def cases_page(actor: Actor, today: date, wanted: CaseFilter, *, order: str, place: Place | None) -> Page:
    """One page of the cases that the actor may see and that are wanted. One query, of the columns a list shows."""
    return read_page(_shown(actor, today, wanted), Case, ORDERS[order], place)


def count_cases(actor: Actor, today: date, wanted: CaseFilter) -> int:
    """How many there are, counted as far as `paging.COUNT_UP_TO`."""
    return count_up_to_limit(wanted_case_ids(actor, today, wanted))


def case_ids(actor: Actor, today: date, wanted: CaseFilter, *, order: str) -> list[int]:
    """The ids of all of them, in order: what a file is going to hold."""
    return all_ids(wanted_case_ids(actor, today, wanted), Case, ORDERS[order])


def cases_with_ids(actor: Actor, today: date, ids: Sequence[int], *, names: bool) -> list[tuple[Any, Marks]]:
    """The rows with these ids, in their order. What has gone out of sight meanwhile is left out. Two queries."""
    marks = marks_of(ids, names=names)
    return [(row, marks[row.id]) for row in rows_with_ids(_shown(actor, today, CaseFilter()), Case, ids)]


def marks_of(ids: Iterable[int], *, names: bool) -> dict[int, Marks]:
    """The subjects (where `names` are shown) and categories of cases, in one query."""
    wanted = list(ids)
    found: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    if wanted:
        for row in db.session.execute(_marks(names), {"cases": wanted}):
            found[row.case_id, row.kind].append((row.place, row.text))

    def texts(case_id: int, kind: str) -> tuple[str, ...]:
        return tuple(text for _place, text in sorted(found[case_id, kind]))

    return {case_id: Marks(texts(case_id, "subject"), texts(case_id, "category")) for case_id in wanted}


@cache
def _marks(names: bool) -> CompoundSelect[*tuple[Any, ...]]:
    """The marks of `cases`."""
    wanted: BindParameter[Any] = bindparam("cases", expanding=True)
    parts: list[Select[*tuple[Any, ...]]] = [
        select(
            CaseCategory.case_id,
            literal("category").label("kind"),
            Category.position.label("place"),
            Category.title.label("text"),
        )
        .join(Category, Category.id == CaseCategory.category_id)
        .where(CaseCategory.case_id.in_(wanted))
    ]
    if names:
        parts.append(
            select(Participant.case_id, literal("subject"), Participant.id, Person.name)
            .join(Person, Person.id == Participant.person_id)
            .where(
                Participant.case_id.in_(wanted),
                Participant.part == Part.SUBJECT,
                of_complete_imports(Participant),
                of_unmerged(Participant.person_id),
            )
        )
    return union_all(*parts)


@lru_cache(maxsize=STATEMENTS)
def wanted_case_ids(actor: Actor, today: date, wanted: CaseFilter) -> Select[int]:
    """The ids of those wanted, to be counted."""
    return select(Case.id).where(*_conditions(actor, today, wanted))


@lru_cache(maxsize=STATEMENTS)
def _shown(actor: Actor, today: date, wanted: CaseFilter) -> Select[*tuple[Any, ...]]:
    in_force = _notices_in_force(today).where(Intervention.case_id == Case.id).correlate(Case).exists()
    return (
        select(
            Case.id,
            Case.reference,
            Case.status,
            Case.title,
            Case.priority,
            Case.opened_on,
            Case.closed_on,
            Case.restricted,
            Case.entered_in_error_on,
            Case.officer_as_recorded,
            Address.text.label("address"),
            Ward.name.label("ward"),
            Team.name.label("team"),
            User.name.label("owner"),
            in_force.label("notice_in_force"),
        )
        .outerjoin(Address, Address.id == Case.address_id)
        .outerjoin(Ward, Ward.id == Case.ward_id)
        .outerjoin(Team, Team.id == Case.team_id)
        .outerjoin(User, User.id == Case.owner_id)
        .where(*_conditions(actor, today, wanted))
    )


def _conditions(actor: Actor, today: date, wanted: CaseFilter) -> Iterator[ColumnElement[bool]]:
    yield visible_to(actor, today)
    if wanted.statuses:
        yield Case.status.in_(wanted.statuses)
    if wanted.priorities:
        yield Case.priority.in_(wanted.priorities)
    if wanted.category_id is not None:
        yield Case.id.in_(_in_category(wanted.category_id))
    for column, value in (
        (Case.ward_id, wanted.ward_id),
        (Case.team_id, wanted.team_id),
        (Case.owner_id, wanted.owner_id),
    ):
        if value is not None:
            yield column == value
    if wanted.opened_from is not None:
        yield Case.opened_on >= wanted.opened_from
    if wanted.opened_to is not None:
        yield Case.opened_on <= wanted.opened_to
    if wanted.notice_in_force:
        yield Case.id.in_(_notices_in_force(today))
    if wanted.restricted:
        yield Case.restricted.is_(True)
    if wanted.unallocated:
        yield Case.owner_id.is_(None)
    if wanted.overdue_at is not None:
        late = select(Deadline.case_id).where(is_overdue(wanted.overdue_at), of_complete_imports(Deadline))
        yield Case.id.in_(late.where(Deadline.case_id.is_not(None)))
    if wanted.no_contact_since is not None:
        yield is_without_contact(wanted.no_contact_since)


def is_without_contact(since: date) -> ColumnElement[bool]:
    """The condition on `Case` that it was opened before that day, and nobody was reached about it from that day on."""
    from_midnight = datetime.combine(since, time(), tzinfo=LONDON)
    reached = exists().where(
        ContactEntry.case_id == Case.id,
        ContactEntry.at >= from_midnight,
        ContactEntry.reached.is_not(False),
        of_complete_imports(ContactEntry),
    )
    return and_(Case.opened_on < since, ~reached.correlate(Case))


def _notices_in_force(today: date) -> Select[int]:
    """The cases of the notices in force."""
    return select(Intervention.case_id).where(notice_in_force(today), of_complete_imports(Intervention))


def _in_category(category_id: int) -> Select[int]:
    """Cases of a category or of one below it."""
    return (
        select(CaseCategory.case_id)
        .join(Category, Category.id == CaseCategory.category_id)
        .where(or_(Category.id == category_id, Category.parent_id == category_id))
    )
