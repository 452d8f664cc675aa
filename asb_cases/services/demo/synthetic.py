"""Synthetic cases for measuring: what one is like, drawn by chance. Nothing here touches a row."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from asb_cases.services.demo.behaviour import BEHAVIOURS, WEIGHTS, Behaviour
from asb_cases.services.demo.people import FIRST_NAMES, SURNAMES
from asb_cases.services.demo.places import FIRST_NUMBER, LAST_NUMBER, WARDS

FIRST_DAY = date(2015, 4, 1)
NUMBERS = LAST_NUMBER - FIRST_NUMBER + 1
STREETS = tuple((ward, street) for ward, streets in WARDS.items() for street in streets)

#: How often a case comes to a warning, a warning to a notice, a notice to a penalty that was paid.
WARNED, NOTICED, PENALISED = 0.14, 0.25, 0.08
MOSTLY_CLOSED, NEVER_STARTED = 0.93, 0.3
LONGEST, RECENT = 120, 150
SAID = (
    "Rang back: it was quiet at the weekend.",
    "Visited, nobody in; card left.",
    "Diary sheets received and read through.",
    "Spoke to both households about a mediator.",
    "Housing officer has nothing recorded for the address.",
)


@dataclass(frozen=True)
class Drawn:
    """One synthetic case. `warned_on`, `noticed_on` and `penalised_on` are the steps it came to, each after the one
    before; `entries` how many complaints, contacts and notes it holds."""

    number: int
    opened_on: date
    closed_on: date | None
    started: bool
    priority: int
    behaviour: Behaviour
    ward: str
    place: str
    home: str
    complainant: str
    subject: str
    born_on: date
    complaints: tuple[date, ...]
    notes: tuple[str, ...]
    warned_on: date | None
    noticed_on: date | None
    penalised_on: date | None

    @property
    def title(self) -> str:
        return self.behaviour.title.format(place=self.place.split(", ")[1])


def draw(number: int, of: int, *, addresses_before: int, today: date, chance: Random) -> Drawn:
    """The case with this number of so many, spread evenly over the years up to today. `addresses_before` is where its own
    addresses begin: no two cases share one."""
    opened_on = FIRST_DAY + timedelta(days=(today - FIRST_DAY).days * number // of)
    behaviour = chance.choices(BEHAVIOURS, WEIGHTS)[0]
    ward, place = address(addresses_before + 2 * number)
    warned_on = _later(opened_on, 14, chance.random() < WARNED, today)
    noticed_on = _later(warned_on, 40, chance.random() < NOTICED, today)
    penalised_on = _later(noticed_on, 45, chance.random() < PENALISED, today)
    last_step = penalised_on or noticed_on or warned_on or opened_on
    closed_on = _later(last_step, chance.randint(20, LONGEST), chance.random() < MOSTLY_CLOSED, today)
    recent = (today - opened_on).days < 5
    return Drawn(
        number=number,
        opened_on=opened_on,
        closed_on=closed_on,
        started=closed_on is not None or warned_on is not None or not (recent and chance.random() < NEVER_STARTED),
        priority=chance.choice((1, 2, 2, 3, 3, 3)),
        behaviour=behaviour,
        ward=ward,
        place=place,
        home=address(addresses_before + 2 * number + 1)[1],
        complainant=_name(chance),
        subject=_name(chance),
        born_on=date(1945, 1, 1) + timedelta(days=chance.randint(0, 60 * 365)),
        complaints=_complaint_days(opened_on, closed_on or today, chance),
        notes=tuple(chance.sample(SAID, chance.randint(1, 2))),
        warned_on=warned_on,
        noticed_on=noticed_on,
        penalised_on=penalised_on,
    )


def address(index: int) -> tuple[str, str]:
    """The ward and text of an address by its index; the house numbers are beyond those that exist."""
    flat, rest = divmod(index, NUMBERS * len(STREETS))
    street, number = divmod(rest, NUMBERS)
    ward, name = STREETS[street]
    return ward, f"Flat {flat + 1}, {FIRST_NUMBER + number} {name}, Oxford"


def moment(day: date, hour: int = 10) -> datetime:
    """A moment of a day."""
    return datetime.combine(day, time(hour), UTC)


def _later(day: date | None, days: int, happens: bool, today: date) -> date | None:
    """So many days later, where it happens and has come."""
    if day is None or not happens:
        return None
    later = day + timedelta(days=days)
    return later if later <= today else None


def _name(chance: Random) -> str:
    return f"{chance.choice(FIRST_NAMES)} {chance.choice(SURNAMES)}"


def _complaint_days(opened_on: date, last: date, chance: Random) -> tuple[date, ...]:
    more = (opened_on + timedelta(days=chance.randint(1, 18)) for _ in range(chance.choice((0, 0, 1, 2))))
    return (opened_on, *sorted(day for day in more if day <= last))
