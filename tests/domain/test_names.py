"""Folded keys: one for what people write in several ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.names import fold_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'Brien", "o’brien"),
        ("O'Brien", "OBRIEN"),
        ("Zoë Müller", "ZOE  MULLER"),
        ("Anne-Marie  Smith ", "anne marie smith"),
        ("Smith, John", "smith john"),
        ("Łukasz Bjørn", "lukasz bjorn"),
        ("Straße 5", "STRASSE 5"),
        ("Flat 1/2, 3 High St.", "flat 1 2 3 high st"),
        ("ﬁsh", "fish"),
        ("İpek", "ipek"),
        ("Zoe\u0308", "Zoë"),
    ],
)
def test_ways_of_writing_one_name_share_a_key(one: str, other: str) -> None:
    assert fold_key(one) == fold_key(other)


@pytest.mark.parametrize(("one", "other"), [("Ann Lee", "Anne Lee"), ("AnnLee", "Ann Lee"), ("Иван", "Ivan")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert fold_key(one) != fold_key(other)


@pytest.mark.parametrize("text", ["", "  ", "--", "’"])
def test_nothing_folds_to_nothing(text: str) -> None:
    assert fold_key(text) == ""


@given(st.text())
def test_folding_a_key_again_changes_nothing(text: str) -> None:
    key = fold_key(text)
    assert fold_key(key) == key
    assert key == " ".join(key.split())
