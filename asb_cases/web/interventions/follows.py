"""What will follow from a step, in plain words, for the page that asks for it: which clocks stop and which start, with
the days and their working as the rules compute them, and who must be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from asb_cases.domain.calendar import in_words
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import Deadline
from asb_cases.domain.powers import POWERS
from asb_cases.models.deadline import Deadline as DeadlineRow
from asb_cases.models.intervention import Intervention
from asb_cases.queries.enforcement_facts import clock
from asb_cases.queries.interventions import running_clocks
from asb_cases.queries.policy import Policy


@dataclass(frozen=True)
class Follow:
    """One thing that will follow; with the working of the day in it, where there is one."""

    text: str
    working: str | None = None
    warnings: tuple[str, ...] = ()
    authority: str | None = None


def by_clock(text: str, found: Deadline) -> Follow:
    """A sentence about a clock that the rules worked out."""
    return Follow(text, found.working, found.warnings, found.authority)


def by_row(text: str, row: DeadlineRow) -> Follow:
    """A sentence about a clock that runs."""
    warnings = tuple((row.warnings or "").split("\n")) if row.warnings else ()
    return Follow(text, row.working, warnings, CLOCK_RULES[row.rule].authority)


def starts(rule: str, day: date, policy: Policy, *, length: int | None = None) -> Follow:
    """That a clock starts on a day."""
    found = clock(rule, day, policy, length=length)
    return by_clock(f"The clock “{CLOCK_RULES[rule].title}” starts: last day {in_words(found.last_day)}.", found)


def stops(row: DeadlineRow) -> Follow:
    """That a clock which runs will stop."""
    return by_row(
        f"The clock “{CLOCK_RULES[row.rule].title}” stops (its last day was to be {in_words(row.last_day)}).", row
    )


def runs_on(row: DeadlineRow) -> Follow:
    """That a clock which runs is not touched."""
    return by_row(f"The clock “{CLOCK_RULES[row.rule].title}” runs on: last day {in_words(row.last_day)}.", row)


def stopped_by(step: Intervention, *moves: str) -> list[Follow]:
    """The running clocks of an intervention that its moves stop."""
    return stopped_rules(step, {rule for move in moves for rule in POWERS[step.power].clocks_stopped_by(move)})


def stopped_rules(step: Intervention, rules: Iterable[str]) -> list[Follow]:
    """The running clocks of these rules, which the step stops."""
    wanted = set(rules)
    return [stops(row) for row in running_clocks(step.id) if row.rule in wanted]


def left_running(step: Intervention, rules: Iterable[str]) -> list[Follow]:
    """The running clocks of these rules, which the step leaves alone."""
    wanted = set(rules)
    return [runs_on(row) for row in running_clocks(step.id) if row.rule in wanted]
