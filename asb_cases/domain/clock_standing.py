"""Where a clock that was started stands at a moment, and which of several comes first.

Only what the council owes is ever overdue. An appeal nobody lodged or a warning's life is over once its last day is, and
nobody is late for it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, TypeVar

from asb_cases.domain.calendar import local
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import ClockNature, DeadlineState


class Standing(StrEnum):
    """In the order in which somebody should look at them."""

    OVERDUE = "overdue"
    RUNNING = "running"
    MISSED = "missed"
    EXPIRED = "expired"
    PASSED = "passed"
    MET = "met"
    STOPPED = "stopped"
    SUPERSEDED = "superseded"


class StartedClock(Protocol):
    """What has to be known of a clock. `rule` is a code of `CLOCK_RULES`; `due_at` is set where hours count."""

    @property
    def rule(self) -> str: ...
    @property
    def state(self) -> DeadlineState: ...
    @property
    def last_day(self) -> date: ...
    @property
    def due_at(self) -> datetime | None: ...


Clock = TypeVar("Clock", bound=StartedClock)

#: What a clock of each nature has come to once its last day is over.
ONCE_OVER: Mapping[ClockNature, Standing] = MappingProxyType({
    ClockNature.DUTY: Standing.OVERDUE,
    ClockNature.TIME_LIMIT: Standing.EXPIRED,
    ClockNature.PERIOD: Standing.PASSED,
})  # fmt: skip


def standing(clock: StartedClock, now: datetime) -> Standing:
    """Where the clock stands. One that was ended as missed was a failure only where the council owed something."""
    if clock.state is DeadlineState.RUNNING:
        return ONCE_OVER[CLOCK_RULES[clock.rule].nature] if _is_over(clock, now) else Standing.RUNNING
    return ended_as(clock.rule, clock.state)


def ended_as(rule: str, state: DeadlineState) -> Standing:
    """What a clock that was ended in this state has come to."""
    if state is DeadlineState.MISSED and CLOCK_RULES[rule].nature is not ClockNature.DUTY:
        return ONCE_OVER[CLOCK_RULES[rule].nature]
    return Standing(state.value)


def most_urgent_first(clocks: Iterable[Clock], now: datetime) -> list[Clock]:
    """What is overdue, then what runs, the nearest first; what is over stands below."""
    order = list(Standing)
    return sorted(clocks, key=lambda clock: (order.index(standing(clock, now)), clock.last_day))


def _is_over(clock: StartedClock, now: datetime) -> bool:
    return now > clock.due_at if clock.due_at is not None else local(now).date() > clock.last_day
