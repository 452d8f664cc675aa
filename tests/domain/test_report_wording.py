"""The words of a figure: what may stand in them, what is refused, and what they come to."""

import pytest

from asb_cases.domain.report_wording import check_introduction, check_wording, filled


@pytest.mark.parametrize(
    ("wording", "codes"),
    [
        (None, ()),
        ("   ", ()),
        ("{title}: {value} in {period}.", ()),
        ("Since the mid-1990s, and in 2015-16, {title} {change}.", ()),
        ("{title} rose by 11 per cent to {value}.", ("typed_number",)),
        ("{title}: 1,938, not {value}", ("typed_number",)),
        ("{title}: {values}", ("unknown_placeholder", "no_value")),
        ("{value:,} {value.__class__}", ("unknown_placeholder", "unknown_placeholder", "no_value")),
        ("{value} {", ("stray_brace",)),
        ("Crime {{value}}", ("stray_brace",)),
        ("Nothing of the figure", ("no_value",)),
    ],
)
def test_a_sentence_holds_placeholders_of_the_list_and_no_typed_number(
    wording: str | None, codes: tuple[str, ...]
) -> None:
    found = check_wording(wording)
    assert found.codes == codes
    assert {refusal.field for refusal in found.refusals} <= {"wording"}


def test_the_words_before_a_list_count_it() -> None:
    assert check_introduction("There are {count} priorities:").allowed
    refused = check_introduction("There are 5 of {value}:").refusals
    assert [(each.code, each.field) for each in refused] == [
        ("unknown_placeholder", "introduction"),
        ("typed_number", "introduction"),
    ]


def test_a_sentence_is_filled_in_whole_or_not_at_all() -> None:
    values = {"title": "Theft", "value": "about 100", "before": None}
    pieces = filled("{title}: {value}.", values) or []
    assert "".join(piece.text for piece in pieces) == "Theft: about 100."
    assert [piece.name for piece in pieces] == ["title", None, "value", None]
    assert filled("{title}, from {before}", values) is None
