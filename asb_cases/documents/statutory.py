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
    "2026-11, second",
    "10b0a310ee453ab57a6fe60e6ad9da4849755f523aca9b4ec072ade326797368",
    "2014 Act s.43(7)(b)",
)
#: What a warning says will follow.
NOTICE_WILL_FOLLOW = StatutoryBlock(
    "notice_will_follow",
    "2026-11, second",
    "b62aecba20c898042bda81c41352b420449a304b7aa78e183fc80f7389653985",
    "2014 Act s.43(5)(a)",
)
#: The period, the payment and what follows, as section 52(6) asks of a fixed penalty notice.
FIXED_PENALTY = StatutoryBlock(
    "fixed_penalty",
    "2026-11, second",
    "b4bba9cac76918d73ffd536b628bc508d220e51434d71237768620d80a97d6cd",
    "2014 Act s.52(6), (9), (10)",
)
#: The right to ask for a case review.
CASE_REVIEW = StatutoryBlock(
    "case_review",
    "2026-11",
    "5988df118ae5150eb9d642fcfcd5730eae6026214462415f283e009b4170c74e",
    "2014 Act s.104",
)
#: Whose consent work in default needs, and what follows from it.
WORK_NOTICE = StatutoryBlock(
    "work_notice",
    "2026-11",
    "f5ebbc3a6bd73bb72cdf5063a7b9e5b5247c759655136d0edd7bff4fea487e9e",
    "2014 Act s.47(3), (4)",
)
#: How to appeal against the amount asked for work in default.
COST_NOTICE = StatutoryBlock(
    "cost_notice",
    "2026-11",
    "252314241cd0697cafa1e1af002cf10e363a25e37aa8b6c9a37238713cb70393",
    "2014 Act s.47(6), (7)",
)

BLOCKS = (SECTIONS_46_TO_51, NOTICE_WILL_FOLLOW, FIXED_PENALTY, CASE_REVIEW, WORK_NOTICE, COST_NOTICE)
