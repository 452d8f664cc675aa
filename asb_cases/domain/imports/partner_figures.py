"""A row of figures that partners supply: columns and cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from asb_cases.domain.imports.cells import Cells
from asb_cases.domain.imports.columns import Format
from asb_cases.domain.imports.problems import Problem
from asb_cases.domain.imports.setting import Setting
from asb_cases.domain.names import fold_key

FORMAT = Format(
    name="partner-figures",
    needed=("series", "period_from", "period_to"),
    optional=("value", "unit", "source", "note", "qualifier", "change_per_cent"),
)
_CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
#: What the tables hold: twelve digits before the point, six for a change.
LARGEST_VALUE, LARGEST_CHANGE = 999_999_999_999, 999_999
#: That a value is not exact.
QUALIFIERS = ("about", "over")
DEFAULT_UNIT = "number"
NO_SOURCE = "not recorded"


@dataclass(frozen=True, kw_only=True)
class PartnerFigureRow:
    """What one row says. `series` is a code; `unit` None leaves the one the series has."""

    series: str
    title: str
    period_from: date
    period_to: date
    value: Decimal | None
    unit: str | None
    source: str
    note: str | None
    qualifier: str | None
    change_per_cent: Decimal | None

    @property
    def period(self) -> tuple[str, date, date]:
        """What a later row takes the place of."""
        return self.series, self.period_from, self.period_to

    @property
    def says(self) -> tuple[Decimal | None, str | None, Decimal | None, str, str | None]:
        """What stands for the period once the row is in."""
        return self.value, self.qualifier, self.change_per_cent, self.source, self.note


def read_row(given: Mapping[str, str], _setting: Setting) -> tuple[PartnerFigureRow | None, list[Problem]]:
    """What a row says, or what is wrong with it."""
    cells = Cells(given)
    series = cells.keyed("series", needed=True)
    first = cells.day("period_from", needed=True)
    last = cells.day("period_to", needed=True)
    cells.in_order("period_from", first, "period_to", last)
    value = cells.number("value", places=2, largest=LARGEST_VALUE)
    change = _change(given, cells)
    if value is None and change is None and not {"value", "change_per_cent"} & cells.columns_refused:
        cells.refuse("value", "needed", "value is blank.", "Give it, or a change_per_cent where no base is known.")
    unit = cells.text("unit", 100)
    source = cells.text("source", 1000)
    note = cells.text("note")
    qualifier = cells.code("qualifier", QUALIFIERS)
    if cells.problems or not (series and first and last):
        return None, cells.problems
    code, title = code_and_title(series)
    row = PartnerFigureRow(
        series=code,
        title=title,
        period_from=first,
        period_to=last,
        value=value,
        unit=unit,
        source=source or NO_SOURCE,
        note=note,
        qualifier=qualifier,
        change_per_cent=change,
    )
    return row, []


def code_and_title(series: str) -> tuple[str, str]:
    """A series is written as its code (`police_recorded_crime`) or as a title, which a code is made of."""
    if _CODE.fullmatch(series):
        return series, series.replace("_", " ").capitalize()
    return fold_key(series).replace(" ", "_"), series


def _change(given: Mapping[str, str], cells: Cells) -> Decimal | None:
    """A change in per cent, `+2.6` or `-16%`."""
    text = given.get("change_per_cent", "").removesuffix("%").strip()
    inner = Cells({"change_per_cent": text} if text else {})
    change = inner.number("change_per_cent", places=1, largest=LARGEST_CHANGE)
    cells.problems += inner.problems
    return change
