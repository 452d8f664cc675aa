"""Signing in: how often it may be tried, how long it lasts, and when an account counts as the same.

The limits follow OWASP ASVS 5.0 (6.3.1, 7.3.1, 7.3.2) and Cyber Essentials v3.3 (at most 10 guesses in 5 minutes).
"""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

#: Failed attempts are counted over this time.
ATTEMPTS_WITHIN = timedelta(minutes=5)
#: Somebody who has signed in from an address this recently is known there (see `too_many`).
KNOWN_FOR = timedelta(days=90)
#: `last seen` is good to this; writing it at every page would cost a write each.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class AttemptLimits:
    """Failed attempts allowed within `ATTEMPTS_WITHIN`."""

    account: int = 10
    address: int = 10
    total: int = 1000


@dataclass(frozen=True)
class FailedAttempts:
    """Failed attempts within `ATTEMPTS_WITHIN`: for the account, from the address, from everywhere.

    `known_pair` counts those of this account from this address, where somebody has signed in to the account from the
    address before; else it is None.
    """

    account: int
    address: int
    total: int
    known_pair: int | None = None


@dataclass(frozen=True)
class SessionLimits:
    """How long somebody stays signed in: `idle` since the last page, `longest` since signing in."""

    idle: timedelta
    longest: timedelta


LIMITS = AttemptLimits()


def too_many(failed: FailedAttempts, limits: AttemptLimits = LIMITS) -> bool:
    """Whether one more attempt is refused.

    A person who has signed in from this address before is judged by their own failures there alone. So neither a
    stranger guessing at their account, nor colleagues behind the same address, can lock them out.
    """
    if failed.known_pair is not None:
        return failed.known_pair >= limits.account
    return failed.account >= limits.account or failed.address >= limits.address or failed.total >= limits.total


def email_key(email: str) -> str:
    """What makes two e-mail addresses one account: the same letters, whatever their case. Dots and dashes count."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def keyed_hash(text: str, key: str) -> str:
    """What the record of attempts keeps instead of an account or an address."""
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def token_hash(token: str) -> str:
    """What is kept of a session's token. It is random and long, so that a plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()
