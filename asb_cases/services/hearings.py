"""Hearings of a prosecution, or of an appeal: listed, adjourned, held."""

from dataclasses import dataclass
from datetime import date, datetime, time

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.hearings import CLOCK, HearingOutcome, HearingPurpose, check_heard, check_listing
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import ALREADY_DONE, IN_ERROR
from asb_cases.extensions import db
from asb_cases.models.appeal import Appeal
from asb_cases.models.hearing import Hearing
from asb_cases.models.intervention import Intervention
from asb_cases.queries.enforcement import (
    appeals_against,
    hearing_to_come,
    hearing_to_work_on,
    intervention_to_work_on,
)
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.history import record
from asb_cases.services.moves import about
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@dataclass(frozen=True)
class Listing:
    """What a court has listed."""

    listed_on: date
    purpose: HearingPurpose
    listed_at: time | None = None
    court: str | None = None


@transaction
def list_hearing(*, actor: Actor, now: datetime, intervention_id: int, listing: Listing) -> int:
    """Record that the court has listed a hearing of a prosecution that was laid, or of an appeal in progress; its clock
    runs to that day. Returns the id."""
    actor.check(Permission.RECORD_COURT_OUTCOME)
    step = intervention_to_work_on(intervention_id, actor=actor, today=local(now).date())
    if step.entered_in_error_on is not None:
        raise RuleBroken((IN_ERROR,))
    since, to_come = before_court_since(step), hearing_to_come(step.id)
    open_on = to_come.listed_on if to_come else None
    check_listing(listed_on=listing.listed_on, before_court_since=since, open_on=open_on).raise_if_refused()
    hearing = _add(step, listing)
    record("hearing_listed", about(step), actor=actor, now=now, details={"hearing_id": hearing.id})
    return hearing.id


@transaction
def record_hearing(
    *,
    actor: Actor,
    now: datetime,
    hearing_id: int,
    outcome: HearingOutcome,
    note: str,
    following: Listing | None = None,
    version: int | None = None,
) -> None:
    """Record what became of a hearing, and the day of the next, if the court named one."""
    actor.check(Permission.RECORD_COURT_OUTCOME)
    today = local(now).date()
    hearing = hearing_to_work_on(hearing_id, actor=actor, today=today)
    check_version(hearing, version)
    step = intervention_to_work_on(hearing.intervention_id, actor=actor, today=today)
    if hearing.outcome is not None:
        raise RuleBroken((ALREADY_DONE,))
    next_on = following.listed_on if following else None
    check_heard(
        outcome,
        listed_on=hearing.listed_on,
        today=today,
        note=note,
        next_on=next_on,
        began=before_court_since(step),
    ).raise_if_refused()
    _end(step, hearing, outcome, note.strip(), today)
    details: dict[str, object] = {"hearing_id": hearing.id, "outcome": outcome.value}
    if following is not None:
        details["next_hearing_id"] = _add(step, following).id
    record("hearing_recorded", about(step), actor=actor, now=now, details=details)


def before_court_since(step: Intervention) -> date | None:
    """The day from which something of it has been before a court; None where nothing is."""
    if step.power == "PROSECUTION":
        return step.issued_on if step.status == "laid" else None
    appeal = _pending_appeal(step)
    return appeal.lodged_on if appeal else None


def end_hearing_to_come(step: Intervention, decided_on: date, today: date, note: str) -> None:
    """The court has decided: the hearing that was still to come was held by then, or falls away. Part of an act."""
    hearing = hearing_to_come(step.id)
    if hearing is not None:
        held = hearing.listed_on <= decided_on
        _end(step, hearing, HearingOutcome.HELD if held else HearingOutcome.VACATED, note, today)


def _pending_appeal(step: Intervention) -> Appeal | None:
    return next((appeal for appeal in appeals_against(step.id) if appeal.outcome is None), None)


def _add(step: Intervention, listing: Listing) -> Hearing:
    appeal = _pending_appeal(step)
    hearing = Hearing(
        intervention_id=step.id,
        appeal_id=appeal.id if appeal else None,
        listed_on=listing.listed_on,
        listed_at=listing.listed_at,
        purpose=listing.purpose,
        court=(listing.court or "").strip() or None,
    )
    db.session.add(hearing)
    db.session.flush()
    deadlines.start(CLOCK, listing.listed_on, Links(case_id=step.case_id, intervention_id=step.id))
    return hearing


def _end(step: Intervention, hearing: Hearing, outcome: HearingOutcome, note: str, today: date) -> None:
    hearing.outcome, hearing.note = outcome, note
    of = Links(intervention_id=step.id)
    if outcome is HearingOutcome.HELD:
        deadlines.meet(CLOCK, of=of, at=hearing.listed_on, because="Held")
    else:
        deadlines.stop(
            CLOCK, of=of, on=today, because="Adjourned" if outcome is HearingOutcome.ADJOURNED else "Vacated"
        )
    db.session.flush()
