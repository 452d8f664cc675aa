"""What of a breakdown may be published: nothing below five, and nothing that subtraction would give away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.small_numbers import LEAST_PUBLISHED, safe_parts


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ({}, None),
        ({"a": 0}, None),
        ({"a": 5, "b": 9}, {"a": 5, "b": 9}),
        ({"a": 5, "b": 0}, {"a": 5, "b": 0}),
        # one small part would be the total less the others: the next smallest is hidden with it
        ({"a": 2, "b": 7, "c": 9}, {"a": None, "b": None, "c": 9}),
        # two of one each: their sum alone would tell
        ({"a": 1, "b": 1, "c": 6, "d": 8}, {"a": None, "b": None, "c": None, "d": 8}),
        ({"a": 3, "b": 4, "c": 9}, {"a": None, "b": None, "c": 9}),
        ({"a": 2}, None),
        ({"a": 2, "b": 6}, None),
    ],
)
def test_parts_that_are_shown(parts: dict[str, int], shown: dict[str, int | None] | None) -> None:
    assert safe_parts(parts) == shown


@given(st.dictionaries(st.text(min_size=1), st.integers(0, 12)))
def test_no_small_number_is_shown_or_left_over(parts: dict[str, int]) -> None:
    shown = safe_parts(parts)
    if shown is None:
        return
    assert set(shown) == set(parts)
    assert all(number is None or number == 0 or number >= LEAST_PUBLISHED for number in shown.values())
    hidden = [parts[part] for part, number in shown.items() if number is None]
    assert not hidden or (len(hidden) > 1 and sum(hidden) >= LEAST_PUBLISHED)
