"""Sound, video, and the pictures that are kept in the same boxes: RIFF (WAV, WebP), MP3, and the ISO base media format
(MP4, M4A, MOV, HEIC)."""

from asb_cases.adapters.recognition.content import LOOKED_AT, Content, big, little
from asb_cases.domain.files import FileFault, FileKind, Recognised

#: Lengths that recorders write who do not know yet how long they will record.
_LENGTH_NOT_KNOWN = frozenset({0, 0xFFFFFFFF})
_WEBP_PARTS = frozenset({b"VP8 ", b"VP8L", b"VP8X"})

_PHOTO_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})
_OTHER_PHOTOS = frozenset({b"avif", b"avis"})
_SOUND_BRANDS = frozenset({b"M4A ", b"M4B "})
_VIDEO_BRANDS = frozenset({
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VP", b"MSNV", b"dash",
    b"mmp4", b"3gp4", b"3gp5", b"3gp6",
})  # fmt: skip
_FILM = b"qt  "
#: Boxes with which a QuickTime film begins that was written before it had a brand.
_OLD_FILM = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_MOST_BOXES = 10_000

_FRAME_LENGTH_FACTOR = {3: 144, 2: 72, 0: 72}
_SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_KBITS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


def riff(content: Content) -> Recognised:
    """WAV or WebP; another use of RIFF (AVI among them) is not kept."""
    form, declared = content[8:12], little(content, 4)
    if form == b"WAVE":
        kind, whole = FileKind.WAV, b"fmt " in content[12:LOOKED_AT]
    elif form == b"WEBP":
        kind, whole = FileKind.WEBP, content[12:16] in _WEBP_PARTS
    else:
        return Recognised(None)
    if not whole:
        return Recognised(kind, FileFault.DAMAGED)
    known = not (kind is FileKind.WAV and declared in _LENGTH_NOT_KNOWN)
    return Recognised(kind, FileFault.TRUNCATED if known and declared + 8 > len(content) + 1 else None)


def is_boxed(start: bytes) -> bool:
    """Whether a file begins with a box: its type, or that of an old film."""
    return start[4:8] == b"ftyp" or (start[4:8] in _OLD_FILM and len(start) >= 8 and big(start, 0) != 0)


def boxes(content: Content) -> Recognised:
    """The sort by its brand, and whether its boxes reach to the end of the file."""
    found, whole = _outer_boxes(content)
    kind = _kind_by_brand(content, found)
    if kind is None:
        return Recognised(None)
    needed = "meta" if kind is FileKind.HEIC else "moov"
    if not whole:
        return Recognised(kind, FileFault.TRUNCATED)
    return Recognised(kind, None if needed in found else FileFault.DAMAGED)


def _outer_boxes(content: Content) -> tuple[dict[str, slice], bool]:
    """Where each sort of box of the outermost level stands, and whether the last ends where the file does."""
    at, found = 0, dict[str, slice]()
    for _ in range(_MOST_BOXES):
        if at >= len(content):
            return found, True
        size, header = big(content, at), 8
        name = content[at + 4 : at + 8]
        if size == 1:
            size, header = big(content, at + 8, 8), 16
        elif size == 0:
            size = len(content) - at
        if len(name) < 4 or size < header or not name.isascii() or (not name.isalnum() and b" " not in name):
            # Some cameras leave a few bytes of their own after the film.
            return found, "moov" in found
        if at + size > len(content):
            return found, False
        found.setdefault(name.decode("ascii"), slice(at + header, at + size))
        at += size
    return found, False


def _kind_by_brand(content: Content, found: dict[str, slice]) -> FileKind | None:
    brand = content[8:12] if content[4:8] == b"ftyp" else _FILM
    others = content[found["ftyp"]] if "ftyp" in found else b""
    if brand in _PHOTO_BRANDS:
        compatible = {others[at : at + 4] for at in range(0, len(others), 4)}
        return None if compatible & _OTHER_PHOTOS else FileKind.HEIC
    if brand in _SOUND_BRANDS:
        return FileKind.M4A
    if brand == _FILM:
        return FileKind.MOV
    if brand not in _VIDEO_BRANDS:
        return None
    # A voice recorder writes the brand of a video around sound alone.
    film = content[found["moov"]] if "moov" in found else b""
    return FileKind.M4A if b"soun" in film and b"vide" not in film else FileKind.MP4


def mp3(content: Content) -> Recognised:
    """Sound frames, after a tag where there is one."""
    at = 0
    if content[:3] == b"ID3":
        size = 0
        for byte in content[6:10]:
            size = size << 7 | byte & 0x7F
        at = 10 + size
        if at >= len(content):
            return Recognised(FileKind.MP3, FileFault.TRUNCATED)
        near = content[at : at + LOOKED_AT]
        at += len(near) - len(near.lstrip(b"\x00"))
    if not is_frame(content[at : at + 4]):
        return Recognised(FileKind.MP3 if content[:3] == b"ID3" else None, FileFault.DAMAGED)
    following = at + _frame_length(content[at : at + 4])
    if following + 4 <= len(content) and not (
        is_frame(content[following : following + 4]) or content[following : following + 3] == b"TAG"
    ):
        return Recognised(FileKind.MP3 if content[:3] == b"ID3" else None, FileFault.DAMAGED)
    return Recognised(FileKind.MP3)


def is_frame(start: bytes) -> bool:
    """Whether a frame of MPEG audio layer III begins here."""
    if len(start) < 4 or start[0] != 0xFF or start[1] & 0xE0 != 0xE0:
        return False
    version, layer = start[1] >> 3 & 3, start[1] >> 1 & 3
    return version != 1 and layer == 1 and start[2] >> 4 not in (0, 15) and start[2] >> 2 & 3 != 3


def _frame_length(start: bytes) -> int:
    version = start[1] >> 3 & 3
    kbits = _KBITS[3 if version == 3 else 2][start[2] >> 4]
    samples = _SAMPLES[version][start[2] >> 2 & 3]
    return _FRAME_LENGTH_FACTOR[version] * kbits * 1000 // samples + (start[2] >> 1 & 1)
