"""The duty officer's night: which shift a request belongs to and why, when somebody arrived, what may be said of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from asb_cases.domain.calendar import ONE_DAY, in_words, local, moments_shown, shift_date, with_weekday
from asb_cases.domain.complaints import OutOfHoursResponse
from asb_cases.domain.errors import NOTHING, Findings, Refusal, gathered
from asb_cases.domain.record_keeping import AUTHORITY, day_has_come, moment_has_come

#: The kinds of noise that a night is counted by, as codes of categories.
KINDS: Mapping[str, str] = MappingProxyType({
    "noise_party": "Party", "noise_music": "Music", "noise_alarm": "Alarm", "noise_other": "Other",
})  # fmt: skip
OTHER = "noise_other"
#: An arrival later than this is a slip: another visit on another night.
LONGEST_RESPONSE = timedelta(hours=12)

ARRIVAL_NEEDS_VISIT = Refusal(
    "arrival_needs_visit",
    "A time of arrival is given, and no visit.",
    AUTHORITY,
    "Choose “visit”, or leave the time of arrival out.",
    field="response",
)
ARRIVED_BEFORE = Refusal(
    "arrived_before_request",
    "The arrival, {arrived}, comes before the request, {received}.",
    AUTHORITY,
    "Check both times.",
    field="arrived",
)
ARRIVED_LATE = Refusal(
    "arrived_on_another_night",
    "The arrival, {arrived}, is more than 12 hours after the request, {received}.",
    AUTHORITY,
    "Check both times. What was done on another night is a request of its own.",
    field="arrived",
)


@dataclass(frozen=True)
class Shift:
    """The day that a request is counted by, with the working."""

    day: date
    working: str


def shift_of(received: datetime) -> Shift:
    """The shift that a request reached. A night belongs to the day on which it began; the border is noon."""
    clock, day = local(received), shift_date(received)
    said = f"Received at {clock:%H:%M} on {with_weekday(clock.date())}, "
    if day == clock.date():
        return Shift(day, f"{said}after noon: the shift of that day.")
    return Shift(
        day,
        f"{said}before noon: a night belongs to the day on which it began, so the shift is that of {with_weekday(day)}.",
    )


def moments_received(clock: time, day: date | None, now: datetime) -> tuple[datetime, ...]:
    """The moments that may be meant by a time of day. Where no day is named it is the last time the clock showed it:
    23:50, told at 00:40, is the evening before."""
    if day is not None:
        return moments_shown(day, clock)
    today = local(now).date()
    for each in (today, today - ONE_DAY):
        past = tuple(moment for moment in moments_shown(each, clock) if moment <= now)
        if past:
            return past
    return ()


def moments_arrived(clock: time, received: datetime) -> tuple[datetime, ...]:
    """The moments that may be meant by a time of arrival: the first such time after the request."""
    first = local(received).date()
    for each in (first, first + ONE_DAY):
        later = tuple(moment for moment in moments_shown(each, clock) if moment >= received)
        if later:
            return later
    return ()


def check_response(
    *, received: datetime, response: OutOfHoursResponse | None, arrived: datetime | None, now: datetime
) -> Findings:
    """Whether what was done about a request can have been so."""
    if arrived is None:
        return NOTHING
    received, arrived, today = received.astimezone(UTC), arrived.astimezone(UTC), local(now).date()
    times = {"arrived": _moment(arrived), "received": _moment(received)}
    return gathered([
        ARRIVAL_NEEDS_VISIT if response is not OutOfHoursResponse.VISIT else None,
        day_has_come("The day of arrival", local(arrived).date(), today, "arrived"),
        moment_has_come("The time of arrival", arrived, now, "arrived"),
        ARRIVED_BEFORE.of(**times) if arrived < received else None,
        ARRIVED_LATE.of(**times) if arrived - received > LONGEST_RESPONSE else None,
    ])  # fmt: skip


def minutes_to_arrive(received: datetime | None, arrived: datetime | None) -> int | None:
    """Whole minutes from the request to the arrival, where both are known."""
    if received is None or arrived is None:
        return None
    return (arrived.astimezone(UTC) - received.astimezone(UTC)) // timedelta(minutes=1)


def kind_of(categories: Iterable[str]) -> str:
    """The kind of noise that a request is counted as; what is none of them is other."""
    return next((code for code in KINDS if code in set(categories)), OTHER)


def _moment(moment: datetime) -> str:
    clock = local(moment)
    return f"{clock:%H:%M} on {in_words(clock.date())}"
