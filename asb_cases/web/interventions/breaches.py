"""Alleged breaches of a notice (2014 Act s.48): recorded in two questions, the days first, and decided."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.breaches import (
    CLOCK,
    NO_NOTICE_IN_FORCE,
    BreachDecision,
    check_days,
    check_decision,
    why_not_failed,
)
from asb_cases.domain.calendar import in_words
from asb_cases.domain.errors import Refusal
from asb_cases.domain.measures import KINDS_OF
from asb_cases.domain.permissions import Permission
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.domain.workflow import CaseStatus
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.intervention import Intervention
from asb_cases.models.requirement import Requirement
from asb_cases.queries.breach_page import BreachPage, breach_of_notice, breach_page
from asb_cases.queries.enforcement import requirements_of
from asb_cases.queries.enforcement_facts import clock, notice_of
from asb_cases.queries.enforcement_records import as_requirement
from asb_cases.queries.evidence import evidence_offered
from asb_cases.queries.interventions import running_clocks
from asb_cases.queries.policy import policy_in_force
from asb_cases.queries.rulings import decision_facts
from asb_cases.services import breaches
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.interventions.breach_forms import AllegeForm, BreachDaysForm, DecideForm
from asb_cases.web.interventions.follows import Follow, by_clock, runs_on
from asb_cases.web.interventions.moving import act_page, acting_on, done, step_called
from asb_cases.web.interventions.next_steps import steps_about_breach

interventions_breaches = Blueprint("interventions_breaches", __name__)

REOPENS = Follow("The case, which is closed, is open again.")
ALLEGED_ONLY = Follow("It is an alleged breach until it is decided what is done about it.")
PENALTY_DOES_NOT_STOP = Follow(
    "A fixed penalty does not stop the six months; only laying, payment in time, or legal’s decision does."
)
SAID = "said"
#: Where what follows a decision is recorded.
GOES_ON = {
    BreachDecision.REMEDIAL_ACTION: "interventions_measures.remedial_work",
    BreachDecision.SEIZURE_WARRANT: "interventions_measures.seizure",
}


@dataclass(frozen=True)
class NotFailed:
    """A requirement that could not be failed on the alleged days, and why."""

    row: Requirement
    why: Refusal


@interventions_breaches.route("/interventions/<reference>/breaches/new", methods=["GET", "POST"])
@requires(Permission.ALLEGE_BREACH)
def allege(reference: str) -> ResponseReturnValue:
    """Record an alleged breach: its days first, then of which requirements that could be failed on them."""
    step = step_called(reference, "CPN")
    days = BreachDaysForm()
    against = _why_no_day(step, days)
    if against or not days.from_on.data:
        days.show_refusals(against)
        return act_page("breach_days", step, days, _why_none(step))
    first, last = days.from_on.data, days.to_on.data or days.from_on.data
    rows, others = _failed_or_not(step, first, last)
    form = AllegeForm(version=step.version, requirements=[row.id for row in rows] if len(rows) == 1 else None)
    form.requirements.choices = [(str(row.id), f"{row.number}. {row.text}") for row in rows]
    form.offer(evidence_offered(step.case_id))
    if form.validate_on_submit():
        with acting_on(step, form):
            breach_id = breaches.allege_breach(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                requirement_ids=form.requirements.data or (),
                from_on=first,
                to_on=last,
                evidence=form.evidence.data,
                picked=form.records_picked(),
                account=form.account.data,
                cautions_reason=form.cautions_reason.data,
            )
            return done(step.reference, "The alleged breach is recorded.", breach_id)
    follows = _of_allegation(step, first, last)
    return act_page("breach_new", step, form, first=first, last=last, rows=rows, others=others, follows=follows)


@interventions_breaches.get("/interventions/<reference>/breaches/<int:breach_id>")
@requires(Permission.SEE_INTERVENTIONS)
def breach(reference: str, breach_id: int) -> ResponseReturnValue:
    """One alleged breach: what it is of, what it rests on, what was decided, and what comes next."""
    step = step_called(reference, "CPN")
    row = breach_of_notice(step.id, breach_id)
    shown("alleged_breach", row.id, case_id=step.case_id)
    next_steps = steps_about_breach(step, row.id, current_actor(), now())
    page = breach_page(row)
    return act_page(
        "breach", step, None, page=page, next_steps=next_steps, now=now(), goes_on=_begun_and_decided_otherwise(page)
    )


@interventions_breaches.route("/interventions/<reference>/breaches/<int:breach_id>/decide", methods=["GET", "POST"])
@requires(Permission.DECIDE_BREACH)
def decide(reference: str, breach_id: int) -> ResponseReturnValue:
    """Decide what is done about an alleged breach, or decide it again."""
    step = step_called(reference, "CPN")
    row = breach_of_notice(step.id, breach_id)
    form = DecideForm(version=row.version, account=row.account)
    closed_decisions = _closed_decisions(row)
    form.leave_out(closed_decisions)
    if form.validate_on_submit():
        with acting_on(step, form, lambda: breach_of_notice(step.id, breach_id)):
            breaches.decide_breach(
                actor=current_actor(),
                now=now(),
                breach_id=row.id,
                decision=form.decision.data,
                reason=form.reason.data,
                account=form.account.data,
                cautions_reason=form.cautions_reason.data,
                version=form.version.data,
            )
            return done(step.reference, "The decision is recorded.", breach_id)
    limits = [runs_on(each) for each in running_clocks(step.id) if each.breach_id == row.id]
    return act_page(
        "breach_decide", step, form, (IN_ERROR,) if row.entered_in_error_on else (),
        page=breach_page(row), closed_decisions=closed_decisions, follows=[*limits, PENALTY_DOES_NOT_STOP],
    )  # fmt: skip


def _begun_and_decided_otherwise(page: BreachPage) -> list[str]:
    """The pages on which what was begun goes on, although something else was decided since."""
    begun = {decision for decision, kinds in KINDS_OF.items() if any(row.kind in kinds for row, _by in page.measures)}
    if page.row.entered_in_error_on or not current_actor().may(Permission.DECIDE_BREACH):
        return []
    return [GOES_ON[each] for each in BreachDecision if each in begun and page.row.decision != each]


def _why_no_day(step: Intervention, days: BreachDaysForm) -> tuple[Refusal, ...]:
    """What is wrong with the days, once some were given."""
    if request.method == "GET" and not request.args:
        return ()
    if not days.validate() or days.from_on.data is None:
        days.from_on.data = None
        return ()
    stood = notice_of(step)
    if stood is None:
        return (NO_NOTICE_IN_FORCE.of(day=in_words(days.from_on.data)),)
    return check_days(stood, days.from_on.data, days.to_on.data or days.from_on.data, today()).refusals


def _why_none(step: Intervention) -> tuple[Refusal, ...]:
    """Why no breach of the notice can be alleged at all."""
    stood = notice_of(step)
    if stood is None or stood.given_on is None:
        return (IN_ERROR,) if step.entered_in_error_on else (NO_NOTICE_IN_FORCE.of(day=in_words(today())),)
    return ()


def _failed_or_not(step: Intervention, first: date, last: date) -> tuple[list[Requirement], list[NotFailed]]:
    """The requirements that could be failed on the days, and why the others could not."""
    stood = notice_of(step)
    appeals = stood.appeals if stood else ()
    could, could_not = [], []
    for row in requirements_of(step.id):
        why = why_not_failed(as_requirement(row), appeals, first, last)
        if why is None:
            could.append(row)
        else:
            could_not.append(NotFailed(row, why))
    return could, could_not


def _of_allegation(step: Intervention, first: date, last: date) -> list[Follow]:
    policy = policy_in_force()
    limits = [
        by_clock(
            f"For what is alleged of {in_words(day)}, an information can be laid until {in_words(found.last_day)}.",
            found,
        )
        for day in sorted({first, last})
        for found in [clock(CLOCK, day, policy)]
    ]
    closed = step.case.status in (CaseStatus.CLOSED, CaseStatus.CLOSED_NOTICE_IN_FORCE)
    return [ALLEGED_ONLY, *limits, PENALTY_DOES_NOT_STOP, *([REOPENS] if closed else [])]


def _closed_decisions(row: AllegedBreach) -> dict[BreachDecision, Refusal]:
    """What can't be decided any more, and why."""
    policy = policy_in_force()
    found = {
        decision: check_decision(decision_facts(row.id, decision, reason=SAID, account=SAID, policy=policy)).refusals
        for decision in BreachDecision
    }
    return {decision: refusals[0] for decision, refusals in found.items() if refusals}
