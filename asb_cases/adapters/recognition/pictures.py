"""Photos and pictures: JPEG, PNG, GIF; each read along its parts to its end, so that one cut off is noticed."""

from asb_cases.adapters.recognition.content import Content, big
from asb_cases.domain.files import FileFault, FileKind, Recognised

#: JPEG markers without a length: restarts, the beginning, and one for private use.
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
#: JPEG markers that begin a frame; the three left out define tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, 0xD9
#: More parts than any real PNG has.
_MOST_PARTS = 100_000
_PNG_HEADER = 13


def jpeg(content: Content) -> Recognised:
    """The segments before the picture, then the mark at its end. What cameras add after that (a depth map, a short film)
    is left alone."""
    at, framed = 2, False
    while True:
        if at + 4 > len(content):
            return Recognised(FileKind.JPEG, FileFault.TRUNCATED)
        if content[at] != 0xFF:
            return Recognised(FileKind.JPEG, FileFault.DAMAGED)
        marker = content[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        length = big(content, at + 2, 2)
        if marker == _END or length < 2 or (marker == _SCAN and not framed):
            return Recognised(FileKind.JPEG, FileFault.DAMAGED)
        at += 2 + length
        if marker == _SCAN:
            whole = content.find(b"\xff\xd9", at) != -1
            return Recognised(FileKind.JPEG, None if whole else FileFault.TRUNCATED)
        framed = framed or marker in _FRAMES


def png(content: Content) -> Recognised:
    """Part after part, from the header to the end."""
    at = 8
    for number in range(_MOST_PARTS):
        if at + 12 > len(content):
            return Recognised(FileKind.PNG, FileFault.TRUNCATED)
        length, name = big(content, at), content[at + 4 : at + 8]
        if number == 0 and (name != b"IHDR" or length != _PNG_HEADER):
            return Recognised(FileKind.PNG, FileFault.DAMAGED)
        at += 12 + length
        if at > len(content):
            return Recognised(FileKind.PNG, FileFault.TRUNCATED)
        if name == b"IEND":
            return Recognised(FileKind.PNG)
    return Recognised(FileKind.PNG, FileFault.DAMAGED)


def gif(content: Content) -> Recognised:
    """A screen's description, and the mark at the end, after which some programs leave zeros."""
    ends = content[-64:].rstrip(b"\x00").endswith(b";")
    return Recognised(FileKind.GIF, None if ends and len(content) > 13 else FileFault.TRUNCATED)
