"""The light markup of the yearly report: what it knows, and that nothing else comes through."""

import pytest

from asb_cases.reports.annual_document import Heading, Items, Paragraph, plain
from asb_cases.reports.annual_markup import elements_of, safe_link


def test_paragraphs_lists_headings_and_styles() -> None:
    text = "One **bold** *it* [at](https://example.org/a).\n\n- first\n  - below\n- second\n\n# Deeper\n\n1. a\n2. b"
    paragraph, bullets, heading, numbers = elements_of(text, level=1, anchor="b1")
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.runs) == "One bold it at."
    styles = [(run.text, run.bold, run.italic, run.href) for run in paragraph.runs if run.text.strip(" .")]
    assert styles[1:] == [
        ("bold", True, False, None),
        ("it", False, True, None),
        ("at", False, False, "https://example.org/a"),
    ]
    assert isinstance(bullets, Items)
    assert [plain(item.runs) for item in bullets.items] == ["first", "second"]
    assert plain(bullets.items[0].below[0].runs) == "below"
    assert heading == Heading(2, "Deeper", "b1-2")
    assert isinstance(numbers, Items)
    assert numbers.ordered


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b onclick=x>no</b>",
        "![x](https://example.org/a.png)",
        "    code",
        "> said",
        "`c`",
    ],
)
def test_what_it_does_not_know_stays_words(text: str) -> None:
    (only,) = elements_of(text, level=1, anchor="b")
    assert isinstance(only, Paragraph)
    assert all(run.href in {None, "https://example.org/a.png"} for run in only.runs)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//example.org", "/cases", "http://", "https://[", ""]
)
def test_links_lead_to_the_web_alone(address: str) -> None:
    assert safe_link(address) is None
