"""E-mails that wait to be sent: their states, and how long to wait before the next try."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

#: Tries before somebody has to look: with the waits below they cover more than three days of a mail server that is away.
MOST_TRIES = 24
LONGEST_WAIT = timedelta(hours=4)
#: With the fifth that chance may add.
FURTHEST_WAIT = LONGEST_WAIT * 1.2
FIRST_WAIT = timedelta(minutes=1)


class EmailState(StrEnum):
    """Where an e-mail stands. `sending` is held by one sender; one that was cut off is found there."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class Letter:
    """What an e-mail says. Nothing personal in it: a reference, what is due, a link. `kind` is what it is for."""

    kind: str
    subject: str
    text: str
    html: str | None = None


def wait_after(tries: int, *, jitter: float) -> timedelta:
    """How long to wait after so many failed tries: twice as long each time up to four hours, a fifth more or less by
    `jitter` (0 to 1), so that many do not come back at the same moment."""
    doublings: int = 2 ** min(tries, 20)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT) * (0.8 + 0.4 * jitter)


def gives_up_after(tries: int) -> bool:
    """Whether so many failed tries are enough."""
    return tries >= MOST_TRIES
