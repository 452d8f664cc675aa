"""Whether a step against somebody stood on a day: a warning or notice in force, a penalty open, a case before the court, an order
or agreement that ran. Asked of any day, past or to come, on what is known now."""

from dataclasses import dataclass
from datetime import date

#: What ended by being taken away: it stood no more on the day of its end. All else stood to the end of its last day.
TAKEN_AWAY = frozenset({"withdrawn", "discharged", "quashed", "cancelled", "paid", "written_off"})
NEVER_GIVEN = frozenset({"draft", "legal_review", "authorised", "abandoned", "proposed", "not_made"})


@dataclass(frozen=True)
class Given:
    """A step with the days that bound it. `settled_on` is the day of its outcome, where that is what ends it (a penalty paid, a
    court's result)."""

    status: str
    given_on: date | None
    last_day: date | None = None
    ended_on: date | None = None
    settled_on: date | None = None
    in_error: bool = False


def stood_on(step: Given, day: date) -> bool:
    """Whether it stood on the day."""
    if step.in_error or step.status in NEVER_GIVEN or step.given_on is None or day < step.given_on:
        return False
    if step.settled_on is not None and day >= step.settled_on:
        return False
    if step.ended_on is not None and (day > step.ended_on or (day == step.ended_on and step.status in TAKEN_AWAY)):
        return False
    return step.last_day is None or day <= step.last_day
