"""Recording what was done about an alleged breach beside a penalty and a prosecution (2014 Act ss.47 and 51), with the clocks
that each step starts and ends."""

from dataclasses import dataclass
from datetime import date, datetime

from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.calendar import local
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.measures import ENDS, STARTS, WITH_AMOUNT, MeasureFacts, MeasureKind, check_measure
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.measure import Measure
from asb_cases.queries.enforcement import breach_to_work_on
from asb_cases.queries.enforcement_facts import appeals_of, prosecution_laid_for
from asb_cases.queries.measures import as_measure, standing_measures, warrant_until
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject, record
from asb_cases.services.moves import said
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@dataclass(frozen=True)
class Done:
    """What was done, on which day. The amount is in pence, where the kind names one."""

    kind: MeasureKind
    on: date
    text: str
    amount_pence: int | None = None


@transaction
def record_measure(
    *,
    actor: Actor,
    now: datetime,
    breach_id: int,
    done: Done,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> int:
    """Record one step. A notice of cost, a warrant and a seizure start their clocks. Returns the id."""
    actor.check(Permission.DECIDE_BREACH)
    today = local(now).date()
    breach = breach_to_work_on(breach_id, actor=actor, today=today)
    check_version(breach, version)
    if breach.entered_in_error_on is not None:
        raise RuleBroken((IN_ERROR,))
    check_measure(facts_of(breach, done, today)).raise_unless_reasoned(cautions_reason)
    measure = Measure(
        intervention_id=breach.intervention_id,
        breach_id=breach.id,
        kind=done.kind,
        done_on=done.on,
        amount_pence=done.amount_pence if done.kind in WITH_AMOUNT else None,
        text=done.text.strip(),
        recorded_by_id=actor.user_id,
    )
    db.session.add(measure)
    db.session.flush()
    _move_clocks(breach, done)
    details = {"measure_id": measure.id, "measure": done.kind.value}
    about = Subject("alleged_breach", breach.id, breach.intervention.case_id)
    record("measure_recorded", about, actor=actor, now=now, details=details, reason=said(cautions_reason))
    return measure.id


def facts_of(breach: AllegedBreach, done: Done, today: date) -> MeasureFacts:
    """A step being recorded, with those that were before."""
    return MeasureFacts(
        done.kind,
        done.on,
        today,
        done.text,
        breach.from_on,
        BreachDecision(breach.decision) if breach.decision else None,
        done.amount_pence,
        tuple(as_measure(row) for row in standing_measures(breach.id)),
        appeals_of(breach.intervention_id),
        warrant_until(breach.id),
    )


def _move_clocks(breach: AllegedBreach, done: Done) -> None:
    of = Links(breach_id=breach.id)
    if done.kind in ENDS:
        deadlines.meet(ENDS[done.kind], of=of, at=done.on, because="Done")
    # What is seized once proceedings are started is kept until they are over (s.51).
    kept = done.kind is MeasureKind.ITEM_SEIZED and prosecution_laid_for(breach.id)
    if done.kind in STARTS and not kept:
        notice = breach.intervention
        links = Links(case_id=notice.case_id, intervention_id=notice.id, breach_id=breach.id)
        deadlines.start(STARTS[done.kind], done.on, links)
