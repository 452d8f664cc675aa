"""The keys of breakdowns in the words that people know them by."""

from asb_cases.domain.figures import NOT_RECORDED, Dimension
from asb_cases.web.filters import words
from asb_cases.web.record_words import closure_outcome, power_title

#: Dimensions whose keys are names, said as they are.
NAMES = frozenset({Dimension.WARD, Dimension.TEAM})
NOT_ACCOUNTED_FOR = "Not in any of these"
TWICE = "Counted under several of these"


def key_words(dimension: Dimension, key: str | None, number: int, titles: dict[str, str]) -> str:
    """A key of a breakdown in words; None is what the parts leave over. `titles` are those of the categories."""
    if key is None:
        return TWICE if number < 0 else NOT_ACCOUNTED_FOR
    if key == NOT_RECORDED:
        return words(key)
    if dimension in NAMES:
        return key
    if dimension is Dimension.CATEGORY:
        return titles.get(key, words(key))
    if dimension is Dimension.POWER:
        return power_title(key)
    return closure_outcome(key) if dimension is Dimension.OUTCOME else words(key)
