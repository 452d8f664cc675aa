"""Small files of every sort that is kept, made here part by part; and archives to order."""

import io
import struct
import wave
import zipfile
import zlib
from collections.abc import Mapping
from email.message import EmailMessage

OPEN_XML = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"


def segment(marker: int, content: bytes) -> bytes:
    """One segment of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg(exif: bytes = b"Exif\x00\x00MM\x00*taken in Oxford", scan: bytes = b"\x12\x34\xff\x00\x56" * 40) -> bytes:
    """A photo with what a camera writes into it."""
    frame = segment(0xC0, b"\x08\x00\x08\x00\x08\x01\x01\x11\x00")
    return b"\xff\xd8" + segment(0xE1, exif) + frame + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + scan + b"\xff\xd9"


def chunk(name: bytes, content: bytes) -> bytes:
    """One part of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png() -> bytes:
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00" * 4)) + chunk(b"IEND", b"")
    )


def gif() -> bytes:
    return b"GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


def riff(form: bytes, content: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(content) + 4) + form + content


def webp() -> bytes:
    return riff(b"WEBP", b"VP8 " + struct.pack("<I", 10) + b"\x00" * 10)


def wav() -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 200)
    return written.getvalue()


def pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def box(name: bytes, content: bytes) -> bytes:
    """One box of the ISO base media format."""
    return struct.pack(">I", len(content) + 8) + name + content


def film(brand: bytes, *, sort: bytes = b"vide") -> bytes:
    handler = box(b"hdlr", b"\x00" * 8 + sort + b"\x00" * 12)
    return box(b"ftyp", brand + b"\x00\x00\x02\x00" + brand) + box(b"moov", handler) + box(b"mdat", b"\x01" * 64)


def heic() -> bytes:
    return box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic") + box(b"meta", b"\x00" * 24) + box(b"mdat", b"\x02" * 64)


def mp3(tag: bool = True) -> bytes:
    frame = b"\xff\xfb\x90\x00" + b"\x55" * 413
    return (b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"\x00" * 10 if tag else b"") + frame * 4


def packed(parts: Mapping[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """An archive of these parts, in their order."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, how)
    return written.getvalue()


def types(main: str) -> bytes:
    return f'<Types><Override PartName="/main.xml" ContentType="{OPEN_XML}.{main}.main+xml"/></Types>'.encode()


def docx(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": types("wordprocessingml.document"), "word/document.xml": b"<w:document/>"}
    return packed({**parts, **more})


def xlsx(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": types("spreadsheetml.sheet"), "xl/workbook.xml": b"<workbook/>"}
    return packed({**parts, **more})


def open_document(sort: str = "text", manifest: bytes = b"<manifest/>", **more: bytes) -> bytes:
    parts = {
        "mimetype": f"{OPEN_DOCUMENT}.{sort}".encode(), "content.xml": b"<office/>", "META-INF/manifest.xml": manifest,
    }  # fmt: skip
    return packed({**parts, **more}, stored=("mimetype",))


def eml() -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "ann@example.org", "asb@example.org"
    message["Subject"], message["Date"] = "Noise again", "Mon, 02 Mar 2026 10:00:00 +0000"
    message["Message-ID"] = "<1@example.org>"
    message.set_content("<html><body>It began at eleven.</body></html>", subtype="html")
    return message.as_bytes()


def compound(*streams: str) -> bytes:
    """A compound file with the names of these streams in its directory."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[30:32] = (9).to_bytes(2, "little")
    header[48:52] = (1).to_bytes(4, "little")
    directory = b"".join(stream.encode("utf-16-le").ljust(128, b"\x00") for stream in streams)
    return bytes(header) + b"\x00" * 512 + directory.ljust(512, b"\x00")


#: One of each sort, under a name that it may have.
GOOD: dict[str, bytes] = {
    "photo.jpg": jpeg(),
    "PHOTO.JPEG": jpeg(b"Exif\x00\x00II*\x00another"),
    "plan.png": png(),
    "img_0001.heic": heic(),
    "drawing.webp": webp(),
    "loop.gif": gif(),
    "letter.pdf": pdf(),
    "statement.docx": docx(),
    "diary.xlsx": xlsx(),
    "statement.odt": open_document("text"),
    "diary.ods": open_document("spreadsheet"),
    "call.mp3": mp3(),
    "noise.mp3": mp3(tag=False),
    "voice.m4a": film(b"M4A ", sort=b"soun"),
    "recorder.m4a": film(b"mp42", sort=b"soun"),
    "noise.wav": wav(),
    "clip.mp4": film(b"isom"),
    "clip.mov": film(b"qt  "),
    "old.mov": box(b"wide", b"") + box(b"mdat", b"\x01" * 32) + box(b"moov", b"\x00" * 16),
    "complaint.eml": eml(),
    "raw mail.txt": eml(),
    "complaint.msg": compound("Root Entry", "__properties_version1.0"),
    "note.txt": "Ring back – after six, she said “please”.\r\n".encode(),
    "old note.txt": "Called café at 3 – no answer".encode("cp1252"),
    "wide.txt": "Śląsk".encode("utf-16"),
    "log.csv": b"day,what\n2026-03-02,music\n",
}


def locked() -> bytes:
    """An archive that says its parts are locked."""
    content = bytearray(docx())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(signature, start)) != -1:
            content[start + at] |= 1
            start += 4
    return bytes(content)
