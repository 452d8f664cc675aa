"""What a password must be."""

import pytest

from asb_cases.domain.passwords import FEWEST_GUESSES, judged, spellings, words_about


@pytest.mark.parametrize(
    ("password", "guesses", "codes"),
    [
        ("elevenchars", 1e20, ("password_too_short",)),
        ("twelve chars", 1e20, ()),
        ("no capitals, no digits", FEWEST_GUESSES, ()),
        ("twelve chars", FEWEST_GUESSES - 1, ("password_too_easy",)),
        ("x" * 256, 1e20, ()),
        ("x" * 257, 1e20, ("password_too_long",)),
        ("short", 1, ("password_too_short",)),
    ],
)
def test_length_and_guesses_decide(password: str, guesses: float, codes: tuple[str, ...]) -> None:
    assert judged(password, guesses).codes == codes


def test_words_about_somebody_are_those_of_name_address_and_council() -> None:
    words = words_about("Zoë O’Neill", "zoe.oneill@oxbridge.gov.uk", "Oxbridge City Council")
    assert {"zoe", "oneill", "zoeoneill", "oxbridge", "oxbridgecitycouncil", "gov", "council", "asbcases"} <= set(words)
    assert "uk" not in words


def test_what_stands_between_letters_hides_nothing() -> None:
    assert spellings("pass-word pass.word") == ("pass-word pass.word", "passwordpassword")
