"""What a manager sees at a glance of a period and a team: standards met, hot wards and places, who comes back, and clocks.

Every number is the count of rows that `rows_behind` lists for the same question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, select

from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import ClockKind, ClockNature, DeadlineState
from asb_cases.domain.people import Part
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.case import Case, Participant
from asb_cases.models.case_review import CaseReview
from asb_cases.models.complaint import Complaint
from asb_cases.models.deadline import Deadline
from asb_cases.models.person import Person
from asb_cases.models.place import Address, Ward
from asb_cases.queries.case_list import CaseFilter, wanted_case_ids
from asb_cases.queries.clock_conditions import runs
from asb_cases.queries.my_work import OPEN
from asb_cases.queries.team_work import bands
from asb_cases.queries.visibility import case_reviews_visible_to, of_complete_imports, of_unmerged, visible_to

#: As many of each as the page shows, and as many rows as a page behind a number lists.
SHOWN = 10
PAGE = 50
STANDARDS = tuple(
    rule.code for rule in CLOCK_RULES.values() if rule.kind is ClockKind.STANDARD and rule.nature is ClockNature.DUTY
)


class What(StrEnum):
    """What the rows behind a number are."""

    MET = "met"
    MISSED = "missed"
    PLACE = "place"
    SUBJECT = "subject"
    VICTIM = "victim"


#: From how many on somebody or something comes back.
LEAST = {What.PLACE: 2, What.SUBJECT: 2, What.VICTIM: 3}


@dataclass(frozen=True)
class Asked:
    """Which period and which team, None for all."""

    period: Period
    team_id: int | None = None


@dataclass(frozen=True)
class Reader:
    """Who looks, and when."""

    actor: Actor
    now: datetime
    today: date


@dataclass(frozen=True)
class _Rows:
    """Rows behind numbers of one kind: by which key they are counted, what it is called, and the select of anything."""

    key: Any
    label: Any
    row_id: Any
    day: Any
    reference: Any
    found: Any


def counted_now(asked: Asked, reader: Reader) -> dict[str, Select[*tuple[Any, ...]]]:
    """What stands today, by key: open cases, those that nobody has or that are late, and their ages."""
    actor, today, team = reader.actor, reader.today, asked.team_id
    within = CaseFilter(team_id=team, opened_from=asked.period.first, opened_to=asked.period.last)
    return {
        "open": wanted_case_ids(actor, today, CaseFilter(statuses=OPEN, team_id=team)),
        "unallocated": wanted_case_ids(actor, today, CaseFilter(statuses=OPEN, team_id=team, unallocated=True)),
        "overdue": wanted_case_ids(actor, today, CaseFilter(statuses=OPEN, team_id=team, overdue_at=reader.now)),
        "opened": wanted_case_ids(actor, today, within),
        **{
            band.key: wanted_case_ids(
                actor,
                today,
                CaseFilter(statuses=OPEN, team_id=team, opened_from=band.opened_from, opened_to=band.opened_to),
            )
            for band in bands(today)
        },
    }


def hot_wards(asked: Asked, reader: Reader) -> Sequence[Any]:
    """The wards with the most cases opened in the period."""
    number = func.count(Case.id)
    found = (
        select(Ward.id, Ward.name, number.label("number"))
        .join(Case, Case.ward_id == Ward.id)
        .where(*_cases(asked, reader))
        .group_by(Ward.id, Ward.name)
        .order_by(number.desc(), Ward.name)
    )
    return db.session.execute(found.limit(SHOWN)).all()


def most(what: What, asked: Asked, reader: Reader) -> Sequence[Any]:
    """Places, subjects or victims with the most, each with its key, its name and its number."""
    rows = _rows(what, asked, reader)
    number = func.count()
    found = (
        rows.found(rows.key.label("key"), rows.label.label("label"), number.label("number"))
        .group_by(rows.key, rows.label)
        .having(number >= LEAST[what])
        .order_by(number.desc(), rows.key)
    )
    return db.session.execute(found.limit(SHOWN)).all()


def standards(asked: Asked, reader: Reader) -> Sequence[Any]:
    """For each service standard the clocks of the period that were met and missed."""
    met = func.sum(case((Deadline.state == DeadlineState.MET, 1), else_=0)).label("met")
    missed = func.sum(case((Deadline.state == DeadlineState.MISSED, 1), else_=0)).label("missed")
    found = select(Deadline.rule, met, missed).join(Case, Case.id == Deadline.case_id)
    return db.session.execute(
        found.where(*_clocks(asked, reader, DeadlineState.MET, DeadlineState.MISSED))
        .group_by(Deadline.rule)
        .order_by(Deadline.rule)
    ).all()


def review_clocks(reader: Reader) -> Sequence[Any]:
    """The clocks of case reviews that run, the next first."""
    found = (
        select(CaseReview.id, CaseReview.reference, Deadline.rule, Deadline.last_day)
        .join(Deadline, Deadline.case_review_id == CaseReview.id)
        .where(
            runs(reader.now), case_reviews_visible_to(reader.actor, reader.today), of_complete_imports(Deadline)
        )
        .order_by(Deadline.last_day, Deadline.id)
    )  # fmt: skip
    return db.session.execute(found.limit(SHOWN)).all()


def rows_behind(what: What, key: str, asked: Asked, reader: Reader, *, after: int = 0) -> tuple[list[Any], int | None]:
    """A page of the rows behind one number, and the row that the next page comes after."""
    rows = _rows(what, asked, reader)
    listed = rows.found(
        rows.row_id.label("row_id"),
        rows.day.label("day"),
        rows.reference.label("reference"),
        Case.id.label("case_id"),
        Case.reference.label("case_reference"),
    ).where(cast(rows.key, String) == key, rows.row_id > after)
    found = list(db.session.execute(listed.order_by(rows.row_id).limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].row_id if len(found) > PAGE else None


def label_of(what: What, key: str, asked: Asked, reader: Reader) -> str | None:
    """What a key is called; None where the reader sees no row of it."""
    rows = _rows(what, asked, reader)
    found: str | None = db.session.scalar(rows.found(rows.label).where(cast(rows.key, String) == key).limit(1))
    return found


def _rows(what: What, asked: Asked, reader: Reader) -> _Rows:
    if what in (What.MET, What.MISSED):
        return _of_clocks(DeadlineState(what.value), asked, reader)
    return {What.PLACE: _of_places, What.SUBJECT: _of_subjects, What.VICTIM: _of_victims}[what](asked, reader)


def _of_clocks(state: DeadlineState, asked: Asked, reader: Reader) -> _Rows:
    def found(*columns: Any) -> Any:
        return select(*columns).join_from(Deadline, Case, Case.id == Deadline.case_id).where(
            *_clocks(asked, reader, state)
        )  # fmt: skip

    return _Rows(Deadline.rule, Deadline.rule, Deadline.id, Deadline.last_day, Case.reference, found)


def _of_places(asked: Asked, reader: Reader) -> _Rows:
    def found(*columns: Any) -> Any:
        joined = select(*columns).join_from(Case, Address, Address.id == Case.address_id)
        return joined.where(*_cases(asked, reader))

    return _Rows(Address.id, Address.text, Case.id, Case.opened_on, Case.reference, found)


def _of_subjects(asked: Asked, reader: Reader) -> _Rows:
    def found(*columns: Any) -> Any:
        return (
            select(*columns)
            .join_from(Participant, Case, Case.id == Participant.case_id)
            .join(Person, Person.id == Participant.person_id)
            .where(
                Participant.part == Part.SUBJECT,
                of_complete_imports(Participant),
                of_unmerged(Participant.person_id),
                *_cases(asked, reader),
            )
        )

    return _Rows(Person.id, Person.name, Participant.id, Case.opened_on, Case.reference, found)


def _of_victims(asked: Asked, reader: Reader) -> _Rows:
    """Whoever complained: of visible cases alone, so that the team decides."""

    def found(*columns: Any) -> Any:
        conditions: list[ColumnElement[bool]] = [
            Complaint.made_on.between(asked.period.first, asked.period.last),
            Complaint.entered_in_error_on.is_(None),
            of_complete_imports(Complaint),
            visible_to(reader.actor, reader.today),
        ]
        if asked.team_id is not None:
            conditions.append(Case.team_id == asked.team_id)
        return (
            select(*columns)
            .join_from(Complaint, Case, Case.id == Complaint.case_id)
            .join(Person, Person.id == Complaint.complainant_id)
            .where(*conditions)
        )

    return _Rows(Person.id, Person.name, Complaint.id, Complaint.made_on, Complaint.reference, found)


def _cases(asked: Asked, reader: Reader) -> list[ColumnElement[bool]]:
    """Cases of the team opened in the period, as the list of cases has them."""
    conditions: list[ColumnElement[bool]] = [
        Case.opened_on.between(asked.period.first, asked.period.last),
        visible_to(reader.actor, reader.today),
    ]
    if asked.team_id is not None:
        conditions.append(Case.team_id == asked.team_id)
    return conditions


def _clocks(asked: Asked, reader: Reader, *states: DeadlineState) -> list[ColumnElement[bool]]:
    """Clocks of service standards whose last day lies in the period."""
    conditions: list[ColumnElement[bool]] = [
        Deadline.state.in_(states),
        Deadline.last_day.between(asked.period.first, asked.period.last),
        Deadline.rule.in_(STANDARDS),
        of_complete_imports(Deadline),
        visible_to(reader.actor, reader.today),
    ]
    if asked.team_id is not None:
        conditions.append(Case.team_id == asked.team_id)
    return conditions
