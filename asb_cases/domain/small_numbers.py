"""What may leave of counts: no number that somebody could be known by, nor one that can be worked out from the others.

Four applications of one ward are four people whom their neighbours know. A part from 1 to one below the least published is
hidden. Since its total would give it back, further parts are hidden, smallest first, until what is known of those hidden
(their sum, and that none is nought) leaves each of them open, from 1 to at least the least published. Where that cannot be
had, nothing of the breakdown is told, its noughts neither. A nought is otherwise shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

#: The least number that a part of an area is published with, where the council has not decided otherwise.
LEAST_PUBLISHED = 5
#: The value of policy that says which count is small, and the one that switches open data on.
SMALL_NUMBER, OPEN_DATA = "small_number", "open_data"
PUBLIC = "public"


def safe_parts(parts: Mapping[str, int]) -> dict[str, int | None] | None:
    """The parts of a total that is published whatever it is (2014 Act s.104(9)), None in the place of each that is not
    shown; None where nothing could be."""
    hidden = _hidden(parts, LEAST_PUBLISHED)
    if hidden is None or len(hidden) == sum(1 for number in parts.values() if number):
        return None
    return {part: None if part in hidden else number for part, number in parts.items()}


@dataclass(frozen=True)
class Protected:
    """A breakdown as it may leave: each part, None where it is hidden. `withheld`: nothing of it is told."""

    parts: Mapping[str, int | None]
    withheld: bool = False


def protected(total: int, parts: Mapping[str, int], least: int) -> Protected:
    """The parts of a total that is itself hidden where it is small."""
    hidden = None if is_small(total, least) else _hidden(parts, least)
    if hidden is None:
        return Protected(dict.fromkeys(parts), withheld=bool(parts))
    return Protected({key: None if key in hidden else value for key, value in parts.items()})


def is_small(value: int, least: int) -> bool:
    """Whether a count may give somebody away."""
    return 0 < value < least


def shown_total(value: int, least: int) -> int | None:
    """A count that stands by itself, None where it is hidden."""
    return None if is_small(value, least) else value


def rate_may_be_shown(over: int, under: int, least: int) -> bool:
    """Whether a rate gives away neither of its counts, nor what the one leaves of the other."""
    return not any(is_small(each, least) for each in (over, under, under - over))


def _hidden(parts: Mapping[str, int], least: int) -> set[str] | None:
    """The parts to hide; None where nothing less than all of it would do."""
    by_size = sorted((value, key) for key, value in parts.items() if value)
    hidden = {key for value, key in by_size if value < least}
    rest = by_size[len(hidden) :]
    while hidden and not _left_open([parts[key] for key in hidden], least):
        if not rest:
            return None
        hidden.add(rest.pop(0)[1])
    return hidden


def _left_open(hidden: list[int], least: int) -> bool:
    """Whether the sum of the hidden parts, none of them nought, leaves each of them open."""
    return len(hidden) > 1 and sum(hidden) >= len(hidden) + least - 1
