"""What the rows of a file are read against: the day, what is known already, what the command asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from asb_cases.domain.calendar import Holidays
from asb_cases.domain.imports.cells import Cells
from asb_cases.domain.imports.columns import shortened
from asb_cases.domain.legal_values import LegalValues
from asb_cases.domain.names import fold_key


@dataclass(frozen=True)
class Setting:
    """`categories` maps the folded code and the folded title of each category to its code, in the order shown.

    Rows dated before `incomplete_before` are let in without the step they follow. `council` is the council's own name:
    what it issued is not somebody else's.
    """

    today: date
    values: LegalValues
    holidays: Holidays
    categories: Mapping[str, str]
    council: str = ""
    incomplete_before: date | None = None


def read_categories(cells: Cells, setting: Setting) -> tuple[str, ...]:
    """The codes of the categories that the cell names, by code or title."""
    found: list[str] = []
    for text in cells.several("category"):
        code = setting.categories.get(fold_key(text))
        if code:
            found.append(code)
        else:
            cells.refuse(
                "category",
                "category_unknown",
                f"There is no category “{shortened(text)}”.",
                f"Those known are {', '.join(dict.fromkeys(setting.categories.values()))}. Separate several by “;”.",
            )
    return tuple(dict.fromkeys(found))
