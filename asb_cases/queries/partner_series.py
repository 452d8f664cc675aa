"""The series that partners supply, what stands for each period, and the returns that are due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from asb_cases.domain.partner_returns import Return, Stage, returns_expected
from asb_cases.domain.periods import Period
from asb_cases.extensions import db
from asb_cases.models.partner_series import PartnerSeries, PartnerValue
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_complete_imports

#: Values of one series that its page shows; older ones are in the figures of their period.
VALUES_SHOWN = 200


@dataclass(frozen=True)
class SeriesRow:
    """A series in the list: until when it is supplied, and the returns that are due or late."""

    series: PartnerSeries
    until: date | None
    due: list[tuple[Return, Stage]]


@dataclass(frozen=True)
class ShownValue:
    """A value and who entered it; `stands` where no later one took its place."""

    value: PartnerValue
    entered_by: str | None
    stands: bool


def series_rows(today: date) -> list[SeriesRow]:
    """Every series, those with a return that is due first. Two queries."""
    series = list(db.session.scalars(select(PartnerSeries).where(of_complete_imports(PartnerSeries))))
    ends = (
        select(PartnerValue.series_id, func.max(PartnerValue.period_to))
        .where(of_complete_imports(PartnerValue))
        .group_by(PartnerValue.series_id)
    )
    until = dict(db.session.execute(ends).all())
    supplied = _supplied([each for each in series if each.rhythm])
    rows = [SeriesRow(each, until.get(each.id), _due(each, supplied, today)) for each in series]
    return sorted(rows, key=lambda row: (not row.due, row.series.title, row.series.id))


@dataclass(frozen=True)
class Owed:
    """A return that a partner's contact can be told of."""

    series_id: int
    title: str
    contact_email: str
    expected: Return
    stage: Stage


def returns_to_chase(today: date) -> list[Owed]:
    """The returns that are due or late of series with somebody to tell."""
    return [
        Owed(row.series.id, row.series.title, row.series.contact_email, expected, stage)
        for row in series_rows(today)
        if row.series.contact_email
        for expected, stage in row.due
    ]


def _supplied(series: Sequence[PartnerSeries]) -> set[tuple[int, date, date]]:
    found = select(PartnerValue.series_id, PartnerValue.period_from, PartnerValue.period_to).where(
        PartnerValue.series_id.in_([each.id for each in series]), of_complete_imports(PartnerValue)
    )
    return {(row[0], row[1], row[2]) for row in db.session.execute(found.distinct())} if series else set()


def _due(series: PartnerSeries, supplied: set[tuple[int, date, date]], today: date) -> list[tuple[Return, Stage]]:
    if series.rhythm is None or series.due_after_days is None or series.returns_from is None:
        return []
    expected = returns_expected(series.rhythm, series.due_after_days, series.returns_from, today)
    owed = [each for each in expected if (series.id, each.period.first, each.period.last) not in supplied]
    return [(each, stage) for each in owed if (stage := each.stage(today)) is not None]


def due_returns(series: PartnerSeries, today: date) -> list[tuple[Return, Stage]]:
    """The returns of one series that are due or late."""
    return _due(series, _supplied([series]), today)


def series_by_code(code: str) -> PartnerSeries:
    """The series. Raises NotFound."""
    found = db.session.scalar(
        select(PartnerSeries).where(PartnerSeries.code == code, of_complete_imports(PartnerSeries))
    )
    if found is None:
        raise NotFound("series")
    return found


def values_of(series: PartnerSeries) -> list[ShownValue]:
    """The values of a series, newest period first and below each value those whose place it took."""
    rows = db.session.execute(
        select(PartnerValue, User.name)
        .outerjoin(User, User.id == PartnerValue.entered_by_id)
        .where(PartnerValue.series_id == series.id, of_complete_imports(PartnerValue))
        .order_by(PartnerValue.period_to.desc(), PartnerValue.period_from.desc(), PartnerValue.id.desc())
        .limit(VALUES_SHOWN)
    )
    shown: list[ShownValue] = []
    seen: set[tuple[date, date]] = set()
    for value, name in rows:
        period = (value.period_from, value.period_to)
        shown.append(ShownValue(value, name, period not in seen))
        seen.add(period)
    return shown


def standing_value(series_id: int, period: Period) -> PartnerValue | None:
    """The newest value for exactly a period."""
    return db.session.scalar(
        select(PartnerValue)
        .where(
            PartnerValue.series_id == series_id,
            PartnerValue.period_from == period.first,
            PartnerValue.period_to == period.last,
            of_complete_imports(PartnerValue),
        )
        .order_by(PartnerValue.id.desc())
        .limit(1)
    )
