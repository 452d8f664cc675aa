"""Static files: an address for each version, kept for ever, and served without the application."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from flask import Flask

from asb_cases.web.static_files import serve_static_files
from tests.support.sample_pages import sample_app

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "asb_cases" / "static"


def static_url(app: Flask, name: str) -> str:
    return app.jinja_env.globals["static_url"](name)


@pytest.fixture(scope="module")
def framed() -> Flask:
    return sample_app()


def test_name_holds_a_hash_of_the_content(framed: Flask) -> None:
    digest = hashlib.sha256((STATIC / "asb.css").read_bytes()).hexdigest()[:12]
    assert static_url(framed, "asb.css") == f"/static/asb.{digest}.css"
    assert static_url(framed, "vendor/govuk-frontend.js").startswith("/static/vendor/govuk-frontend.")


@pytest.mark.parametrize(
    "name", ["asb.css", "asb.js", "icon.svg", "vendor/govuk-frontend.css", "vendor/govuk-frontend.js"]
)
def test_file_may_be_kept_for_ever(framed: Flask, name: str) -> None:
    answer = framed.test_client().get(static_url(framed, name), buffered=True)
    assert answer.status_code == 200
    assert answer.data == (STATIC / name).read_bytes()
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Set-Cookie" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("name", ["asb.css", "asb.js", "email.css"])
def test_our_own_files_have_their_compressed_form_beside_them(name: str) -> None:
    packed = STATIC / f"{name}.gz"
    assert gzip.decompress(packed.read_bytes()) == (STATIC / name).read_bytes(), f"run: gzip -9nkf {STATIC / name}"


def test_compressed_form_is_sent_to_those_who_take_it(framed: Flask) -> None:
    address = static_url(framed, "vendor/govuk-frontend.css")
    answer = framed.test_client().get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.data) == (STATIC / "vendor" / "govuk-frontend.css").read_bytes()


@pytest.mark.parametrize(
    "address",
    [
        "/static/asb.css",
        "/static/asb.000000000000.css",
        "/static/vendor/manifest.json",
        "/static/../config.py",
        "/favicon.ico",
    ],
)
def test_only_hashed_names_are_served(framed: Flask, address: str) -> None:
    answer = framed.test_client().get(address, buffered=True)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_another_content_has_another_address(tmp_path: Path) -> None:
    addresses = []
    for content in ("a { color: red }", "a { color: blue }"):
        (tmp_path / "sheet.css").write_text(content)
        app = Flask("one", static_folder=None)
        serve_static_files(app, tmp_path)
        addresses.append(static_url(app, "sheet.css"))
    assert len(set(addresses)) == 2


def test_unknown_name_is_a_mistake_in_the_template(framed: Flask) -> None:
    with pytest.raises(KeyError):
        static_url(framed, "no-such.css")


def test_first_load_fits_a_slow_line(framed: Flask) -> None:
    """Everything a first visit fetches, compressed where it is: under 150 kB, of which a page may take 60."""
    page = framed.test_client().get("/cases").get_data(as_text=True)
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    client, taken = framed.test_client(), {"Accept-Encoding": "gzip"}
    sizes = [len(client.get(address, headers=taken, buffered=True).data) for address in set(addresses)]
    assert len(sizes) == 6
    assert sum(sizes) < 60_000
    assert len(page.encode()) < 20_000
