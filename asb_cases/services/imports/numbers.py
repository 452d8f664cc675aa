"""Our own references for many rows at once. Part of an act."""

from collections import Counter
from collections.abc import Iterable

from asb_cases.domain.references import Prefix, Reference
from asb_cases.services.reference_numbers import next_numbers


def numbered(wanted: Iterable[tuple[Prefix, int]]) -> list[str]:
    """A new reference for each pair of prefix and year, in the order asked for. Counters are locked in one order, so
    that two acts that need several never wait for each other."""
    pairs = list(wanted)
    numbers = {
        (prefix, year): iter(next_numbers(prefix.value, year, count))
        for (prefix, year), count in sorted(Counter(pairs).items())
    }
    return [str(Reference(prefix, year, next(numbers[prefix, year]))) for prefix, year in pairs]
