"""Clocks: started by an act, ended by another, with the arithmetic kept as it stood. Parts of acts, not acts.

`rule` is a code of `domain.clock_rules.CLOCK_RULES`; `Links` says what the clock belongs to. The functions that end
clocks take those running ones of the rules named that have every link given:

    start("cpn_appeal", notice.issued_on, Links(case_id=case.id, intervention_id=notice.id))
    end("prosecution_limit", of=Links(breach_id=breach.id), state=DeadlineState.STOPPED, on=today, because="laid")

A clock that was met late counts as missed, on the day it was met.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import ColumnElement, select, update

from asb_cases.domain.calendar import local
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import Deadline as ExplainedDeadline
from asb_cases.domain.clocks import DeadlineState, explain
from asb_cases.extensions import db
from asb_cases.models.deadline import Deadline
from asb_cases.queries.policy import Policy, policy_in_force


@dataclass(frozen=True)
class Links:
    """What a clock belongs to. `case_id` puts it on the case's page; `import_id` marks one that an import started."""

    case_id: int | None = None
    intervention_id: int | None = None
    requirement_id: int | None = None
    breach_id: int | None = None
    complaint_id: int | None = None
    case_review_id: int | None = None
    risk_assessment_id: int | None = None
    action_plan_id: int | None = None
    plan_step_id: int | None = None
    import_id: int | None = None

    @property
    def given(self) -> dict[str, int]:
        """Those that are set, by the name of their column."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value is not None}


def start(
    rule: str, event: date | datetime, of: Links, *, length: int | None = None, policy: Policy | None = None
) -> Deadline:
    """Start a clock by its event on a day, or at a moment where hours or the close of business matter.

    `length` replaces the length in force where the rule leaves a choice (a reduced offer of 7 days). `policy` saves
    reading it again where many clocks are started. Raises `OutsideDates` for a day on which no length is known and
    `ValueNotAllowed` for a length outside its limits.
    """
    policy = policy or policy_in_force()
    return keep(explain(CLOCK_RULES[rule], event, values=policy.values, holidays=policy.holidays, length=length), of)


def keep(found: ExplainedDeadline, of: Links) -> Deadline:
    """Start a clock whose end was worked out already."""
    deadline = Deadline(
        rule=found.rule.code,
        starts_on=found.starts,
        last_day=found.last_day,
        due_at=found.due_at,
        acts_from=found.acts_from,
        working=found.working,
        warnings="\n".join(found.warnings) or None,
        state=DeadlineState.RUNNING,
        **of.given,
    )
    db.session.add(deadline)
    return deadline


def name_last_day(deadline: Deadline, day: date | None, *, where: str) -> None:
    """Let a clock just started end on the day that somebody named, which may come before or after policy would have it.
    `where` says who named it: "in the notice"."""
    if day is None or day == deadline.last_day:
        return
    deadline.working = f"The day named {where}. By policy: {deadline.working}"
    deadline.last_day, deadline.warnings = max(day, deadline.starts_on), None


def running(*rules: str, of: Links) -> list[Deadline]:
    """The clocks of these rules that run."""
    return _running(rules, of, None)


def end(
    *rules: str, of: Links, state: DeadlineState, on: date, because: str, only: Iterable[int] | None = None
) -> list[Deadline]:
    """End the running clocks of these rules (of every rule, where none is named). Returns them.

    `only` narrows them to some ids. `because` is a short text of ours, such as "Paid": never a person's words.
    """
    ended = _running(rules, of, only)
    for deadline in ended:
        deadline.state, deadline.ended_on, deadline.ended_because = state, on, because
    return ended


def meet(
    *rules: str, of: Links, at: date | datetime, because: str, only: Iterable[int] | None = None
) -> list[Deadline]:
    """What the clocks wait for happened on a day, or at a moment: each is met if that was in time, else missed. `only`
    narrows them to some ids."""
    done = _running(rules, of, only)
    for deadline in done:
        late = _after(at, deadline)
        deadline.state = DeadlineState.MISSED if late else DeadlineState.MET
        deadline.ended_on, deadline.ended_because = _day(at), because
    return done


def stop(*rules: str, of: Links, on: date, because: str) -> list[Deadline]:
    """The clocks no longer matter: what they were for fell away, or cannot be missed any more."""
    return end(*rules, of=of, state=DeadlineState.STOPPED, on=on, because=because)


def supersede(*rules: str, of: Links, on: date, because: str, only: Iterable[int] | None = None) -> list[Deadline]:
    """Other clocks take the place of these: the event was corrected, a notice varied, a priority changed."""
    return end(*rules, of=of, state=DeadlineState.SUPERSEDED, on=on, because=because, only=only)


def restart(
    rule: str, event: date | datetime, of: Links, *, on: date, because: str, length: int | None = None
) -> Deadline:
    """Start a clock in the place of the one of the same rule and links that runs, if one does."""
    supersede(rule, of=of, on=on, because=because)
    return start(rule, event, of, length=length)


def run_again(rule: str, *, of: Links) -> None:
    """Let the latest clock of a rule run again to the day it had: what had ended it was entered in error."""
    known = select(Deadline).where(Deadline.rule == rule, *_linked(of)).order_by(Deadline.id.desc()).limit(1)
    latest = db.session.scalars(known).one_or_none()
    if latest is None or latest.state == DeadlineState.RUNNING:
        return
    kept = ("rule", "starts_on", "last_day", "due_at", "acts_from", "working", "warnings", *Links().__dict__)
    db.session.add(Deadline(state=DeadlineState.RUNNING, **{name: getattr(latest, name) for name in kept}))


def runs(rule: str, *, of: Links) -> bool:
    """Whether a clock of this rule and these links runs."""
    return bool(_running((rule,), of, None))


def attach(of: Links, *, case_id: int | None) -> None:
    """Put the clocks of something that has come to belong to a case, running or not, on the case's page; off it (None)
    where it no longer belongs to one."""
    db.session.execute(update(Deadline).where(*_linked(of)).values(case_id=case_id))


def _running(rules: tuple[str, ...], of: Links, only: Iterable[int] | None) -> list[Deadline]:
    wanted = [Deadline.state == DeadlineState.RUNNING, *_linked(of)]
    if rules:
        wanted.append(Deadline.rule.in_(rules))
    if only is not None:
        wanted.append(Deadline.id.in_(list(only)))
    return list(db.session.scalars(select(Deadline).where(*wanted).order_by(Deadline.id)))


def _linked(of: Links) -> list[ColumnElement[bool]]:
    if not of.given:
        raise ValueError("Which clocks? At least one link is needed.")
    return [getattr(Deadline, name) == value for name, value in of.given.items()]


def _after(at: date | datetime, deadline: Deadline) -> bool:
    if isinstance(at, datetime) and deadline.due_at is not None:
        return at > deadline.due_at
    return _day(at) > deadline.last_day


def _day(at: date | datetime) -> date:
    return local(at).date() if isinstance(at, datetime) else at
