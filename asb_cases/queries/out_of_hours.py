"""The requests of one out-of-hours shift: for a duty officer their own, for officers and managers those they may see."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select

from asb_cases.domain.complaints import Channel, OutOfHoursResponse
from asb_cases.domain.out_of_hours import kind_of, minutes_to_arrive
from asb_cases.domain.permissions import Actor, CaseScope
from asb_cases.domain.references import parse_reference
from asb_cases.extensions import UtcDateTime, db
from asb_cases.models.case import Case
from asb_cases.models.category import Category
from asb_cases.models.complaint import Complaint, ComplaintCategory, ComplaintUpdate
from asb_cases.models.person import Person
from asb_cases.models.place import Address, Ward
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.paging import STATEMENTS, Order, Page, Place, all_ids, read_page, rows_with_ids
from asb_cases.queries.visibility import complaints_visible_to

#: An old register may know the day alone: those come first.
NO_TIME = datetime(1900, 1, 1, tzinfo=UTC)
BY_TIME = Order(lambda complaint: (func.coalesce(complaint.made_at, literal(NO_TIME, UtcDateTime)),))
#: A night is read as a whole: more than its requests stand on one page.
NIGHT = 100
CODES = " "
NOT_RECORDED = "not_recorded"


@dataclass(frozen=True)
class ShiftCounts:
    """What a shift comes to: how many requests, by kind of noise and by response, and the minutes to each arrival."""

    requests: int
    kinds: Counter[str]
    responses: Counter[str]
    minutes: Sequence[int]

    @property
    def average_minutes(self) -> int | None:
        """Rounded to whole minutes, None where nobody is known to have arrived."""
        return round(sum(self.minutes) / len(self.minutes)) if self.minutes else None


def shift_page(actor: Actor, today: date, shift: date, place: Place | None) -> Page:
    """The requests of a shift in the order received. One query."""
    return read_page(listed_shift(actor, today, shift), Complaint, BY_TIME, place, NIGHT)


def shift_ids(actor: Actor, today: date, shift: date) -> list[int]:
    """The ids of all of them, in that order."""
    return all_ids(listed_shift(actor, today, shift), Complaint, BY_TIME)


def requests_with_ids(actor: Actor, today: date, shift: date, ids: Sequence[int]) -> list[tuple[Any, list[str]]]:
    """These requests of a shift with what was added to each later. Two queries."""
    later = said_later(ids)
    return [(row, later[row.id]) for row in rows_with_ids(listed_shift(actor, today, shift), Complaint, ids)]


def said_later(ids: Sequence[int]) -> dict[int, list[str]]:
    """What was added later to each of these requests, in the order written. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    if ids:
        rows = db.session.execute(
            select(ComplaintUpdate.complaint_id, ComplaintUpdate.text)
            .where(ComplaintUpdate.complaint_id.in_(ids))
            .order_by(ComplaintUpdate.written_at, ComplaintUpdate.id)
        )
        for row in rows:
            found[row.complaint_id].append(row.text)
    return found


def shift_counts(actor: Actor, today: date, shift: date) -> ShiftCounts:
    """The same counted, without those entered in error. One query."""
    rows = db.session.execute(
        select(Complaint.response, Complaint.made_at, Complaint.arrived_at, _codes().label("codes")).where(
            _of_shift(actor, today), Complaint.shift_on == shift, Complaint.entered_in_error_on.is_(None)
        )
    ).all()
    minutes = (minutes_to_arrive(row.made_at, row.arrived_at) for row in rows)
    return ShiftCounts(
        requests=len(rows),
        kinds=Counter(kind_of((row.codes or "").split(CODES)) for row in rows),
        responses=Counter(row.response.value if row.response else NOT_RECORDED for row in rows),
        minutes=[each for each in minutes if each is not None],
    )


def shifts_around(actor: Actor, today: date, shift: date) -> tuple[date | None, date | None]:
    """The nearest shifts with requests before and after one. One query."""
    before = select(func.max(Complaint.shift_on)).where(_of_shift(actor, today), Complaint.shift_on < shift)
    after = select(func.min(Complaint.shift_on)).where(_of_shift(actor, today), Complaint.shift_on > shift)
    found = db.session.execute(select(before.scalar_subquery(), after.scalar_subquery())).one()
    return found[0], found[1]


def request_called(actor: Actor, reference: str, today: date) -> Any:
    """One request by its reference, however it was typed. Raises `NotFound`."""
    parsed = parse_reference(reference)
    row = db.session.execute(
        select(
            Complaint.id, Complaint.reference, Complaint.made_at, Complaint.made_on, Complaint.response,
            Complaint.arrived_at, Complaint.version, Complaint.case_id, Complaint.description, Complaint.outcome,
            Complaint.shift_on, Address.text.label("address"),
        )
        .outerjoin(Address, Address.id == Complaint.address_id)
        .where(
            Complaint.reference == (str(parsed) if parsed else reference),
            Complaint.shift_on.is_not(None),
            complaints_visible_to(actor, today),
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound("out-of-hours request")
    return row


@lru_cache(maxsize=STATEMENTS)
def listed_shift(actor: Actor, today: date, shift: date) -> Select[*tuple[Any, ...]]:
    """The requests of a shift, as lists and files show them."""
    return (
        select(
            Complaint.id,
            Complaint.reference,
            Complaint.made_at,
            Complaint.made_on,
            Complaint.shift_on,
            Complaint.response,
            Complaint.arrived_at,
            Complaint.anonymous,
            Complaint.description,
            Complaint.outcome,
            Complaint.triage,
            Complaint.entered_in_error_on,
            Person.name.label("complainant"),
            Address.text.label("address"),
            Ward.name.label("ward"),
            Case.reference.label("case_reference"),
            User.name.label("recorder"),
            _codes().label("codes"),
        )
        .outerjoin(Person, Person.id == Complaint.complainant_id)
        .outerjoin(Address, Address.id == Complaint.address_id)
        .outerjoin(Ward, Ward.id == Complaint.ward_id)
        .outerjoin(Case, Case.id == Complaint.case_id)
        .outerjoin(User, User.id == Complaint.recorded_by_id)
        .where(_of_shift(actor, today), Complaint.shift_on == shift)
    )


def _of_shift(actor: Actor, today: date) -> ColumnElement[bool]:
    """Out-of-hours requests that the actor may see; a duty officer's list holds what they recorded themselves."""
    seen = and_(Complaint.channel == Channel.OUT_OF_HOURS, complaints_visible_to(actor, today))
    if actor.case_scope is CaseScope.TONIGHT:
        seen = and_(seen, Complaint.recorded_by_id == actor.user_id)
    return seen


def _codes() -> Any:
    return (
        select(func.aggregate_strings(Category.code, CODES))
        .join(ComplaintCategory, ComplaintCategory.category_id == Category.id)
        .where(ComplaintCategory.complaint_id == Complaint.id)
        .correlate(Complaint)
        .scalar_subquery()
    )


def unfinished(actor: Actor, today: date, since: date) -> Sequence[Any]:
    """The actor's own requests since a shift of which it is not recorded who arrived, or what came of it. One query."""
    said = select(ComplaintUpdate.id).where(ComplaintUpdate.complaint_id == Complaint.id).correlate(Complaint)
    nobody_yet = and_(Complaint.response == OutOfHoursResponse.VISIT, Complaint.arrived_at.is_(None))
    return db.session.execute(
        select(Complaint.id, Complaint.reference, Complaint.made_at, Complaint.shift_on, Address.text.label("address"))
        .outerjoin(Address, Address.id == Complaint.address_id)
        .where(
            Complaint.recorded_by_id == actor.user_id,
            Complaint.shift_on >= since,
            Complaint.entered_in_error_on.is_(None),
            or_(nobody_yet, and_(Complaint.outcome.is_(None), ~said.exists())),
            complaints_visible_to(actor, today),
        )
        .order_by(Complaint.made_at.desc(), Complaint.id.desc())
        .limit(NIGHT)
    ).all()
