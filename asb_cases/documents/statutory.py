"""The blocks of a document that the law asks for, each locked in one template file with a version.

Change the words of a file only together with its version here: a test compares the file with its fingerprint, so that
what was given to somebody can always be traced to the words of its day.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class StatutoryBlock:
    """One locked text: its file below `templates/documents/statutory/`, its version, and the SHA-256 of that version."""

    file: str
    version: str
    sha256: str
    authority: str

    @property
    def template(self) -> str:
        return f"documents/statutory/{self.file}.html"


#: Sections 46 to 51 explained, as section 43(7)(b) asks of a notice; with section 52, and how to ask for a change.
SECTIONS_46_TO_51 = StatutoryBlock(
    "sections_46_to_51",
    "2026-11",
    "f0a3d7e88598f1f523146ec39d043187fab4b02ec2229f1c83c2d857a4180edc",
    "2014 Act s.43(7)(b)",
)
#: What a warning says will follow.
NOTICE_WILL_FOLLOW = StatutoryBlock(
    "notice_will_follow",
    "2026-11",
    "2d72bf245c57618ce2383f089760f426940a3569cbb0dd3cf71bce5b1ae8d19f",
    "2014 Act s.43(5)(a)",
)
#: The period, the payment and what follows, as section 52(6) asks of a fixed penalty notice.
FIXED_PENALTY = StatutoryBlock(
    "fixed_penalty",
    "2026-11",
    "ff9ab73aae1adacd5be6f6cee8a7e5173e8ccb24dd5755796e94653cc2e0349f",
    "2014 Act s.52(6), (9), (10)",
)
#: The right to ask for a case review.
CASE_REVIEW = StatutoryBlock(
    "case_review",
    "2026-11",
    "5988df118ae5150eb9d642fcfcd5730eae6026214462415f283e009b4170c74e",
    "2014 Act s.104",
)

BLOCKS = (SECTIONS_46_TO_51, NOTICE_WILL_FOLLOW, FIXED_PENALTY, CASE_REVIEW)
