"""The clock on the wall: the only module that reads it. Web, console and jobs ask here and pass the answer on."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, in UTC and with its zone."""
    return datetime.now(UTC)


def this_minute() -> datetime:
    """This moment without its seconds, for questions that are worth asking once a minute."""
    return now().replace(second=0, microsecond=0)


def today() -> date:
    """The day it is in Europe/London, whatever zone the machine is set to."""
    return now().astimezone(LONDON).date()
