"""What is wrong with a row of a file, where, and what would be right."""

from dataclasses import dataclass

from asb_cases.domain.errors import Refusal


@dataclass(frozen=True)
class Problem:
    """One reason to refuse a row. `column` is empty where it is about the row as a whole.

    `code` names the rule; `authority` is the section, where the law refuses and not the format.
    """

    column: str
    code: str
    message: str
    remedy: str
    authority: str = ""

    def __str__(self) -> str:
        section = f" ({self.authority})" if self.authority else ""
        return f"{self.message}{section} {self.remedy}"


def of_refusal(refusal: Refusal, column: str) -> Problem:
    """A refusal of the law, about a column."""
    return Problem(column, refusal.code, refusal.message, refusal.remedy, refusal.authority)
