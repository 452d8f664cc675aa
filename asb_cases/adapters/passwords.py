"""Passwords: how they are kept, how hard one is to guess, and made-up ones.

Each hash takes 46 MiB and one core for a moment, so only a few are worked out at a time. Never call this inside a
transaction.
"""

import os
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

#: Argon2id as OWASP ASVS 5.0, appendix C, asks: one pass over 46 MiB.
_hasher = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
#: Of no password. Checked where there is no account, so that the answer takes as long.
_OF_NOBODY = "$argon2id$v=19$m=47104,t=1,p=1$bm9ib2R5IGlzIGluIGhlcmU$ujzGnxrWPnLPBL7WIFxLDrR3DZVu+k+0VrR6zOVjFYc"

_at_once = BoundedSemaphore(max(2, os.cpu_count() or 1))
PATIENCE = 10.0

#: The judge keeps what it is told about one person in a place that all threads share.
_judging = Lock()
JUDGED_LENGTH = 72

#: Without letters and digits that look alike.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class Busy(Exception):
    """Too many passwords are being checked at this moment: nothing was decided, try again."""


def hashed(password: str) -> str:
    """What is kept of a password. Raises `Busy`."""
    with _turn():
        return _hasher.hash(_one_form(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether it is the password of which `kept` was kept. As slow where nothing was. Raises `Busy`."""
    with _turn():
        try:
            _hasher.verify(kept or _OF_NOBODY, _one_form(password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether it was kept by weaker settings than today's."""
    return _hasher.check_needs_rehash(kept)


def guesses(spellings: Iterable[str], words: Iterable[str]) -> float:
    """How many guesses the easiest of the spellings withstands, by an attacker who knows `words` about its owner, lists
    of common passwords, names and English words, keyboards, dates and repetitions. Works offline."""
    known = list(words)
    with _judging:
        return min((float(zxcvbn(text[:JUDGED_LENGTH], known)["guesses"]) for text in spellings if text), default=1.0)


def made_up() -> str:
    """A password for one use, easily read out: four groups of five."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))


def _one_form(password: str) -> str:
    """The same password from whatever keyboard: accents may be typed as one sign or as two."""
    return unicodedata.normalize("NFKC", password)


@contextmanager
def _turn() -> Iterator[None]:
    if not _at_once.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _at_once.release()
