"""The references that records are known by: `ASB-2026-000123`. Never reused; numbers start again each year."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Prefix(StrEnum):
    """What a reference is for."""

    CASE = "ASB"
    COMPLAINT = "CMP"
    WARNING = "CPW"
    NOTICE = "CPN"
    FIXED_PENALTY = "FPN"
    PROSECUTION = "PRO"
    CASE_REVIEW = "ACR"
    OTHER_TOOL = "OTP"


#: How many digits a number is filled up to. A longer number is written in full.
_WIDTHS = {Prefix.CASE: 6, Prefix.COMPLAINT: 6}
_USUAL_WIDTH = 4
_TYPED = re.compile(
    r"(ASB|CMP|CPW|CPN|FPN|PRO|ACR|OTP)[\s\-–—_./]*(20[0-9]{2})[\s\-–—_./]+([0-9]{1,9})"
    r"|(ASB|CMP|CPW|CPN|FPN|PRO|ACR|OTP)(20[0-9]{2})([0-9]{4,9})",
    re.IGNORECASE,
)


@dataclass(frozen=True, order=True)
class Reference:
    """What kind of record, of which year, with which number."""

    prefix: Prefix
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.number:0{_WIDTHS.get(self.prefix, _USUAL_WIDTH)}d}"


def parse_reference(text: str) -> Reference | None:
    """The reference that typed text is, whatever its case, spaces and dashes; None where it is something else.

    `asb 2026 123`, `ASB-2026-000123` and `ASB2026000123` are one. Older references of a council are not ours.
    """
    match = _TYPED.fullmatch(text.strip())
    if not match:
        return None
    prefix, year, number = (part for part in match.groups() if part)
    return Reference(Prefix(prefix.upper()), int(year), int(number)) if int(number) else None
