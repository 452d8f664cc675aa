"""Payments of a fixed penalty, in one sum or in parts. Once the amount due came in, in time, nobody can be convicted of the
offence (s.52(5)(b)); late is a decision."""

from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers.penalty import Penalty, Received, check_payment
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.payment import Payment
from asb_cases.queries.enforcement import intervention_to_work_on
from asb_cases.queries.enforcement_facts import penalty_given, received_for
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
    """Record money that came in. A part of the amount due leaves the penalty as it stands. With the whole of it, in time,
    the liability is discharged and the six months to prosecute end, even if the penalty was given up meanwhile; what comes
    after the last day is for whoever may settle penalties to accept, with `late_reason`. What is sent by post is paid when
    the letter would arrive (s.52(10)). Returns the id."""
    actor.check(Permission.RECORD_PAYMENT)
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    penalty = penalty_given(step, policy_in_force()) if step.power == "FPN" else None
    if penalty is None:
        remedy = "Money is received against a penalty that was issued."
        raise RuleBroken((NO_SUCH_MOVE.of(move="record payment", status=step.status, remedy=remedy),))
    received = received_for(step)
    paid = penalty.with_money([*received, Received(paid_on, amount_pence)])
    in_time = paid_on <= penalty.last_day
    _check(step, paid, actor, in_time=in_time)
    check_payment(
        penalty, paid_on=paid_on, amount=amount_pence, today=today, late_reason=late_reason, received=received
    ).raise_unless_reasoned(cautions_reason)
    payment = _keep(step, paid_on, amount_pence, method, reference, in_time=in_time, late_reason=late_reason)
    if paid.paid_in_full:
        _discharge(step, paid, today)
    details = {
        "payment_id": payment.id,
        "amount_pence": amount_pence,
        "in_time": in_time,
        "in_full": paid.paid_in_full,
    }
    reason = said(None if in_time else late_reason, cautions_reason)
    record("payment_recorded", about(step), actor=actor, now=now, details=details, reason=reason)
    return payment.id


def _check(step: Intervention, paid: Penalty, actor: Actor, *, in_time: bool) -> None:
    """Whether money may be taken, and by whom: what came late, or makes the whole of it late, needs a decision."""
    if paid.paid_in_time or in_time:
        check_move(step, "record_payment", actor)
    if not in_time or (paid.paid_in_full and not paid.paid_in_time):
        actor.check(Permission.SETTLE_PENALTY)
        if step.status != "issued":
            check_move(step, "accept_late_payment", actor)


def _discharge(step: Intervention, paid: Penalty, today: date) -> None:
    """The amount due has come in."""
    paid_on = paid.paid_on or today
    deadlines.meet(*CLOCKS, of=Links(intervention_id=step.id), at=paid_on, because="Paid")
    for move in _moves(step, in_time=paid.paid_in_time):
        make_move(step, move, today)
    if step.status == "paid":
        result_in(step, "paid", paid_on)
    if paid.paid_in_time and step.breach_id is not None:
        stop_limits(step.breach_id, today, "Penalty paid in time")


def _moves(step: Intervention, *, in_time: bool) -> tuple[str, ...]:
    """A late payment of a penalty that nobody has marked unpaid yet takes both steps at once."""
    if in_time:
        return ("record_payment",)
    return ("mark_unpaid", "accept_late_payment") if step.status == "issued" else ("accept_late_payment",)


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
