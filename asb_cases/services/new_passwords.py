"""A new password: judged, then kept as a hash. Slow, so it comes before the act that stores it, not within it."""

from dataclasses import dataclass

from asb_cases.adapters import passwords
from asb_cases.domain.passwords import judged, spellings, words_about


@dataclass(frozen=True)
class MadeUp:
    """A password made up for somebody, to be shown once, and what is kept of it."""

    password: str
    password_hash: str


def password_hash_of(password: str, *, about: tuple[str, ...]) -> str:
    """What to keep of a password that somebody chose. `about`: their name, e-mail address, council.

    Raises RuleBroken where it is too short or too easy to guess, `passwords.Busy` where the machine is.
    """
    judged(password, passwords.guesses(spellings(password), words_about(*about))).raise_if_refused()
    return passwords.hashed(password)


def make_up_password() -> MadeUp:
    """A password for the first sign-in. Raises `passwords.Busy`."""
    password = passwords.made_up()
    return MadeUp(password, passwords.hashed(password))
