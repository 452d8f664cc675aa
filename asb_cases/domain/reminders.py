"""Reminders: when a running clock or an open task is told of, and to whom.

A plan belongs to a kind of clock. Of the stages whose time has come only the latest is told: a breach that is recorded
late collapses the warnings it has missed into one at once, told to the manager too where the plan tells them before the
last day at all. Stages of one clock are told in order and never twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from asb_cases.domain.calendar import LONDON, ONE_DAY, Holidays, add_working_days, is_working_day, local
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import ClockKind, ClockNature
from asb_cases.domain.errors import Refusal

#: Reminders that need not come at night come in these hours of a working day.
WORK_BEGINS, WORK_ENDS = time(8), time(18)
#: In the morning of its day a reminder is there when people come to work.
TOLD_FROM = time(7)
#: After that, once a day, for those who want all in one e-mail.
DIGESTS_FROM = time(7, 30)
#: A clock that runs in hours is told of so long before its end.
HOURS_BEFORE = timedelta(hours=4)
TASK = "task"
#: Why a reminder is over: what it is of is met, stopped, moved or done; or another does it now.
NO_LONGER_DUE, HANDED_OVER = "No longer due", "Another works on it"
#: What is simply over is told of for so long after its last day: as long as the machine may have been off. A record that is made
#: later than that, or was imported, tells nobody of a day long past.
STILL_NEWS = timedelta(days=14)
#: The furthest a plan may look ahead, in days.
FURTHEST = 400

SNOOZE_STATUTORY = Refusal(
    "snooze_statutory",
    "A reminder of a statutory time limit cannot be put off.",
    "How the record works",
    "Do what is due, or record why it is no longer needed: the reminder then goes by itself.",
)
PLAN_DAYS = Refusal(
    "plan_days",
    "The days before must be whole numbers between 1 and 400, each once.",
    "How the record works",
    "Write them with commas, for example 60, 30, 14, 7.",
    field="days_before",
)


class Audience(StrEnum):
    """Who is told."""

    OWNER = "owner"
    MANAGER = "manager"
    LEGAL = "legal"


class Delivery(StrEnum):
    """How somebody wants their reminders by e-mail. In the product they are always."""

    IMMEDIATE = "immediate"
    DIGEST = "digest"
    PRODUCT_ONLY = "product_only"


@dataclass(frozen=True)
class Plan:
    """When a kind of clock is told of: so many days before its last day, on it, and after it.

    `after`: once more when the last day is over (it is overdue, or the next step has become lawful). `escalate_after`:
    to the manager so many working days after that. `manager_from`: the manager is told too from so many days before.
    """

    days_before: tuple[int, ...] = ()
    on_the_day: bool = True
    after: bool = True
    escalate_after: int | None = None
    manager_from: int | None = None
    legal: bool = False


@dataclass(frozen=True)
class Stage:
    """One time at which a clock is told of. `code` says which: `before 14`, `due`, `over`, `escalated`."""

    code: str
    from_moment: datetime
    audiences: frozenset[Audience]


@dataclass(frozen=True)
class Told:
    """What is told now: the stage, and whether others were passed over for it."""

    stage: Stage
    collapsed: bool

    def audiences(self, plan: Plan) -> frozenset[Audience]:
        """Who is told: the manager as well where warnings of something that concerns them were missed."""
        late = self.collapsed and plan.manager_from is not None
        return self.stage.audiences | {Audience.MANAGER} if late else self.stage.audiences


_OWED = Plan(days_before=(2,), escalate_after=2)
_LASTS = Plan(days_before=(7,), after=False)

#: The plans as shipped; an administrator may set another for a kind of clock.
PLANS: Mapping[str, Plan] = MappingProxyType({
    "prosecution_limit": Plan(days_before=(60, 30, 14, 7, 3, 1), manager_from=14, after=False, legal=True),
    "cpn_appeal": Plan(),
    "fpn_no_proceedings": Plan(),
    "fpn_reduced_offer": Plan(after=False),
    "remedial_cost_appeal": Plan(),
    "closure_order_appeal": Plan(),
    "seizure_warrant": Plan(days_before=(7, 3, 2, 1), manager_from=2, after=False),
    "seizure_retention": Plan(days_before=(14, 7, 3, 1), manager_from=3, escalate_after=1, legal=True),
    "pspo_challenge": Plan(),
    "noise_abatement_appeal": Plan(),
    "noise_abatement_serve": Plan(days_before=(3, 1), manager_from=1, escalate_after=1),
    "closure_hearing": Plan(days_before=(1,), manager_from=1, legal=True),
    # Early enough to apply for an extension.
    "tool_end": Plan(days_before=(56, 28, 14, 7), manager_from=14),
    "qualifying_complaint": Plan(days_before=(7,), on_the_day=False, after=False),
    "case_review_application": Plan(days_before=(28, 14), on_the_day=False, after=False),
    "cpw_compliance": Plan(),
    "requirement_due": Plan(days_before=(3,)),
    "cpw_life": Plan(days_before=(14,), on_the_day=False),
    "cpn_end": Plan(days_before=(28, 7)),
    "cpn_review": Plan(days_before=(7,), escalate_after=5),
    "closed_notice_review": Plan(days_before=(7,), escalate_after=5),
    "case_review_publication": Plan(days_before=(56, 28, 7), escalate_after=10),
    "plan_review": Plan(days_before=(2,), escalate_after=5),
    "plan_step": Plan(days_before=(1,), escalate_after=5),
    "plan_step_of_theirs": Plan(on_the_day=False),
    "court_hearing": Plan(days_before=(14, 7, 2), escalate_after=2, legal=True),
    "acknowledge": Plan(escalate_after=1),
    "victim_update": Plan(days_before=(1,), on_the_day=False, escalate_after=3),
    "response_priority_2": Plan(days_before=(1,), escalate_after=1),
    "response_priority_3": Plan(days_before=(1,), escalate_after=1),
    "response_priority_1": Plan(escalate_after=0),
    TASK: Plan(escalate_after=5),
})  # fmt: skip


def shipped_plan(rule: str) -> Plan:
    """The plan of a kind of clock (or of tasks) as it ships: its own, else one for what the clock means."""
    if rule in PLANS:
        return PLANS[rule]
    known = CLOCK_RULES.get(rule)
    return _LASTS if known is not None and known.nature is ClockNature.PERIOD else _OWED


def furthest_before(plans: Mapping[str, Plan]) -> int:
    """How many days ahead any plan looks."""
    return max((day for plan in (*PLANS.values(), *plans.values()) for day in plan.days_before), default=0)


def stages(plan: Plan, last_day: date, due_at: datetime | None, holidays: Holidays) -> list[Stage]:
    """When a clock is told of, in order. One that runs in hours (`due_at`) is told of in hours."""
    found = []
    owner = frozenset({Audience.OWNER}) | (frozenset({Audience.LEGAL}) if plan.legal else frozenset())
    for days in sorted(plan.days_before, reverse=True):
        told = owner | {Audience.MANAGER} if plan.manager_from is not None and days <= plan.manager_from else owner
        found.append(Stage(f"before {days}", _morning(last_day - timedelta(days=days)), told))
    near = owner | {Audience.MANAGER} if plan.manager_from is not None else owner
    if plan.on_the_day:
        found.append(Stage("due", due_at - HOURS_BEFORE if due_at else _morning(last_day), near))
    over = due_at or _morning(last_day + ONE_DAY)
    if plan.after:
        found.append(Stage("over", over, near))
    if plan.escalate_after is not None:
        day = add_working_days(local(over).date() if due_at else last_day, plan.escalate_after, holidays)
        moment = over if due_at and plan.escalate_after == 0 else _morning(day + ONE_DAY)
        found.append(Stage("escalated", max(moment, over), near | {Audience.MANAGER}))
    return found


def told_now(planned: Sequence[Stage], now: datetime, *, told_before: frozenset[str]) -> Told | None:
    """Which stage is to be told now: the latest whose time has come, unless it or a later one was told before."""
    come = [stage for stage in planned if stage.from_moment <= now]
    if not come or come[-1].code in told_before:
        return None
    later = [stage.code for stage in planned[len(come) :]]
    if told_before & set(later):
        return None
    passed = [stage.code for stage in come[:-1]]
    return Told(come[-1], collapsed=not told_before and len(passed) > 0)


def is_statutory(rule: str) -> bool:
    """Whether a reminder is of a time limit that an Act sets: it is always e-mailed, and cannot be put off."""
    return rule in CLOCK_RULES and CLOCK_RULES[rule].kind is ClockKind.STATUTORY


def emails_at_once(rule: str, due_at: datetime | None, delivery: Delivery) -> bool:
    """Whether a reminder is e-mailed whatever the hour: what an Act sets, and what runs in hours."""
    return is_statutory(rule) or (due_at is not None and delivery is not Delivery.PRODUCT_ONLY)


def in_working_hours(moment: datetime, holidays: Holidays) -> bool:
    """Whether people are at work."""
    clock = local(moment)
    return is_working_day(clock.date(), holidays) and WORK_BEGINS <= clock.time() < WORK_ENDS


def read_days(text: str) -> tuple[int, ...]:
    """`60, 30, 14` as numbers, the greatest first. Raises `ValueError`."""
    days = [int(part) for part in text.replace(" ", "").split(",") if part]
    if any(not 1 <= day <= FURTHEST for day in days) or len(set(days)) != len(days):
        raise ValueError("not days before")
    return tuple(sorted(days, reverse=True))


def _morning(day: date) -> datetime:
    return datetime.combine(day, TOLD_FROM, tzinfo=LONDON).astimezone(UTC)
