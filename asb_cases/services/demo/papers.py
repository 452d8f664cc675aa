"""Small files of the demonstration: a photo, a diary sheet as a PDF, a log as text. Made up here, so that none is shipped."""

import struct
import zlib
from collections.abc import Sequence

WIDTH, HEIGHT = 240, 160


def photo(seed: int) -> bytes:
    """A PNG that is taken for a photo of a front at night: a sky, a wall, and as many lit windows as the seed says."""
    rows = []
    for y in range(HEIGHT):
        row = bytearray([0])
        for x in range(WIDTH):
            row += bytes(_colour(x, y, seed))
        rows.append(bytes(row))
    return b"\x89PNG\r\n\x1a\n" + b"".join((
        _chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)),
        _chunk(b"IDAT", zlib.compress(b"".join(rows), 9)),
        _chunk(b"IEND", b""),
    ))  # fmt: skip


def _colour(x: int, y: int, seed: int) -> tuple[int, int, int]:
    if y < 40:
        return 24, 30, 52 + y // 2
    column, row = divmod(x, 48)[0], (y - 40) // 40
    window = 12 < x % 48 < 36 and 10 < (y - 40) % 40 < 32
    if window:
        return (246, 214, 120) if (column * 3 + row * 5 + seed) % 4 == 0 else (40, 44, 60)
    return 122, 84, 70


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def sheet(lines: Sequence[str]) -> bytes:
    """One page of A4 as a PDF with these lines, which hold no brackets."""
    text = " ".join(f"({line}) Tj 0 -22 Td" for line in lines)
    stream = f"BT /F1 14 Tf 60 780 Td {text} ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
