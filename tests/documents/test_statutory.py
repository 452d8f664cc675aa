"""The texts that the law asks for: locked, each change a new version, and each saying what its section asks."""

from hashlib import sha256
from pathlib import Path

import pytest

from asb_cases.documents.statutory import BLOCKS, SECTIONS_46_TO_51, StatutoryBlock

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.file)
def test_a_changed_text_has_a_new_version(block: StatutoryBlock) -> None:
    found = sha256((TEMPLATES / block.template).read_bytes()).hexdigest()
    assert found == block.sha256, f"{block.template} was changed: give it a new version in documents/statutory.py"


def test_every_locked_text_is_in_the_register() -> None:
    files = {path.stem for path in (TEMPLATES / "documents/statutory").glob("*.html")}
    assert files == {block.file for block in BLOCKS}


def test_the_explanation_of_a_notice_covers_each_section() -> None:
    text = (TEMPLATES / SECTIONS_46_TO_51.template).read_text()
    for section in range(46, 53):
        assert f"(section {section})" in text
