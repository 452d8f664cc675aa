"""Response standards by priority, and the pauses that hold them back. Statutory clocks never pause."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from asb_cases.domain.calendar import Holidays, add_working_days, in_words, local, working_days_between
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import ClockRule, Deadline, explain
from asb_cases.domain.counting import amount
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.legal_values import LegalValues
from asb_cases.domain.record_keeping import reason_given

STANDARD = "Council service standard"

NO_RESPONSE_OWED = Refusal(
    "no_response_owed",
    "No first response is owed in this case any more: there is no clock to pause.",
    STANDARD,
    "Nothing needs to be done. Statutory clocks never pause.",
)
RESPONSE_WAS_DUE = Refusal(
    "response_was_due",
    "The first response was due already: waiting now comes too late to move it.",
    STANDARD,
    "Record the contact once it is made; the standard stays missed.",
)
PAUSED_ALREADY = Refusal(
    "response_paused_already",
    "The response clock is paused already.",
    STANDARD,
    "Let it run again first.",
)
NOT_PAUSED = Refusal(
    "response_not_paused",
    "The response clock is not paused.",
    STANDARD,
    "Nothing needs to be done.",
)

#: Which clock the first response to a report of each priority runs on.
RESPONSE_CLOCKS = {1: "response_priority_1", 2: "response_priority_2", 3: "response_priority_3"}
#: What a report of each priority is about.
PRIORITY_TITLES = {
    1: "Violence, serious threat or crime",
    2: "Verbal abuse or persistent noise",
    3: "Neighbour disputes, minor noise and most environmental matters",
}


@dataclass(frozen=True, order=True)
class Pause:
    """A time in which a response waited for the person who reported. `ended` is None while it still waits."""

    began: datetime
    ended: datetime | None
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("A pause needs its reason.")
        if self.ended is not None and self.ended < self.began:
            raise ValueError("A pause ends after it began.")


def check_pause(*, reason: str | None, paused: bool, running: bool, was_due: bool) -> Findings:
    """Whether a first response may wait for the person who reported: one is owed, in time, and there is a reason."""
    return gathered([
        PAUSED_ALREADY if paused else None,
        NO_RESPONSE_OWED if not (paused or running) else None,
        RESPONSE_WAS_DUE if running and was_due else None,
        reason_given("Waiting for the person who reported", reason),
    ])  # fmt: skip


def response_rule(priority: int) -> ClockRule:
    """The clock for a first response. Raises `KeyError` for a priority that is none of 1, 2 and 3."""
    return CLOCK_RULES[RESPONSE_CLOCKS[priority]]


def standard_in_words(priority: int, day: date, values: LegalValues) -> str:
    """What the council promises for a report of a priority on a day: "First response within 4 working days (the aim is
    2)". Raises `OutsideDates` for a day on which no standard is known."""
    rule = response_rule(priority)
    if rule.length is None:
        raise ValueError("A response standard has a length.")
    within = amount(values.number(rule.length, day), values[rule.length].unit)
    aim = f" (the aim is {values.number(rule.target, day)})" if rule.target else ""
    return f"First response within {within}{aim}"


def response_deadline(
    priority: int,
    received: datetime | date,
    *,
    now: datetime,
    values: LegalValues,
    holidays: Holidays,
    pauses: Iterable[Pause] = (),
) -> Deadline:
    """When the first response to a report is due, with the time awaiting the reporter added and shown.

    Priority 1 runs in hours of the clock from receipt; the others in working days, and a report after close of business
    counts as received on the next one. A pause that still runs counts up to `now`; one that began after the response
    was due comes too late to move it.
    """
    deadline = explain(response_rule(priority), received, values=values, holidays=holidays)
    for began, ended in _apart(pauses, now):
        if deadline.due_at is not None:
            deadline = _hours_later(deadline, began, ended)
        else:
            deadline = _working_days_later(deadline, began, ended, holidays)
    return deadline


def _apart(pauses: Iterable[Pause], now: datetime) -> list[tuple[datetime, datetime]]:
    """The pauses in order, those that overlap as one, so that no hour is added twice."""
    joined: list[tuple[datetime, datetime]] = []
    for pause in sorted(pauses, key=lambda each: each.began):
        ended = pause.ended or max(now, pause.began)
        if joined and pause.began <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ended))
        else:
            joined.append((pause.began, ended))
    return joined


def _hours_later(deadline: Deadline, began: datetime, ended: datetime) -> Deadline:
    due = deadline.due_at
    if due is None or began > due:
        return deadline
    waited = ended - began
    later = local(due.astimezone(UTC) + waited)
    minutes = waited // timedelta(minutes=1)
    said = f" Waiting for the reporter added {minutes // 60} h {minutes % 60:02d} min: {later:%H:%M} on {_day(later)}."
    return replace(deadline, due_at=later, last_day=later.date(), working=deadline.working + said)


def _working_days_later(deadline: Deadline, began: datetime, ended: datetime, holidays: Holidays) -> Deadline:
    first = local(began).date()
    waited = working_days_between(first, local(ended).date(), holidays)
    if first > deadline.last_day or not waited:
        return deadline
    last = add_working_days(deadline.last_day, waited, holidays)
    target = deadline.target_day
    if target is not None and first <= target:
        target = add_working_days(target, waited, holidays)
    said = f" Waiting for the reporter added {amount(waited, 'working_days')}: {in_words(last)}."
    return replace(deadline, last_day=last, target_day=target, working=deadline.working + said)


def _day(moment: datetime) -> str:
    return in_words(moment.date())
