"""From a draft to a signed document, for every power but the prosecution: authorise, send back, issue, check, drop."""

from datetime import UTC, date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import Findings, NotPermitted, RuleBroken
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers import POWERS, fixed_penalty_notice
from asb_cases.domain.powers.authority import (
    EndingFacts,
    check_checker,
    check_ending,
    second_look_due_on,
    second_look_task,
)
from asb_cases.domain.record_keeping import ALREADY_DONE, IN_ERROR
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.casework import Task
from asb_cases.models.intervention import Intervention
from asb_cases.queries.enforcement import breach_to_work_on, intervention_to_work_on
from asb_cases.queries.enforcement_facts import signatures_of
from asb_cases.queries.judgement import Asking, Signing, judged
from asb_cases.queries.policy import Policy, policy_in_force
from asb_cases.queries.rulings import on_times_of_signing
from asb_cases.services.approvals import authorisation_done, end_check
from asb_cases.services.enforcement_clocks import start_clocks
from asb_cases.services.freezing import freeze_itself
from asb_cases.services.history import record
from asb_cases.services.moves import about, check_move, make_move, said, signatory
from asb_cases.services.press import Press
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def authorise(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    version: int | None = None,
    cautions_reason: str | None = None,
) -> None:
    """Authorise a warning, notice or fixed penalty: all it must say is there, and a second person looked at it where
    policy asks for one. Without the permission to authorise others' drafts, one's own may be authorised if policy lets
    it. Whatever practice advises against needs `cautions_reason`."""
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    move = _authorising_move(step, actor)
    check_move(step, move, actor)
    found = _judge(step, Asking.AUTHORISE, actor, now, Signing(now), policy_in_force())
    _heed(found, step, cautions_reason)
    make_move(step, move, today)
    step.authoriser_id, step.authorised_at = actor.user_id, now
    authorisation_done(step, now)
    details = {"own": actor.user_id == step.drafter_id, "cautions": [each.code for each in found.cautions]}
    record("authorised", about(step), actor=actor, now=now, details=details, reason=cautions_reason)


@transaction
def send_back(*, actor: Actor, now: datetime, intervention_id: int, reason: str, version: int | None = None) -> None:
    """Send an authorised document, or a prosecution file, back a step."""
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    check_move(step, "send_back", actor)
    make_move(step, "send_back", today)
    step.authoriser_id, step.authorised_at = None, None
    record("sent_back", about(step), actor=actor, now=now, details={"status": step.status}, reason=reason)


@transaction
def issue(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    version: int | None = None,
    cautions_reason: str | None = None,
    signed_at: datetime | None = None,
    dated_on: date | None = None,
    press: Press | None = None,
) -> None:
    """Sign the document. Whoever signs a notice is satisfied of s.43 and holds an authorisation under s.53.

    One that was written by hand and is entered later was signed at `signed_at`, and is judged as of then; else it is
    signed now. A warning or notice counts from the day it is given (see `record_service`). A fixed penalty bears a date,
    the day of signing unless `dated_on` is a later one, and its clocks run from it. Where it went out on one signature
    and policy says so, a second person's check falls due. What is signed is frozen by the `press`.
    """
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    check_move(step, "issue", actor)
    policy = policy_in_force()
    signed = Signing(signed_at or now, dated_on)
    on_times_of_signing(step, signed, now, policy).raise_if_refused()
    step.issuer_id, step.signed_at = signatory(actor, step), signed.at
    found = _judge(step, Asking.ISSUE, actor, now, signed, policy)
    _heed(found, step, cautions_reason)
    make_move(step, "issue", today)
    if step.power == "FPN":
        step.issued_on, step.issued_at = signed.dated_on, signed.at if signed.on == signed.dated_on else None
        start_clocks(step, "issue", signed.dated_on, policy)
    _ask_for_second_look(step, signed, now, policy)
    details: dict[str, object] = {"cautions": [each.code for each in found.cautions]}
    if signed_at is not None:
        details["signed_at"] = signed.at.astimezone(UTC).isoformat()
    if step.power == "FPN":
        details["dated_on"] = signed.dated_on.isoformat()
    details |= freeze_itself(step, press, actor, now)
    record("issued", about(step), actor=actor, now=now, details=details, reason=cautions_reason)


@transaction
def check_afterwards(*, actor: Actor, now: datetime, intervention_id: int, remark: str | None = None) -> None:
    """Record a second person's check of a document that went out on one signature."""
    actor.check(Permission.AUTHORISE)
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    if step.entered_in_error_on is not None:
        raise RuleBroken((IN_ERROR,))
    if step.checked_on is not None:
        raise RuleBroken((ALREADY_DONE,))
    if step.signed_at is None:
        remedy = "It is checked once it is signed."
        raise RuleBroken((NO_SUCH_MOVE.of(move="check", status=step.status, remedy=remedy),))
    check_checker(checker_id=actor.user_id, drafter_id=step.drafter_id, issuer_id=step.issuer_id).raise_if_refused()
    step.checker_id, step.checked_on = actor.user_id, today
    end_check(step, today, "Checked")
    record("checked_afterwards", about(step), actor=actor, now=now, reason=remark)


@transaction
def drop(*, actor: Actor, now: datetime, intervention_id: int, reason: str, version: int | None = None) -> None:
    """Give up a draft, or a signed document that was not given yet. It never was a warning, notice or penalty."""
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    check_move(step, "drop", actor)
    check_ending(EndingFacts(reason, given=False)).raise_if_refused()
    make_move(step, "drop", today)
    step.ended_on, step.ended_because = today, reason.strip()
    authorisation_done(step, now)
    end_check(step, today, "Given up")
    record("withdrawn", about(step), actor=actor, now=now, details={"given": False}, reason=reason)


def breach_of(step: Intervention, actor: Actor, now: datetime) -> AllegedBreach:
    """The alleged breach that a penalty or prosecution is for, locked with it."""
    if step.breach_id is None:
        raise RuleBroken((fixed_penalty_notice.NO_ALLEGED_BREACH,))
    return breach_to_work_on(step.breach_id, actor=actor, today=local(now).date())


def _judge(
    step: Intervention, asking: Asking, actor: Actor, now: datetime, signing: Signing, policy: Policy
) -> Findings:
    """What the power's rule says about the step as of a moment."""
    breach = breach_of(step, actor, now) if step.power == "FPN" else None
    return judged(step, asking, by=actor.user_id, signing=signing, policy=policy, breach=breach)


def _authorising_move(step: Intervention, actor: Actor) -> str:
    if step.power == "PROSECUTION":
        raise RuleBroken((NO_SUCH_MOVE.of(move="authorise", status=step.status, remedy="Legal authorises it."),))
    if actor.may(Permission.AUTHORISE):
        return "authorise"
    if actor.user_id is None or actor.user_id != step.drafter_id:
        raise NotPermitted(Permission.AUTHORISE.value)
    return "authorise_own"


def _heed(found: Findings, step: Intervention, reason: str | None) -> None:
    """Cautions stand with a reason: a new one, or the one already kept with the document."""
    found.raise_unless_reasoned(reason or step.cautions_reason)
    if reason and reason.strip() not in (step.cautions_reason or ""):
        step.cautions_reason = said(step.cautions_reason, reason)


def _ask_for_second_look(step: Intervention, signed: Signing, now: datetime, policy: Policy) -> None:
    if POWERS[step.power].four_eyes is None:
        return
    signatures = signatures_of(step, step.authoriser_id, signed.on, policy)
    due = second_look_due_on(signatures, signed.on, policy.holidays)
    if due is not None:
        title, created_on = second_look_task(step.reference), local(now).date()
        db.session.add(Task(case_id=step.case_id, title=title, created_on=created_on, due_on=due, check_of_id=step.id))
