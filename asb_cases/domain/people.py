"""People in the law's sense: who they are, what part they play in a case, how old they are, when two entries are one."""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from asb_cases.domain.names import fold_key


class PersonKind(StrEnum):
    """An individual, a body (company, club, trust), or the unnamed occupier or owner of premises (2014 Act, s.45)."""

    INDIVIDUAL = "individual"
    BODY = "body"
    OCCUPIER = "occupier"
    OWNER = "owner"


class Part(StrEnum):
    """The part a person plays in one case. The same person may play another one in another case."""

    COMPLAINANT = "complainant"
    VICTIM = "victim"
    WITNESS = "witness"
    SUBJECT = "subject"
    OWNER_LANDLORD = "owner_landlord"
    OCCUPIER = "occupier"
    PARENT_GUARDIAN = "parent_guardian"
    PROFESSIONAL = "professional"


#: Those to whom a first response is owed, and then to hear how their case stands.
OWED_AN_ANSWER = frozenset({Part.COMPLAINANT, Part.VICTIM})

#: Fewer digits are an extension or a slip of the finger, and tell nobody apart.
FEWEST_DIGITS = 6


def unnamed(kind: PersonKind, premises: str) -> str:
    """What "the occupier" or "the owner" is called until somebody knows who it is (2014 Act s.45)."""
    return f"The {kind.value} of {premises}"


def identity_key(kind: PersonKind, name: str, born_on: date | None, address: str | None) -> str:
    """What two entries of one person share: kind, folded name and birth date, or folded address where none is known.

    Without either the name alone is the key, and who matches by it decides whether that is enough.
    """
    distinguishing = born_on.isoformat() if born_on else fold_key(address or "")
    return f"{kind.value}|{fold_key(name)}|{distinguishing}"


def email_match_key(email: str | None) -> str | None:
    """What two ways of writing one e-mail address share: its letters, whatever their case; None where there is none."""
    return unicodedata.normalize("NFKC", email or "").strip().casefold() or None


def phone_match_key(phone: str | None) -> str | None:
    """What two ways of writing one telephone number share: its digits, a British number without its country; None where
    there are too few to be one. Of "01865 249811 (work)" the digits are the number."""
    digits = "".join(str(int(each)) for each in phone or "" if each.isdecimal())
    national = re.sub(r"^(?:0{0,2}44)0?(?=[1-9]\d{8,9}$)", "0", digits)
    return national if len(national) >= FEWEST_DIGITS else None


def age_on(born_on: date, day: date) -> int:
    """Whole years of age on a day; an age is reached at the start of the birthday, 1 March for one born on 29 February."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
