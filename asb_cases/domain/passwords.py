"""What a password must be: long and hard to guess. Nothing about capitals, digits or signs, and it never expires.

Follows the National Cyber Security Centre's advice and OWASP ASVS 5.0 (6.2.1 to 6.2.12).
"""

from collections.abc import Iterator

from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.names import fold_key

SHORTEST, LONGEST = 12, 256
#: Guesses that a program knowing lists of passwords, names, words and patterns would need at the least.
FEWEST_GUESSES = 10**8
#: Words that everybody who attacks this service tries.
SERVICE_WORDS = ("asb", "cases", "asbcases", "council", "antisocial", "behaviour", "password")

AUTHORITY = ""

TOO_SHORT = Refusal(
    "password_too_short",
    f"The password must be {SHORTEST} characters or more.",
    AUTHORITY,
    "Three words that have nothing to do with each other make a good one.",
    field="password",
)
TOO_LONG = Refusal(
    "password_too_long",
    f"The password must be {LONGEST} characters or fewer.",
    AUTHORITY,
    "Leave some of it out.",
    field="password",
)
TOO_EASY = Refusal(
    "password_too_easy",
    "The password is too easy to guess: it is often used, follows a pattern, or is made of names.",
    AUTHORITY,
    "Use three words that have nothing to do with each other, with you or with the council.",
    field="password",
)


def judged(password: str, guesses: float) -> Findings:
    """What is wrong with a new password that needs so many `guesses`."""
    return gathered(
        (
            TOO_SHORT if len(password) < SHORTEST else None,
            TOO_LONG if len(password) > LONGEST else None,
            TOO_EASY if len(password) >= SHORTEST and guesses < FEWEST_GUESSES else None,
        )
    )


def spellings(password: str) -> tuple[str, str]:
    """The password as it is and without what stands between its letters and digits: both must be hard to guess."""
    return password, "".join(each for each in password if each.isalnum())


def words_about(*texts: str) -> tuple[str, ...]:
    """The words that a password of somebody with this name, e-mail address and council must not lean on."""
    return tuple(sorted({*SERVICE_WORDS, *_words(texts)}))


def _words(texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        words = fold_key(text).split()
        yield from (word for word in words if len(word) > 2)
        yield "".join(words)
