"""What a file is, by its bytes."""

import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.adapters.recognition.recognise import recognise, recognised
from asb_cases.domain.files import SORTS, FileFault, FileKind, Recognised, judge_file
from tests.support import sample_files as sample

F, K = FileFault, FileKind


def test_every_sort_is_kept_under_its_own_name(tmp_path: Path) -> None:
    for name, content in sample.GOOD.items():
        path = tmp_path / "received"
        path.write_bytes(content)
        found = recognise(path)
        assert found.fault is None, name
        assert isinstance(judge_file(name, len(content), found, most_bytes=10**6), FileKind), (name, found)
    assert {recognised(content).kind for content in sample.GOOD.values()} == set(SORTS)


def test_an_empty_file_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert recognise(tmp_path / "empty") == Recognised(None)


def over_each_other() -> bytes:
    """An archive whose parts all lie at one place, so that little unpacks to much."""
    content = bytearray(sample.packed({"[Content_Types].xml": b"a" * 5000, "word/document.xml": b"b" * 5000}))
    second = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02") + 4)
    content[second + 42 : second + 46] = struct.pack("<I", 1)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "kind", "fault"),
    [
        (b"MZ\x90\x00" + b"\x00" * 60, K.PROGRAM, None),
        (b"\x7fELF\x02\x01", K.PROGRAM, None),
        (b"\xca\xfe\xba\xbe\x00\x00\x00\x34", K.PROGRAM, None),
        (b"#!/bin/sh\nrm -rf /\n", K.SCRIPT, None),
        (b"@echo off\r\ndel *.*", K.SCRIPT, None),
        (b"<?php system($_GET['x']); ?>", K.SCRIPT, None),
        (b"<!DOCTYPE html><html><script>alert(1)</script>", K.WEB_PAGE, None),
        (b"\xef\xbb\xbf  \r\n<HTML><body>", K.WEB_PAGE, None),
        ("<html>".encode("utf-16"), K.WEB_PAGE, None),
        (b"Dear all,\n<script>alert(1)</script>", K.WEB_PAGE, None),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', K.DRAWING, None),
        (b'<?xml version="1.0"?><svg></svg>', K.DRAWING, None),
        (b'<?xml version="1.0"?><note/>', None, None),
        (b"{\\rtf1\\ansi hello}", None, None),
        (b"\x00\x01\x02\x03", None, None),
        (b"words\x00more words", None, None),
        (b"<html><p>Hello</p></html>\n%PDF-1.7\n%%EOF", K.WEB_PAGE, None),
        (b"Hello\n%PDF-1.7\n%%EOF", K.TEXT, F.TWO_IN_ONE),
        (b"%PDF-1.7\n<html><script>alert(1)</script>\n%%EOF", K.PDF, F.TWO_IN_ONE),
        (sample.pdf()[:-8], K.PDF, F.TRUNCATED),
        (sample.pdf() + sample.packed({"a": b"b"}), K.PDF, F.TWO_IN_ONE),
        (sample.jpeg() + sample.packed({"a.class": b"b"}), K.JPEG, F.TWO_IN_ONE),
        (sample.gif() + sample.packed({"a.class": b"b"}), K.GIF, F.TWO_IN_ONE),
        (sample.jpeg(b"<?php echo 1; ?>"), K.JPEG, F.TWO_IN_ONE),
        (sample.jpeg(b"<script>alert(1)</script>"), K.JPEG, F.TWO_IN_ONE),
        (sample.jpeg()[:-2], K.JPEG, F.TRUNCATED),
        (sample.jpeg()[:30], K.JPEG, F.TRUNCATED),
        (b"\xff\xd8\xff\xe0rest", K.JPEG, F.TRUNCATED),
        (b"\xff\xd8\xff\xd9\x00\x00", K.JPEG, F.DAMAGED),
        (b"\xff\xd8\xff\xe0\x00\x04ab\x00\x00\x00\x00", K.JPEG, F.DAMAGED),
        (sample.jpeg() + sample.film(b"isom"), K.JPEG, None),
        (sample.png()[:-12], K.PNG, F.TRUNCATED),
        (b"\x89PNG\r\n\x1a\n" + sample.chunk(b"IEND", b""), K.PNG, F.DAMAGED),
        (sample.gif()[:-1], K.GIF, F.TRUNCATED),
        (b"GIF89a;", K.GIF, F.TRUNCATED),
        (sample.webp()[:-4], K.WEBP, F.TRUNCATED),
        (sample.riff(b"WEBP", b"????" + b"\x00" * 8), K.WEBP, F.DAMAGED),
        (sample.riff(b"AVI ", b"LIST"), None, None),
        (sample.wav()[:-100], K.WAV, F.TRUNCATED),
        (b"RIFF\xff\xff\xff\xff" + sample.wav()[8:], K.WAV, None),
        (sample.film(b"isom")[:-10], K.MP4, F.TRUNCATED),
        (sample.box(b"ftyp", b"isom\x00\x00\x00\x00"), K.MP4, F.DAMAGED),
        (sample.film(b"avif"), None, None),
        (sample.box(b"ftyp", b"mif1\x00\x00\x00\x00avif"), None, None),
        (b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f", K.MP3, F.TRUNCATED),
        (b"ID3\x04\x00\x00\x00\x00\x00\x02ab" + b"no sound", K.MP3, F.DAMAGED),
        (sample.packed({"a.txt": b"b"}), K.ARCHIVE, None),
        (b"PK\x05\x06" + b"\x00" * 18, K.ARCHIVE, None),
        (b"Rar!\x1a\x07\x01\x00", K.ARCHIVE, None),
        (b"\x1f\x8b\x08\x00", K.ARCHIVE, None),
        (sample.docx()[:-30], K.ARCHIVE, F.TRUNCATED),
        (sample.docx() + b"<html>", K.ARCHIVE, F.TWO_IN_ONE),
        (b"PK\x03\x04<html>" + sample.docx(), K.ARCHIVE, F.TWO_IN_ONE),
        (sample.docx(**{"word/vbaProject.bin": b"x"}), K.ARCHIVE, F.MACROS),
        (sample.packed({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}), K.ARCHIVE, F.MACROS),
        (sample.open_document(**{"Basic/Standard/Module1.xml": b"x"}), K.ODT, F.MACROS),
        (sample.open_document(manifest=b"<manifest:encryption-data/>"), K.ODT, F.ENCRYPTED),
        (sample.open_document("presentation"), K.ARCHIVE, None),
        (sample.locked(), K.ARCHIVE, F.ENCRYPTED),
        (over_each_other(), K.ARCHIVE, F.UNPACKS_TOO_FAR),
        (sample.docx(**{"word/media/a.bin": b"\x00" * 25_000_000}), K.ARCHIVE, F.UNPACKS_TOO_FAR),
        (sample.docx(**{"../../evil": b"x"}), K.ARCHIVE, F.DAMAGED),
        (sample.docx(**{"/etc/passwd": b"x"}), K.ARCHIVE, F.DAMAGED),
        (sample.packed({"[Content_Types].xml": sample.types("wordprocessingml.document")}), K.DOCX, F.DAMAGED),
        (sample.compound("WordDocument"), K.OLD_OFFICE, None),
        (sample.compound("EncryptedPackage"), K.OLD_OFFICE, F.ENCRYPTED),
        (sample.compound("_VBA_PROJECT", "__properties_version1.0"), K.OLD_OFFICE, F.MACROS),
    ],
)  # fmt: skip
def test_what_is_not_kept(content: bytes, kind: FileKind | None, fault: FileFault | None) -> None:
    assert recognised(content) == Recognised(kind, fault)


def test_an_archive_of_too_many_parts_is_not_read() -> None:
    parts = {f"word/{number}": b"" for number in range(5001)}
    assert recognised(sample.docx(**parts)).fault is F.UNPACKS_TOO_FAR


@pytest.mark.parametrize("name", sorted(sample.GOOD))
def test_a_file_cut_off_anywhere_is_no_fault_of_the_program(name: str) -> None:
    content = sample.GOOD[name]
    for length in {*range(1, min(len(content), 160)), *range(1, len(content), 37)}:
        recognised(content[:length])


@given(st.binary(min_size=1, max_size=200))
def test_whatever_the_bytes_there_is_an_answer(content: bytes) -> None:
    assert isinstance(recognised(content), Recognised)


@given(st.sampled_from(sorted(sample.GOOD)), st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_a_file_changed_anywhere_gets_an_answer(name: str, at: int, change: bytes) -> None:
    content = bytearray(sample.GOOD[name])
    at %= len(content)
    content[at : at + len(change)] = change
    assert isinstance(recognised(bytes(content)), Recognised)


def test_what_libraries_write_is_recognised(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    book.add_worksheet().write_row(0, 0, ["day", "what"])
    book.close()
    assert recognise(tmp_path / "book.xlsx") == Recognised(K.XLSX)
    with zipfile.ZipFile(tmp_path / "plain.zip", "w") as archive:
        archive.writestr("a.txt", "b")
    assert recognise(tmp_path / "plain.zip") == Recognised(K.ARCHIVE)
