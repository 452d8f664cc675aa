"""Appeals against a notice: lodged, directed, determined (2014 Act s.46)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asb_cases.domain.appeals import (
    MOVE_OF_OUTCOME,
    AppealGround,
    AppealOutcome,
    check_determination,
    check_lodging,
    is_late,
)
from asb_cases.domain.calendar import local
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.errors import RuleBroken, gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers import POWERS
from asb_cases.domain.record_keeping import ALREADY_DONE, IN_ERROR, day_has_come, days_in_order
from asb_cases.extensions import db
from asb_cases.models.appeal import Appeal
from asb_cases.models.intervention import Intervention
from asb_cases.queries.enforcement import appeal_to_work_on, intervention_to_work_on
from asb_cases.queries.enforcement_records import as_appeal
from asb_cases.queries.policy import policy_in_force
from asb_cases.queries.rulings import lodging_facts
from asb_cases.services import deadlines
from asb_cases.services.case_closing import case_details, close_without_notice
from asb_cases.services.deadlines import Links
from asb_cases.services.enforcement_clocks import end_on, settle_requirement_clocks, start_clocks
from asb_cases.services.hearings import end_hearing_to_come
from asb_cases.services.history import Subject, record
from asb_cases.services.moves import check_move, make_move, result_in
from asb_cases.services.requirement_versions import Change, change_requirements
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

#: Where the last day of a notice is named, if the court named it.
IN_ORDER = "in the court’s order"


@dataclass(frozen=True)
class Order:
    """How an appeal ended. A modification brings requirements in other words (`changes`), takes some away, by number, or
    names another last day of the notice."""

    outcome: AppealOutcome
    determined_on: date
    note: str | None = None
    changes: Sequence[Change] = ()
    taken_away: Sequence[int] = ()
    ends_on: date | None = None


@transaction
def lodge_appeal(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    lodged_on: date,
    grounds: Sequence[AppealGround] = (),
    court: str | None = None,
    version: int | None = None,
) -> int:
    """Record an appeal. A late one is recorded as late: the court decides. From the day lodged, do and steps requirements
    have no effect and their clocks rest (s.46(3)). Returns the id."""
    actor.check(Permission.RECORD_APPEAL)
    today = local(now).date()
    notice = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(notice, version)
    facts = lodging_facts(notice, lodged_on, today, policy_in_force())
    check_lodging(facts).raise_if_refused()
    check_move(notice, "lodge_appeal", actor)
    late = is_late(facts)
    appeal = Appeal(
        intervention_id=notice.id,
        lodged_on=lodged_on,
        late=late,
        grounds=",".join(ground.value for ground in grounds) or None,
        court=court or None,
    )
    db.session.add(appeal)
    db.session.flush()
    state = DeadlineState.MISSED if late else DeadlineState.MET
    deadlines.end("cpn_appeal", of=Links(intervention_id=notice.id), state=state, on=lodged_on, because="Appeal lodged")
    make_move(notice, "lodge_appeal", today)
    settle_requirement_clocks(notice, today)
    details = {"appeal_id": appeal.id, "late": late}
    record("appeal_lodged", _about(appeal, notice), actor=actor, now=now, details=details)
    return appeal.id


@transaction
def record_direction(
    *,
    actor: Actor,
    now: datetime,
    appeal_id: int,
    stop_suspended_on: date,
    note: str | None = None,
    version: int | None = None,
) -> None:
    """Record that the court ordered stop requirements too to have no effect, from a day, while the appeal runs."""
    actor.check(Permission.RECORD_APPEAL_OUTCOME)
    today = local(now).date()
    appeal = appeal_to_work_on(appeal_id, actor=actor, today=today)
    check_version(appeal, version)
    _check_open(appeal)
    gathered([
        day_has_come("The day of the order", stop_suspended_on, today, "stop_suspended_on"),
        days_in_order(("the appeal", appeal.lodged_on), ("The order", stop_suspended_on), "stop_suspended_on"),
    ]).raise_if_refused()  # fmt: skip
    appeal.stop_suspended_on = stop_suspended_on
    record("appeal_directed", _about(appeal, appeal.intervention), actor=actor, now=now, reason=note)


@transaction
def determine_appeal(*, actor: Actor, now: datetime, appeal_id: int, order: Order, version: int | None = None) -> None:
    """Record how an appeal ended: dismissed, modified (requirements get new versions), quashed, or withdrawn. The clocks
    of do and steps requirements run again, moved on by the days the appeal took."""
    today = local(now).date()
    appeal = appeal_to_work_on(appeal_id, actor=actor, today=today)
    check_version(appeal, version)
    notice = intervention_to_work_on(appeal.intervention_id, actor=actor, today=today)
    move = MOVE_OF_OUTCOME[order.outcome]
    check_move(notice, move, actor)
    _check_open(appeal)
    found = check_determination(as_appeal(appeal), order.determined_on, today)
    started = ("the notice was given", notice.issued_on)
    found += gathered([days_in_order(started, ("The last day of the notice", order.ends_on), "ends_on")])
    found.raise_if_refused()
    appeal.outcome, appeal.determined_on = order.outcome.value, order.determined_on
    appeal.order_note = order.note or None
    end_hearing_to_come(notice, order.determined_on, today, f"The appeal was {order.outcome.value}.")
    was_over = notice.ended_on
    make_move(notice, move, today)
    _follow(notice, order, was_over, today)
    closed = order.outcome is AppealOutcome.QUASHED and close_without_notice(notice, actor, today)
    details = {"appeal_id": appeal.id, "outcome": order.outcome.value, **case_details(closed)}
    record("appeal_determined", _about(appeal, notice), actor=actor, now=now, details=details, reason=order.note)


def _follow(notice: Intervention, order: Order, was_over: date | None, today: date) -> None:
    """What the outcome does to the notice."""
    if order.outcome is AppealOutcome.QUASHED or (was_over is None and order.outcome is not AppealOutcome.WITHDRAWN):
        result_in(notice, MOVE_OF_OUTCOME[order.outcome], order.determined_on)
    if order.outcome is AppealOutcome.QUASHED:
        notice.ended_on = min(was_over, order.determined_on) if was_over else order.determined_on
        return
    if notice.status not in POWERS["CPN"].open_statuses:
        return
    if order.outcome is AppealOutcome.MODIFIED:
        change_requirements(notice, order.changes, order.taken_away, from_on=order.determined_on, made_by="court")
        start_clocks(notice, "appeal_modified", today, policy_in_force())
        if order.ends_on is not None:
            end_on(notice, order.ends_on, today, where=IN_ORDER)
    db.session.flush()
    settle_requirement_clocks(notice, today)


def _check_open(appeal: Appeal) -> None:
    if appeal.entered_in_error_on is not None:
        raise RuleBroken((IN_ERROR,))
    if appeal.outcome is not None:
        raise RuleBroken((ALREADY_DONE,))


def _about(appeal: Appeal, notice: Intervention) -> Subject:
    return Subject("appeal", appeal.id, notice.case_id)
