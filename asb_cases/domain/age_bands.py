"""The age bands that recipients are counted in. An age is in whole years, on the day of the step."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AgeBand:
    """A band and the birthday at which somebody leaves it, None for the last."""

    code: str
    below: int | None


AGE_BANDS = (
    AgeBand("0_to_15", 16),
    AgeBand("16_to_17", 18),
    AgeBand("18_to_24", 25),
    AgeBand("25_to_34", 35),
    AgeBand("35_to_44", 45),
    AgeBand("45_to_54", 55),
    AgeBand("55_to_64", 65),
    AgeBand("65_and_over", None),
)
#: Bodies, and an occupier or owner who is not named: nobody's age.
NOT_AN_INDIVIDUAL = "not_an_individual"


def as_number(day: date) -> int:
    """`20150401`: the number of a day whose differences tell ages, in steps of 10,000 a year."""
    return day.year * 10_000 + day.month * 100 + day.day


def band_on(born_on: date, day: date) -> str:
    """The band that somebody born on a day is in on another."""
    lived = as_number(day) - as_number(born_on)
    return next(band.code for band in AGE_BANDS if band.below is None or lived < band.below * 10_000)
