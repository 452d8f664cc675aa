"""What may leave of a count broken down: no number of fewer than five, nor one that can be worked out from the others.

Four applications of one ward are four people whom their neighbours know. The whole area's number is published whatever it
is (2014 Act s.104(9)); a part of it only where it hides somebody among others.
"""

from collections.abc import Mapping

#: The least number that a part of an area is published with.
LEAST_PUBLISHED = 5


def safe_parts(parts: Mapping[str, int]) -> dict[str, int | None] | None:
    """The parts of a published total, None in the place of each that is not shown; None where nothing could be.

    Small parts are hidden, and further ones, the smallest first, until what is hidden is at least two parts of five or more
    together: less could be had by subtracting.
    """
    by_size = sorted((number, part) for part, number in parts.items() if number)
    hidden = [part for number, part in by_size if number < LEAST_PUBLISHED]
    while hidden and (len(hidden) < 2 or sum(parts[part] for part in hidden) < LEAST_PUBLISHED):
        if len(hidden) == len(by_size):
            return None
        hidden.append(by_size[len(hidden)][1])
    if not by_size or len(hidden) == len(by_size):
        return None
    return {part: None if part in hidden else number for part, number in parts.items()}
