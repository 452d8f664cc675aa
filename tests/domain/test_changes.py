"""Changes and rates as a council prints them: the first rows are those of a report that Oxford published."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.changes import change, counted, grouped, rate


@pytest.mark.parametrize(
    ("old", "new", "signed"),
    [
        (13_718, 14_081, "+2.6%"),
        (1_879, 2_550, "+35.7%"),
        (380, 496, "+30.5%"),
        (1_810, 1_520, "-16.0%"),
        (401, 508, "+26.7%"),
        (780, 888, "+13.8%"),
        (90, 84, "-6.7%"),
        (10, 0, "-100.0%"),
        (7, 7, "0.0%"),
        (10_000, 10_001, "0.0%"),
        (10_000, 9_999, "0.0%"),
        (1, 20, "+1,900.0%"),
        (2_000, 2_001, "+0.1%"),
        (2_000, 1_999, "-0.1%"),
        (0, 5, "n/a"),
        (0, 0, "n/a"),
        (None, 5, "n/a"),
        (5, None, "n/a"),
    ],
)
def test_change_in_per_cent(old: int | None, new: int | None, signed: str) -> None:
    assert change(old, new).signed == signed


@pytest.mark.parametrize(
    ("old", "new", "verb"),
    [
        (13_718, 14_081, "increased by 2.6 per cent"),
        (1_810, 1_520, "fell by 16 per cent"),
        (90, 90, "did not change"),
        (0, 3, "increased"),
    ],
)
def test_change_as_a_verb(old: int, new: int, verb: str) -> None:
    assert change(old, new).as_verb == verb


@pytest.mark.parametrize(
    ("old", "new", "noun"),
    [
        (100, 154, "an increase of 54 per cent"),
        (1_810, 1_520, "a fall of 16 per cent"),
        (39, 39, "the same number"),
        (0, 3, ""),
        (None, 3, ""),
    ],
)
def test_change_as_a_noun(old: int | None, new: int | None, noun: str) -> None:
    assert change(old, new).as_noun == noun


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [(1, 2, "up"), (2, 1, "down"), (0, 3, "up"), (3, 3, "the same"), (None, 3, ""), (3, None, "")],
)
def test_direction_in_a_word(old: int | None, new: int | None, said: str) -> None:
    assert change(old, new).direction == said


@given(st.integers(1, 10**7), st.integers(0, 10**7))
def test_direction_of_the_words_is_that_of_the_numbers(old: int, new: int) -> None:
    words = change(old, new).as_verb
    assert words.startswith("increased") == (new > old)
    assert words.startswith("fell") == (new < old)


@pytest.mark.parametrize(
    ("over", "under", "expected"),
    [(39, 154, Decimal("25.3")), (0, 154, Decimal("0.0")), (1, 0, None), (None, 3, None), (200, 100, Decimal("200.0"))],
)
def test_rate(over: int | None, under: int | None, expected: Decimal | None) -> None:
    assert rate(over, under) == expected


def test_numbers_are_written_with_commas_and_without_needless_decimals() -> None:
    assert [grouped(value) for value in (0, 999, 1_000, 5_800_000, Decimal("16.0"), Decimal("1234.50"), -1_200)] == [
        "0", "999", "1,000", "5,800,000", "16", "1,234.5", "-1,200",
    ]  # fmt: skip


def test_counted_things_agree_in_number() -> None:
    assert [counted(value, "notice", "notices") for value in (0, 1, 2, 1_000)] == [
        "no notices", "1 notice", "2 notices", "1,000 notices",
    ]  # fmt: skip
