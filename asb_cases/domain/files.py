"""Files that may be kept on a case: which sorts, how large, under which name, and why others are refused.

What a file is follows from its bytes (adapters/recognition/); its name has to say the same. What is kept is kept as it came:
no photo is turned, no EXIF taken out, since the original is the evidence.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from asb_cases.domain.errors import Refusal

AUTHORITY = "How files are kept"
#: Files sent at once.
MOST_AT_ONCE = 20
#: Characters of a name that are kept, its ending among them.
LONGEST_NAME = 120
NAMELESS = "file"


class FileKind(StrEnum):
    """What the bytes of a file are."""

    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"
    WEBP = "webp"
    GIF = "gif"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    MP3 = "mp3"
    M4A = "m4a"
    WAV = "wav"
    MP4 = "mp4"
    MOV = "mov"
    EMAIL = "email"
    OUTLOOK = "outlook"
    TEXT = "text"
    # What is recognised and never kept.
    PROGRAM = "program"
    WEB_PAGE = "web_page"
    DRAWING = "drawing"
    SCRIPT = "script"
    ARCHIVE = "archive"
    OLD_OFFICE = "old_office"


class FileFault(StrEnum):
    """What may be wrong with a file of an accepted sort."""

    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    TWO_IN_ONE = "two_in_one"
    MACROS = "macros"
    ENCRYPTED = "encrypted"
    UNPACKS_TOO_FAR = "unpacks_too_far"


class FileMark(StrEnum):
    """What whoever copies or discloses a file has to know of it."""

    EVIDENCE = "evidence"
    THIRD_PARTY = "third_party"
    REPORTER_IDENTITY = "reporter_identity"
    LEGAL_PRIVILEGE = "legal_privilege"


class FileOf(StrEnum):
    """The kinds of record that a file may belong to."""

    CASE = "case"
    COMPLAINT = "complaint"
    CONTACT = "contact_entry"
    INTERVENTION = "intervention"
    BREACH = "alleged_breach"
    SERVICE = "service"


@dataclass(frozen=True)
class FileSort:
    """A sort of file that is kept: what people call it, the endings its name may have, and its media type."""

    title: str
    endings: tuple[str, ...]
    media_type: str


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"

#: The whole of what is kept.
SORTS: Mapping[FileKind, FileSort] = MappingProxyType({
    FileKind.JPEG: FileSort("Photo (JPEG)", ("jpg", "jpeg"), "image/jpeg"),
    FileKind.PNG: FileSort("Picture (PNG)", ("png",), "image/png"),
    FileKind.HEIC: FileSort("Photo (HEIC)", ("heic", "heif"), "image/heic"),
    FileKind.WEBP: FileSort("Picture (WebP)", ("webp",), "image/webp"),
    FileKind.GIF: FileSort("Picture (GIF)", ("gif",), "image/gif"),
    FileKind.PDF: FileSort("Document (PDF)", ("pdf",), "application/pdf"),
    FileKind.DOCX: FileSort("Document (Word)", ("docx",), f"{_OPEN_XML}.wordprocessingml.document"),
    FileKind.XLSX: FileSort("Spreadsheet (Excel)", ("xlsx",), f"{_OPEN_XML}.spreadsheetml.sheet"),
    FileKind.ODT: FileSort("Document (OpenDocument)", ("odt",), f"{_OPEN_DOCUMENT}.text"),
    FileKind.ODS: FileSort("Spreadsheet (OpenDocument)", ("ods",), f"{_OPEN_DOCUMENT}.spreadsheet"),
    FileKind.MP3: FileSort("Sound (MP3)", ("mp3",), "audio/mpeg"),
    FileKind.M4A: FileSort("Sound (M4A)", ("m4a",), "audio/mp4"),
    FileKind.WAV: FileSort("Sound (WAV)", ("wav",), "audio/wav"),
    FileKind.MP4: FileSort("Video (MP4)", ("mp4", "m4v"), "video/mp4"),
    FileKind.MOV: FileSort("Video (MOV)", ("mov",), "video/quicktime"),
    FileKind.EMAIL: FileSort("E-mail (EML)", ("eml",), "message/rfc822"),
    FileKind.OUTLOOK: FileSort("E-mail (Outlook)", ("msg",), "application/vnd.ms-outlook"),
    FileKind.TEXT: FileSort("Text", ("txt", "csv"), "text/plain"),
})  # fmt: skip
#: Plain text by its ending, where that says more.
TEXT_TYPES: Mapping[str, str] = MappingProxyType({"csv": "text/csv"})
#: Documents that are archives of their parts.
OFFICE_ENDINGS = frozenset(
    ending for kind in (FileKind.DOCX, FileKind.XLSX, FileKind.ODT, FileKind.ODS) for ending in SORTS[kind].endings
)
#: For `accept` of the field that chooses files: every ending.
ENDINGS: tuple[str, ...] = tuple(f".{ending}" for sort in SORTS.values() for ending in sort.endings)
#: What people are told they may send.
WHAT_IS_KEPT = (
    "Photos (JPEG, PNG, HEIC, WebP, GIF), PDF, Word and Excel (without macros), OpenDocument, sound (MP3, M4A, WAV), "
    "video (MP4, MOV), e-mails (EML, MSG), plain text and CSV"
)
MARK_TITLES: Mapping[FileMark, str] = MappingProxyType({
    FileMark.EVIDENCE: "Evidence",
    FileMark.THIRD_PARTY: "Shows somebody else (third party)",
    FileMark.REPORTER_IDENTITY: "Says who reported",
    FileMark.LEGAL_PRIVILEGE: "Legal privilege",
})  # fmt: skip

NOT_KEPT = Refusal(
    "file_sort_not_kept",
    "“{name}” is {what}, which is not kept here.",
    AUTHORITY,
    f"Send one of these: {WHAT_IS_KEPT}.",
    field="files",
)
NOT_RECOGNISED = Refusal(
    "file_not_recognised",
    "“{name}” is no sort of file that is kept here.",
    AUTHORITY,
    f"Send one of these: {WHAT_IS_KEPT}.",
    field="files",
)
NAME_SAYS_OTHERWISE = Refusal(
    "file_name_says_otherwise",
    "“{name}” holds something else than its name says: it is {what}.",
    AUTHORITY,
    "Send the original file under its own name. Renaming a file does not turn it into another sort.",
    field="files",
)
TOO_LARGE = Refusal(
    "file_too_large",
    "“{name}” must be smaller than {most} MB.",
    AUTHORITY,
    "Send a smaller file: a shorter recording, or several parts.",
    field="files",
)
EMPTY = Refusal(
    "file_empty",
    "“{name}” is empty.",
    AUTHORITY,
    "Check the file on the device it comes from, and choose it again.",
    field="files",
)
TOO_MANY = Refusal(
    "too_many_files",
    "{count} files are too many at once.",
    AUTHORITY,
    f"Send {MOST_AT_ONCE} or fewer, then the others.",
    field="files",
)
FAULTS: Mapping[FileFault, Refusal] = MappingProxyType({
    FileFault.TRUNCATED: Refusal(
        "file_incomplete",
        "“{name}” is not complete: its end is missing.",
        AUTHORITY,
        "The sending or copying of it was cut off. Choose the original again.",
        field="files",
    ),
    FileFault.DAMAGED: Refusal(
        "file_damaged",
        "“{name}” is damaged and cannot be read as {what}.",
        AUTHORITY,
        "Check that it opens on the device it comes from, and choose the original again.",
        field="files",
    ),
    FileFault.TWO_IN_ONE: Refusal(
        "file_two_in_one",
        "“{name}” holds a second file hidden in it.",
        AUTHORITY,
        "Send the original as it left the camera or the program.",
        field="files",
    ),
    FileFault.MACROS: Refusal(
        "file_has_macros",
        "“{name}” holds macros, which are programs.",
        AUTHORITY,
        "Save it without macros (as .docx, .xlsx, .odt or .ods), or as a PDF, and send that.",
        field="files",
    ),
    FileFault.ENCRYPTED: Refusal(
        "file_encrypted",
        "“{name}” is locked with a password.",
        AUTHORITY,
        "Take the password off and send it again: a court or a colleague could not open it.",
        field="files",
    ),
    FileFault.UNPACKS_TOO_FAR: Refusal(
        "file_unpacks_too_far",
        "“{name}” would unpack to far more than it is.",
        AUTHORITY,
        "Save it anew from the program it was made with, or as a PDF, and send that.",
        field="files",
    ),
})  # fmt: skip
ALL_THERE_ALREADY = Refusal(
    "files_there_already",
    "{names}: already in this case, byte for byte.",
    AUTHORITY,
    "Nothing needs to be done. To let a file belong to another record of the case as well, open it and choose that record.",
    field="files",
)
WITHHELD_ALREADY = Refusal(
    "file_withheld_already",
    "This file is withheld already.",
    AUTHORITY,
    "Nothing needs to be done.",
)
NOT_WITHHELD = Refusal(
    "file_not_withheld",
    "This file is not withheld.",
    AUTHORITY,
    "Nothing needs to be done.",
)
FILE_IS_WITHHELD = Refusal(
    "file_is_withheld",
    "This file is withheld.",
    AUTHORITY,
    "Ask a manager, who can open it and lift that with a reason.",
)

#: What people call a sort that is never kept.
NEVER_KEPT: Mapping[FileKind, str] = MappingProxyType({
    FileKind.PROGRAM: "a program",
    FileKind.WEB_PAGE: "a web page",
    FileKind.DRAWING: "a drawing that can hold programs (SVG)",
    FileKind.SCRIPT: "a script",
    FileKind.ARCHIVE: "an archive",
    FileKind.OLD_OFFICE: "a document of an old or locked sort",
})  # fmt: skip

_SEPARATORS = re.compile(r"[/\\]")
#: Names that Windows gives to devices, with any ending.
_DEVICES = re.compile(r"(?i:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])")
#: What Windows and shells trip over in a name.
_TROUBLESOME = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f]')
_ENDING = re.compile(r"[A-Za-z0-9]{1,8}")


@dataclass(frozen=True)
class Recognised:
    """What the bytes of a file are, and what is wrong with it. `kind` None: no sort that anybody here knows."""

    kind: FileKind | None
    fault: FileFault | None = None


def ending_of(name: str) -> str:
    """The ending of a name in small letters, without its dot; blank where it has none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem and _ENDING.fullmatch(ending) else ""


def tidy_name(sent: str | None) -> str:
    """The name under which a file is shown and downloaded: the last part of what was sent, on one line, without what
    changes the direction of writing, what no file system takes, and what is longer than anybody reads.

    The ending stays. Where the file is kept follows from its bytes, never from this.
    """
    last = _SEPARATORS.split(unicodedata.normalize("NFC", sent or ""))[-1]
    shown = "".join(
        each for each in last if unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    name = " ".join(_TROUBLESOME.sub("", shown).split())
    before, dot, after = name.rpartition(".")
    ending = after.lower() if dot and _ENDING.fullmatch(after) else ""
    stem = (before if ending else name).strip(". ") or NAMELESS
    if _DEVICES.fullmatch(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    room = LONGEST_NAME - (len(ending) + 1 if ending else 0)
    return f"{stem[:room].rstrip('. ')}.{ending}" if ending else stem[:room].rstrip(". ")


def what_is(kind: FileKind) -> str:
    """A sort of file in the middle of a sentence."""
    return NEVER_KEPT.get(kind) or f"a file of the sort “{SORTS[kind].title}”"


def judge_file(name: str, size: int, found: Recognised, *, most_bytes: int) -> FileKind | Refusal:
    """The sort of file it is kept as, or why it is not kept."""
    if size == 0:
        return EMPTY.of(name=name)
    if size > most_bytes:
        return too_large(name, most_bytes)
    if found.fault in {FileFault.MACROS, FileFault.ENCRYPTED, FileFault.TWO_IN_ONE}:
        return FAULTS[found.fault].of(name=name)
    if found.kind is FileKind.ARCHIVE and found.fault is not None and ending_of(name) in OFFICE_ENDINGS:
        return FAULTS[found.fault].of(name=name, what="a document")
    if found.kind is None:
        return NOT_RECOGNISED.of(name=name)
    if found.kind in NEVER_KEPT:
        return NOT_KEPT.of(name=name, what=NEVER_KEPT[found.kind])
    if not name_agrees(found.kind, name):
        return NAME_SAYS_OTHERWISE.of(name=name, what=what_is(found.kind))
    if found.fault is not None:
        return FAULTS[found.fault].of(name=name, what=what_is(found.kind))
    return found.kind


def name_agrees(kind: FileKind, name: str) -> bool:
    """Whether the ending of a name is one of its sort. An e-mail may also be kept as the plain text that it is."""
    endings = SORTS[kind].endings
    return ending_of(name) in ((*endings, "txt") if kind is FileKind.EMAIL else endings)


def too_large(name: str, most_bytes: int) -> Refusal:
    """The refusal of a file above the limit, which need not be read to its end."""
    return TOO_LARGE.of(name=name, most=most_bytes // (1024 * 1024))


def media_type_of(kind: FileKind, name: str) -> str:
    """The media type under which a file is sent out again."""
    if kind is FileKind.EMAIL and ending_of(name) == "txt":
        kind = FileKind.TEXT
    return TEXT_TYPES.get(ending_of(name), SORTS[kind].media_type) if kind is FileKind.TEXT else SORTS[kind].media_type


def title_of(media_type: str) -> str:
    """What people call a file of a media type."""
    if media_type in TEXT_TYPES.values():
        return "Table (CSV)"
    return next((sort.title for sort in SORTS.values() if sort.media_type == media_type), "File")
