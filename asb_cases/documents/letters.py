"""The register of letters to those who complained: what each is called, of what it is, its template, its words."""

from dataclasses import dataclass
from types import MappingProxyType

from asb_cases.documents.statutory import CASE_REVIEW, StatutoryBlock
from asb_cases.queries.document_rows import LetterOf


@dataclass(frozen=True)
class LetterKind:
    """One kind of letter. `code` is what it is kept under, and a part of its address; `uses` are the council's words in it."""

    code: str
    of: LetterOf
    title: str
    template: str
    uses: tuple[str, ...]
    block: StatutoryBlock = CASE_REVIEW


_WORDS = ("address", "contact", "case_review_contact")

#: By code.
LETTERS = MappingProxyType({
    kind.code: kind
    for kind in (
        LetterKind("acknowledgement", LetterOf.COMPLAINT, "Your report to us: we have it", "acknowledgement_letter", _WORDS),
        LetterKind(
            "closing", LetterOf.PART, "Your report to us: the case is closed", "closure_letter", ("review_right", *_WORDS)
        ),
        LetterKind("update", LetterOf.CONTACT, "Your report to us: where it stands", "update_letter", _WORDS),
    )
})  # fmt: skip
