"""What every story of the demonstration is told with: the day it is, who works here, where people live, and chance."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from asb_cases.adapters.storage import Storage
from asb_cases.domain.calendar import LONDON, Holidays, working_day_on_or_after
from asb_cases.services.demo.people import Crowd
from asb_cases.services.demo.places import Town
from asb_cases.services.demo.staff import Staff


@dataclass(frozen=True)
class Scene:
    """`today` is the day the demonstration is loaded. `chance` begins with a fixed seed: the same day tells the same
    stories."""

    today: date
    holidays: Holidays
    staff: Staff
    town: Town
    crowd: Crowd
    chance: Random
    storage: Storage

    def ago(self, days: int) -> date:
        """So many days before today."""
        return self.today - timedelta(days=days)

    def office_day(self, day: date) -> date:
        """The day itself where the office is open, else the next day on which it is."""
        return working_day_on_or_after(day, self.holidays)


def at(day: date, clock: str) -> datetime:
    """A moment: `at(date(2015, 6, 1), "14:30")` by the clocks of Oxford."""
    return datetime.combine(day, time.fromisoformat(clock), LONDON).astimezone(UTC)
