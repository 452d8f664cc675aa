"""What follows a decision about an alleged breach beside a penalty and a prosecution: work in default (2014 Act s.47), and a
warrant with what was seized under it (s.51). One page each, with what was recorded so far."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.errors import Refusal
from asb_cases.domain.measures import NOT_DECIDED, may_begin
from asb_cases.domain.permissions import Permission
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.queries.breach_page import breach_of_notice, breach_page
from asb_cases.queries.measures import as_measure, standing_measures
from asb_cases.services.measures import Done, record_measure
from asb_cases.web.access import current_actor, requires
from asb_cases.web.interventions.breach_forms import MeasureForm
from asb_cases.web.interventions.moving import act_page, acting_on, done, step_called

interventions_measures = Blueprint("interventions_measures", __name__)


@interventions_measures.route(
    "/interventions/<reference>/breaches/<int:breach_id>/remedial-work", methods=["GET", "POST"]
)
@requires(Permission.DECIDE_BREACH)
def remedial_work(reference: str, breach_id: int) -> ResponseReturnValue:
    """Notice of the work, consents, the work itself, its cost."""
    return _record(reference, breach_id, BreachDecision.REMEDIAL_ACTION)


@interventions_measures.route("/interventions/<reference>/breaches/<int:breach_id>/seizure", methods=["GET", "POST"])
@requires(Permission.DECIDE_BREACH)
def seizure(reference: str, breach_id: int) -> ResponseReturnValue:
    """The warrant, the seizure, and what became of the item."""
    return _record(reference, breach_id, BreachDecision.SEIZURE_WARRANT)


def _record(reference: str, breach_id: int, decision: BreachDecision) -> ResponseReturnValue:
    step = step_called(reference, "CPN")
    row = breach_of_notice(step.id, breach_id)
    form = MeasureForm(version=row.version, on=today())
    form.offer(decision)
    if form.validate_on_submit():
        with acting_on(step, form, lambda: breach_of_notice(step.id, breach_id)):
            record_measure(
                actor=current_actor(),
                now=now(),
                breach_id=row.id,
                done=Done(form.kind.data, form.on.data, form.text.data or "", form.amount.data),
                cautions_reason=form.cautions_reason.data,
                version=form.version.data,
            )
            return done(step.reference, "It is recorded.", breach_id)
    return act_page(
        "measure", step, form, _not_open(row, decision), page=breach_page(row),
        work=decision is BreachDecision.REMEDIAL_ACTION,
    )  # fmt: skip


def _not_open(row: AllegedBreach, wanted: BreachDecision) -> tuple[Refusal, ...]:
    if row.entered_in_error_on is not None:
        return (IN_ERROR,)
    decided = BreachDecision(row.decision) if row.decision else None
    earlier = [as_measure(each) for each in standing_measures(row.id)]
    return () if may_begin(decided, wanted, earlier) else (NOT_DECIDED,)
