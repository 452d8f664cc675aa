"""PDFs: tagged, of one language, and made without a look at the network or the disk."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest
from pypdf import PdfReader

from asb_cases.adapters import pdf


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server's address, and what was asked of it."""
    paths: list[str] = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Noting)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


def test_nothing_that_a_page_names_is_fetched(asked: tuple[str, list[str]], tmp_path: Path) -> None:
    address, paths = asked
    secret = tmp_path / "secret.css"
    secret.write_text("p::after { content: 'from the disk' }")
    drawing = quote(f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{address}/svg.png'/></svg>")
    made = pdf.made_pdf(f"""<!DOCTYPE html><html lang="en-GB"><head><title>Nothing fetched</title>
        <link rel="stylesheet" href="{secret.as_uri()}"><link rel="stylesheet" href="{address}/style.css">
        <style>@import url({address}/import.css); @font-face {{ font-family: X; src: url({address}/font.woff) }}
        p {{ font-family: X; background: url({address}/back.png) }}</style></head>
        <body><h1>Nothing</h1><p>fetched</p><img alt="a" src="{address}/a.png"><img alt="b" src="{secret.as_uri()}">
        <img alt="c" src="data:image/svg+xml,{drawing}">
        </body></html>""")
    said = PdfReader(BytesIO(made)).pages[0].extract_text()
    assert "fetched" in said
    assert "from the disk" not in said
    assert paths == []


def test_what_is_missing_is_said_and_can_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pdf.pdf_fault() is None
    monkeypatch.setattr("ctypes.util.find_library", lambda _name: None)
    fault = pdf.pdf_fault()
    assert fault is not None
    assert "apt-get install libpango-1.0-0" in fault
