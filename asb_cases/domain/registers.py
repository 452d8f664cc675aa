"""The lists that an administrator keeps (teams, partner bodies, wards, categories): names are given once, nothing is deleted,
and what is still needed is not retired."""

import re

from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.names import fold_key
from asb_cases.domain.out_of_hours import KINDS
from asb_cases.domain.record_keeping import words_given

AUTHORITY = "How the record works"

NAME_WITHOUT_LETTERS = Refusal(
    "name_without_letters", "The name has no letter and no digit in it.", AUTHORITY, "Write it as people say it."
)
NAME_TAKEN = Refusal(
    "name_taken",
    "There is one of that name already.",
    AUTHORITY,
    "Give it another name. If the other one is retired, put that in use again.",
)
STILL_NEEDED = Refusal(
    "still_needed",
    "It cannot be retired while {needed_by}.",
    AUTHORITY,
    "Move them elsewhere first.",
)
CODE_UNREADABLE = Refusal(
    "code_unreadable",
    "The code is not a word of small letters, digits and underscores.",
    AUTHORITY,
    "Write it like street_trading, with at most 30 characters.",
    field="code",
)
CODE_TAKEN = Refusal(
    "code_taken",
    "The code is taken, perhaps by a retired category. Codes are never used again: old records are counted by them.",
    AUTHORITY,
    "Choose another code.",
    field="code",
)
PARENT_BELOW = Refusal(
    "parent_below",
    "A category stands below one that stands below none, and not below itself.",
    AUTHORITY,
    "Choose a main category, or none.",
    field="parent_id",
)
HAS_CATEGORIES_BELOW = Refusal(
    "has_categories_below",
    "Other categories stand below this one.",
    AUTHORITY,
    "Move or retire those first.",
    field="parent_id",
)
COUNTED_AT_NIGHT = Refusal(
    "counted_at_night",
    "The out-of-hours form counts requests by this category.",
    AUTHORITY,
    "Rename it if its words do not suit.",
)
INTO_ITSELF = Refusal(
    "into_itself",
    "A ward is not merged into itself, nor into one that is retired.",
    AUTHORITY,
    "Choose the ward that stays.",
    field="into",
)

_CODE = re.compile(r"[a-z][a-z0-9_]{1,29}")


def check_name(what: str, name: str | None, field: str, *, taken: bool) -> Findings:
    """Whether something of a list may be called so."""
    said = bool((name or "").strip())
    return gathered([
        words_given(what, name, field),
        NAME_WITHOUT_LETTERS.at(field) if said and not fold_key(name or "") else None,
        NAME_TAKEN.at(field) if taken else None,
    ])  # fmt: skip


def check_not_needed(**numbers: int) -> Findings:
    """Whether something may be retired: `people` with an account in use, open `cases`, `categories` below it."""
    words = {
        "people": ("one person with an account in use belongs to it", "{} people with an account in use belong to it"),
        "cases": ("one open case belongs to it", "{} open cases belong to it"),
        "categories": ("one category in use stands below it", "{} categories in use stand below it"),
    }
    told = [words[what][number != 1].format(number) for what, number in numbers.items() if number]
    return gathered([STILL_NEEDED.of(needed_by=" and ".join(told)) if told else None])


def check_code(code: str, *, taken: bool) -> Findings:
    """Whether a new category may have this code."""
    return gathered([CODE_UNREADABLE if not _CODE.fullmatch(code) else None, CODE_TAKEN if taken else None])


def check_parent(*, own_id: int | None, parent_id: int | None, parents_parent: int | None, below: int) -> Findings:
    """Whether a category may stand below another: one step is all that lists and figures show."""
    wrong = parent_id is not None and (parent_id == own_id or parents_parent is not None)
    return gathered([
        PARENT_BELOW if wrong else None,
        HAS_CATEGORIES_BELOW if parent_id is not None and below else None,
    ])  # fmt: skip


def check_retiring_category(code: str, below: int) -> Findings:
    """Whether a category may be retired: old records keep it, and nothing new is put in it."""
    return check_not_needed(categories=below) + gathered([COUNTED_AT_NIGHT if code in KINDS else None])
