"""How much one account may ask for in a while: far more than anybody's work needs, and far less than a copy of the register."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Pace:
    """At most so many in so long."""

    most: int
    within: timedelta


#: Each page of what was found counts.
SEARCHES = Pace(200, timedelta(minutes=10))
#: Lists, figures and shifts saved as files.
EXPORTS = Pace(60, timedelta(hours=1))


class TooFast(Exception):
    """More than the pace was asked for. `again_at` is when the next is answered."""

    def __init__(self, again_at: datetime) -> None:
        self.again_at = again_at
        super().__init__("asked for too much in a while")
