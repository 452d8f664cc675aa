"""Fixed penalties (2014 Act s.52): drafted for an alleged breach, paid in full, in parts, reduced or late, left unpaid,
cancelled, written off. They are authorised, signed and given like any other document (web/interventions/signing.py)."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from flask import Blueprint
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.breaches import CLOCK
from asb_cases.domain.calendar import in_words
from asb_cases.domain.clocks import Deadline
from asb_cases.domain.errors import NotPermitted, Refusal
from asb_cases.domain.legal_values import DatedValue, OutsideDates
from asb_cases.domain.permissions import Permission
from asb_cases.domain.powers.penalty import LATE_IS_SOMEBODY_ELSES, Penalty
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.intervention import Intervention
from asb_cases.queries.breach_page import breach_of_notice, breach_page
from asb_cases.queries.enforcement import requirements_breached
from asb_cases.queries.enforcement_facts import clock, penalty_given, received_for
from asb_cases.queries.interventions import breach_clocks, breach_of_step, latest_payee, reference_of
from asb_cases.queries.policy import Policy, policy_in_force
from asb_cases.services import fixed_penalties, payments
from asb_cases.web.access import current_actor, requires
from asb_cases.web.documents.printing import printed
from asb_cases.web.interventions.follows import Follow, runs_on, starts, stopped_by, stopped_rules, stops
from asb_cases.web.interventions.moving import act_page, acting_on, done, step_called, why_not_open
from asb_cases.web.interventions.outcome_forms import ButtonForm, EndingForm, ReasonForm
from asb_cases.web.interventions.penalty_forms import PaymentForm, TermsForm

interventions_penalties = Blueprint("interventions_penalties", __name__)

PAY, REDUCED = "fpn_no_proceedings", "fpn_reduced_offer"
DRAFTED = "The fixed penalty is drafted. It is authorised and signed next; its days run from the date that it bears."
FROM_ITS_DATE = Follow(
    "Nothing runs while it is a draft. Its days run from the date that the notice bears. If that were today:"
)
NOT_YET_PROSECUTED = Follow(
    "What is done about the alleged breach now is decided again: a prosecution, or no further action."
)
ANOTHER = Follow(
    "Another penalty may be given for the alleged breach. The days in which no proceedings may be taken still count."
)
NOTHING_PURSUED = Follow("Neither the money nor the offence is pursued. The alleged breach keeps its decision.")


@dataclass(frozen=True)
class Due:
    """What a penalty costs on a day, what came in, and what is still missing; amounts in pence. `clocks` are those of its
    days, with their working."""

    penalty: Penalty
    due_today: int | None
    received: int
    clocks: tuple[Deadline, ...]

    @property
    def missing(self) -> int | None:
        return None if self.due_today is None else max(0, self.due_today - self.received)


@interventions_penalties.route(
    "/interventions/<reference>/breaches/<int:breach_id>/fixed-penalty", methods=["GET", "POST"]
)
@requires(Permission.DRAFT)
def draft(reference: str, breach_id: int) -> ResponseReturnValue:
    """Draft a penalty for an alleged breach that was decided to be met with one."""
    step = step_called(reference, "CPN")
    row = breach_of_notice(step.id, breach_id)
    policy = policy_in_force()
    payee, other = latest_payee()
    form = TermsForm(
        version=row.version, conduct=_particulars(step, row), amount=_usual_amount(row, policy), payee=payee,
        other_ways_to_pay=other,
    )  # fmt: skip
    if form.validate_on_submit():
        with acting_on(step, form, lambda: breach_of_notice(step.id, breach_id)):
            penalty_id = fixed_penalties.draft_fixed_penalty(
                actor=current_actor(), now=now(), breach_id=row.id, terms=form.terms(), version=form.version.data
            )
            return done(reference_of(penalty_id), DRAFTED)
    return _terms_page(step, form, (IN_ERROR,) if row.entered_in_error_on else (), row, "Draft a fixed penalty")


@interventions_penalties.route("/interventions/<reference>/terms", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def change(reference: str) -> ResponseReturnValue:
    """Change a penalty while it is a draft."""
    step = step_called(reference, "FPN")
    row = breach_of_step(step)
    form = TermsForm(obj=step, amount=step.amount_pence, reduced=step.reduced_pence)
    if form.validate_on_submit():
        with acting_on(step, form, lambda: breach_of_step(step)):
            fixed_penalties.change_fixed_penalty(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                terms=form.terms(),
                version=form.version.data,
            )
            return done(step.reference, "The terms of the penalty are changed.")
    return _terms_page(step, form, () if step.status == "draft" else (_not_a_draft(step),), row, "Change the terms")


@interventions_penalties.route("/interventions/<reference>/record-payment", methods=["GET", "POST"])
@requires(Permission.RECORD_PAYMENT)
def record_payment(reference: str) -> ResponseReturnValue:
    """Record money that came in: all of the penalty, or a part; late only by decision."""
    step = step_called(reference, "FPN")
    form = PaymentForm(version=step.version, paid_on=today())
    if form.validate_on_submit():
        try:
            with acting_on(step, form):
                payments.record_payment(
                    actor=current_actor(),
                    now=now(),
                    intervention_id=step.id,
                    paid_on=form.paid_on.data,
                    amount_pence=form.amount.data,
                    method=form.method.data,
                    reference=form.reference.data,
                    late_reason=form.late_reason.data,
                    cautions_reason=form.cautions_reason.data,
                    version=form.version.data,
                )
                return done(step.reference, "The payment is recorded.")
        except NotPermitted:
            step = step_called(reference, "FPN")
            form.show_refusals(_for_somebody_else(step))
    closed = why_not_open(step, "record_payment")
    return act_page("record_payment", step, form, closed, due=_due(step), today=today(), follows=_of_payment(step))


@interventions_penalties.route("/interventions/<reference>/mark-unpaid", methods=["GET", "POST"])
@requires(Permission.ASSESS_COMPLIANCE)
def mark_unpaid(reference: str) -> ResponseReturnValue:
    """Record that the days to pay are over and the amount due did not come."""
    step = step_called(reference, "FPN")
    form = ButtonForm(version=step.version)
    if form.validate_on_submit():
        with acting_on(step, form):
            fixed_penalties.mark_unpaid(
                actor=current_actor(), now=now(), intervention_id=step.id, version=form.version.data
            )
            return done(step.reference, "The penalty is marked unpaid.")
    follows = [*stopped_rules(step, (PAY, REDUCED)), *_limits_run_on(step), NOT_YET_PROSECUTED]
    return act_page("mark_unpaid", step, form, why_not_open(step, "mark_unpaid"), due=_due(step), follows=follows)


@interventions_penalties.route("/interventions/<reference>/cancel", methods=["GET", "POST"])
@requires(Permission.SETTLE_PENALTY)
def cancel(reference: str) -> ResponseReturnValue:
    """Cancel a penalty that was issued."""
    step = step_called(reference, "FPN")
    form = EndingForm(version=step.version)
    if form.validate_on_submit():
        with acting_on(step, form):
            cancelled = partial(fixed_penalties.cancel, actor=current_actor(), now=now(), intervention_id=step.id)
            printed(partial(cancelled, **form.ending()))
            return done(step.reference, "The penalty is cancelled.")
    follows = [*stopped_by(step, "cancel"), *_limits_run_on(step), ANOTHER]
    return act_page("cancel", step, form, why_not_open(step, "cancel"), due=_due(step), follows=follows)


@interventions_penalties.route("/interventions/<reference>/write-off", methods=["GET", "POST"])
@requires(Permission.SETTLE_PENALTY)
def write_off(reference: str) -> ResponseReturnValue:
    """Write off a penalty that was not paid."""
    step = step_called(reference, "FPN")
    form = ReasonForm(version=step.version)
    if form.validate_on_submit():
        with acting_on(step, form):
            fixed_penalties.write_off(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                reason=form.reason.data,
                version=form.version.data,
            )
            return done(step.reference, "The penalty is written off.")
    follows = [*stopped_by(step, "write_off"), NOTHING_PURSUED, *_limits_run_on(step)]
    return act_page("write_off", step, form, why_not_open(step, "write_off"), due=_due(step), follows=follows)


def _terms_page(
    step: Intervention, form: TermsForm, closed: tuple[Refusal, ...], row: AllegedBreach, heading: str
) -> ResponseReturnValue:
    policy = policy_in_force()
    return act_page(
        "penalty_draft",
        step,
        form,
        closed,
        page=breach_page(row),
        most=_maximum(row, policy),
        below=policy.values.number("fpn_reduced_below_days", today()),
        follows=_of_draft(step, row, policy),
        heading=heading,
    )


def _maximum(row: AllegedBreach, policy: Policy) -> DatedValue | None:
    """The most a penalty may be for what is alleged of that day, with its source."""
    try:
        return policy.values.on("fpn_maximum", row.from_on)
    except OutsideDates:
        return None


def _particulars(step: Intervention, row: AllegedBreach) -> str:
    """What the particulars begin with: the day, the notice, and the requirements that were not complied with."""
    asked = " ".join(each.text for each in requirements_breached(row.id))
    until = f" until {in_words(row.to_on)}" if row.to_on and row.to_on != row.from_on else ""
    when = f"From {in_words(row.from_on)}{until}" if until else f"On {in_words(row.from_on)}"
    return f"{when} you did not comply with {step.reference}, which requires you to: {asked}"


def _usual_amount(row: AllegedBreach, policy: Policy) -> int | None:
    try:
        return policy.values.number("fpn_amount", row.from_on)
    except OutsideDates:
        return None


def _not_a_draft(step: Intervention) -> Refusal:
    remedy = "Only a draft can be changed: send it back to drafting first."
    return NO_SUCH_MOVE.of(move="change the terms", status=step.status, remedy=remedy)


def _of_draft(step: Intervention, row: AllegedBreach, policy: Policy) -> list[Follow]:
    day = today()
    days = step.reduced_within_days if step.power == "FPN" else None
    length = days or policy.values.number("fpn_reduced_offer_days", day)
    limits = [runs_on(each) for each in breach_clocks(row.id) if each.rule == CLOCK]
    offer = starts(REDUCED, day, policy, length=length)
    if days is None:
        offer = replace(offer, text=f"If a reduced amount is offered for {length} days, t{offer.text[1:]}")
    return [FROM_ITS_DATE, starts(PAY, day, policy), offer, *limits]


def _due(step: Intervention) -> Due | None:
    policy = policy_in_force()
    penalty = penalty_given(step, policy)
    if penalty is None:
        return None
    clocks = [clock(PAY, penalty.notice_date, policy)]
    if step.reduced_within_days:
        clocks.insert(0, clock(REDUCED, penalty.notice_date, policy, length=step.reduced_within_days))
    received = sum(each.amount or 0 for each in received_for(step))
    return Due(penalty, penalty.amount_due(today()), received, tuple(clocks))


def _of_payment(step: Intervention) -> list[Follow]:
    due = _due(step)
    if due is None:
        return []
    last = in_words(due.penalty.last_day)
    limits = breach_clocks(step.breach_id) if step.breach_id else []
    return [
        Follow(f"Once all that is due has come in by {last}, nobody can be convicted of the offence any more, and:"),
        *stopped_by(step, "record_payment"),
        *(stops(row) for row in limits if row.rule == CLOCK),
        Follow("A part of what is due leaves the penalty as it stands."),
        Follow(
            f"What came after {last} discharges nothing by itself. A manager decides whether it is accepted, and why."
        ),
    ]


def _limits_run_on(step: Intervention) -> list[Follow]:
    rows = breach_clocks(step.breach_id) if step.breach_id else []
    return [runs_on(row) for row in rows if row.rule == CLOCK]


def _for_somebody_else(step: Intervention) -> tuple[Refusal, ...]:
    due = _due(step)
    last: date | None = due.penalty.last_day if due else None
    return (LATE_IS_SOMEBODY_ELSES.of(last=in_words(last) if last else "not known"),)
