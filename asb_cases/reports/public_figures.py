"""Figures as they may leave the council: small numbers hidden, nothing said beside them that would give one away.

Left out altogether: what partners supply (it is theirs to publish), and the count of all powers, whose parts are
published one by one and would give hidden ones back.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from asb_cases.domain.figures import FIGURES, Dimension, Figure, FigureKind, published
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Actor, FiguresScope
from asb_cases.domain.small_numbers import Protected, protected, rate_may_be_shown, shown_total
from asb_cases.queries.figures import FigureSet, FigureValue, figures_of

NOT_PUBLISHED = frozenset({"powers_used"})
#: What open data is broken down by. Finer ones are for those who ask, and see them judged.
PUBLIC_DIMENSIONS = frozenset({Dimension.CATEGORY, Dimension.WARD, Dimension.CHANNEL, Dimension.RECIPIENT})


@dataclass(frozen=True)
class PublicFigure:
    """One figure as it may leave: its value, whether it is hidden, why it is not known, and its breakdowns."""

    figure: Figure
    value: int | Decimal | None
    hidden: bool = False
    note: str | None = None
    breakdowns: dict[Dimension, Protected] = field(default_factory=dict)


@dataclass(frozen=True)
class PublicFigures:
    """All figures of a period as they may leave. Counts below `least` are hidden."""

    period: Period
    least: int
    figures: dict[str, PublicFigure]


def public_figures(
    period: Period, actor: Actor, *, least: int, by: Collection[Dimension] = PUBLIC_DIMENSIONS
) -> PublicFigures:
    """The figures of a period with small numbers hidden."""
    codes = [figure.code for figure in published(FiguresScope.ALL) if figure.code not in NOT_PUBLISHED]
    behind = {code for figure in FIGURES.values() if figure.over for code in (figure.over, figure.under)}
    found = figures_of(period, actor, codes={*codes, *behind}, broken_down=codes, by=by)
    return PublicFigures(period, least, {code: _public(found, found.values[code], least) for code in codes})


def _public(found: FigureSet, each: FigureValue, least: int) -> PublicFigure:
    if each.value is None:
        return PublicFigure(each.figure, None, note=None if each.figure.kind is FigureKind.RATE else each.note)
    if each.figure.kind is FigureKind.RATE:
        over, under = found.count(each.figure.over) or 0, found.count(each.figure.under) or 0
        may = rate_may_be_shown(over, under, least)
        return PublicFigure(each.figure, each.value if may else None, hidden=not may)
    total = int(each.value)
    parts = found.breakdowns.get(each.figure.code, {})
    return PublicFigure(
        each.figure,
        shown_total(total, least),
        hidden=shown_total(total, least) is None,
        breakdowns={dimension: protected(total, numbers, least) for dimension, numbers in parts.items()},
    )


def parts_of(each: PublicFigure) -> Iterator[tuple[Dimension, str, int | None]]:
    """Every part of every breakdown that is told at all."""
    for dimension, kept in each.breakdowns.items():
        if not kept.withheld:
            for key, value in kept.parts.items():
                yield dimension, key, value
