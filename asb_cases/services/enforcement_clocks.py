"""The clocks of warnings, notices, penalties and alleged breaches. Parts of acts, not acts."""

from collections.abc import Callable
from datetime import date

from asb_cases.domain.breaches import CLOCK as LIMIT
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.powers import POWERS
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Intervention
from asb_cases.queries.enforcement import clocks_of, limits_run, requirements_of
from asb_cases.queries.enforcement_facts import (
    appeals_of,
    penalty_for_breach,
    prosecution_laid_for,
)
from asb_cases.queries.enforcement_records import as_requirement
from asb_cases.queries.policy import Policy
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links

DUE = "requirement_due"
IN_FORCE = ("in_force", "appealed")
OVER_FOR_GOOD = (DeadlineState.MET, DeadlineState.MISSED)


def start_clocks(step: Intervention, move: str, event: date, policy: Policy) -> None:
    """Start every clock that the move starts (see the power's entry), in the place of one of its rule that runs."""
    of = Links(case_id=step.case_id, intervention_id=step.id)
    for rule in POWERS[step.power].clocks_started_by(move):
        if rule == DUE:
            settle_requirement_clocks(step, event)
            continue
        deadlines.supersede(rule, of=of, on=event, because="Started anew")
        START.get(rule, _by_policy)(rule, step, event, of, policy)


def settle_requirement_clocks(notice: Intervention, on: date) -> None:
    """Let each requirement's clock run to the day that counts now: moved on by appeals, resting during one, over where the
    requirement was varied. What was met or missed stays so."""
    appeals = appeals_of(notice.id)
    clocks = clocks_of(DUE, notice.id)
    for row in requirements_of(notice.id):
        stands = row.to_on is None and notice.status in IN_FORCE
        due = as_requirement(row).due_day(appeals) if stands else None
        own = [clock for clock in clocks if clock.requirement_id == row.id]
        _settle(own, due, Links(notice.case_id, notice.id, row.id), on, resting=stands)


def end_on(notice: Intervention, ends_on: date, today: date, *, where: str) -> None:
    """Let a notice end on another day. `where` says who named it: "in the variation"."""
    of = Links(case_id=notice.case_id, intervention_id=notice.id)
    clock = deadlines.restart("cpn_end", notice.issued_on or today, of, on=today, because="Another last day")
    deadlines.name_last_day(clock, ends_on, where=where)
    notice.ends_on = ends_on


def start_limits(breach: AllegedBreach, notice: Intervention, policy: Policy | None = None) -> None:
    """Six months run for each alleged day: the first, and the last where it is another."""
    of = Links(case_id=notice.case_id, intervention_id=notice.id, breach_id=breach.id)
    for day in sorted({breach.from_on, breach.to_on or breach.from_on}):
        deadlines.start(LIMIT, day, of, policy=policy)


def stop_limits(breach_id: int, on: date, because: str) -> None:
    """What the six months were for has happened, or fell away."""
    deadlines.stop(LIMIT, of=Links(breach_id=breach_id), on=on, because=because)


def run_limits_again(breach: AllegedBreach, policy: Policy) -> None:
    """The six months run again, to the last days they had, unless a prosecution or a payment in time that stands has ended
    them."""
    penalty = penalty_for_breach(breach.id, policy)
    paid_in_time = penalty is not None and penalty.paid_in_time
    if not (paid_in_time or limits_run(breach.id) or prosecution_laid_for(breach.id)):
        start_limits(breach, breach.intervention, policy)


def _settle(own: list[Deadline], due: date | None, of: Links, on: date, *, resting: bool) -> None:
    running = next((clock for clock in own if clock.state is DeadlineState.RUNNING), None)
    if running is not None and running.last_day == due:
        return
    if running is not None:
        moved = "Moved by an appeal" if due else "Rests while an appeal is in progress"
        deadlines.supersede(DUE, of=of, on=on, because=moved if resting else "Requirement varied")
    if due is not None and not any(clock.state in OVER_FOR_GOOD for clock in own):
        deadlines.start(DUE, due, of)


def _by_policy(rule: str, _step: Intervention, event: date, of: Links, policy: Policy) -> None:
    deadlines.start(rule, event, of, policy=policy)


def _review(rule: str, step: Intervention, event: date, of: Links, policy: Policy) -> None:
    clock = deadlines.start(rule, event, of, policy=policy)
    named = step.review_on if step.review_on and step.review_on > event else None
    deadlines.name_last_day(clock, named, where="in the notice")


def _end(rule: str, step: Intervention, event: date, of: Links, policy: Policy) -> None:
    """A notice without an end date is open-ended: none is assumed."""
    if step.ends_on is not None:
        deadlines.name_last_day(deadlines.start(rule, event, of, policy=policy), step.ends_on, where="in the notice")


def _compliance(rule: str, step: Intervention, _event: date, of: Links, policy: Policy) -> None:
    if step.comply_by is not None:
        deadlines.start(rule, step.comply_by, of, policy=policy)


def _reduced(rule: str, step: Intervention, event: date, of: Links, policy: Policy) -> None:
    if step.reduced_within_days is not None:
        deadlines.start(rule, event, of, length=step.reduced_within_days, policy=policy)


START: dict[str, Callable[[str, Intervention, date, Links, Policy], None]] = {
    "cpn_review": _review,
    "cpn_end": _end,
    "cpw_compliance": _compliance,
    "fpn_reduced_offer": _reduced,
}
