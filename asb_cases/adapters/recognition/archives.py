"""Office documents, which are archives of small files: what kind, whether locked, with macros, or made to burst.

What an archive says of itself is bounded before it is believed: how many parts, how far they unpack, whether they lie
over each other. Only the part that names the kind is unpacked, and no further than a megabyte.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable

from asb_cases.adapters.recognition.content import Content, little
from asb_cases.domain.files import FileFault, FileKind, Recognised

MEGABYTE = 1024 * 1024
#: What is read of the part that names the kind.
_READ = MEGABYTE
_MOST_PARTS = 5_000
_LARGEST_DIRECTORY = 2 * MEGABYTE
_UNPACKED = 300 * MEGABYTE
#: Beyond this size no document unpacks to more than so many times what it is.
_UNPACKED_FREELY, _TIMES = 20 * MEGABYTE, 150

_END, _END_LENGTH, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65535
_LOCKED = 0x1
_LOCAL_HEADER = 30
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)

_CONTENT_TYPES, _MANIFEST, _MIMETYPE = "[Content_Types].xml", "META-INF/manifest.xml", "mimetype"
_OPEN_XML = (
    (b"wordprocessingml.document.main+xml", "word/document.xml", FileKind.DOCX),
    (b"spreadsheetml.sheet.main+xml", "xl/workbook.xml", FileKind.XLSX),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
}
PACKED = frozenset({FileKind.DOCX, FileKind.XLSX, FileKind.ODT, FileKind.ODS, FileKind.ARCHIVE})


def packed(content: Content) -> Recognised:
    """An office document or another archive."""
    if (fault := _burst(content)) is not None:
        return Recognised(FileKind.ARCHIVE, fault)
    try:
        with zipfile.ZipFile(io.BytesIO(content[:])) as archive:
            parts = archive.infolist()
            if (fault := _fault(parts)) is not None:
                return Recognised(FileKind.ARCHIVE, fault)
            return Recognised(*_kind(archive, parts))
    except _UNREADABLE:
        return Recognised(FileKind.ARCHIVE, FileFault.DAMAGED)


def _burst(content: Content) -> FileFault | None:
    """What is wrong with the archive's own end, which says how much there is to read."""
    at = content.rfind(_END, max(0, len(content) - _END_LENGTH - _LONGEST_COMMENT))
    if at == -1 or at + _END_LENGTH > len(content):
        return FileFault.TRUNCATED
    parts, size, start = little(content, at + 10, 2), little(content, at + 12), little(content, at + 16)
    if parts > _MOST_PARTS or size > _LARGEST_DIRECTORY:
        return FileFault.UNPACKS_TOO_FAR
    if at + _END_LENGTH + little(content, at + 20, 2) != len(content) or start + size != at:
        return FileFault.TWO_IN_ONE
    return None


def _fault(parts: Iterable[zipfile.ZipInfo]) -> FileFault | None:
    """What is wrong with the parts as the archive lists them."""
    listed = sorted(parts, key=lambda part: part.header_offset)
    if not listed or listed[0].header_offset != 0:
        return FileFault.TWO_IN_ONE
    if any(part.flag_bits & _LOCKED for part in listed):
        return FileFault.ENCRYPTED
    names = [part.orig_filename for part in listed]
    if len(set(names)) < len(names) or any(_leads_out(name) for name in names):
        return FileFault.DAMAGED
    unpacked, kept = sum(part.file_size for part in listed), sum(part.compress_size for part in listed)
    if unpacked > _UNPACKED or (unpacked > _UNPACKED_FREELY and unpacked > _TIMES * kept):
        return FileFault.UNPACKS_TOO_FAR
    ends = [part.header_offset + _LOCAL_HEADER + part.compress_size for part in listed]
    starts = [part.header_offset for part in listed[1:]]
    over_each_other = any(end > start for end, start in zip(ends, starts, strict=False))
    return FileFault.UNPACKS_TOO_FAR if over_each_other else None


def _leads_out(name: str) -> bool:
    return "\x00" in name or "\\" in name or name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"


def _kind(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> tuple[FileKind, FileFault | None]:
    names = {part.filename for part in parts}
    if _CONTENT_TYPES in names:
        return _open_xml(_part(archive, _CONTENT_TYPES), names)
    if parts[0].filename == _MIMETYPE and parts[0].compress_type == zipfile.ZIP_STORED:
        return _open_document(archive, names)
    return FileKind.ARCHIVE, None


def _open_xml(types: bytes, names: set[str]) -> tuple[FileKind, FileFault | None]:
    """Word or Excel by what the document says of its main part. Others of the family are not kept."""
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        return FileKind.ARCHIVE, FileFault.MACROS
    for mark, main, kind in _OPEN_XML:
        if mark in types:
            return kind, None if main in names else FileFault.DAMAGED
    return FileKind.ARCHIVE, None


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> tuple[FileKind, FileFault | None]:
    """A locked one does not look locked to the archive: its manifest says so."""
    kind = _OPEN_DOCUMENT.get(_part(archive, _MIMETYPE).strip(), FileKind.ARCHIVE)
    if kind is FileKind.ARCHIVE:
        return kind, None
    if _MANIFEST not in names or "content.xml" not in names:
        locked = "encrypted-package" in names
        return kind, FileFault.ENCRYPTED if locked else FileFault.DAMAGED
    if b"encryption-data" in _part(archive, _MANIFEST):
        return kind, FileFault.ENCRYPTED
    macros = any(name.startswith(("Basic/", "Scripts/")) for name in names)
    return kind, FileFault.MACROS if macros else None


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_READ)


def compound(content: Content) -> Recognised:
    """Outlook's e-mail, known by the stream that every one has; or a document of an old or locked sort."""

    def names(stream: str) -> bool:
        return content.find(stream.encode("utf-16-le")) != -1

    if names("EncryptedPackage"):
        return Recognised(FileKind.OLD_OFFICE, FileFault.ENCRYPTED)
    if names("_VBA_PROJECT"):
        return Recognised(FileKind.OLD_OFFICE, FileFault.MACROS)
    if not names("__properties_version1.0"):
        return Recognised(FileKind.OLD_OFFICE)
    sector = 1 << min(little(content, 30, 2), 16)
    directory_ends = (little(content, 48) + 2) * sector
    return Recognised(FileKind.OUTLOOK, FileFault.TRUNCATED if directory_ends > len(content) else None)


def ends_as_archive(content: Content) -> bool:
    """Whether the end of a file is the end of an archive: a program could open it as one."""
    at = content.rfind(_END, max(0, len(content) - _END_LENGTH - _LONGEST_COMMENT))
    return at != -1 and at + _END_LENGTH + little(content, at + 20, 2) == len(content)
