"""The figures that partners and mailboxes supply: values of a series, not rows of ours."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from asb_cases.domain.figure_notes import series_note
from asb_cases.domain.figures import CONTACTS_RECEIVED, Figure, series_figure
from asb_cases.domain.periods import Period
from asb_cases.extensions import db
from asb_cases.models.partner_series import PartnerSeries, PartnerValue
from asb_cases.queries.visibility import of_complete_imports


@dataclass(frozen=True)
class Supplied:
    """A series and its value for a period; `qualifier` where the value is not exact (about, over), `change_per_cent` where
    whoever supplied it states a change (of which the base may not be known)."""

    figure: Figure
    value: int | Decimal | None = None
    note: str | None = None
    qualifier: str | None = None
    change_per_cent: Decimal | None = None


def supplied_values(period: Period, codes: Collection[str] | None = None) -> list[Supplied]:
    """Each series with its value for exactly this period, None where nobody supplied one. The newest return stands."""
    found = {CONTACTS_RECEIVED: Supplied(_contacts())}
    for series in db.session.scalars(_known()):
        found[series.code] = Supplied(series_figure(series.code, series.title, series.unit))
    for row in db.session.scalars(_values(period)):
        figure, note = found[row.series.code].figure, series_note(row.source, row.qualifier, _said(row), row.confidence)
        found[row.series.code] = Supplied(figure, number(row.value), note, row.qualifier, row.change_per_cent)
    return [each for code, each in found.items() if codes is None or code in codes]


def supplied_rows(code: str, period: Period) -> list[PartnerValue]:
    """Every return of one series for exactly this period, the one that stands first."""
    return list(db.session.scalars(_values(period).where(PartnerSeries.code == code)))[::-1]


def series_called(code: str) -> Figure | None:
    """The series of that code as a figure, or None."""
    series = db.session.scalar(_known().where(PartnerSeries.code == code))
    if series is None:
        return _contacts() if code == CONTACTS_RECEIVED else None
    return series_figure(series.code, series.title, series.unit)


def number(value: Decimal | None) -> int | Decimal | None:
    """A whole number where it is one."""
    return int(value) if value is not None and value == value.to_integral_value() else value


def _known() -> Select[PartnerSeries]:
    return select(PartnerSeries).where(of_complete_imports(PartnerSeries)).order_by(PartnerSeries.code)


def _values(period: Period) -> Select[PartnerValue]:
    return (
        select(PartnerValue)
        .join(PartnerValue.series)
        .options(contains_eager(PartnerValue.series))
        .where(
            PartnerValue.period_from == period.first,
            PartnerValue.period_to == period.last,
            of_complete_imports(PartnerValue),
            of_complete_imports(PartnerSeries),
        )
        .order_by(PartnerValue.id)
    )


def _contacts() -> Figure:
    return series_figure(CONTACTS_RECEIVED, "Contacts received", "contacts")


def _said(row: PartnerValue) -> str | None:
    if row.change_per_cent is None:
        return row.note
    supplied = f"Supplied change: {row.change_per_cent:+} per cent."
    return f"{supplied} {row.note}" if row.note else supplied
