"""What a job is, what it is told, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime


class LeaseLost(Exception):
    """Somebody else runs this job by now: this run ends before its next effect."""


@dataclass(frozen=True)
class Tick:
    """What a run is told: the moment it works for, and a question to ask before each effect.

    `go_on()` raises `LeaseLost` where the run is no longer the only one.
    """

    at: datetime
    holder: str
    go_on: Callable[[], None] = field(repr=False)


@dataclass(frozen=True)
class Outcome:
    """How many things a run did, and how many it could not do. One that fails never stops the others."""

    done: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Every:
    """So many seconds after each other, whatever the clock on the wall says; first so many after a full minute."""

    seconds: int
    after: int = 0

    def __str__(self) -> str:
        minutes, seconds = divmod(self.seconds, 60)
        return f"every {seconds} seconds" if seconds else f"every {minutes} minutes"


@dataclass(frozen=True)
class At:
    """By the clock on the wall in Europe/London: fields of a cron expression. Not between 01:00 and 02:00, an hour that comes
    twice on one night of the year and not at all on another."""

    hour: str
    minute: str

    def __str__(self) -> str:
        return f"hour={self.hour} minute={self.minute}"


@dataclass(frozen=True)
class Job:
    """One job: its name, what people read, when it runs, and the function.

    It works from data (what is due and not done yet): a run that was missed is made good by the next, and one too many
    finds nothing to do.
    """

    name: str
    title: str
    schedule: Every | At
    run: Callable[[Tick], Outcome]
