"""Our own colours can be read: contrast by the formula of WCAG 2.2, from the style sheet as it stands."""

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).resolve().parents[2] / "asb_cases" / "static" / "asb.css").read_text()
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", SHEET)) | {
    "white": "#fff",
    "black": "#0b0c0c",
    "focus": "#fd0",
    "button-hover": "#083348",
}

#: (text, ground), for text of any size.
TEXT = [
    ("asb-header-text", "govuk-brand-colour"),
    ("govuk-link-colour", "white"),
    ("govuk-link-colour", "govuk-template-background-colour"),
    ("govuk-link-colour", "govuk-surface-background-colour"),
    ("govuk-link-hover-colour", "white"),
    ("govuk-secondary-text-colour", "white"),
    ("govuk-secondary-text-colour", "govuk-surface-background-colour"),
    ("govuk-secondary-text-colour", "asb-quiet-background"),
    ("asb-danger", "white"),
    ("white", "button-hover"),
    ("black", "focus"),
    ("black", "govuk-surface-background-colour"),
]
#: Parts of controls that have to be seen.
CONTROLS = [
    ("govuk-brand-colour", "white"),
    ("govuk-brand-colour", "govuk-surface-background-colour"),
    ("black", "white"),
]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[i : i + 2] for i in (0, 2, 4)]
    channels = [int(pair, 16) / 255 for pair in pairs]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula() -> None:
    assert round(contrast("white", "black"), 1) == 19.6
    assert contrast("white", "white") == 1


@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_stands_out(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("part", "ground"), CONTROLS)
def test_controls_stand_out(part: str, ground: str) -> None:
    assert contrast(part, ground) >= 3


def test_no_colour_for_text_is_left_out() -> None:
    used = set(re.findall(r"(?<![-\w])color: var\(--([\w-]+)\)", SHEET))
    assert used <= {name for pair in TEXT for name in pair} | {"govuk-focus-text-colour"}
