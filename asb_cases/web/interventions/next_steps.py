"""What the law says now, as pages show it: open steps as buttons, and why the others are not open, and from when.

`/cases/<reference>/next-steps` says it of a whole case; the page of an intervention of that one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flask import Blueprint, render_template

from asb_cases.adapters.time import now, today
from asb_cases.domain.calendar import local
from asb_cases.domain.errors import Refusal
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.queries.case_page import CasePage
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.intervention_page import InterventionPage
from asb_cases.queries.move_rulings import Desk, beginning_in
from asb_cases.queries.next_steps import (
    NextStep,
    of_the_case,
    starts,
    starts_against,
    steps_from,
    takes_steps,
    warning_against,
)
from asb_cases.queries.people import subjects_of_case
from asb_cases.queries.records_of_case import records_of_case
from asb_cases.web.access import current_actor, may_open, requires
from asb_cases.web.consultations import shown
from asb_cases.web.filters import day
from asb_cases.web.interventions.steps import LEADS_ON, STEP_PAGES, Place, address_of

next_steps = Blueprint("next_steps", __name__)


@dataclass(frozen=True)
class StepShown:
    """One step in words. `href` leads to its page, for whoever that lets in."""

    label: str
    href: str | None
    leads_on: bool
    refusals: Sequence[Refusal]
    opens_on: date | None
    working: str | None
    once: Sequence[str]
    who: Sequence[str]


@dataclass
class StepsShown:
    """What is open now, what is not and why, and what comes later whatever the law says of it."""

    open: list[StepShown] = field(default_factory=list)
    closed: list[StepShown] = field(default_factory=list)
    later: list[StepShown] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.open or self.closed or self.later)


@dataclass(frozen=True)
class Heading:
    """A subject, or one intervention, with what comes next."""

    title: str
    href: str | None
    steps: StepsShown
    power: str | None = None
    status: str | None = None


@next_steps.get("/cases/<reference>/next-steps")
@requires(Permission.DRAFT, Permission.AUTHORISE)
def of_case(reference: str) -> str:
    """Every step that can be thought of in a case, open or not, with the reasons."""
    actor, moment = current_actor(), now()
    case = load_case_for(actor, reference, today())
    records = records_of_case(case.id, actor, today())
    desk = Desk(actor, moment, records, beginning_in(case.closed_on, case.entered_in_error_on))
    shown("case", case.id, case_id=case.id)
    return render_template(
        "interventions/next_steps.html",
        case=case,
        headings=_headings(case.reference, subjects_of_case(case.id), desk),
        itself=steps_shown([*starts(desk), *of_the_case(case, desk)], case.reference, actor),
    )


def next_steps_of(page: InterventionPage, actor: Actor, moment: datetime) -> StepsShown:
    """What comes after one intervention, for its own page; nothing for whoever takes no steps."""
    facts, records = page.facts, page.records
    if records is None or facts.id not in records.by_id:
        return StepsShown()
    desk = Desk(actor, moment, records, beginning_in(facts.case_closed_on, facts.case_in_error_on))
    return steps_shown(steps_from(records.by_id[facts.id], desk), facts.case_reference, actor)


def steps_about_breach(notice: Intervention, breach_id: int, actor: Actor, moment: datetime) -> StepsShown:
    """What can be done about one alleged breach, for its own page; nothing for whoever takes no steps."""
    if not takes_steps(actor):
        return StepsShown()
    records, case = records_of_case(notice.case_id, actor, local(moment).date()), notice.case
    if notice.id not in records.by_id:
        return StepsShown()
    desk = Desk(actor, moment, records, beginning_in(case.closed_on, case.entered_in_error_on))
    found = steps_from(records.by_id[notice.id], desk)
    return steps_shown((each for each in found if each.breach and each.breach.id == breach_id), case.reference, actor)


def next_steps_in(page: CasePage, actor: Actor, moment: datetime) -> dict[str, list[StepShown]]:
    """The open steps that lead on, for the page of a case: by the reference of their intervention, and under a subject's
    id what can be begun against them."""
    facts, records = page.facts, page.records
    if records is None:
        return {}
    desk = Desk(actor, moment, records, beginning_in(facts.closed_on, facts.entered_in_error_on))
    after = {step.reference: _leading(steps_from(step, desk), facts.reference, actor) for step in records.interventions}
    subjects = (each.person_id for each in page.standings if each.person_id is not None)
    return after | {str(each): _leading([warning_against(each, desk)], facts.reference, actor) for each in subjects}


def steps_shown(found: Iterable[NextStep], case: str, actor: Actor) -> StepsShown:
    """The steps in words, one for each page that makes them. A step without a page of its own is left out."""
    steps, seen = StepsShown(), set()
    for each in found:
        line = STEP_PAGES.get((each.power, each.move))
        key = (line and line.label, each.breach and each.breach.id, each.appeal_id, each.subject_id)
        if line is None or key in seen:
            continue
        seen.add(key)
        words = StepShown(
            label=line.label + _about(each),
            href=address_of(line, _place(each, case)) if may_open(line.endpoint, actor) else None,
            leads_on=each.move in LEADS_ON or _is_over(each),
            refusals=_worth_saying(each.refusals),
            opens_on=each.opens_on,
            working=each.working,
            once=each.once,
            who=each.who,
        )
        (steps.open if each.is_open else steps.later if each.once else steps.closed).append(words)
    return steps


def _leading(found: Iterable[NextStep], case: str, actor: Actor) -> list[StepShown]:
    shown_open = steps_shown((each for each in found if each.is_open), case, actor).open
    return [each for each in shown_open if each.leads_on and each.href]


def _headings(case: str, subjects: Sequence[Person], desk: Desk) -> list[Heading]:
    """Each subject, and below them each step taken against them, the latest first."""
    steps = sorted(desk.records.interventions, key=lambda step: (step.issued_on or date.max, step.id), reverse=True)
    people = {person.id: person for person in subjects} | {step.subject_id: step.subject for step in steps}
    headings = []
    for person in people.values():
        begin = steps_shown(starts_against(person, desk), case, desk.actor)
        headings.append(Heading(person.name, f"/people/{person.id}", begin))
        for step in steps:
            if step.subject_id == person.id:
                after = steps_shown(steps_from(step, desk), case, desk.actor)
                address = f"/interventions/{step.reference}"
                headings.append(Heading(step.reference, address, after, step.power, step.status))
    return headings


def _worth_saying(refusals: Sequence[Refusal]) -> Sequence[Refusal]:
    """The reasons; that its status does not know the move is one only where there is no other."""
    others = [each for each in refusals if each.code != NO_SUCH_MOVE.code]
    return others or refusals


def _is_over(found: NextStep) -> bool:
    """Whether all that is left is to record that a notice ended on its last day."""
    ends_on = found.intervention.ends_on if found.intervention else None
    return found.move == "end" and ends_on is not None and ends_on < today()


def _about(found: NextStep) -> str:
    if found.breach is None:
        return ""
    last = found.breach.to_on
    days = day(found.breach.from_on) + (f" to {day(last)}" if last and last != found.breach.from_on else "")
    return f" (alleged breach of {days})"


def _place(found: NextStep, case: str) -> Place:
    return Place(
        case=case,
        step=found.intervention.reference if found.intervention else None,
        breach=found.breach.id if found.breach else None,
        appeal=found.appeal_id,
        subject=found.subject_id,
    )
