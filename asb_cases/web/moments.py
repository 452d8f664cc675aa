"""A day and a time of day as people type them, as one moment."""

from datetime import UTC, date, datetime, time

from asb_cases.adapters.time import LONDON


def moment_of(day: date, clock: time) -> datetime:
    """That time of that day in London. Of the hour that comes twice in October, the first."""
    return datetime.combine(day, clock, LONDON).astimezone(UTC)


def moment_if_known(day: date | None, clock: time | None) -> datetime | None:
    """The same, where both are known."""
    return moment_of(day, clock) if day is not None and clock is not None else None


def clock_of(moment: datetime) -> time:
    """The time of day in London, to the minute: what a form shows."""
    there = moment.astimezone(LONDON)
    return time(there.hour, there.minute)
