"""Prosecutions of an alleged breach (2014 Act s.48): the file, legal's review, laying, abandoning, and the court's result."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.breaches import CLOCK
from asb_cases.domain.calendar import in_words
from asb_cases.domain.clocks import Deadline
from asb_cases.domain.hearings import CLOCK as HEARING
from asb_cases.domain.permissions import Permission
from asb_cases.domain.powers.prosecution import RESULTS
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.queries.breach_page import breach_of_notice, breach_page
from asb_cases.queries.enforcement_facts import clock, penalty_for_breach
from asb_cases.queries.interventions import breach_clocks, breach_of_step, reference_of
from asb_cases.queries.policy import policy_in_force
from asb_cases.services import interventions, prosecutions
from asb_cases.services.prosecutions import SignOff
from asb_cases.web.access import current_actor, requires
from asb_cases.web.interventions.court_forms import FileForm, LayForm, ResultForm, SignOffForm
from asb_cases.web.interventions.follows import Follow, by_clock, runs_on, stopped_rules, stops
from asb_cases.web.interventions.moving import act_page, acting_on, done, step_called, why_not_open
from asb_cases.web.interventions.outcome_forms import ReasonForm

interventions_prosecutions = Blueprint("interventions_prosecutions", __name__)

TO_LEGAL = Follow(
    "Legal reviews the evidence and the public interest, and authorises the prosecution or sends the file back."
)
FILE_FIRST = Follow("A file is begun. Nothing is before a court, and nobody is told, until it is laid.")
BACK = Follow("The file can be completed and given to legal again.")
ANOTHER = Follow("Another file may be prepared for the alleged breach while the six months run.")
MAY_BE_LAID = Follow("The information may be laid, by legal alone.")
BEFORE_COURT = Follow("The prosecution is before the court. Record its hearings, and in the end its result.")
OVER = Follow("The prosecution is over. A conviction is counted by the day that you enter.")


@dataclass(frozen=True)
class Limit:
    """The six months for one alleged day, with their working, and whether they are over."""

    day: date
    clock: Deadline
    over: bool


@interventions_prosecutions.route(
    "/interventions/<reference>/breaches/<int:breach_id>/prosecution", methods=["GET", "POST"]
)
@requires(Permission.PREPARE_PROSECUTION)
def prepare(reference: str, breach_id: int) -> ResponseReturnValue:
    """Begin the file on an alleged breach that was decided to be prosecuted."""
    step = step_called(reference, "CPN")
    row = breach_of_notice(step.id, breach_id)
    form = FileForm(version=row.version)
    if form.validate_on_submit():
        with acting_on(step, form, lambda: breach_of_notice(step.id, breach_id)):
            file_id = prosecutions.prepare_prosecution(
                actor=current_actor(), now=now(), breach_id=row.id, summary=form.conduct.data, version=form.version.data
            )
            return done(reference_of(file_id), "The file is begun. Give it to legal once it is complete.")
    return act_page(
        "prosecution_prepare", step, form, (IN_ERROR,) if row.entered_in_error_on else (),
        page=breach_page(row), limits=_limits(row), follows=[FILE_FIRST, *_waits_for_penalty(row), *_limits_run_on(row)],
    )  # fmt: skip


@interventions_prosecutions.route("/interventions/<reference>/submit", methods=["GET", "POST"])
@requires(Permission.PREPARE_PROSECUTION)
def submit(reference: str) -> ResponseReturnValue:
    """Give the file to legal."""
    step = step_called(reference, "PROSECUTION")
    row = breach_of_step(step)
    form = FileForm(version=step.version, conduct=step.conduct)
    if form.validate_on_submit():
        with acting_on(step, form, lambda: breach_of_step(step)):
            prosecutions.submit_prosecution(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                summary=form.conduct.data,
                cautions_reason=form.cautions_reason.data,
                version=form.version.data,
            )
            return done(step.reference, "The file is with legal.")
    return act_page(
        "prosecution_submit", step, form, why_not_open(step, "submit"),
        page=breach_page(row), limits=_limits(row), follows=[TO_LEGAL, *_waits_for_penalty(row), *_limits_run_on(row)],
    )  # fmt: skip


@interventions_prosecutions.route("/interventions/<reference>/return-file", methods=["GET", "POST"])
@requires(Permission.REVIEW_PROSECUTION)
def send_back(reference: str) -> ResponseReturnValue:
    """Send the file back a step, with what is missing."""
    step = step_called(reference, "PROSECUTION")
    form = ReasonForm(version=step.version)
    if form.validate_on_submit():
        with acting_on(step, form):
            interventions.send_back(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                reason=form.reason.data,
                version=form.version.data,
            )
            return done(step.reference, "The file is sent back.")
    follows = [BACK, *_limits_run_on(breach_of_step(step))]
    return act_page("prosecution_return", step, form, why_not_open(step, "send_back"), follows=follows)


@interventions_prosecutions.route("/interventions/<reference>/review-file", methods=["GET", "POST"])
@requires(Permission.REVIEW_PROSECUTION)
def authorise(reference: str) -> ResponseReturnValue:
    """Legal signs both stages of the Code, and names the authority."""
    step = step_called(reference, "PROSECUTION")
    row = breach_of_step(step)
    form = SignOffForm(
        version=step.version,
        evidential_note=step.evidential_note,
        public_interest_note=step.public_interest_note,
        authority_reference=step.authority_reference,
    )
    if form.validate_on_submit():
        with acting_on(step, form, lambda: breach_of_step(step)):
            prosecutions.authorise_prosecution(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                sign_off=SignOff(
                    form.evidential_note.data or "",
                    form.public_interest_note.data or "",
                    form.authority_reference.data or "",
                ),
                cautions_reason=form.cautions_reason.data,
                version=form.version.data,
            )
            return done(step.reference, "The prosecution is authorised.")
    return act_page(
        "prosecution_review", step, form, why_not_open(step, "authorise"),
        page=breach_page(row), limits=_limits(row), follows=[MAY_BE_LAID, *_waits_for_penalty(row), *_limits_run_on(row)],
    )  # fmt: skip


@interventions_prosecutions.route("/interventions/<reference>/lay", methods=["GET", "POST"])
@requires(Permission.LAY_PROSECUTION)
def lay(reference: str) -> ResponseReturnValue:
    """Record that the information was laid: legal alone."""
    step = step_called(reference, "PROSECUTION")
    row = breach_of_step(step)
    form = LayForm(version=step.version, laid_on=today())
    if form.validate_on_submit():
        with acting_on(step, form, lambda: breach_of_step(step)):
            prosecutions.lay_prosecution(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                laid_on=form.laid_on.data,
                continuing_failure_reason=form.continuing_failure_reason.data,
                cautions_reason=form.cautions_reason.data,
                version=form.version.data,
            )
            return done(step.reference, "It is recorded as laid. The six months are stopped.")
    ended = [stops(each) for each in breach_clocks(row.id) if each.rule == CLOCK]
    return act_page(
        "prosecution_lay", step, form, why_not_open(step, "lay"),
        page=breach_page(row), limits=_limits(row), follows=[*_waits_for_penalty(row), *ended, BEFORE_COURT],
    )  # fmt: skip


@interventions_prosecutions.route("/interventions/<reference>/abandon", methods=["GET", "POST"])
@requires(Permission.REVIEW_PROSECUTION)
def abandon(reference: str) -> ResponseReturnValue:
    """Give the file up before it is laid."""
    step = step_called(reference, "PROSECUTION")
    form = ReasonForm(version=step.version)
    if form.validate_on_submit():
        with acting_on(step, form):
            prosecutions.abandon_prosecution(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                reason=form.reason.data,
                version=form.version.data,
            )
            return done(step.reference, "The prosecution is abandoned.")
    follows = [ANOTHER, *_limits_run_on(breach_of_step(step))]
    return act_page("prosecution_abandon", step, form, why_not_open(step, "abandon"), follows=follows)


@interventions_prosecutions.route("/interventions/<reference>/record-result", methods=["GET", "POST"])
@requires(Permission.RECORD_COURT_OUTCOME)
def record_result(reference: str) -> ResponseReturnValue:
    """Record what the court decided, with its sums and orders."""
    step = step_called(reference, "PROSECUTION")
    form = ResultForm(version=step.version)
    if form.validate_on_submit():
        with acting_on(step, form):
            prosecutions.record_court_outcome(
                actor=current_actor(),
                now=now(),
                intervention_id=step.id,
                result=form.outcome(),
                version=form.version.data,
            )
            return done(step.reference, "The court’s result is recorded.")
    closed = why_not_open(step, *(f"record_{result}" for result in RESULTS))
    return act_page("prosecution_result", step, form, closed, follows=[*stopped_rules(step, [HEARING]), OVER])


def _limits(row: AllegedBreach) -> list[Limit]:
    """The six months for each alleged day."""
    policy = policy_in_force()
    days = sorted({row.from_on, row.to_on or row.from_on})
    found = [(day, clock(CLOCK, day, policy)) for day in days]
    return [Limit(day, each, each.last_day < today()) for day, each in found]


def _limits_run_on(row: AllegedBreach) -> list[Follow]:
    return [runs_on(each) for each in breach_clocks(row.id) if each.rule == CLOCK]


def _waits_for_penalty(row: AllegedBreach) -> list[Follow]:
    """From which day proceedings may be started although a penalty was given."""
    policy = policy_in_force()
    penalty = penalty_for_breach(row.id, policy)
    if penalty is None:
        return []
    text = f"A fixed penalty is dated {in_words(penalty.notice_date)}: no proceedings before {in_words(penalty.proceed_from)}."
    return [by_clock(text, clock("fpn_no_proceedings", penalty.notice_date, policy))]
