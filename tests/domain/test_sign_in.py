"""How often signing in may be tried, and what makes two addresses one account."""

import pytest

from asb_cases.domain.sign_in import FailedAttempts, email_key, keyed_hash, token_hash, too_many


@pytest.mark.parametrize(
    ("account", "address", "total", "known_pair", "refused"),
    [
        (0, 0, 0, None, False),
        (9, 9, 999, None, False),
        (10, 0, 10, None, True),
        (0, 10, 10, None, True),
        (0, 0, 1000, None, True),
        # somebody who signed in from there before is judged by their own failures alone
        (10, 10, 1000, 0, False),
        (10, 10, 1000, 9, False),
        (10, 10, 10, 10, True),
    ],
)
def test_limits(account: int, address: int, total: int, known_pair: int | None, refused: bool) -> None:
    assert too_many(FailedAttempts(account, address, total, known_pair)) is refused


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ann.Lee@Example.org", " ann.lee@example.org ", True),
        ("ann.lee@example.org", "annlee@example.org", False),
        ("ann-lee@example.org", "ann.lee@example.org", False),
    ],
)
def test_an_account_is_its_address_in_any_case(one: str, other: str, same: bool) -> None:
    assert (email_key(one) == email_key(other)) is same


def test_what_is_kept_of_attempts_and_tokens_gives_nothing_away() -> None:
    assert keyed_hash("ann@example.org", "one key") != keyed_hash("ann@example.org", "another")
    assert "ann" not in keyed_hash("ann@example.org", "one key")
    assert len(token_hash("a token")) == 64
