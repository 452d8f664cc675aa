"""The rows behind a figure: exactly those counted, a page at a time. What the reader may not see keeps its place."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, label, literal, or_, select

from asb_cases.domain.figures import Dimension, Figure
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview
from asb_cases.models.complaint import Complaint
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.queries.figure_breakdowns import reading
from asb_cases.queries.figure_rows import CASE_OF, COUNTED_ROWS, Column, CountedRows, Holder
from asb_cases.queries.figures import rows_in
from asb_cases.queries.visibility import visible_case_ids

PAGE_SIZE = 50

#: The kind of record whose page shows a row, by the table it is kept in.
KINDS: dict[type[Any], str] = {
    Intervention: "intervention",
    Case: "case",
    Complaint: "complaint",
    CaseReview: "case_review",
}
#: Who a record is about, or who told us: shown to those who may see people.
PERSON_OF: dict[type[Any], Column] = {
    Intervention: Intervention.subject_id,
    Complaint: Complaint.complainant_id,
    CaseReview: CaseReview.applicant_id,
}
STATE_OF: dict[Any, Column] = {
    Appeal.id: Appeal.outcome,
    AllegedBreach.id: AllegedBreach.status,
    Intervention.id: Intervention.status,
    Case.id: Case.status,
    Complaint.id: Complaint.triage,
    CaseReview.id: CaseReview.threshold,
}


@dataclass(frozen=True)
class Part:
    """One number of a breakdown: the rows that have this key."""

    dimension: Dimension
    key: str


@dataclass(frozen=True)
class Place:
    """A place in the list: after the row with this day and id."""

    day: date
    row_id: int


@dataclass(frozen=True)
class DrillRow:
    """One counted row. Where the reader may not see its case, only that there is one: `restricted`."""

    place: Place
    kind: str
    holder_id: int | None
    restricted: bool
    day: date | None = None
    reference: str | None = None
    state: str | None = None
    case_id: int | None = None
    case_reference: str | None = None
    person: str | None = None
    records: int = 1


@dataclass(frozen=True)
class DrillPage:
    """A page of counted rows, and the place where the next begins."""

    rows: list[DrillRow]
    following: Place | None


def rows_for(
    figure: Figure,
    period: Period,
    actor: Actor,
    *,
    today: date,
    part: Part | None = None,
    after: Place | None = None,
    limit: int | None = PAGE_SIZE,
) -> DrillPage:
    """The rows that the figure counts for the actor, by day; `limit` None gives all. Raises NotPermitted.

    One query. `len` of all pages is the figure's value, or the part's number.
    """
    actor.check(Permission.DRILL_DOWN)
    rows = COUNTED_ROWS[figure.code]
    found = _listed(rows, _numbered(rows, period, actor, part, today), actor, after)
    if limit is not None:
        found = found.limit(limit + 1)
    listed = [_row(each, rows) for each in db.session.execute(found)]
    more = limit is not None and len(listed) > limit
    page = listed[:limit]
    return DrillPage(page, page[-1].place if more else None)


def _numbered(rows: CountedRows, period: Period, actor: Actor, part: Part | None, today: date) -> Select[Any]:
    """Row, day, state and holder of each row counted; for recipients, one row each with a record the reader may see."""
    seen = case((_seen(rows.holder, actor, today), rows.holder.id))
    columns: list[Column]
    if rows.one_each:
        holder = func.coalesce(func.min(seen), func.min(rows.holder.id))
        columns = [func.min(rows.day), literal(None, String), holder, func.count(seen)]
    else:
        visible = case((seen.is_(None), 0), else_=1)
        columns = [rows.day, cast(STATE_OF[rows.row], String), rows.holder.id, visible]
    labelled = [
        label(name, column) for column, name in zip(columns, ("day", "state", "holder_id", "seen"), strict=True)
    ]
    found = rows_in(rows, period, actor, rows.row.label("row_id"), *labelled)
    if rows.one_each:
        found = found.group_by(rows.row)
    if part is None:
        return found
    read = reading(rows, part.dimension)
    return read.add_to(found).where(read.key_or_none == part.key)


def _seen(holder: Holder, actor: Actor, today: date) -> ColumnElement[bool]:
    """That the reader may see the record's case, or that it has none."""
    case_id = CASE_OF[holder]
    on_visible_case = case_id.in_(visible_case_ids(actor, today))
    return on_visible_case if holder in (Intervention, Case) else or_(case_id.is_(None), on_visible_case)


def _listed(rows: CountedRows, numbered: Select[Any], actor: Actor, after: Place | None) -> Select[Any]:
    """The rows with what is shown of them, in order, from a place on."""
    each, holder = numbered.subquery(), rows.holder
    shown: list[Any] = [each, holder.reference, Case.id.label("case_id"), Case.reference.label("case_reference")]
    found: Select[Any] = select(*shown).select_from(each).join(holder, holder.id == each.c.holder_id)
    if holder is not Case:
        found = found.outerjoin(Case, Case.id == CASE_OF[holder])
    if actor.may(Permission.SEE_PEOPLE) and holder in PERSON_OF:
        found = found.outerjoin(Person, Person.id == PERSON_OF[holder]).add_columns(Person.name.label("person"))
    else:
        found = found.add_columns(literal(None, String).label("person"))
    if after is not None:
        later = and_(each.c.day == after.day, each.c.row_id > after.row_id)
        found = found.where(or_(each.c.day > after.day, later))
    return found.order_by(each.c.day, each.c.row_id)


def _row(found: Any, rows: CountedRows) -> DrillRow:
    place = Place(found.day, found.row_id)
    kind = KINDS[rows.holder]
    if not found.seen:
        return DrillRow(place, kind, None, restricted=True)
    return DrillRow(
        place,
        kind,
        found.holder_id,
        restricted=False,
        day=found.day,
        reference=found.reference,
        state=found.state,
        case_id=found.case_id,
        case_reference=found.case_reference,
        person=found.person,
        records=int(found.seen) if rows.one_each else 1,
    )
