"""The design systems' files are the ones the manifest names, without a trace of national branding."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVED = ROOT / "asb_cases" / "static" / "vendor"
FOLDERS = (SERVED, ROOT / "tests" / "browser" / "vendor")
ASSETS = [(folder, entry) for folder in FOLDERS for entry in json.loads((folder / "manifest.json").read_text())]
SHEETS_AND_SCRIPTS = sorted(path for path in SERVED.iterdir() if path.suffix in {".css", ".js"})


@pytest.mark.parametrize(("folder", "entry"), ASSETS, ids=[entry["file"] for _, entry in ASSETS])
def test_file_is_the_one_in_the_manifest(folder: Path, entry: dict[str, str]) -> None:
    content = (folder / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["result_sha256"]
    assert re.fullmatch("[0-9a-f]{64}", entry["source_sha256"])
    assert entry["licence"] in {"MIT", "MPL-2.0"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", entry["version"])


def test_nothing_is_served_that_the_manifest_does_not_name() -> None:
    assert {path.name for path in SHEETS_AND_SCRIPTS} == {entry["file"] for folder, entry in ASSETS if folder == SERVED}


@pytest.mark.parametrize("path", SHEETS_AND_SCRIPTS, ids=lambda path: path.name)
def test_compressed_twin_holds_the_same(path: Path) -> None:
    assert gzip.decompress(path.with_name(path.name + ".gz").read_bytes()) == path.read_bytes()


@pytest.mark.parametrize("path", sorted((ROOT / "asb_cases" / "static").rglob("*.[cjs]*")), ids=lambda path: path.name)
def test_no_national_branding_is_left(path: Path) -> None:
    text = "" if path.suffix == ".gz" else path.read_text()
    assert re.findall(r"GDS Transport|crown|crest|logotype|opengraph|favicon|@font-face", text, re.IGNORECASE) == []


@pytest.mark.parametrize("path", SHEETS_AND_SCRIPTS, ids=lambda path: path.name)
def test_nothing_else_is_fetched(path: Path) -> None:
    addresses = re.findall(r"""url\(\s*["']?([^"')]+)""", path.read_text())
    assert [address for address in addresses if not address.startswith("data:image/svg+xml,")] == []
    assert "sourceMappingURL" not in path.read_text()


def test_no_emblem_or_typeface_is_kept() -> None:
    kinds = {path.suffix for path in (ROOT / "asb_cases" / "static").rglob("*") if path.is_file()}
    assert kinds <= {".css", ".js", ".svg", ".gz", ".json", ".txt"}
