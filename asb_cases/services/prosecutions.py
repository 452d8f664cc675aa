"""Prosecutions of an alleged breach: the file, legal's review, laying, and what the court did (2014 Act s.48)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.people import Part, PersonKind
from asb_cases.domain.permissions import Actor, Permission, Role
from asb_cases.domain.powers.authority import EndingFacts, check_ending
from asb_cases.domain.powers.power import OffenceCode
from asb_cases.domain.powers.prosecution import (
    RESULTS,
    check_authorise,
    check_lay,
    check_prepare,
    check_result,
)
from asb_cases.domain.record_keeping import ALREADY_DONE
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.intervention import Intervention
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.enforcement import breach_to_work_on, intervention_to_work_on, steps_for_breach
from asb_cases.queries.enforcement_facts import penalty_of, prosecution_facts
from asb_cases.queries.people import named_behind
from asb_cases.queries.policy import policy_in_force
from asb_cases.queries.rulings import OVER_WITHOUT_FINDING
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.enforcement_clocks import stop_limits
from asb_cases.services.hearings import end_hearing_to_come
from asb_cases.services.history import record
from asb_cases.services.interventions import breach_of
from asb_cases.services.moves import about, check_move, make_move, result_in, said, signatory
from asb_cases.services.new_steps import index_step, new_step
from asb_cases.services.participants import play_part
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

#: How long what was seized may be kept without proceedings (s.51).
RETENTION = "seizure_retention"


@dataclass(frozen=True)
class SignOff:
    """What legal signs: both stages of the Code, and the authority to prosecute."""

    evidential_note: str
    public_interest_note: str
    authority_reference: str


@dataclass(frozen=True)
class Result:
    """What a court did. Sums are in pence. A remedial order (s.49) and forfeiture (s.50) are orders of their own; `orders`
    are any others."""

    result: str
    decided_on: date
    plea: str | None = None
    court: str | None = None
    fine_pence: int | None = None
    costs_pence: int | None = None
    surcharge_pence: int | None = None
    compensation_pence: int | None = None
    remedial_order: str | None = None
    forfeiture: str | None = None
    orders: str | None = None

    @property
    def on_conviction(self) -> bool:
        """Whether there is something in it that only a conviction brings."""
        sums = (self.fine_pence, self.surcharge_pence, self.compensation_pence)
        return any((*sums, self.remedial_order, self.forfeiture))

    @property
    def every_order(self) -> str | None:
        """All orders as one text."""
        parts = (
            f"Remedial order (s.49): {self.remedial_order}" if self.remedial_order else None,
            f"Forfeiture (s.50): {self.forfeiture}" if self.forfeiture else None,
            self.orders,
        )
        return "\n".join(part for part in parts if part) or None


@transaction
def prepare_prosecution(
    *, actor: Actor, now: datetime, breach_id: int, summary: str | None = None, version: int | None = None
) -> int:
    """Begin the file on an alleged breach that was decided to be prosecuted. It follows the penalty, if one was given, else
    the notice, and is against its subject, or whom the occupier or owner was identified as. Returns the id."""
    actor.check(Permission.PREPARE_PROSECUTION)
    today = local(now).date()
    breach = breach_to_work_on(breach_id, actor=actor, today=today)
    check_version(breach, version)
    notice = breach.intervention
    policy = policy_in_force()
    columns: dict[str, Any] = {
        "offence": OffenceCode.CPN_BREACH.value,
        "offence_from": breach.from_on,
        "offence_to": breach.to_on,
        "conduct": (summary or "").strip() or None,
    }
    subject = named_behind(notice.subject)
    judged = Intervention(power="PROSECUTION", case_id=notice.case_id, subject=subject, **columns)
    facts = prosecution_facts(judged, breach, on=today, today=today, by_legal=_legal(actor), policy=policy)
    check_prepare(facts).raise_if_refused()
    if any(step.status not in OVER_WITHOUT_FINDING for step in steps_for_breach(breach.id, "PROSECUTION")):
        raise RuleBroken((ALREADY_DONE.at("breach"),))
    case = case_to_work_on(notice.case_id, actor=actor, today=today)
    given = [step for step in steps_for_breach(breach.id, "FPN") if penalty_of(step, policy) is not None]
    follows = given[0] if given else notice
    step = new_step(
        "PROSECUTION",
        case,
        reference_year=today.year,
        actor=actor,
        subject=subject,
        follows=follows,
        breach_id=breach.id,
        **columns,
    )
    db.session.flush()
    play_part(case.id, subject.id, Part.SUBJECT)
    index_step(step)
    record("drafted", about(step), actor=actor, now=now, details={"power": "PROSECUTION", "breach_id": breach.id})
    return step.id


@transaction
def submit_prosecution(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    summary: str | None = None,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> None:
    """Give the file to legal, with the summary as it is now (None: as it was)."""
    step, breach = _file(intervention_id, "submit", actor, now, version)
    today = local(now).date()
    if summary is not None:
        step.conduct = summary.strip() or None
        index_step(step)
    facts = prosecution_facts(step, breach, on=today, today=today, by_legal=_legal(actor), policy=policy_in_force())
    check_prepare(facts).raise_unless_reasoned(cautions_reason)
    step.cautions_reason = said(step.cautions_reason, cautions_reason)
    make_move(step, "submit", today)
    record("prosecution_submitted", about(step), actor=actor, now=now, reason=said(cautions_reason))


@transaction
def authorise_prosecution(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    sign_off: SignOff,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> None:
    """Legal signs both stages of the Code and names the authority."""
    step, breach = _file(intervention_id, "authorise", actor, now, version)
    today = local(now).date()
    step.evidential_note = sign_off.evidential_note.strip() or None
    step.public_interest_note = sign_off.public_interest_note.strip() or None
    step.authority_reference = sign_off.authority_reference.strip() or None
    facts = prosecution_facts(step, breach, on=today, today=today, by_legal=_legal(actor), policy=policy_in_force())
    check_authorise(facts).raise_unless_reasoned(cautions_reason or step.cautions_reason)
    step.cautions_reason = said(step.cautions_reason, cautions_reason)
    make_move(step, "authorise", today)
    step.authoriser_id, step.authorised_at = actor.user_id, now
    record("authorised", about(step), actor=actor, now=now, reason=said(cautions_reason))


@transaction
def lay_prosecution(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    laid_on: date | None = None,
    continuing_failure_reason: str | None = None,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> None:
    """Record that the information was laid (or the charge issued): not within the 14 days of a penalty, not after payment in
    time, within six months of each alleged day. For a failure that went on, legal may rely on a later alleged day, with
    `continuing_failure_reason`. The six months end."""
    step, breach = _file(intervention_id, "lay", actor, now, version)
    today = local(now).date()
    laid_on = laid_on or today
    step.continuing_failure_reason = (continuing_failure_reason or "").strip() or None
    facts = prosecution_facts(step, breach, on=laid_on, today=today, by_legal=_legal(actor), policy=policy_in_force())
    check_lay(facts).raise_unless_reasoned(cautions_reason or step.cautions_reason)
    step.cautions_reason = said(step.cautions_reason, cautions_reason)
    step.issuer_id, step.signed_at = signatory(actor, step), now
    make_move(step, "lay", today)
    step.issued_on = laid_on
    stop_limits(breach.id, laid_on, "Prosecution laid")
    deadlines.meet(RETENTION, of=Links(breach_id=breach.id), at=laid_on, because="Proceedings started")
    reason = said(continuing_failure_reason, cautions_reason)
    record("prosecution_laid", about(step), actor=actor, now=now, reason=reason)


@transaction
def abandon_prosecution(
    *, actor: Actor, now: datetime, intervention_id: int, reason: str, version: int | None = None
) -> None:
    """Give up the file before it is laid. The six months run on: another may be prepared."""
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    check_move(step, "abandon", actor)
    check_ending(EndingFacts(reason, given=False)).raise_if_refused()
    make_move(step, "abandon", today)
    step.ended_on, step.ended_because = today, reason.strip()
    record("prosecution_abandoned", about(step), actor=actor, now=now, reason=reason)


@transaction
def record_court_outcome(
    *, actor: Actor, now: datetime, intervention_id: int, result: Result, version: int | None = None
) -> int:
    """Record what the court decided: convicted, acquitted, discontinued or dismissed, with its sums and orders. Returns the
    id."""
    actor.check(Permission.RECORD_COURT_OUTCOME)
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    if result.result not in RESULTS:
        remedy = f"A court’s result is one of: {', '.join(RESULTS)}."
        raise RuleBroken((NO_SUCH_MOVE.of(move="record the result", status=step.status, remedy=remedy),))
    move = f"record_{result.result}"
    check_move(step, move, actor)
    laid_on = step.issued_on or today
    check_result(
        laid_on=laid_on,
        decided_on=result.decided_on,
        today=today,
        result=result.result,
        on_conviction=result.on_conviction,
        fine=result.fine_pence,
        maximum=_highest_fine(step),
    ).raise_if_refused()
    outcome = CourtOutcome(
        intervention_id=step.id,
        result=result.result,
        decided_on=result.decided_on,
        plea=result.plea or None,
        court=result.court or None,
        fine_pence=result.fine_pence,
        costs_pence=result.costs_pence,
        surcharge_pence=result.surcharge_pence,
        compensation_pence=result.compensation_pence,
        orders=result.every_order,
    )
    db.session.add(outcome)
    make_move(step, move, today)
    step.ended_on = result.decided_on
    result_in(step, result.result, result.decided_on)
    end_hearing_to_come(step, result.decided_on, today, f"The court’s result: {result.result}.")
    db.session.flush()
    details = {"court_outcome_id": outcome.id, "result": result.result}
    record("court_outcome_recorded", about(step), actor=actor, now=now, details=details)
    return outcome.id


def _highest_fine(step: Intervention) -> int | None:
    """The most that an individual may be fined (s.48(2)); a body, without limit."""
    if step.subject.kind is not PersonKind.INDIVIDUAL or step.offence_from is None:
        return None
    return policy_in_force().values.number("cpn_breach_fine", step.offence_from)


def _file(
    intervention_id: int, move: str, actor: Actor, now: datetime, version: int | None
) -> tuple[Intervention, AllegedBreach]:
    """The file, with its alleged breach, for a move of it."""
    step = intervention_to_work_on(intervention_id, actor=actor, today=local(now).date())
    check_version(step, version)
    if step.power != "PROSECUTION":
        raise RuleBroken((NO_SUCH_MOVE.of(move=move, status=step.status, remedy="It is not a prosecution."),))
    check_move(step, move, actor)
    return step, breach_of(step, actor, now)


def _legal(actor: Actor) -> bool:
    return actor.role is Role.LEGAL
