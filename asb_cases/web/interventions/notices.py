"""A notice while it stands: requirements met, reviews, variations."""

from datetime import date
from functools import partial

from flask import Blueprint
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.calendar import in_words
from asb_cases.domain.permissions import Permission
from asb_cases.domain.requirements import POSITIVE
from asb_cases.models.intervention import Intervention
from asb_cases.queries.enforcement import standing_requirements
from asb_cases.queries.interventions import running_clocks
from asb_cases.queries.policy import policy_in_force
from asb_cases.services import variations, warning_outcomes
from asb_cases.services.enforcement_clocks import DUE
from asb_cases.services.warning_outcomes import why_not_reviewed
from asb_cases.web.access import current_actor, requires
from asb_cases.web.documents.printing import printed
from asb_cases.web.interventions.follows import Follow, runs_on, starts, stops
from asb_cases.web.interventions.moving import act_page, acting_on, done, step_called, why_not_open
from asb_cases.web.interventions.outcome_forms import RequirementMetForm, ReviewForm, VaryForm
from asb_cases.web.interventions.requirement_fields import (
    changes_in,
    check_requirement_answers,
    form_with_requirements,
    taken_away_in,
)

interventions_notices = Blueprint("interventions_notices", __name__)

APPEAL, REVIEW = "cpn_appeal", "cpn_review"
GIVE_AGAIN = Follow(
    "The varied notice has to be given to the recipient, and how it was given recorded. No new notice comes of it: it keeps "
    "its reference and is counted once."
)
TELL_VICTIMS = Follow("The victims should hear what changed.")


@interventions_notices.route("/interventions/<reference>/requirement-met", methods=["GET", "POST"])
@requires(Permission.ASSESS_COMPLIANCE)
def record_requirement_met(reference: str) -> ResponseReturnValue:
    """Record that a requirement was met on a day."""
    step = step_called(reference, "CPN")
    rows = [row for row in standing_requirements(step.id) if row.kind in POSITIVE]
    form = RequirementMetForm(version=step.version, met_on=today())
    form.requirement.choices = [(str(row.id), f"{row.number}. {row.text[:100]}") for row in rows]
    if form.validate_on_submit():
        with acting_on(step, form):
            warning_outcomes.record_requirement_met(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                requirement_id=form.requirement.data,
                met_on=form.met_on.data,
                assessment=form.assessment.data,
            )
            return done(step.reference, "The requirement is recorded as met.")
    closed = why_not_reviewed(step)
    follows = [stops(row) for row in running_clocks(step.id) if row.rule == DUE]
    return act_page("requirement_met", step, form, closed, follows=follows, timed=bool(rows))


@interventions_notices.route("/interventions/<reference>/review", methods=["GET", "POST"])
@requires(Permission.ASSESS_COMPLIANCE)
def record_review(reference: str) -> ResponseReturnValue:
    """Record a review of a notice in force, and when the next one is due."""
    step = step_called(reference, "CPN")
    form = ReviewForm(version=step.version)
    if form.validate_on_submit():
        with acting_on(step, form):
            warning_outcomes.record_review(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                assessment=form.assessment.data,
                next_review_on=form.next_review_on.data,
                version=form.version.data,
            )
            return done(step.reference, "The review is recorded.")
    running = [stops(row) for row in running_clocks(step.id) if row.rule == REVIEW]
    follows = [*running, starts(REVIEW, today(), policy_in_force())]
    return act_page("review", step, form, why_not_reviewed(step), follows=follows)


@interventions_notices.route("/interventions/<reference>/vary", methods=["GET", "POST"])
@requires(Permission.VARY)
def vary(reference: str) -> ResponseReturnValue:
    """Vary a notice: requirements in other words, taken away, added; another end or review day."""
    step = step_called(reference, "CPN")
    rows = standing_requirements(step.id)
    form = form_with_requirements(VaryForm, rows, version=step.version)
    if form.validate_on_submit() and check_requirement_answers(form, rows):
        changes, away = changes_in(form, rows), taken_away_in(form, rows)
        ends_on, review_on = form.ends_on.data, form.review_on.data
        if not (changes or away or ends_on or review_on):
            form.form_errors.append("Nothing would change: change, take away or add a requirement, or name another day")
        else:
            with acting_on(step, form, lambda: standing_requirements(step.id)):
                printed(
                    partial(
                        variations.vary_notice,
                        actor=current_actor(),
                        now=now(),
                        intervention_id=step.id,
                        reason=form.reason.data,
                        changes=changes,
                        taken_away=away,
                        ends_on=ends_on,
                        review_on=review_on,
                        cautions_reason=form.cautions_reason.data,
                        version=form.version.data,
                    )
                )
                return done(step.reference, "The notice is varied from today. Give it to the recipient and record how.")
    follows = _of_variation(step, today())
    return act_page("vary", step, form, why_not_open(step, "vary"), follows=follows, rows=rows)


def _of_variation(step: Intervention, day: date) -> list[Follow]:
    """What follows from a variation today."""
    running, policy = running_clocks(step.id), policy_in_force()
    return [
        Follow(
            f"The notice stands in its new words from today, {in_words(day)}, or from tomorrow where it was changed today."
        ),
        *(stops(row) for row in running if row.rule == REVIEW),
        starts(APPEAL, day, policy),
        starts(REVIEW, day, policy),
        *(runs_on(row) for row in running if row.rule == DUE),
        GIVE_AGAIN,
        TELL_VICTIMS,
    ]
