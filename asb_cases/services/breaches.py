"""Alleged breaches of a notice: recorded, and decided (2014 Act s.48)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asb_cases.domain.breaches import (
    NO_NOTICE_IN_FORCE,
    TRANSITIONS,
    BreachDecision,
    BreachStatus,
    check_allegation,
    check_decision,
    limit_ended_by_decision,
    limit_runs_again,
)
from asb_cases.domain.calendar import in_words, local
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor, Permission, Role
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.domain.workflow import next_status
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach, BreachEvidence, BreachRequirement
from asb_cases.models.intervention import Intervention
from asb_cases.models.requirement import Requirement
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.enforcement import (
    alleged_between,
    breach_to_work_on,
    check_evidence_of_case,
    intervention_to_work_on,
    requirements_of,
    services_of,
)
from asb_cases.queries.enforcement_records import as_requirement
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import policy_in_force
from asb_cases.queries.rulings import allegation_facts, decision_facts
from asb_cases.services.case_closing import reopen_for_breach
from asb_cases.services.enforcement_clocks import run_limits_again, start_limits, stop_limits
from asb_cases.services.history import Subject, record
from asb_cases.services.moves import said
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

#: Kinds of record that a breach may rest on.
EVIDENCE_KINDS = ("complaint", "contact_entry", "note", "attachment")


@dataclass(frozen=True)
class Picked:
    """A record of the case that an alleged breach rests on: a complaint, contact_entry, note or attachment, by its id."""

    kind: str
    id: int


@transaction
def allege_breach(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    requirement_ids: Sequence[int],
    from_on: date,
    to_on: date | None = None,
    evidence: str | None = None,
    picked: Sequence[Picked] = (),
    account: str | None = None,
    cautions_reason: str | None = None,
) -> int:
    """Record that a notice is alleged not to have been complied with. `requirement_ids` name the versions that stood on
    those days. What shows it is described (`evidence`), or `picked` from the records of the case. Six months to prosecute
    run for each alleged day; a closed case is open again. Returns the id."""
    actor.check(Permission.ALLEGE_BREACH)
    today = local(now).date()
    notice = intervention_to_work_on(intervention_id, actor=actor, today=today)
    named = _named(notice, requirement_ids)
    for kind in EVIDENCE_KINDS:
        check_evidence_of_case(notice.case_id, f"{kind}_id", [each.id for each in picked if each.kind == kind])
    asked = tuple(as_requirement(row) for row in named)
    facts = allegation_facts(
        notice,
        asked,
        from_on=from_on,
        today=today,
        to_on=to_on,
        evidence=evidence,
        records_picked=len(picked),
        not_given=_varied_not_given(notice, named, from_on),
        alleged_already=alleged_between(notice.id, requirement_ids, from_on, to_on or from_on),
    )
    if facts is None:
        raise RuleBroken((NO_NOTICE_IN_FORCE.of(day=in_words(from_on)),))
    check_allegation(facts).raise_unless_reasoned(cautions_reason)
    breach = AllegedBreach(
        intervention_id=notice.id,
        from_on=from_on,
        to_on=to_on if to_on != from_on else None,
        recorded_on=today,
        evidence=evidence or None,
        account=account or None,
        status=next_status(TRANSITIONS, None, "allege"),
    )
    db.session.add(breach)
    db.session.flush()
    db.session.add_all(BreachRequirement(breach_id=breach.id, requirement_id=row.id) for row in named)
    db.session.add_all(BreachEvidence(breach_id=breach.id, **{f"{each.kind}_id": each.id}) for each in picked)
    start_limits(breach, notice)
    reopened = reopen_for_breach(case_to_work_on(notice.case_id, actor=actor, today=today), today)
    details = {"intervention_id": notice.id, "requirement_ids": [row.id for row in named], "reopened": reopened}
    about = Subject("alleged_breach", breach.id, notice.case_id)
    record("breach_alleged", about, actor=actor, now=now, details=details, reason=said(cautions_reason))
    return breach.id


@transaction
def decide_breach(
    *,
    actor: Actor,
    now: datetime,
    breach_id: int,
    decision: BreachDecision,
    reason: str,
    account: str | None = None,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> None:
    """Decide what is done about an alleged breach, or decide it again. `account` is what the recipient said, if it was not
    recorded yet. The six months end with legal's no further action alone; another decision after it lets them run again to
    the day they would have ended."""
    actor.check(Permission.DECIDE_BREACH)
    today = local(now).date()
    breach = breach_to_work_on(breach_id, actor=actor, today=today)
    check_version(breach, version)
    if breach.entered_in_error_on is not None:
        raise RuleBroken((IN_ERROR,))
    move = "decide" if breach.status == BreachStatus.ALLEGED else "decide_again"
    status = next_status(TRANSITIONS, BreachStatus(breach.status), move)
    breach.account = account or breach.account
    facts = decision_facts(breach.id, decision, reason=reason, account=breach.account, policy=policy_in_force())
    check_decision(facts).raise_unless_reasoned(cautions_reason)
    before = breach.decision
    breach.status, breach.decision, breach.decision_reason = status, decision.value, reason.strip()
    breach.decided_on, breach.decider_id = today, actor.user_id
    ended = limit_ended_by_decision(decision, by_legal=actor.role is Role.LEGAL)
    if ended is not None:
        stop_limits(breach.id, today, "No further action, decided by legal")
    elif limit_runs_again(BreachDecision(before) if before else None, decision):
        run_limits_again(breach, policy_in_force())
    about = Subject("alleged_breach", breach.id, breach.intervention.case_id)
    details = {"decision": decision.value, "before": before}
    record("breach_decided", about, actor=actor, now=now, details=details, reason=said(reason, cautions_reason))


def _varied_not_given(notice: Intervention, named: Sequence[Requirement], on: date) -> tuple[int, ...]:
    """The numbers of those that a variation brought, where no giving from then until the alleged day is recorded."""
    given = [each.given_on for each in services_of(notice.id) if each.given_on]
    return tuple(
        row.number
        for row in named
        if row.made_by == "variation" and not any((row.from_on or on) <= day <= on for day in given)
    )


def _named(notice: Intervention, requirement_ids: Sequence[int]) -> list[Requirement]:
    """The requirements named, all of this notice. Raises `NotFound`."""
    rows = {row.id: row for row in requirements_of(notice.id)}
    if not set(requirement_ids) <= set(rows):
        raise NotFound("requirement")
    return [rows[each] for each in dict.fromkeys(requirement_ids)]
