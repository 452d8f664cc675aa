"""The pages that anybody may use without an account: how long answers are kept, and how often they may be sent.

The limits are for a program that sends and sends; a library whose readers share one network address stays below them.
Where they are reached nothing is taken in: people are told when to come again, and how else to reach the council.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: Answers that nobody goes on with are taken away.
DRAFT_KEPT_FOR = timedelta(hours=2)
#: The reference can be read again for a little, then the browser is forgotten.
SENT_KEPT_FOR = timedelta(hours=2)
KNOCKS_WITHIN = timedelta(hours=1)
#: Characters of all answers together.
LONGEST_DRAFT = 100_000
#: More than anybody remembers, and what one page can hold.
MOST_REPORTS = 20

SWITCH = "public_case_review_form"
ON = "on"


class Door(StrEnum):
    """What is counted apart: beginning an application, and sending it."""

    BEGIN = "begin"
    SEND = "send"


@dataclass(frozen=True)
class DoorLimits:
    """How often within `KNOCKS_WITHIN`: from one network address, and from everywhere."""

    address: int
    total: int


LIMITS: dict[Door, DoorLimits] = {
    Door.BEGIN: DoorLimits(address=30, total=600),
    Door.SEND: DoorLimits(address=10, total=120),
}


class ComeAgain(Exception):
    """Too many have come lately. Nothing was taken in; `at` is the moment from which it may be tried again."""

    def __init__(self, at: datetime) -> None:
        super().__init__("Too many have come lately.")
        self.at = at


class NoDraft(Exception):
    """There are no answers of this browser: it has sent none, or they were taken away after a time."""
