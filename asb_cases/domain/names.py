"""Names and addresses folded into keys, so that both database engines sort and match them alike."""

import re
import unicodedata

#: Letters that no decomposition turns into their plain neighbour, as people type them without the right keyboard.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
#: Marks inside a name that are written or left out as people please: O'Brien, O’Brien, OBrien.
_LEFT_OUT = frozenset("'’‘ʼ`´")
_PLAIN_WORDS = re.compile(r"[a-z0-9]+")


def fold_key(text: str) -> str:
    """Lower-case letters and digits of any script, without accents, in words parted by one space.

    Apostrophes are dropped, other punctuation parts words: "O’Neill-Şahin" and "ONEILL SAHIN" have one key. Folding a
    key again changes nothing. Never shown to anyone.
    """
    if text.isascii():  # most text is, and a hundred thousand rows fold it many times
        return " ".join(_PLAIN_WORDS.findall(text.replace("'", "").replace("`", "").lower()))
    kept = "".join(each for each in text if each not in _LEFT_OUT)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", kept).casefold()).translate(_PLAIN)
    letters = (each for each in decomposed if not unicodedata.combining(each))
    return " ".join("".join(each if each.isalnum() else " " for each in letters).split())
