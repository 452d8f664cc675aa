"""What of a breakdown may leave: nothing small, and nothing that an attacker who knows the rule, the total and all that is
shown could work out."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.small_numbers import LEAST_PUBLISHED, protected, rate_may_be_shown, safe_parts, shown_total


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
        # five of one each: none but ones would make five
        ({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 7, "g": 9}, dict.fromkeys("abcdef") | {"g": 9}),
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


LEAST = 4


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"a": 10, "b": 20}, {"a": 10, "b": 20}),
        ({"a": 3, "b": 20, "c": 9}, {"a": None, "b": 20, "c": None}),
        ({"a": 1, "b": 1, "c": 30, "d": 0}, {"a": None, "b": None, "c": None, "d": 0}),
        ({"a": 2, "b": 2, "c": 2}, {"a": None, "b": None, "c": None}),
        ({"a": 0, "b": 6}, {"a": 0, "b": 6}),
        ({"a": 2, "b": 0}, {"a": None, "b": None}),
        ({}, {}),
    ],
)
def test_what_is_shown(parts: dict[str, int], expected: dict[str, int | None]) -> None:
    assert protected(sum(parts.values()), parts, LEAST).parts == expected


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_nothing_hidden_comes_back_by_subtraction(values: list[int]) -> None:
    parts = {str(key): value for key, value in enumerate(values)}
    total = sum(values)
    found = protected(total, parts, LEAST)
    shown = {key: value for key, value in found.parts.items() if value is not None}
    assert not [value for value in shown.values() if 0 < value < LEAST]
    assert shown.items() <= parts.items()
    hidden = [key for key in parts if key not in shown]
    if not hidden:
        return
    known = shown_total(total, LEAST)
    possible = [
        guess
        for guess in product(range(0 if found.withheld else 1, 40), repeat=len(hidden))
        if (sum(guess) + sum(shown.values()) == known if known is not None else sum(guess) < LEAST)
    ] if len(hidden) < 4 else None  # fmt: skip
    if possible is None:  # four parts: each is open from the least guess up to what the others leave
        least = 0 if found.withheld else 1
        assert known is None or known - sum(shown.values()) - least * (len(hidden) - 1) >= LEAST
        return
    for place in range(len(hidden)):
        guesses = {guess[place] for guess in possible}
        assert len(guesses) > 1
        assert known is None or max(guesses) >= LEAST, "known to be small"


@pytest.mark.parametrize(
    ("over", "under", "shown"), [(39, 154, True), (2, 154, False), (152, 154, False), (0, 154, True), (0, 3, False)]
)
def test_a_rate_gives_no_count_away(over: int, under: int, shown: bool) -> None:
    assert rate_may_be_shown(over, under, LEAST) is shown
