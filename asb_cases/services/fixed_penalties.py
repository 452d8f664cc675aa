"""Fixed penalties for an alleged breach (2014 Act s.52): drafted, left unpaid, cancelled, written off. They are authorised
and issued like any document (`interventions`); payments are in `payments`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from asb_cases.domain.breaches import PENALTY_ALREADY_GIVEN
from asb_cases.domain.calendar import local
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers.authority import EndingFacts, check_ending
from asb_cases.domain.powers.fixed_penalty_notice import check_penalty, check_unpaid
from asb_cases.domain.powers.power import OffenceCode
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.enforcement import breach_to_work_on, intervention_to_work_on
from asb_cases.queries.enforcement_facts import penalty_facts, penalty_of
from asb_cases.queries.people import named_behind
from asb_cases.queries.policy import Policy, policy_in_force
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.freezing import freeze_of
from asb_cases.services.history import record
from asb_cases.services.moves import about, check_move, make_move, result_in, said
from asb_cases.services.new_steps import index_step, new_step
from asb_cases.services.participants import play_part
from asb_cases.services.press import Press
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

CLOCKS = ("fpn_no_proceedings", "fpn_reduced_offer")
ONE_PENALTY = "one_penalty_per_breach"


@dataclass(frozen=True)
class Terms:
    """What a penalty says. `particulars` describe the circumstances alleged; without an amount it is the council's own.
    Amounts are in pence. `payee` is the name and address to which it is paid, by post in any case; `other_ways_to_pay`
    says how else."""

    particulars: str
    payee: str
    amount_pence: int | None = None
    reduced_pence: int | None = None
    reduced_within_days: int | None = None
    other_ways_to_pay: str | None = None


@transaction
def draft_fixed_penalty(
    *, actor: Actor, now: datetime, breach_id: int, terms: Terms, version: int | None = None
) -> int:
    """Draft a penalty for an alleged breach that was decided to be met with one. It is for the subject of the notice, or
    whom the occupier or owner was identified as. Returns the id.

    There is one for each breach: whoever comes second is refused, by the database if need be.
    """
    actor.check(Permission.DRAFT)
    today = local(now).date()
    breach = breach_to_work_on(breach_id, actor=actor, today=today)
    check_version(breach, version)
    policy = policy_in_force()
    columns = _columns(breach, terms, policy)
    subject = named_behind(breach.intervention.subject)
    facts = penalty_facts(_judged(breach, subject, columns), breach, on=today, policy=policy)
    check_penalty(facts).raise_if_refused()
    case = case_to_work_on(breach.intervention.case_id, actor=actor, today=today)
    notice = breach.intervention
    try:
        with db.session.begin_nested():
            step = new_step(
                "FPN",
                case,
                reference_year=today.year,
                actor=actor,
                subject=subject,
                follows=notice,
                breach_id=breach.id,
                **columns,
            )
            db.session.flush()
    except IntegrityError as error:
        if ONE_PENALTY in str(error.orig) or "interventions.breach_id" in str(error.orig):
            raise RuleBroken((PENALTY_ALREADY_GIVEN.at("breach"),)) from error
        raise
    play_part(case.id, subject.id, Part.SUBJECT)
    index_step(step)
    details = {"power": "FPN", "breach_id": breach.id, "amount_pence": step.amount_pence}
    record("drafted", about(step), actor=actor, now=now, details=details)
    return step.id


@transaction
def change_fixed_penalty(
    *, actor: Actor, now: datetime, intervention_id: int, terms: Terms, version: int | None = None
) -> None:
    """Put other terms into a penalty that is still a draft."""
    actor.check(Permission.DRAFT)
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    if step.power != "FPN" or step.status != "draft" or step.breach_id is None:
        remedy = "Only a draft can be changed: send it back to drafting first."
        raise RuleBroken((NO_SUCH_MOVE.of(move="change the terms", status=step.status, remedy=remedy),))
    if step.entered_in_error_on is not None:
        raise RuleBroken((IN_ERROR,))
    breach = breach_to_work_on(step.breach_id, actor=actor, today=today)
    policy = policy_in_force()
    columns = _columns(breach, terms, policy)
    judged = Intervention(id=step.id, power="FPN", case_id=step.case_id, subject=step.subject, **columns)
    check_penalty(penalty_facts(judged, breach, on=today, policy=policy)).raise_if_refused()
    for column, value in columns.items():
        setattr(step, column, value)
    index_step(step)
    record("draft_changed", about(step), actor=actor, now=now, details={"amount_pence": step.amount_pence})


@transaction
def mark_unpaid(*, actor: Actor, now: datetime, intervention_id: int, version: int | None = None) -> None:
    """Record that the days to pay are over and the amount due did not come, or not all of it."""
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    check_move(step, "mark_unpaid", actor)
    penalty = penalty_of(step, policy_in_force())
    if penalty is not None:
        check_unpaid(last_day=penalty.last_day, today=today).raise_if_refused()
    make_move(step, "mark_unpaid", today)
    result_in(step, "unpaid", today)
    deadlines.end(*CLOCKS, of=Links(intervention_id=step.id), state=DeadlineState.MISSED, on=today, because="Not paid")
    record("penalty_unpaid", about(step), actor=actor, now=now)


@transaction
def cancel(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    reason: str,
    recipient_told: bool = False,
    victim_told: bool = False,
    cautions_reason: str | None = None,
    version: int | None = None,
    press: Press | None = None,
) -> None:
    """Cancel a penalty that was issued, with reasons; another may be given for the breach. It stays counted as issued."""
    facts = EndingFacts(reason, given=True, recipient_told=recipient_told, victim_told=victim_told)
    _settle("cancel", "penalty_cancelled", actor, now, intervention_id, facts, cautions_reason, version, press)


@transaction
def write_off(*, actor: Actor, now: datetime, intervention_id: int, reason: str, version: int | None = None) -> None:
    """Write off a penalty that was not paid: neither the money nor the offence is pursued."""
    _settle(
        "write_off", "penalty_written_off", actor, now, intervention_id, EndingFacts(reason, given=False), None, version
    )


def _settle(
    move: str,
    kind: str,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    facts: EndingFacts,
    cautions_reason: str | None,
    version: int | None,
    press: Press | None = None,
) -> None:
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    check_move(step, move, actor)
    check_ending(facts).raise_unless_reasoned(cautions_reason)
    make_move(step, move, today)
    step.ended_on, step.ended_because = today, (facts.reason or "").strip()
    result_in(step, step.status, today)
    details = freeze_of(step, "withdrawal", press, actor, now) if move == "cancel" else {}
    record(kind, about(step), actor=actor, now=now, details=details, reason=said(facts.reason, cautions_reason))


def _columns(breach: AllegedBreach, terms: Terms, policy: Policy) -> dict[str, Any]:
    amount = terms.amount_pence
    if amount is None:
        amount = policy.values.number("fpn_amount", breach.from_on)
    return {
        "offence": OffenceCode.CPN_BREACH.value,
        "offence_from": breach.from_on,
        "offence_to": breach.to_on,
        "conduct": terms.particulars.strip() or None,
        "amount_pence": amount,
        "reduced_pence": terms.reduced_pence,
        "reduced_within_days": terms.reduced_within_days,
        "payee": terms.payee.strip() or None,
        "other_ways_to_pay": (terms.other_ways_to_pay or "").strip() or None,
    }


def _judged(breach: AllegedBreach, subject: Person, columns: dict[str, object]) -> Intervention:
    """The penalty as it would be, judged before the row is made: the database has no room for an unlawful one."""
    return Intervention(power="FPN", case_id=breach.intervention.case_id, subject=subject, **columns)
