"""What the bytes of a file are, whatever its name says."""

import mmap
from collections.abc import Callable
from pathlib import Path

from asb_cases.adapters.recognition import archives, media, pictures, texts
from asb_cases.adapters.recognition.content import Content, holds_markup
from asb_cases.domain.files import FileFault, FileKind, Recognised

Reader = Callable[[Content], Recognised]

#: What a file begins with, and what reads on from there.
READERS: tuple[tuple[bytes, Reader], ...] = (
    (b"\xff\xd8\xff", pictures.jpeg),
    (b"\x89PNG\r\n\x1a\n", pictures.png),
    (b"GIF87a", pictures.gif),
    (b"GIF89a", pictures.gif),
    (b"RIFF", media.riff),
    (b"RF64", media.riff),
    (b"ID3", media.mp3),
    (b"%PDF-", texts.pdf),
    (b"PK\x03\x04", archives.packed),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", archives.compound),
)
#: What is recognised to be told by its name, and never kept.
NEVER_KEPT: tuple[tuple[bytes, FileKind], ...] = (
    (b"MZ", FileKind.PROGRAM),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"\xca\xfe\xba\xbe", FileKind.PROGRAM),
    (b"\xfe\xed\xfa\xce", FileKind.PROGRAM),
    (b"\xfe\xed\xfa\xcf", FileKind.PROGRAM),
    (b"\xce\xfa\xed\xfe", FileKind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", FileKind.PROGRAM),
    (b"dex\n", FileKind.PROGRAM),
    (b"\x00asm", FileKind.PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", FileKind.PROGRAM),
    (b"PK\x05\x06", FileKind.ARCHIVE),
    (b"PK\x07\x08", FileKind.ARCHIVE),
    (b"Rar!\x1a\x07", FileKind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"BZh", FileKind.ARCHIVE),
    (b"\xfd7zXZ\x00", FileKind.ARCHIVE),
    (b"MSCF", FileKind.ARCHIVE),
    (b"ITSF", FileKind.PROGRAM),
)
TAR = slice(257, 262)


def recognise(path: Path) -> Recognised:
    """What the file at `path` is. Nothing of it is run, drawn or unpacked, but for small parts of office documents."""
    if path.stat().st_size == 0:
        return Recognised(None)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return recognised(content)


def recognised(content: Content) -> Recognised:
    """The same for bytes at hand."""
    start = content[:16]
    for signature, kind in NEVER_KEPT:
        if start.startswith(signature):
            return Recognised(kind)
    if content[TAR] == b"ustar":
        return Recognised(FileKind.ARCHIVE)
    for signature, reader in READERS:
        if start.startswith(signature):
            return _alone(content, reader(content))
    if media.is_boxed(start):
        return _alone(content, media.boxes(content))
    if media.is_frame(start):
        return _alone(content, media.mp3(content))
    return texts.written(content)


def _alone(content: Content, found: Recognised) -> Recognised:
    """A picture with a web page at its beginning, or an archive at its end, is two files in one."""
    if found.kind is None or found.kind in archives.PACKED:
        return found
    if holds_markup(content) or archives.ends_as_archive(content):
        return Recognised(found.kind, FileFault.TWO_IN_ONE)
    return found
