"""Two records that may be of one person: what speaks for it, in words an officer can judge. Nothing is merged by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from asb_cases.domain.people import PersonKind


class Sign(StrEnum):
    """One thing that two records have in common, or that tells them apart."""

    SAME_NAME = "same_name"
    LIKE_NAME = "like_name"
    SAME_BIRTH_DATE = "same_birth_date"
    SAME_COMPANY_NUMBER = "same_company_number"
    SAME_EMAIL = "same_email"
    SAME_PHONE = "same_phone"
    SAME_ADDRESS = "same_address"
    OTHER_BIRTH_DATE = "other_birth_date"


SIGN_TITLES = {
    Sign.SAME_NAME: "same name",
    Sign.LIKE_NAME: "similar name",
    Sign.SAME_BIRTH_DATE: "same date of birth",
    Sign.SAME_COMPANY_NUMBER: "same company number",
    Sign.SAME_EMAIL: "same e-mail address",
    Sign.SAME_PHONE: "same telephone number",
    Sign.SAME_ADDRESS: "same address",
    Sign.OTHER_BIRTH_DATE: "but another date of birth",
}
#: What a sign weighs when several records are put in order.
WEIGHTS = {
    Sign.SAME_NAME: 5,
    Sign.LIKE_NAME: 3,
    Sign.SAME_BIRTH_DATE: 5,
    Sign.SAME_COMPANY_NUMBER: 9,
    Sign.SAME_EMAIL: 4,
    Sign.SAME_PHONE: 4,
    Sign.SAME_ADDRESS: 2,
    Sign.OTHER_BIRTH_DATE: -6,
}
#: From here on two names are taken for two spellings of one; from there on they may be short and long for one.
SPELLINGS, RELATED = 0.55, 0.3
PIECE, MOST_WORDS = 3, 8


@dataclass(frozen=True)
class Known:
    """What is known of somebody, in the keys by which two entries are compared (`domain.names`, `domain.people`)."""

    kind: PersonKind
    name_key: str
    born_on: date | None = None
    company_number: str | None = None
    email_key: str | None = None
    phone_key: str | None = None
    address_keys: frozenset[str] = frozenset()


def signs_of(one: Known, other: Known) -> tuple[Sign, ...]:
    """What speaks for two records being one person's, the weightiest first; empty where too little does.

    A name alone is enough where nothing tells the two apart. A shared telephone, address or birth date counts only
    beside a name that could be the same: families share all three.
    """
    if one.kind is not other.kind:
        return ()
    alike = _spelt_alike(one.name_key, other.name_key)
    both_born = one.born_on is not None and other.born_on is not None
    found = {
        Sign.SAME_NAME: same_words(one.name_key, other.name_key),
        Sign.LIKE_NAME: alike and not same_words(one.name_key, other.name_key),
        Sign.SAME_BIRTH_DATE: both_born and one.born_on == other.born_on,
        Sign.SAME_COMPANY_NUMBER: _same(one.company_number, other.company_number),
        Sign.SAME_EMAIL: _same(one.email_key, other.email_key),
        Sign.SAME_PHONE: _same(one.phone_key, other.phone_key),
        Sign.SAME_ADDRESS: bool(one.address_keys & other.address_keys),
        Sign.OTHER_BIRTH_DATE: both_born and one.born_on != other.born_on,
    }
    name = likeness(one.name_key, other.name_key)
    return tuple(sign for sign in Sign if found[sign]) if _enough(found, name) else ()


def _enough(found: dict[Sign, bool], name: float) -> bool:
    reached = found[Sign.SAME_EMAIL] or found[Sign.SAME_PHONE]
    if found[Sign.SAME_COMPANY_NUMBER]:
        return True
    if found[Sign.OTHER_BIRTH_DATE]:
        return reached and (found[Sign.SAME_NAME] or found[Sign.LIKE_NAME])
    if found[Sign.SAME_NAME]:
        return True
    if found[Sign.LIKE_NAME]:
        return reached or found[Sign.SAME_BIRTH_DATE] or found[Sign.SAME_ADDRESS]
    return name >= RELATED and (reached or (found[Sign.SAME_BIRTH_DATE] and found[Sign.SAME_ADDRESS]))


def weight(signs: Iterable[Sign]) -> int:
    """How much signs weigh together."""
    return sum(WEIGHTS[sign] for sign in signs)


def same_words(one: str, other: str) -> bool:
    """Whether two folded names have the same words, in any order: "Lee Ann" is "Ann Lee" in another column."""
    return bool(one) and sorted(one.split()) == sorted(other.split())


def likeness(one: str, other: str) -> float:
    """How alike two folded names are, from 0 to 1: each word of the shorter one beside the word of the other that it is
    most like, in any order. A name that leaves out a middle name is wholly like the one that has it."""
    found = _matched(one, other)
    return sum(found) / len(found) if found else 0.0


def _spelt_alike(one: str, other: str) -> bool:
    """Whether two names may be two spellings of one. Every word counts: a surname alone is a family's."""
    found = _matched(one, other)
    return bool(found) and min(found) >= RELATED and sum(found) / len(found) >= SPELLINGS


def _matched(one: str, other: str) -> list[float]:
    """How alike each word of the shorter name is to its partner, no word of the other having two partners."""
    shorter, longer = sorted(
        (one.split()[:MOST_WORDS], other.split()[:MOST_WORDS]), key=lambda words: (len(words), words)
    )
    pairs = sorted(
        (
            (_alike(word, partner), first, second)
            for first, word in enumerate(shorter)
            for second, partner in enumerate(longer)
        ),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    found: dict[int, float] = {}
    taken: set[int] = set()
    for alike, first, second in pairs:
        if first not in found and second not in taken:
            found[first] = alike
            taken.add(second)
    return [*found.values()]


def _alike(word: str, other: str) -> float:
    """Dice's coefficient of the pieces of three letters that two words share, the ends of a word among its letters."""
    first, second = _pieces(word), _pieces(other)
    return 2 * len(first & second) / (len(first) + len(second))


def _pieces(word: str) -> set[str]:
    marked = f"  {word} "
    return {marked[place : place + PIECE] for place in range(len(marked) - PIECE + 1)}


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other
