"""Where things happen, as people write it down: postcodes, and a place with its postcode as one text."""

import re

from asb_cases.domain.names import fold_key

#: The layout of a postcode; whether it exists is not for us to know.
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b", re.IGNORECASE)


def tidied_postcode(text: str) -> str | None:
    """`ox41ab` as OX4 1AB; None where the text is no whole postcode."""
    found = _POSTCODE.fullmatch(text.strip())
    return f"{found[1]} {found[2]}".upper() if found else None


def postcode_in(text: str | None) -> str | None:
    """The postcode that an address ends with, or has in it."""
    found = _POSTCODE.findall(text or "")
    return f"{found[-1][0]} {found[-1][1]}".upper() if found else None


def written_place(text: str | None, postcode: str | None) -> str | None:
    """A place and its postcode as one text, as addresses are kept: the same street stands in many towns. A postcode that
    the text has already is not written twice; None where there is neither."""
    place = (text or "").strip().rstrip(",")
    if not postcode or postcode_in(place) == postcode:
        return place or None
    return f"{place}, {postcode}" if place else postcode


def place_words(text: str) -> list[str]:
    """The folded words by which a place is looked for. A postcode written together is two: "OX49ZZ" finds "OX4 9ZZ"."""
    return list(dict.fromkeys(fold_key(_POSTCODE.sub(r"\1 \2", text)).split()))
