"""What became of a warning: heeded, or not heeded."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.permissions import Permission
from asb_cases.services import warning_outcomes
from asb_cases.web.access import current_actor, requires
from asb_cases.web.interventions.follows import Follow, left_running, stopped_by
from asb_cases.web.interventions.moving import act_page, acting_on, done, step_called, why_not_open
from asb_cases.web.interventions.outcome_forms import ComplianceForm, NotHeededForm

interventions_warnings = Blueprint("interventions_warnings", __name__)

HEEDED = Follow(
    "The warning stays on record as heeded. If the conduct comes back while the warning lives, it can still be recorded "
    "as not heeded."
)
NOT_HEEDED = Follow(
    "A community protection notice may be drafted that follows this warning. Its issuer must be satisfied that the recipient "
    "had enough time and that the conduct still has the effect."
)


@interventions_warnings.route("/interventions/<reference>/record-compliance", methods=["GET", "POST"])
@requires(Permission.ASSESS_COMPLIANCE)
def record_compliance(reference: str) -> ResponseReturnValue:
    """Record that a warning was heeded, and how that is known."""
    step = step_called(reference, "CPW")
    form = ComplianceForm(version=step.version)
    if form.validate_on_submit():
        with acting_on(step, form):
            warning_outcomes.record_compliance(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                assessment=form.assessment.data,
                version=form.version.data,
            )
            return done(step.reference, "The warning is recorded as heeded.")
    follows = [*stopped_by(step, "record_compliance"), *left_running(step, ["cpw_life"]), HEEDED]
    return act_page("record_compliance", step, form, why_not_open(step, "record_compliance"), follows=follows)


@interventions_warnings.route("/interventions/<reference>/record-not-heeded", methods=["GET", "POST"])
@requires(Permission.ASSESS_COMPLIANCE)
def record_not_heeded(reference: str) -> ResponseReturnValue:
    """Record that the conduct went on after the time the warning gave."""
    step = step_called(reference, "CPW")
    form = NotHeededForm(version=step.version)
    if form.validate_on_submit():
        with acting_on(step, form):
            warning_outcomes.record_not_heeded(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                evidence_on=form.evidence_on.data,
                assessment=form.assessment.data,
                version=form.version.data,
            )
            return done(step.reference, "The warning is recorded as not heeded.")
    follows = [*stopped_by(step, "record_not_heeded"), *left_running(step, ["cpw_life"]), NOT_HEEDED]
    return act_page("record_not_heeded", step, form, why_not_open(step, "record_not_heeded"), follows=follows)
