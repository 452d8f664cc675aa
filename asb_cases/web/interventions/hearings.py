"""Hearings of a prosecution, or of an appeal against a notice: listed, adjourned, held."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.calendar import in_words
from asb_cases.domain.errors import Refusal
from asb_cases.domain.hearings import CLOCK, LISTED_ALREADY, NOT_BEFORE_COURT
from asb_cases.domain.permissions import Permission
from asb_cases.domain.record_keeping import ALREADY_DONE
from asb_cases.models.intervention import Intervention
from asb_cases.queries.enforcement import hearing_to_come
from asb_cases.queries.interventions import hearings_of, one_of
from asb_cases.services import hearings
from asb_cases.services.hearings import Listing
from asb_cases.web.access import current_actor, requires
from asb_cases.web.interventions.court_forms import HearingForm, HearingRecordForm
from asb_cases.web.interventions.follows import Follow, stopped_rules
from asb_cases.web.interventions.moving import act_page, acting_on, done, step_called

interventions_hearings = Blueprint("interventions_hearings", __name__)

LISTED = Follow("The clock “Attend the hearing, and record what the court did” runs to the day that you enter.")


@interventions_hearings.route("/interventions/<reference>/hearings/new", methods=["GET", "POST"])
@requires(Permission.RECORD_COURT_OUTCOME)
def new(reference: str) -> ResponseReturnValue:
    """Record that the court has listed a hearing."""
    step = step_called(reference, "CPN", "PROSECUTION")
    form = HearingForm()
    if form.validate_on_submit():
        with acting_on(step, form):
            listing = Listing(form.listed_on.data, form.purpose.data, form.listed_at.data, form.court.data)
            hearings.list_hearing(actor=current_actor(), now=now(), intervention_id=step.id, listing=listing)
            return done(step.reference, "The hearing is listed.")
    return act_page("hearing", step, form, _why_not_listed(step), follows=[LISTED])


@interventions_hearings.route("/interventions/<reference>/hearings/<int:hearing_id>/record", methods=["GET", "POST"])
@requires(Permission.RECORD_COURT_OUTCOME)
def record(reference: str, hearing_id: int) -> ResponseReturnValue:
    """Record that a hearing was held, adjourned or taken out of the list, and when the next one is."""
    step = step_called(reference, "CPN", "PROSECUTION")
    hearing = one_of(hearings_of(step.id), hearing_id)
    form = HearingRecordForm(version=hearing.version, next_purpose=hearing.purpose.value)
    if form.validate_on_submit():
        with acting_on(step, form):
            hearings.record_hearing(
                actor=current_actor(),
                now=now(),
                hearing_id=hearing.id,
                outcome=form.outcome.data,
                note=form.note.data,
                following=form.following(hearing),
                version=form.version.data,
            )
            return done(step.reference, "What became of the hearing is recorded.")
    closed = (ALREADY_DONE,) if hearing.outcome else ()
    follows = [*stopped_rules(step, [CLOCK]), Follow("Where you name the next day, its clock starts and runs to it.")]
    return act_page("hearing_record", step, form, closed, hearing=hearing, follows=follows)


def _why_not_listed(step: Intervention) -> tuple[Refusal, ...]:
    if hearings.before_court_since(step) is None:
        return (NOT_BEFORE_COURT,)
    to_come = hearing_to_come(step.id)
    return (LISTED_ALREADY.of(day=in_words(to_come.listed_on)),) if to_come else ()
