"""Payments of a fixed penalty. Paid in time nobody can be convicted of the offence (s.52(5)(b)); late is a decision."""

from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers.penalty import check_payment
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.payment import Payment
from asb_cases.queries.enforcement import intervention_to_work_on
from asb_cases.queries.enforcement_facts import penalty_of
from asb_cases.queries.policy import policy_in_force
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.enforcement_clocks import stop_limits
from asb_cases.services.fixed_penalties import CLOCKS
from asb_cases.services.history import record
from asb_cases.services.moves import about, check_move, make_move, result_in, said
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def record_payment(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    paid_on: date,
    amount_pence: int,
    method: str | None = None,
    reference: str | None = None,
    late_reason: str | None = None,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> int:
    """Record a payment. In time it discharges the liability and the six months to prosecute end; after the last day it is
    for whoever may settle penalties to accept it, with `late_reason`. One by post is paid when the letter would arrive
    (s.52(10)). Returns the id."""
    actor.check(Permission.RECORD_PAYMENT)
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    penalty = penalty_of(step, policy_in_force()) if step.power == "FPN" else None
    if penalty is None:
        remedy = "Money is received against a penalty that was issued."
        raise RuleBroken((NO_SUCH_MOVE.of(move="record payment", status=step.status, remedy=remedy),))
    in_time = paid_on <= penalty.last_day
    moves = _moves(step, in_time)
    for move in moves:
        _check(step, move, actor)
    check_payment(
        penalty, paid_on=paid_on, amount=amount_pence, today=today, late_reason=late_reason
    ).raise_unless_reasoned(cautions_reason)
    payment = _keep(step, paid_on, amount_pence, method, reference, in_time=in_time, late_reason=late_reason)
    deadlines.meet(*CLOCKS, of=Links(intervention_id=step.id), at=paid_on, because="Paid")
    for move in moves:
        make_move(step, move, today)
    result_in(step, "paid", paid_on)
    if in_time and step.breach_id is not None:
        stop_limits(step.breach_id, today, "Penalty paid in time")
    details = {"payment_id": payment.id, "amount_pence": amount_pence, "in_time": in_time}
    reason = said(None if in_time else late_reason, cautions_reason)
    record("payment_recorded", about(step), actor=actor, now=now, details=details, reason=reason)
    return payment.id


def _moves(step: Intervention, in_time: bool) -> tuple[str, ...]:
    """A late payment of a penalty that nobody has marked unpaid yet takes both steps at once."""
    if in_time:
        return ("record_payment",)
    return ("mark_unpaid", "accept_late_payment") if step.status == "issued" else ("accept_late_payment",)


def _check(step: Intervention, move: str, actor: Actor) -> None:
    """Whether the first move is open, and every one permitted."""
    if move == "accept_late_payment":
        actor.check(Permission.SETTLE_PENALTY)
        if step.status == "issued":
            return
    check_move(step, move, actor)


def _keep(
    step: Intervention,
    paid_on: date,
    amount_pence: int,
    method: str | None,
    reference: str | None,
    *,
    in_time: bool,
    late_reason: str | None,
) -> Payment:
    payment = Payment(
        intervention_id=step.id,
        paid_on=paid_on,
        amount_pence=amount_pence,
        method=method or None,
        reference=reference or None,
        in_time=in_time,
        late_reason=None if in_time else (late_reason or "").strip() or None,
    )
    db.session.add(payment)
    db.session.flush()
    return payment
