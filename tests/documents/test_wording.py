"""The council's own words: which may be saved, how they are filled in, what changed."""

import pytest

from asb_cases.documents.wording import BLOCKS, LONGEST, PLACEHOLDERS, SAMPLE, changes, check_wording, filled


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", None),
        ("Ring {{ council }} about {{reference}}, {{ recipient }}. Braces {alone} and 100% are text.", None),
        ("<b>{{ day }}</b> & more", None),
        ("{{ complainant }}", "bad_placeholder"),
        ("{{ reference.__class__ }}", "bad_placeholder"),
        ("{{ reference|upper }}", "bad_placeholder"),
        ("{{ cycler() }}", "bad_placeholder"),
        ("{{ 7 * 7 }}", "bad_placeholder"),
        ("{% for x in reference %}{{ x }}{% endfor %}", "bad_placeholder"),
        ("{% set reference = 1 %}", "bad_placeholder"),
        ("{% include 'layouts/base.html' %}", "bad_placeholder"),
        ("{{ reference", "placeholder_not_closed"),
        ("{{ }}", "placeholder_not_closed"),
        ("{% nonsense %}", "placeholder_not_closed"),
        ("A {# hidden #} word", "placeholder_not_closed"),
        ("x" * (LONGEST + 1), "wording_too_long"),
    ],
)
def test_only_text_and_known_placeholders_may_be_saved(text: str, code: str | None) -> None:
    found = check_wording(text)
    assert (found.code if found else None) == code
    assert found is None or found.field == "text"


def test_what_ships_may_be_saved_and_filled_in() -> None:
    for block in BLOCKS.values():
        assert check_wording(block.shipped) is None
        assert filled(block.shipped, SAMPLE) == block.shipped
    assert filled(" ".join(f"{{{{ {name} }}}}" for name in PLACEHOLDERS), SAMPLE) == " ".join(SAMPLE.values())


def test_a_name_is_never_read_as_a_placeholder() -> None:
    values = {**SAMPLE, "recipient": "{{ council }}"}
    assert filled("To {{ recipient }}", values) == "To {{ council }}"


def test_what_changed_is_said_piece_by_piece() -> None:
    assert changes("Tell us soon.", "Tell the team soon.") == [
        ("same", "Tell"), ("gone", "us"), ("new", "the team"), ("same", "soon."),
    ]  # fmt: skip
