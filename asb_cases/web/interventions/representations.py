"""What a recipient puts forward about a warning, notice or penalty, at any time, and what they are answered."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.errors import Refusal, RuleBroken
from asb_cases.domain.permissions import Permission
from asb_cases.domain.record_keeping import ALREADY_DONE
from asb_cases.models.intervention import Intervention
from asb_cases.queries.interventions import one_of, representations_of
from asb_cases.services import representations
from asb_cases.web.access import current_actor, requires
from asb_cases.web.interventions.follows import Follow, left_running
from asb_cases.web.interventions.moving import act_page, acting_on, done, step_called
from asb_cases.web.interventions.outcome_forms import AnswerForm, RepresentationForm

interventions_representations = Blueprint("interventions_representations", __name__)

#: Clocks of which a recipient may think that writing to us stops them.
RUN_ON = ("cpw_compliance", "cpn_appeal", "requirement_due", "fpn_no_proceedings", "fpn_reduced_offer")
ANSWER_OWED = Follow("An answer is owed, with reasons. Record it here once it has gone out.")
MAY_CHANGE = Follow(
    "Where they are right, the document can be varied, withdrawn, discharged or cancelled: that is a step of its own."
)


@interventions_representations.route("/interventions/<reference>/representations/new", methods=["GET", "POST"])
@requires(Permission.RECORD_REPRESENTATION)
def new(reference: str) -> ResponseReturnValue:
    """Record what was put forward."""
    step = step_called(reference, "CPW", "CPN", "FPN")
    form = RepresentationForm(received_on=today())
    if form.validate_on_submit():
        with acting_on(step, form):
            representations.record_representation(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                received_on=form.received_on.data,
                text=form.text.data,
                made_by=form.made_by.data,
            )
            return done(step.reference, "What was put forward is recorded.")
    follows = [*left_running(step, RUN_ON), ANSWER_OWED, MAY_CHANGE]
    return act_page("representation", step, form, _not_given(step), follows=follows)


@interventions_representations.route(
    "/interventions/<reference>/representations/<int:representation_id>/answer", methods=["GET", "POST"]
)
@requires(Permission.RECORD_REPRESENTATION)
def answer(reference: str, representation_id: int) -> ResponseReturnValue:
    """Record what they were answered."""
    step = step_called(reference)
    found = one_of(representations_of(step.id), representation_id)
    form = AnswerForm(version=found.version, answered_on=today())
    if form.validate_on_submit():
        with acting_on(step, form):
            representations.answer_representation(
                actor=current_actor(),
                now=now(),
                representation_id=found.id,
                answered_on=form.answered_on.data,
                answer=form.answer.data,
                version=form.version.data,
            )
            return done(step.reference, "The answer is recorded.")
    closed = (ALREADY_DONE,) if found.answer else ()
    return act_page("representation_answer", step, form, closed, representation=found, follows=[MAY_CHANGE])


def _not_given(step: Intervention) -> tuple[Refusal, ...]:
    try:
        representations.check_given(step)
    except RuleBroken as broken:
        return broken.refusals
    return ()
