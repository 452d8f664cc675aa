"""The council's own words in documents: blocks that an administrator writes, beside the texts of the law, which are locked.

A block is plain text with placeholders from one closed list, filled in by a sandbox that knows nothing else, and printed by
templates that escape all they are given. A block nobody wrote has the words it ships with, as version 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from asb_cases.domain.errors import Refusal

LONGEST = 4000
#: What a block may name, and what stands in its place.
PLACEHOLDERS = MappingProxyType({
    "reference": "the reference of the document, or of the case in a letter about one",
    "recipient": "the name of whoever it is to",
    "council": "the name of the council",
    "day": "the day on which it is made",
})  # fmt: skip
#: What the preview puts in their place.
SAMPLE = MappingProxyType({
    "reference": "CPN-2026-0001", "recipient": "Sam Example", "council": "Example Council", "day": "1 June 2026",
})  # fmt: skip

BAD_PLACEHOLDER = Refusal(
    "bad_placeholder",
    "{found} cannot be filled in.",
    "",
    "Use these alone, each between two pairs of curly brackets: {known}.",
    field="text",
)
NOT_CLOSED = Refusal(
    "placeholder_not_closed",
    "A placeholder is not written as it should be: {what}.",
    "",
    "Write each between two pairs of curly brackets, for example {example}.",
    field="text",
)
TOO_LONG = Refusal(
    "wording_too_long", "The words are longer than {most} characters.", "", "Shorten them.", field="text"
)
UNCHANGED = Refusal(
    "wording_unchanged", "These are the words as they stand.", "", "Change them, or leave.", field="text"
)


@dataclass(frozen=True)
class Block:
    """One block: in the documents of a kind (`documents.kinds`, `documents.letters`), where it stands, what it ships with."""

    code: str
    of: str
    document: str
    title: str
    shipped: str = ""


_AGAIN = "This does not prevent the council from acting again if it has grounds to."

#: By code, in the order of the page.
BLOCKS = MappingProxyType({
    block.code: block
    for block in (
        Block(
            "warning_disagree", "warning", "Community protection warning", "If they disagree",
            "There is no appeal to a court against this warning. If you think it is wrong, if something has changed, or if "
            "you need help or more time to put things right, tell us as soon as you can. We will consider what you say and "
            "write to you.",
        ),
        Block("warning_end", "warning", "Community protection warning", "Further words before the signature"),
        Block("notice_end", "notice", "Community protection notice", "Further words before the signature"),
        Block("penalty_end", "penalty", "Fixed penalty notice", "Further words before the signature"),
        Block("variation_end", "variation", "Variation of a notice", "Further words before the signature"),
        Block("withdrawal_end", "withdrawal", "Withdrawal or cancellation", "Words at the end", _AGAIN),
        Block(
            "discharge_end", "discharge", "Discharge of a notice", "Words at the end",
            f"{_AGAIN} What happened before the discharge may still be acted on.",
        ),
        Block("work_end", "work", "Notice of intended work", "Further words before the signature"),
        Block("cost_end", "cost", "Notice of the cost of work", "Further words, such as how to pay"),
        Block(
            "acknowledgement_body", "acknowledgement", "Acknowledgement to whoever complained", "What happens next",
            "We are looking into it. We will tell you what we find and what we can do, and we will not tell the person you "
            "told us about who you are without asking you first.\n\n"
            "Until then, write down what happens, with the day and the time, and tell us if it goes on or gets worse. In an "
            "emergency call 999.",
        ),
        Block(
            "update_end", "update", "Update to whoever complained", "Words at the end",
            "If anything more happens, tell us. In an emergency call 999.",
        ),
        Block(
            "closing_end", "closing", "Closing letter to whoever complained", "Words after the reasons",
            "If it happens again, or something new happens, tell us. In an emergency call 999.",
        ),
    )
})  # fmt: skip

_SANDBOX = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)


def check_wording(text: str) -> Refusal | None:
    """Why these words cannot be a block, or None: text and placeholders of the list are all there may be."""
    if len(text) > LONGEST:
        return TOO_LONG.of(most=LONGEST)
    if "{#" in text:
        return NOT_CLOSED.of(what="{#", example="{{ reference }}")
    try:
        tree = _SANDBOX.parse(text)
    except TemplateSyntaxError as error:
        return NOT_CLOSED.of(what=error.message or "see the brackets", example="{{ reference }}")
    for part in tree.body:
        for node in part.nodes if isinstance(part, nodes.Output) else [part]:
            if not isinstance(node, nodes.TemplateData) and not _known(node):
                named = f"“{node.name}”" if isinstance(node, nodes.Name) else "What stands between the brackets"
                return BAD_PLACEHOLDER.of(found=named, known=", ".join(PLACEHOLDERS))
    return None


def _known(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name in PLACEHOLDERS


def filled(text: str, values: Mapping[str, str]) -> str:
    """The words with their placeholders filled in: plain text still, which whatever prints it must escape."""
    return _SANDBOX.from_string(text).render({name: values[name] for name in PLACEHOLDERS})


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """What became of words, piece by piece: `same`, `gone` or `new`, and the words."""
    old, new = before.split(" "), after.split(" ")
    found: list[tuple[str, str]] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", " ".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            found.append(("gone", " ".join(old[old_from:old_to])))
        if new_to > new_from:
            found.append(("new", " ".join(new[new_from:new_to])))
    return [(kind, words) for kind, words in found if words]
