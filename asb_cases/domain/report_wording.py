"""The sentence of a figure: words of one's own around placeholders, so that no number in it can be typed wrong.

A placeholder is a name in braces, of a closed list; a number that is typed is refused. What a placeholder stands for is
worked out when the report is made.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from asb_cases.domain.errors import Findings, Refusal, gathered

AUTHORITY = "How figures are worded"
#: What may stand in braces, and what people are told of it.
PLACEHOLDERS = {
    "title": "the name of the figure",
    "value": "its value, with “about” or “over” where it was supplied so",
    "period": "the period it is of",
    "before": "the value it is compared with",
    "before_period": "the period of that value",
    "change": "“increased by 2.6 per cent”, “fell by 16 per cent” or “did not change”",
}
NEEDS_COMPARISON = frozenset({"before", "before_period"})
#: What a list's introduction may hold.
COUNT = "count"

HOUSE_COMPARED = "{title} {change}, from {before} in {before_period} to {value} in {period}."
HOUSE_BESIDE = "{title}: {value} in {period}, beside {before} in {before_period}."
HOUSE_SAME = "{title} did not change, at {before} in {before_period} and {value} in {period}."
HOUSE_STATED = "{title} {change}, to {value} in {period}."
HOUSE_CHANGE_ALONE = "{title} {change} in {period}."
HOUSE_ALONE = "{title}: {value} in {period}."
HOUSE_UNKNOWN = "{title}: not known for {period}."

_BRACED = re.compile(r"\{([^{}]*)\}")
#: A year, or a decade, may be typed: it is no figure.
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:s|-\d\d)?\b")
_NUMBER = re.compile(r"\d")

UNKNOWN_PLACEHOLDER = Refusal(
    "unknown_placeholder",
    "“{name}” is not something that can be filled in.",
    AUTHORITY,
    "Use only {known}.",
    "wording",
)
STRAY_BRACE = Refusal(
    "stray_brace",
    "A brace stands alone.",
    AUTHORITY,
    "Write placeholders as {{value}}; use round brackets otherwise.",
    "wording",
)
TYPED_NUMBER = Refusal(
    "typed_number",
    "A number is typed into the sentence: “{number}”.",
    AUTHORITY,
    "Write {{value}}, {{before}} or {{change}}, so that it can’t be wrong. A year, such as 2015-16, may be typed.",
    "wording",
)
NO_VALUE = Refusal(
    "no_value",
    "The sentence holds neither the figure’s value nor its change.",
    AUTHORITY,
    "Put {{value}} or {{change}} into it.",
    "wording",
)


@dataclass(frozen=True)
class Words:
    """A piece of a sentence: plain words, or what a placeholder stands for (`name` says which)."""

    text: str
    name: str | None = None


def check_wording(text: str | None) -> Findings:
    """Whether a sentence may be kept. None, or a blank one, is the house style."""
    if text is None or not text.strip():
        return Findings()
    return _checked(text, tuple(PLACEHOLDERS)) + gathered([
        None if {"value", "change"} & set(_BRACED.findall(text)) else NO_VALUE.of()
    ])  # fmt: skip


def check_introduction(text: str | None) -> Findings:
    """Whether the words before a list may be kept: `{count}` is how many there are."""
    return Findings(tuple(each.at("introduction") for each in _checked(text or "", (COUNT,)).refusals))


def _checked(text: str, known: tuple[str, ...]) -> Findings:
    names = [name for name in _BRACED.findall(text) if name not in known]
    rest = _BRACED.sub("", text)
    typed = _YEAR.sub("", rest)
    number = re.search(r"\S*\d\S*", typed)
    listed = ", ".join(f"{{{name}}}" for name in known)
    return gathered([
        *(UNKNOWN_PLACEHOLDER.of(name=f"{{{name}}}", known=listed) for name in dict.fromkeys(names)),
        STRAY_BRACE.of() if "{" in rest or "}" in rest else None,
        TYPED_NUMBER.of(number=number[0]) if number else None,
    ])  # fmt: skip


def filled(text: str, values: Mapping[str, str | None]) -> list[Words] | None:
    """The sentence with its placeholders filled in; None where one of them has nothing to be filled with."""
    pieces: list[Words] = []
    for place, part in enumerate(_BRACED.split(text)):
        if place % 2 == 0:
            if part:
                pieces.append(Words(part))
            continue
        value = values.get(part)
        if value is None:
            return None
        pieces.append(Words(value, part))
    return pieces
