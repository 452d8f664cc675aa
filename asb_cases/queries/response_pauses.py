"""Times in which a first response waited for the person who reported."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from asb_cases.domain.service_standards import RESPONSE_CLOCKS
from asb_cases.extensions import db
from asb_cases.models.deadline import Deadline
from asb_cases.models.response_pause import ResponsePause


def pauses_of(case_id: int) -> Sequence[ResponsePause]:
    """Every wait in a case, the earliest first, with who began it."""
    return db.session.scalars(
        select(ResponsePause)
        .where(ResponsePause.case_id == case_id)
        .options(selectinload(ResponsePause.began_by))
        .order_by(ResponsePause.id)
    ).all()


def open_pause(case_id: int) -> ResponsePause | None:
    """The wait that goes on."""
    return db.session.scalars(
        select(ResponsePause)
        .where(ResponsePause.case_id == case_id, ResponsePause.ended_at.is_(None))
        .order_by(ResponsePause.id.desc())
        .limit(1)
    ).one_or_none()


def last_response_clock(case_id: int) -> Deadline | None:
    """The latest clock of a first response that the case had, running or not."""
    return db.session.scalars(
        select(Deadline)
        .where(Deadline.case_id == case_id, Deadline.rule.in_(RESPONSE_CLOCKS.values()))
        .order_by(Deadline.id.desc())
        .limit(1)
    ).one_or_none()
