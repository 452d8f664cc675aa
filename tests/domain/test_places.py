"""Postcodes, and places written with them."""

import pytest

from asb_cases.domain.places import place_words, postcode_in, tidied_postcode, written_place


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("ox4 1ab", "OX4 1AB"),
        ("OX41AB", "OX4 1AB"),
        (" ec1a  1bb ", "EC1A 1BB"),
        ("m1 1ae", "M1 1AE"),
        ("OX4", None),
        ("", None),
        ("OX4 1AB Oxford", None),
        ("12345", None),
    ],
)
def test_tidied_postcode(typed: str, tidied: str | None) -> None:
    assert tidied_postcode(typed) == tidied


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("14 Marsh Lane, Oxford OX4 9ZZ", "OX4 9ZZ"),
        ("14 Marsh Lane ox49zz, flat 2", "OX4 9ZZ"),
        ("outside the shop", None),
        (None, None),
    ],
)
def test_postcode_in(text: str | None, found: str | None) -> None:
    assert postcode_in(text) == found


@pytest.mark.parametrize(
    ("text", "postcode", "written"),
    [
        ("14 Marsh Lane", "OX4 9ZZ", "14 Marsh Lane, OX4 9ZZ"),
        ("14 Marsh Lane, Oxford OX4 9ZZ", "OX4 9ZZ", "14 Marsh Lane, Oxford OX4 9ZZ"),
        ("14 Marsh Lane, ox49zz", "OX4 9ZZ", "14 Marsh Lane, ox49zz"),
        ("14 Marsh Lane,", None, "14 Marsh Lane"),
        (" ", "OX4 9ZZ", "OX4 9ZZ"),
        (None, None, None),
    ],
)
def test_written_place(text: str | None, postcode: str | None, written: str | None) -> None:
    assert written_place(text, postcode) == written


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("OX49ZZ", ["ox4", "9zz"]),
        ("ox4 9zz", ["ox4", "9zz"]),
        ("14 Marsh Wharf Lane, SW1A1AA", ["14", "marsh", "wharf", "lane", "sw1a", "1aa"]),
        ("High Street, High Wycombe", ["high", "street", "wycombe"]),
        ("Flat 2B", ["flat", "2b"]),
        (" ,. ", []),
    ],
)
def test_a_place_is_looked_for_by_its_words(typed: str, words: list[str]) -> None:
    assert place_words(typed) == words
