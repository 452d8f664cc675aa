"""The figures of a period: every value, note and breakdown in a handful of queries, whatever the number of figures."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import CTE, Integer, Select, String, cast, func, literal, select, union_all

from asb_cases.domain.changes import rate
from asb_cases.domain.figure_notes import not_kept_note, note, rate_note
from asb_cases.domain.figures import (
    FIGURES,
    FIGURES_IN_SCOPE,
    Aside,
    Dimension,
    Figure,
    FigureKind,
    counts_behind,
    published,
)
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Actor, FiguresScope, Permission
from asb_cases.extensions import db
from asb_cases.models.policy import RecordCoverage
from asb_cases.queries.figure_breakdowns import COUNTED_AMONG, aside_condition, possible_duplicates, reading
from asb_cases.queries.figure_rows import COUNTED_ROWS, CountedRows
from asb_cases.queries.figure_scope import counts_for
from asb_cases.queries.supplied_figures import Supplied, supplied_values

#: What a branch of the counting query counts, where it is the figure itself.
ITSELF = ""

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class FigureValue:
    """One figure's value in a period. None where records were not kept, a rate has no base, or nobody supplied it.

    `asides` are what was counted beside it, as the note says in words; `qualifier` marks a supplied value that is not
    exact (about, over), `change_per_cent` is a change that was supplied with it.
    """

    figure: Figure
    value: int | Decimal | None
    note: str | None = None
    asides: Mapping[Aside, int] = field(default_factory=dict)
    qualifier: str | None = None
    change_per_cent: Decimal | None = None


@dataclass(frozen=True)
class FigureSet:
    """All figures of a period that somebody may see, and the breakdowns of its counts."""

    period: Period
    values: dict[str, FigureValue]
    breakdowns: dict[str, dict[Dimension, dict[str, int]]] = field(default_factory=dict)

    def count(self, code: str) -> int | None:
        """The value of a count; None where it is not known."""
        value = self.values[code].value
        return None if value is None else int(value)

    def remainder(self, code: str, dimension: Dimension) -> int:
        """By how much the parts of a breakdown fall short of the count. Below 0 where rows stand under several keys."""
        return (self.count(code) or 0) - sum(self.breakdowns.get(code, {}).get(dimension, {}).values())

    def part(self, code: str, dimension: Dimension, key: str) -> int:
        """One number of a breakdown."""
        return self.breakdowns.get(code, {}).get(dimension, {}).get(key, 0)


def figures_of(
    period: Period,
    actor: Actor,
    *,
    codes: Collection[str] | None = None,
    broken_down: Collection[str] | None = None,
    by: Collection[Dimension] | None = None,
) -> FigureSet:
    """Every figure of the period as it stands for the actor, or those of `codes`. Raises NotPermitted.

    `broken_down` are the counts to break down too, all of them unless said, and `by` what they are broken down by, all
    that the register names for them unless said. The same rows give the same numbers on
    every engine. A handful of queries, however many figures.
    """
    actor.check(Permission.SEE_FIGURES)
    wanted = _wanted(actor, codes)
    counts = _counts(counts_behind(wanted), period, actor)
    coverage = {row.figure: row for row in db.session.scalars(select(RecordCoverage))}
    values = {figure.code: _value(figure, counts, period, coverage) for figure in wanted}
    if actor.figures_scope is FiguresScope.ALL and (codes is None or not FIGURES.keys() >= set(codes)):
        for each in supplied_values(period, codes):
            values[each.figure.code] = _supplied(each)
    parted = [
        figure
        for figure in wanted
        if values[figure.code].value is not None and (broken_down is None or figure.code in broken_down)
    ]
    wanted_parts = [
        (figure, dimension) for figure in parted for dimension in figure.breakdowns if by is None or dimension in by
    ]
    return FigureSet(period, values, _breakdowns(wanted_parts, period, actor))


def _supplied(each: Supplied) -> FigureValue:
    return FigureValue(
        each.figure, each.value, each.note, qualifier=each.qualifier, change_per_cent=each.change_per_cent
    )


def rows_in(rows: CountedRows, period: Period, actor: Actor, *columns: Any) -> Select[Any]:
    """A select of `columns` over the rows of one figure that count for the actor in the period."""
    return rows.select(*columns).where(counts_for(actor, rows), rows.in_period(period))


def _wanted(actor: Actor, codes: Collection[str] | None) -> list[Figure]:
    """The published figures in the actor's scope, or those named, published or not."""
    if codes is None:
        return published(actor.figures_scope)
    only = set(codes) & FIGURES_IN_SCOPE[actor.figures_scope]
    return [figure for figure in FIGURES.values() if figure.code in only]


def _counts(figures: list[Figure], period: Period, actor: Actor) -> Counts:
    """How many rows each figure has, and how many of each thing counted beside it, in one query."""
    if not figures:
        return {}
    branches = [branch for figure in figures for branch in _branches(figure, period, actor)]
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for code, what, number in db.session.execute(union_all(*branches)):
        counts[code][what] = int(number)
    return counts


def _branches(figure: Figure, period: Period, actor: Actor) -> Iterable[Select[Any]]:
    rows = COUNTED_ROWS[figure.code]
    number = func.count(rows.row.distinct()) if rows.one_each else func.count()
    yield rows_in(rows, period, actor, *_named(figure.code, ITSELF), number)
    for aside in figure.asides:
        named = _named(figure.code, aside)
        if aside is Aside.POSSIBLE_DUPLICATES:
            recipients = rows_in(rows, period, actor, rows.row.label("row_id")).distinct()
            spare = possible_duplicates(recipients).scalar_subquery()
            yield select(*named, cast(spare, Integer))
        elif aside is Aside.DAY_NOT_KNOWN:
            yield rows.select(*named, number).where(counts_for(actor, rows), aside_condition(rows, aside))
        else:
            rows = COUNTED_ROWS[COUNTED_AMONG.get(aside, figure.code)]
            yield rows_in(rows, period, actor, *named, number).where(aside_condition(rows, aside))


def _named(*words: str) -> list[Any]:
    return [literal(str(word), String) for word in words]


def _value(figure: Figure, counts: Counts, period: Period, coverage: Mapping[str, RecordCoverage]) -> FigureValue:
    for code in (figure.code, *figure.left_out_of, *figure.rests_on):
        row = coverage.get(code)
        if row is not None and _before(figure, period, row):
            return FigureValue(figure, None, not_kept_note(row.complete_from, row.note))
    if figure.kind is FigureKind.RATE:
        return _rate(figure, counts)
    found = counts[figure.code]
    asides = {aside: found.get(aside.value, 0) for aside in figure.asides}
    return FigureValue(figure, found[ITSELF], note(figure, asides), asides)


def _rate(figure: Figure, counts: Counts) -> FigureValue:
    over, under = counts[figure.over][ITSELF], counts[figure.under][ITSELF]
    left_out = sum(counts[code].get(Aside.INCOMPLETE.value, 0) for code in figure.left_out_of)
    return FigureValue(figure, rate(over, under), rate_note(over, under, left_out))


def _before(figure: Figure, period: Period, row: RecordCoverage) -> bool:
    """A period that is even partly before has no value: half a count printed as a count would mislead."""
    return (period.last if figure.on_last_day else period.first) < row.complete_from


def _breakdowns(
    wanted: list[tuple[Figure, Dimension]], period: Period, actor: Actor
) -> dict[str, dict[Dimension, dict[str, int]]]:
    """Each count broken down by each dimension asked for, in one query.

    Figures that count rows of one table are gathered once and broken down together, so that many figures cost little
    more than one.
    """
    if not wanted:
        return {}
    found: dict[str, dict[Dimension, dict[str, int]]] = defaultdict(dict)
    for figure, dimension in wanted:
        found[figure.code][dimension] = {}
    for code, dimension, key, number in db.session.execute(union_all(*_parts(wanted, period, actor))):
        found[code][Dimension(dimension)][key] = number
    for by_dimension in found.values():
        for dimension, numbers in by_dimension.items():
            by_dimension[dimension] = dict(sorted(numbers.items()))
    return dict(found)


def _parts(wanted: list[tuple[Figure, Dimension]], period: Period, actor: Actor) -> Iterator[Select[Any]]:
    """For each table counted and each dimension, the numbers of all figures that have it."""
    families: dict[tuple[Any, bool], dict[Dimension, list[str]]] = defaultdict(lambda: defaultdict(list))
    for figure, dimension in wanted:
        rows = COUNTED_ROWS[figure.code]
        families[rows.row.class_, rows.one_each][dimension].append(figure.code)
    for number, by_dimension in enumerate(families.values()):
        codes = list(dict.fromkeys(code for each in by_dimension.values() for code in each))
        gathered = union_all(*(_gathered(code, period, actor) for code in codes)).cte(f"rows_{number}")
        for dimension, having in by_dimension.items():
            yield _broken_down(gathered, dimension, having, codes)


def _gathered(code: str, period: Period, actor: Actor) -> Select[Any]:
    rows = COUNTED_ROWS[code]
    columns = (literal(code, String).label("code"), rows.row.label("row_id"), rows.holder.id.label("holder_id"))
    return rows_in(rows, period, actor, *columns)


def _broken_down(gathered: CTE, dimension: Dimension, having: list[str], codes: list[str]) -> Select[Any]:
    rows = COUNTED_ROWS[having[0]]
    counted: Any = rows.row.class_
    read = reading(rows, dimension)
    key = read.key_or_none.label("part_key")
    number = func.count(gathered.c.row_id.distinct()) if rows.one_each else func.count()
    found: Select[Any] = select(gathered.c.code, *_named(dimension), key, number).select_from(gathered)
    found = found.join(rows.holder, rows.holder.id == gathered.c.holder_id)
    if counted is not rows.holder:
        found = found.join(counted, counted.id == gathered.c.row_id)
    if len(having) < len(codes):
        found = found.where(gathered.c.code.in_(having))
    return read.add_to(found).group_by(gathered.c.code, "part_key")
