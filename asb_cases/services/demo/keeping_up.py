"""What officers did in the last two weeks so that people in open cases have heard from them, and notices were looked at. A few
were left: a demonstration without anything late would show nothing."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from asb_cases.domain.calendar import ONE_DAY, is_working_day
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.complaints import Channel
from asb_cases.domain.service_standards import RESPONSE_CLOCKS
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import Direction
from asb_cases.models.deadline import Deadline
from asb_cases.services.casework import add_contact
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story
from asb_cases.services.warning_outcomes import record_review

DAYS, A_DAY = 14, 10
#: Of so many one is left late.
LEFT = 8
TOLD = (
    "Told how the case stands and what we do next. Asked whether it is quieter.",
    "Rang as agreed. The diary goes on; nothing new since the weekend.",
    "Said that we have heard from the landlord, and when we visit again.",
)


def keeping_up(scene: Scene) -> Story:
    """Day by day: calls to those who were to hear from us, then notices whose review was due."""
    officers = {actor.user_id: actor for actor in scene.staff.actors.values()}
    days = (scene.ago(back) for back in range(DAYS, 0, -1))
    for day in (each for each in days if is_working_day(each, scene.holidays)):
        now = yield at(day, "16:05")
        for row in _late("victim_update", day - 2 * ONE_DAY):
            now = yield now + timedelta(minutes=3)
            add_contact(
                actor=officers[row.owner_id], now=now, case_id=row.case_id, channel=Channel.PHONE,
                direction=Direction.OUT, told=TOLD[row.id % len(TOLD)],
            )  # fmt: skip
        for row in _late("cpn_review", day - 2 * ONE_DAY):
            now = yield now + timedelta(minutes=3)
            record_review(
                actor=officers[row.owner_id], now=now, intervention_id=row.intervention_id,
                assessment="The requirements are still needed. No breach was reported since the last look.",
            )  # fmt: skip


def _late(rule: str, before: date) -> Sequence[Any]:
    """Clocks of the kind that were over before a day, in cases that have an officer and owe nobody a first answer."""
    owes = select(Deadline.case_id).where(
        Deadline.rule.in_(RESPONSE_CLOCKS.values()), Deadline.state == DeadlineState.RUNNING
    )
    return db.session.execute(
        select(Deadline.id, Deadline.case_id, Deadline.intervention_id, Case.owner_id)
        .join(Case, Case.id == Deadline.case_id)
        .where(
            Deadline.rule == rule,
            Deadline.state == DeadlineState.RUNNING,
            Deadline.last_day < before,
            Deadline.id % LEFT > 0,
            Case.owner_id.is_not(None),
            Case.id.not_in(owes),
        )
        .order_by(Deadline.last_day, Deadline.id)
        .limit(A_DAY)
    ).all()
