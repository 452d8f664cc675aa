"""Clocks: what the law, a standard or local practice gives time for, and the last day of it, with the arithmetic.

The starting event is part of each rule: an appeal runs from issue, the 14 days from the date of the penalty notice, the
six months from the alleged breach. Days are days in Europe/London. Statutory periods run in calendar days; no weekend
or bank holiday extends them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from asb_cases.domain.calendar import (
    ONE_DAY,
    Holidays,
    in_words,
    is_working_day,
    local,
    with_weekday,
    working_day_on_or_after,
    working_day_on_or_before,
)
from asb_cases.domain.counting import COUNT, Count, Counted, Counting, amount
from asb_cases.domain.legal_values import LegalValues


class ClockKind(StrEnum):
    """Whose rule it is: an Act's, a published service standard, or the council's own practice."""

    STATUTORY = "statutory"
    STANDARD = "standard"
    LOCAL = "local"


class ClockNature(StrEnum):
    """Whose time a clock measures, and so what it means that its last day is over."""

    #: The council owes something by then: afterwards it is overdue.
    DUTY = "duty"
    #: The council may act until then: afterwards it is too late.
    TIME_LIMIT = "time_limit"
    #: Somebody else has until then, or something lasts until then: afterwards it has merely passed.
    PERIOD = "period"


class DeadlineState(StrEnum):
    """What has become of a clock that was started."""

    RUNNING = "running"
    MET = "met"
    STOPPED = "stopped"
    SUPERSEDED = "superseded"
    MISSED = "missed"


@dataclass(frozen=True)
class ClockRule:
    """A rule about time. `length` and `target` name dated values (`legal_values.toml`); a named day has neither.

    `next_step` completes "... from 17 March 2026" where a step becomes lawful only after the last day. `lodged_at_court`
    marks what is done at a court office, which may be shut on the last day. `note` is what an officer should know of
    every such clock.
    """

    code: str
    title: str
    event: str
    counting: Counting
    kind: ClockKind
    nature: ClockNature
    authority: str
    length: str | None = None
    target: str | None = None
    next_step: str | None = None
    lodged_at_court: bool = False
    note: str | None = None


@dataclass(frozen=True)
class Deadline:
    """A rule applied to an event. The last day is the last on which the thing may be done; nothing is stored yet.

    `acts_from` is the first day on which the next step is lawful, where there is one; `due_at` the moment in
    Europe/London, where hours were counted; `target_day` the earlier day to aim for, where a standard has one.
    """

    rule: ClockRule
    starts: date
    last_day: date
    acts_from: date | None
    working: str
    warnings: tuple[str, ...]
    due_at: datetime | None = None
    target_day: date | None = None

    @property
    def event(self) -> str:
        return self.rule.event

    @property
    def authority(self) -> str:
        return self.rule.authority


def explain(
    rule: ClockRule,
    event: date | datetime,
    *,
    values: LegalValues,
    holidays: Holidays,
    length: int | None = None,
) -> Deadline:
    """When a clock started by its event on a day (or at a moment) ends, and why.

    `values` holds the lengths in force on the day; `length` replaces that one where a person chose another within its
    limits (a reduced offer of 7 days). A working-day clock counts what comes after close of business, or on a day that
    is none, as received on the next working day. Raises `OutsideDates` for a day on which no length is known, and
    `ValueNotAllowed` for a length outside its limits.
    """
    moment = local(event) if isinstance(event, datetime) else None
    starts = moment.date() if moment else event
    first, received = _counted_from(rule, starts, moment, values, holidays)
    span, unit = _length(rule.length, length, starts, values)
    counted = COUNT[rule.counting](Count(first, span, unit, holidays, moment))
    target = _target(rule, first, starts, values, holidays)
    acts_from = counted.last_day + ONE_DAY if rule.next_step else None
    sentences = (
        received,
        counted.working,
        f"The target is {amount(target[0], unit)}: {in_words(target[1])}." if target else None,
        f"{rule.next_step} from {in_words(acts_from)}." if acts_from else None,
        rule.note,
    )
    return Deadline(
        rule=rule,
        starts=starts,
        last_day=counted.last_day,
        acts_from=acts_from,
        working=" ".join(sentence for sentence in sentences if sentence),
        warnings=(*counted.warnings, *_shut_on_last_day(rule, counted, holidays)),
        due_at=counted.due_at,
        target_day=target[1] if target else None,
    )


def _length(code: str | None, chosen: int | None, day: date, values: LegalValues) -> tuple[int, str]:
    if code is None:
        return 0, "days"
    value = values.get(code)
    if value is not None and chosen is not None:
        return int(value.read(str(chosen))), value.unit
    return values.number(code, day), values[code].unit


def _counted_from(
    rule: ClockRule, day: date, moment: datetime | None, values: LegalValues, holidays: Holidays
) -> tuple[date, str | None]:
    """The day counting starts from, and a sentence where that is not the day of the event."""
    if rule.counting is not Counting.WORKING_DAYS_AFTER:
        return day, None
    late = moment is not None and moment.time() >= values.time_of_day("close_of_business", day)
    received = working_day_on_or_after(day + ONE_DAY if late else day, holidays)
    if received == day:
        return day, None
    why = "after close of business" if late else "not a working day"
    return received, f"{with_weekday(day)} ({why}) counts as {in_words(received)}."


def _target(
    rule: ClockRule, first: date, day: date, values: LegalValues, holidays: Holidays
) -> tuple[int, date] | None:
    if rule.target is None:
        return None
    span, unit = _length(rule.target, None, day, values)
    return span, COUNT[rule.counting](Count(first, span, unit, holidays)).last_day


def _shut_on_last_day(rule: ClockRule, counted: Counted, holidays: Holidays) -> tuple[str, ...]:
    """A warning where the last day is not a working day. Hours run through nights and weekends and need none."""
    last = counted.last_day
    if is_working_day(last, holidays) or counted.due_at:
        return ()
    opening = f"The last day, {with_weekday(last)}, is {'a bank holiday' if last in holidays else 'not a working day'}"
    if rule.lodged_at_court:
        next_open = with_weekday(working_day_on_or_after(last, holidays))
        advice = (
            f". The statutory day stands; but if the court office is shut all that day, the next day it opens, "
            f"{next_open}, may be in time (Kaur v Russell [1973] QB 336; Yadly Marketing [2016] EWCA Civ 1143). "
            "Do not mark it late."
        )
        return (opening + advice,)
    not_extended = ". The period is not extended for that" if rule.kind is ClockKind.STATUTORY else ""
    before = with_weekday(working_day_on_or_before(last, holidays))
    return (f"{opening}{not_extended}: the last working day before it is {before}.",)
