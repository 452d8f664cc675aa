"""What people type, made safe to keep: no characters that a database or a letter cannot hold."""

import re
import unicodedata

#: C0 and C1 controls except tab and line feed: PostgreSQL refuses NUL, and none of them means anything in a record.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
#: Halves of a surrogate pair: they cannot be written as UTF-8.
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` without characters that cannot be stored; nothing else is changed, which is what a password needs."""
    return _LONE_SURROGATES.sub("", text.replace("\x00", ""))


def tidied(text: str) -> str:
    """`text` storable, composed, with plain line ends, no control characters and no space at either end."""
    lines = storable(text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", unicodedata.normalize("NFC", lines)).strip()


def on_one_line(text: str) -> str:
    """`tidied`, with every run of white space made one space."""
    return " ".join(tidied(text).split())
