"""Appeals against a notice: lodged, directed, determined (2014 Act s.46). What an appeal does to each requirement stands on
the page before it is recorded."""

from dataclasses import replace
from datetime import date

from flask import Blueprint
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.appeals import ALREADY_PENDING, NO_APPEAL, Appeal, AppealOutcome
from asb_cases.domain.calendar import ONE_DAY, in_words
from asb_cases.domain.errors import Refusal
from asb_cases.domain.permissions import Permission
from asb_cases.domain.requirements import POSITIVE, Effect, effects
from asb_cases.models.appeal import Appeal as AppealRow
from asb_cases.models.intervention import Intervention
from asb_cases.models.requirement import Requirement
from asb_cases.queries.enforcement import appeals_against, clocks_of, standing_requirements
from asb_cases.queries.enforcement_facts import appeals_of, clock
from asb_cases.queries.enforcement_records import as_appeal, as_requirement
from asb_cases.queries.interventions import open_steps_for_breaches_of, running_clocks
from asb_cases.queries.policy import policy_in_force
from asb_cases.services import appeals
from asb_cases.services.appeals import Order
from asb_cases.services.enforcement_clocks import DUE, IN_FORCE
from asb_cases.web.access import current_actor, requires
from asb_cases.web.interventions.appeal_forms import DetermineForm, DirectionForm, LodgeForm
from asb_cases.web.interventions.follows import Follow, by_clock, by_row, left_running, stopped_by
from asb_cases.web.interventions.moving import act_page, acting_on, done, step_called, why_not_open
from asb_cases.web.interventions.requirement_fields import (
    changes_in,
    check_requirement_answers,
    form_with_requirements,
    taken_away_in,
)

interventions_appeals = Blueprint("interventions_appeals", __name__)

CLOCK = "cpn_appeal"
OUT_OF_TIME = "The appeal is recorded as out of time: the court decides whether to hear it."
NO_BREACH = Follow(
    "Until the appeal ends, no breach of a requirement to do something, or to take steps, can be alleged of a day from its "
    "lodging on."
)
QUASHED = Follow(
    "If the court quashed the notice, it is over from the day of the decision: nothing in it binds, and its clocks stop."
)
MODIFIED = Follow(
    "If the court modified it, the requirements stand in the court’s words from the day of the decision, and their clocks run "
    "to the court’s days."
)
STOP_RESTS = Follow(
    "From that day until the appeal ends, requirements to stop something have no effect either, and no breach of them can be "
    "alleged."
)


@interventions_appeals.route("/interventions/<reference>/lodge-appeal", methods=["GET", "POST"])
@requires(Permission.RECORD_APPEAL)
def lodge(reference: str) -> ResponseReturnValue:
    """Record an appeal, in time or late."""
    step = step_called(reference, "CPN")
    form = LodgeForm(version=step.version)
    if form.validate_on_submit():
        with acting_on(step, form):
            appeals.lodge_appeal(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                lodged_on=form.lodged_on.data,
                grounds=form.grounds.data or (),
                court=form.court.data,
                version=form.version.data,
            )
            late = next(row.late for row in appeals_against(step.id) if row.outcome is None)
            return done(step.reference, OUT_OF_TIME if late else "The appeal is recorded. It is in progress.")
    pending = _pending(step)
    closed = (ALREADY_PENDING,) if pending else why_not_open(step, "lodge_appeal")
    return act_page(
        "lodge_appeal", step, form, closed,
        last_day=_last_day(step), effects=[] if closed else _as_lodged(step), follows=[] if closed else _of_lodging(step),
    )  # fmt: skip


@interventions_appeals.route("/interventions/<reference>/direct-appeal", methods=["GET", "POST"])
@requires(Permission.RECORD_APPEAL_OUTCOME)
def record_direction(reference: str) -> ResponseReturnValue:
    """Record the court's order that stop requirements too have no effect while the appeal runs."""
    step = step_called(reference, "CPN")
    pending = _pending(step)
    form = DirectionForm(version=pending.version if pending else None)
    if form.validate_on_submit() and pending:
        with acting_on(step, form, lambda: _pending(step)):
            appeals.record_direction(
                actor=current_actor(),
                now=now(),
                appeal_id=pending.id,
                stop_suspended_on=form.stop_suspended_on.data,
                note=form.note.data,
                version=form.version.data,
            )
            return done(step.reference, "The court’s order is recorded.")
    return act_page("direct_appeal", step, form, _none_pending(pending), appeal=pending, follows=[STOP_RESTS])


@interventions_appeals.route("/interventions/<reference>/determine-appeal", methods=["GET", "POST"])
@requires(Permission.RECORD_APPEAL_OUTCOME)
def determine(reference: str) -> ResponseReturnValue:
    """Record how the appeal in progress ended."""
    step = step_called(reference, "CPN")
    pending, rows = _pending(step), standing_requirements(step.id)
    form = form_with_requirements(DetermineForm, rows, version=pending.version if pending else None)
    if form.validate_on_submit() and pending and _whole(form, rows):
        with acting_on(step, form, lambda: _pending(step), lambda: standing_requirements(step.id)):
            appeals.determine_appeal(
                actor=current_actor(),
                now=now(),
                appeal_id=pending.id,
                order=_order(form, rows),
                version=form.version.data,
            )
            return done(step.reference, "How the appeal ended is recorded.")
    closed = _none_pending(pending)
    return act_page(
        "determine_appeal", step, form, closed, appeal=pending, rows=rows,
        effects=_as_dismissed(step, pending) if pending else [], follows=[] if closed else _of_ending(step, pending),
    )  # fmt: skip


def _pending(step: Intervention) -> AppealRow | None:
    return next((row for row in appeals_against(step.id) if row.outcome is None), None)


def _none_pending(pending: AppealRow | None) -> tuple[Refusal, ...]:
    return () if pending else (NO_APPEAL,)


def _whole(form: DetermineForm, rows: list[Requirement]) -> bool:
    """Whether something is changed where, and only where, the court modified the notice."""
    changed = bool(changes_in(form, rows) or taken_away_in(form, rows) or form.ends_on.data)
    if form.outcome.data is AppealOutcome.MODIFIED and not changed:
        form.outcome.errors = [
            "Give the requirements, or the last day, in the court’s words, or say that it ended another way"
        ]
        return False
    if form.outcome.data is not AppealOutcome.MODIFIED and changed:
        form.outcome.errors = ["You changed what the notice says: that is for an appeal by which the court modified it"]
        return False
    return check_requirement_answers(form, rows)


def _order(form: DetermineForm, rows: list[Requirement]) -> Order:
    modified = form.outcome.data is AppealOutcome.MODIFIED
    return Order(
        form.outcome.data,
        form.determined_on.data,
        form.note.data,
        changes_in(form, rows) if modified else (),
        taken_away_in(form, rows) if modified else (),
        form.ends_on.data if modified else None,
    )


def _last_day(step: Intervention) -> Follow | None:
    """The statutory last day to appeal, with its working; None while the notice has not been given."""
    clocks = clocks_of(CLOCK, step.id)
    if clocks:
        latest = max(clocks, key=lambda row: row.last_day)
        return by_row(f"The last day to appeal is {in_words(latest.last_day)}.", latest)
    if step.issued_on is None:
        return None
    found = clock(CLOCK, step.issued_on, policy_in_force())
    return by_clock(f"The last day to appeal is {in_words(found.last_day)}.", found)


def _as_lodged(step: Intervention) -> tuple[Effect, ...]:
    """What each requirement comes to if the appeal is lodged today."""
    day, known = today(), appeals_of(step.id)
    return _effects(step, day, known, day, (*known, Appeal(day)))


def _as_dismissed(step: Intervention, pending: AppealRow) -> tuple[Effect, ...]:
    """What each requirement comes to if the appeal ends today and the notice stands."""
    day, known = today(), appeals_of(step.id)
    running = as_appeal(pending)
    over = replace(running, determined_on=max(day, running.lodged_on or day), outcome=AppealOutcome.DISMISSED)
    return _effects(step, day, known, day + ONE_DAY, tuple(over if each == running else each for each in known))


def _effects(
    step: Intervention, on: date, known: tuple[Appeal, ...], then_on: date, then: tuple[Appeal, ...]
) -> tuple[Effect, ...]:
    if step.status not in IN_FORCE:
        return ()
    rows = [as_requirement(row) for row in standing_requirements(step.id)]
    return effects(rows, on=on, appeals=known, then_on=then_on, then_appeals=then)


def _of_lodging(step: Intervention) -> list[Follow]:
    rests = (
        "A last day to comply ({last}) rests while the appeal is in progress, and moves on by the days that it takes."
    )
    return [
        *stopped_by(step, "lodge_appeal"),
        *(by_row(rests.format(last=in_words(row.last_day)), row) for row in running_clocks(step.id) if row.rule == DUE),
        *left_running(step, ("cpn_review", "cpn_end")),
        NO_BREACH,
    ]


def _of_ending(step: Intervention, pending: AppealRow | None) -> list[Follow]:
    moved = [effect for effect in (_as_dismissed(step, pending) if pending else ()) if effect.then_due]
    again = [
        Follow(
            f"If it ended today and the notice stands, the last day for requirement {effect.requirement.number} is "
            f"{in_words(effect.then_due)}: the days of the appeal are added."
        )
        for effect in moved
        if effect.then_due and effect.requirement.kind in POSITIVE
    ]
    left = [
        Follow(f"If it was quashed, {reference} for a breach of it is still open: decide what becomes of it.")
        for reference in open_steps_for_breaches_of(step.id)
    ]
    return [*again, MODIFIED, QUASHED, *left, *left_running(step, ("cpn_review", "cpn_end"))]
