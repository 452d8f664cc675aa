"""Which files are kept, and under which names."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from asb_cases.domain.errors import Refusal
from asb_cases.domain.files import (
    FAULTS,
    LONGEST_NAME,
    MARK_TITLES,
    NEVER_KEPT,
    SORTS,
    FileFault,
    FileKind,
    FileMark,
    Recognised,
    ending_of,
    judge_file,
    media_type_of,
    tidy_name,
    title_of,
)

LIMIT = 1024 * 1024


def test_every_sort_is_kept_or_said_to_be_never_kept() -> None:
    assert set(SORTS) | set(NEVER_KEPT) == set(FileKind)
    assert not set(SORTS) & set(NEVER_KEPT)
    assert set(FAULTS) == set(FileFault)
    assert set(MARK_TITLES) == set(FileMark)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\ann\\Desktop\\photo.JPG", "photo.jpg"),
        ("a\x00b.pdf", "ab.pdf"),
        ("CON.txt", "_CON.txt"),
        ("con", "_con"),
        ("LPT1.tar.txt", "_LPT1.tar.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("", "file"),
        (None, "file"),
        ("...", "file"),
        (".jpg", "file.jpg"),
        ("  spaced   out .pdf ", "spaced out.pdf"),
        ('<b>"quoted"|?.txt', "bquoted.txt"),
        ("Ünïcode – näme.pdf", "Ünïcode – näme.pdf"),
        ("no ending", "no ending"),
    ],
)
def test_names(sent: str | None, shown: str) -> None:
    assert tidy_name(sent) == shown


@given(st.text() | st.text(alphabet="./\\\x00\u202e\ud800 aCON:*"))
@example("x" * 300 + ".jpg")
@example("é" * 200 + ".jpeg")
def test_a_name_is_short_on_one_line_and_stays_as_it_is(sent: str) -> None:
    name = tidy_name(sent)
    assert 0 < len(name) <= LONGEST_NAME
    assert name.isprintable()
    assert not set(name) & set('/\\:*?"<>|')
    assert name.strip(". ") == name
    assert tidy_name(name) == name
    name.encode()


def test_a_long_name_keeps_its_ending() -> None:
    assert ending_of(tidy_name("x" * 300 + ".jpeg")) == "jpeg"


@pytest.mark.parametrize(
    ("name", "found", "code"),
    [
        ("a.jpg", Recognised(FileKind.JPEG), None),
        ("a.jpeg", Recognised(FileKind.JPEG), None),
        ("a.png", Recognised(FileKind.JPEG), "file_name_says_otherwise"),
        ("a", Recognised(FileKind.JPEG), "file_name_says_otherwise"),
        ("a.jpg.exe", Recognised(FileKind.JPEG), "file_name_says_otherwise"),
        ("a.jpg", Recognised(None), "file_not_recognised"),
        ("a.jpg", Recognised(FileKind.PROGRAM), "file_sort_not_kept"),
        ("a.html", Recognised(FileKind.WEB_PAGE), "file_sort_not_kept"),
        ("a.zip", Recognised(FileKind.ARCHIVE), "file_sort_not_kept"),
        ("a.docx", Recognised(FileKind.ARCHIVE, FileFault.DAMAGED), "file_damaged"),
        ("a.docx", Recognised(FileKind.ARCHIVE, FileFault.UNPACKS_TOO_FAR), "file_unpacks_too_far"),
        ("a.zip", Recognised(FileKind.ARCHIVE, FileFault.UNPACKS_TOO_FAR), "file_sort_not_kept"),
        ("a.docm", Recognised(FileKind.ARCHIVE, FileFault.MACROS), "file_has_macros"),
        ("a.docx", Recognised(FileKind.OLD_OFFICE, FileFault.ENCRYPTED), "file_encrypted"),
        ("a.jpg", Recognised(FileKind.JPEG, FileFault.TRUNCATED), "file_incomplete"),
        ("a.pdf", Recognised(FileKind.PDF, FileFault.TWO_IN_ONE), "file_two_in_one"),
        ("a.eml", Recognised(FileKind.EMAIL), None),
        ("a.txt", Recognised(FileKind.EMAIL), None),
        ("a.csv", Recognised(FileKind.EMAIL), "file_name_says_otherwise"),
    ],
)
def test_what_is_kept(name: str, found: Recognised, code: str | None) -> None:
    judged = judge_file(name, 10, found, most_bytes=LIMIT)
    if code is None:
        assert judged is found.kind
    else:
        assert isinstance(judged, Refusal)
        assert judged.code == code
        assert name in judged.message
        assert judged.field == "files"


@pytest.mark.parametrize(("size", "code"), [(0, "file_empty"), (LIMIT, None), (LIMIT + 1, "file_too_large")])
def test_sizes(size: int, code: str | None) -> None:
    judged = judge_file("a.jpg", size, Recognised(FileKind.JPEG), most_bytes=LIMIT)
    assert (judged.code if isinstance(judged, Refusal) else None) == code


@pytest.mark.parametrize(
    ("kind", "name", "media_type", "title"),
    [
        (FileKind.TEXT, "a.txt", "text/plain", "Text"),
        (FileKind.TEXT, "a.csv", "text/csv", "Table (CSV)"),
        (FileKind.EMAIL, "a.eml", "message/rfc822", "E-mail (EML)"),
        (FileKind.EMAIL, "a.txt", "text/plain", "Text"),
        (FileKind.JPEG, "a.jpg", "image/jpeg", "Photo (JPEG)"),
    ],
)
def test_media_types(kind: FileKind, name: str, media_type: str, title: str) -> None:
    assert media_type_of(kind, name) == media_type
    assert title_of(media_type) == title
