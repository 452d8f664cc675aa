"""Figures beside those of the period before, with the change."""

from collections.abc import Iterable
from dataclasses import dataclass

from asb_cases.domain.changes import Change, change
from asb_cases.domain.figures import Dimension, Figure, FigureKind
from asb_cases.queries.figures import FigureSet, FigureValue
from asb_cases.reports.addresses import rows_path


@dataclass(frozen=True)
class TableRow:
    """One figure in two periods. Paths open the rows of each; a rate's change is not worked out, per cent of per cent."""

    figure: Figure
    now: FigureValue
    before: FigureValue | None
    change: Change
    now_path: str
    before_path: str | None


def compared(now: FigureSet, before: FigureSet | None, codes: Iterable[str] | None = None) -> list[TableRow]:
    """A row for each figure, or each of `codes`, in their order."""
    wanted = list(now.values) if codes is None else [code for code in codes if code in now.values]
    return [_row(code, now, before) for code in wanted]


def _row(code: str, now: FigureSet, before: FigureSet | None) -> TableRow:
    here = now.values[code]
    there = before.values.get(code) if before else None
    is_rate = here.figure.kind is FigureKind.RATE
    return TableRow(
        figure=here.figure,
        now=here,
        before=there,
        change=change(None if is_rate or there is None else there.value, here.value),
        now_path=rows_path(code, now.period),
        before_path=rows_path(code, before.period) if before else None,
    )


@dataclass(frozen=True)
class PartRow:
    """One number of a breakdown in two periods. `key` is None for what the parts leave over, which has no rows of its own."""

    key: str | None
    now: int
    before: int | None
    change: Change
    now_path: str | None
    before_path: str | None


def parts_compared(code: str, dimension: Dimension, now: FigureSet, before: FigureSet | None) -> list[PartRow]:
    """A row for each key that either period has, in order, and one for what is left over where the parts do not add up."""
    here = now.breakdowns.get(code, {}).get(dimension, {})
    there = before.breakdowns.get(code, {}).get(dimension, {}) if before else {}
    rows = []
    for key in sorted({*here, *there}):
        old = there.get(key, 0) if before and code in before.breakdowns else None
        paths = [rows_path(code, each.period, (dimension, key)) if each else None for each in (now, before)]
        rows.append(PartRow(key, here.get(key, 0), old, change(old, here.get(key, 0)), paths[0], paths[1]))
    left = now.remainder(code, dimension)
    left_before = before.remainder(code, dimension) if before and code in before.breakdowns else None
    if rows and (left or left_before):
        rows.append(PartRow(None, left, left_before, change(None, left), None, None))
    return rows
