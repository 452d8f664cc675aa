"""What hangs on an intervention, for the pages that take it a step on: clocks that run, representations, hearings."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.powers import POWERS
from asb_cases.extensions import Base, db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.deadline import Deadline
from asb_cases.models.hearing import Hearing
from asb_cases.models.history import HistoryEntry
from asb_cases.models.intervention import Intervention
from asb_cases.models.representation import Representation
from asb_cases.queries.not_found import NotFound

Row = TypeVar("Row", bound=Base)

FINDINGS = {
    "complied": "Heeded",
    "not_heeded": "Not heeded",
    "requirement_met": "A requirement was met",
    "reviewed": "Reviewed",
}


@dataclass(frozen=True)
class Assessment:
    """What an officer found out about keeping to a warning or notice, and the day of what shows it where one was given."""

    at: datetime
    words: str
    title: str
    seen_on: date | None = None


def running_clocks(intervention_id: int) -> list[Deadline]:
    """The clocks of an intervention that run, of its requirements and alleged breaches too, the nearest first."""
    wanted = (Deadline.intervention_id == intervention_id, Deadline.state == DeadlineState.RUNNING)
    return list(db.session.scalars(select(Deadline).where(*wanted).order_by(Deadline.last_day, Deadline.id)))


def representations_of(intervention_id: int) -> list[Representation]:
    """What was put forward about an intervention, in the order received."""
    query = select(Representation).where(Representation.intervention_id == intervention_id)
    return list(db.session.scalars(query.order_by(Representation.received_on, Representation.id)))


def assessments_of(intervention_id: int) -> list[Assessment]:
    """What officers found out about keeping to a warning or notice, and when, in that order."""
    query = select(HistoryEntry.at, HistoryEntry.details, HistoryEntry.reason).where(
        HistoryEntry.entity_kind == "intervention",
        HistoryEntry.entity_id == intervention_id,
        HistoryEntry.kind == "compliance_assessed",
    )
    found = db.session.execute(query.order_by(HistoryEntry.id)).all()
    return [Assessment(row.at, row.reason or "", **_found(json.loads(row.details))) for row in found]


def _found(details: dict[str, Any]) -> dict[str, Any]:
    """The result, and the day of what shows it where one was recorded."""
    result = details.get("result") or ("requirement_met" if "requirement_id" in details else "reviewed")
    seen_on = details.get("evidence_on")
    return {"title": FINDINGS.get(result, "Assessed"), "seen_on": date.fromisoformat(seen_on) if seen_on else None}


def hearings_of(intervention_id: int) -> list[Hearing]:
    """The hearings that the court listed, in their order."""
    query = select(Hearing).where(Hearing.intervention_id == intervention_id)
    return list(db.session.scalars(query.order_by(Hearing.listed_on, Hearing.id)))


def one_of(rows: Sequence[Row], row_id: int) -> Row:
    """The row with this id among those of a record. Raises `NotFound`."""
    for row in rows:
        if getattr(row, "id", None) == row_id:
            return row
    raise NotFound("entry")


def latest_payee() -> tuple[str | None, str | None]:
    """To whom the latest fixed penalty was to be paid, and how else than by post: the same again, as a rule."""
    query = (
        select(Intervention.payee, Intervention.other_ways_to_pay)
        .where(Intervention.power == "FPN", Intervention.payee.is_not(None), Intervention.import_id.is_(None))
        .order_by(Intervention.id.desc())
        .limit(1)
    )
    found = db.session.execute(query).one_or_none()
    return (found.payee, found.other_ways_to_pay) if found else (None, None)


def breach_of_step(step: Intervention) -> AllegedBreach:
    """The alleged breach that a penalty or prosecution is for, with its notice. Raises `NotFound` where an old register
    names none."""
    notice = joinedload(AllegedBreach.intervention)
    query = (
        select(AllegedBreach)
        .where(AllegedBreach.id == step.breach_id)
        .options(notice.joinedload(Intervention.subject), notice.joinedload(Intervention.follows))
    )
    breach = db.session.scalars(query).one_or_none()
    if breach is None:
        raise NotFound("alleged breach")
    return breach


def breach_clocks(breach_id: int) -> list[Deadline]:
    """The clocks of an alleged breach that run."""
    wanted = (Deadline.breach_id == breach_id, Deadline.state == DeadlineState.RUNNING)
    return list(db.session.scalars(select(Deadline).where(*wanted).order_by(Deadline.last_day, Deadline.id)))


def reference_of(intervention_id: int) -> str:
    """The reference of an intervention that was just made."""
    return db.session.scalars(select(Intervention.reference).where(Intervention.id == intervention_id)).one()


def open_steps_for_breaches_of(notice_id: int) -> list[str]:
    """The penalties and prosecutions for breaches of a notice that are on their way, by their references."""
    on_their_way = [
        and_(Intervention.power == power, Intervention.status.in_(POWERS[power].open_statuses))
        for power in ("FPN", "PROSECUTION")
    ]
    query = (
        select(Intervention.reference)
        .join(AllegedBreach, AllegedBreach.id == Intervention.breach_id)
        .where(
            AllegedBreach.intervention_id == notice_id, Intervention.entered_in_error_on.is_(None), or_(*on_their_way)
        )
        .order_by(Intervention.id)
    )
    return list(db.session.scalars(query))
