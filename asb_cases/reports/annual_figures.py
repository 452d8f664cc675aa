"""The sentence, the row of a table and the bars of one figure of a yearly report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from asb_cases.domain import report_wording as words
from asb_cases.domain.changes import Change, change, grouped, one_decimal, stated
from asb_cases.domain.figures import FigureKind
from asb_cases.domain.periods import Period
from asb_cases.models.annual_report import AnnualReportBlock
from asb_cases.queries.annual_figures import Asked
from asb_cases.queries.figures import FigureValue
from asb_cases.reports.addresses import rows_path
from asb_cases.reports.annual_document import Bar, Chart, FigureUsed, Run, Runs, Table, value_text

NOT_KNOWN = "not known"


@dataclass(frozen=True)
class FigureTold:
    """A figure block with what is known of it: in its own period, and in those that it is compared with, nearest first."""

    block: AnnualReportBlock
    period: Period
    now: FigureValue | None
    compared: tuple[tuple[Period, FigureValue | None], ...] = ()

    @property
    def title(self) -> str:
        return self.block.title or (self.now.figure.title if self.now else str(self.block.figure))

    @property
    def before(self) -> FigureValue | None:
        """The value it is compared with, where it is known."""
        found = self.compared[0][1] if self.compared else None
        return found if found is not None and found.value is not None else None

    @property
    def difference(self) -> Change | None:
        """The change, where both values are exact; None else, and between rates: no per cent of per cent."""
        now, before = self.now, self.before
        if now is None or before is None or now.value is None or now.qualifier or before.qualifier:
            return None
        return None if now.figure.kind is FigureKind.RATE else change(before.value, now.value)

    @property
    def used(self) -> list[FigureUsed]:
        """The values it speaks of."""
        told = [(self.period, self.now), *self.compared]
        return [_used(self, period, value) for period, value in told if value is not None]


def told_of(
    block: AnnualReportBlock, period: Period, compared: Sequence[Period], values: Mapping[Asked, FigureValue]
) -> FigureTold:
    """A block with its values."""
    code = str(block.figure)
    return FigureTold(
        block,
        period,
        values.get((code, period)),
        tuple((each, values.get((code, each))) for each in compared),
    )


def sentence_of(told: FigureTold) -> Runs:
    """In the block's own words where they can be filled in, else in those of the house."""
    values = _placeholders(told)
    pieces = words.filled(told.block.wording, values) if told.block.wording else None
    if pieces is None:
        pieces = words.filled(_house(told), values) or []
    return tuple(_run(piece, told) for piece in pieces)


def own_words_fit(told: FigureTold) -> bool:
    """Whether the block's own words can be filled in."""
    return not told.block.wording or words.filled(told.block.wording, _placeholders(told)) is not None


def table_of(caption: str, told: Sequence[FigureTold]) -> Table:
    """A row for each figure; a column for each period that any of them is compared with, and the change."""
    period = told[0].period
    others = sorted({each for figure in told for each, _ in figure.compared}, reverse=True)
    changes = any(figure.compared or _stated(figure) for figure in told)
    rows = tuple(
        (
            figure.title,
            _cell(figure.now),
            *(_cell(dict(figure.compared).get(other)) if other in dict(figure.compared) else "" for other in others),
            *([_change_cell(figure, others)] if changes else []),
        )
        for figure in told
    )
    notes = tuple(f"{figure.title}: {figure.now.note}" for figure in told if figure.now and figure.now.note)
    columns = ("Figure", period.label, *(other.label for other in others), *(["Change"] if changes else []))
    return Table(caption, columns, rows, notes)


def chart_of(caption: str, told: Sequence[FigureTold]) -> Chart | None:
    """Bars of each figure beside those of the period it is compared with; None where nothing is known."""
    known = [figure for figure in told if figure.now and figure.now.value is not None]
    if not known:
        return None
    labels: dict[str, int] = {}
    for figure in known:
        for period, _value in reversed(_known(figure)):
            labels.setdefault(period.label, len(labels))
    bars = tuple(
        Bar(figure.title, labels[period.label], float(value.value or 0), _cell(value))
        for figure in known
        for period, value in reversed(_known(figure))
    )
    said = "; ".join(
        f"{figure.title}: {', '.join(f'{_cell(value)} in {period.label}' for period, value in reversed(_known(figure)))}"
        for figure in known
    )
    return Chart(caption, f"Bar chart. {said}.", tuple(labels), bars)


def _known(figure: FigureTold) -> list[tuple[Period, FigureValue]]:
    """Its values that are known: its own, and the nearest it is compared with."""
    told = [(figure.period, figure.now), *figure.compared[:1]]
    return [(period, value) for period, value in told if value is not None and value.value is not None]


def _placeholders(told: FigureTold) -> dict[str, str | None]:
    before = told.before
    return {
        "title": told.title,
        "value": words_of(told.now),
        "period": told.period.label,
        "before": words_of(before),
        "before_period": told.compared[0][0].label if before else None,
        "change": _change_words(told),
    }


def words_of(value: FigureValue | None) -> str | None:
    """`13,718`, `about 100`; None where it is not known."""
    if value is None or value.value is None:
        return None
    return f"{value.qualifier} {grouped(value.value)}" if value.qualifier else grouped(value.value)


def _change_words(told: FigureTold) -> str | None:
    difference = told.difference
    if difference is not None:
        return difference.as_verb
    supplied = _stated(told)
    return stated(supplied) if supplied is not None else None


def _stated(told: FigureTold) -> Decimal | None:
    """A change that was supplied, where none can be worked out."""
    return told.now.change_per_cent if told.now is not None and told.difference is None else None


def _house(told: FigureTold) -> str:
    known = words_of(told.now) is not None
    difference = told.difference
    if difference is not None:
        return words.HOUSE_SAME if difference.old == difference.new else words.HOUSE_COMPARED
    if _stated(told) is not None:
        return words.HOUSE_STATED if known else words.HOUSE_CHANGE_ALONE
    if not known:
        return words.HOUSE_UNKNOWN
    return words.HOUSE_BESIDE if told.before else words.HOUSE_ALONE


def _run(piece: words.Words, told: FigureTold) -> Run:
    """A number leads to its rows."""
    code = str(told.block.figure)
    if piece.name == "value":
        return Run(piece.text, path=rows_path(code, told.period))
    if piece.name == "before":
        return Run(piece.text, path=rows_path(code, told.compared[0][0]))
    return Run(piece.text)


def _cell(value: FigureValue | None) -> str:
    return words_of(value) or NOT_KNOWN


def _change_cell(told: FigureTold, others: Sequence[Period]) -> str:
    difference, supplied = told.difference, _stated(told)
    if difference is not None:
        beside = told.compared[0][0]
        return difference.signed if beside == others[0] else f"{difference.signed} on {beside.label}"
    if supplied is not None:
        return f"{one_decimal(supplied):+}% as supplied"
    return "n/a" if told.compared else ""


def _used(told: FigureTold, period: Period, value: FigureValue) -> FigureUsed:
    return FigureUsed(
        str(told.block.figure),
        period.first.isoformat(),
        period.last.isoformat(),
        told.title,
        period.label,
        value_text(value.value),
    )
