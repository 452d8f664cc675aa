"""Rows of partners' figures: checked against each other and against what stands, then recorded."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from asb_cases.adapters.row_store import RowState, RowStore, StoredRow, Told
from asb_cases.domain.imports.partner_figures import DEFAULT_UNIT, PartnerFigureRow
from asb_cases.domain.imports.setting import Setting
from asb_cases.extensions import db
from asb_cases.models.partner_series import PartnerSeries, PartnerValue
from asb_cases.queries.imports import series_units, standing_values
from asb_cases.services.imports.batch import Batch, Keys, Written
from asb_cases.services.imports.bulk import add_rows_for_ids


def keys_of(row: PartnerFigureRow) -> Keys:
    """Rows of one series and period take each other's place: that is what they are known by."""
    return Keys(reference=" ".join(str(part) for part in row.period))


def check(store: RowStore, _setting: Setting) -> None:
    """Gather the rows of each series, and refuse those whose unit is not that of their series."""
    for stored in store.in_file_order(RowState.GOOD):
        store.set_families({each.line: each.said.series for each in stored})
    units: dict[str, str] = {}
    for stored in store.in_file_order(RowState.GOOD):
        rows: dict[int, PartnerFigureRow] = {each.line: each.said for each in stored}
        units |= _units({row.series for row in rows.values()} - units.keys(), store)
        store.refuse(
            _other_unit(line, row.unit, units[row.series])
            for line, row in rows.items()
            if row.unit and row.unit != units[row.series]
        )


def _units(series: Collection[str], store: RowStore) -> dict[str, str]:
    """By code, the unit each series is kept in, else the first that the file names for it."""
    named = {code: (row.said.unit for row in store.of_families([code])[code]) for code in series}
    first = {code: next((unit for unit in units if unit), DEFAULT_UNIT) for code, units in named.items()}
    return first | series_units(series)


def find_known(store: RowStore, _setting: Setting) -> None:
    """Skip rows that say what stands for their period already. A value that changed is recorded beside the old one."""
    for stored in store.in_file_order(RowState.GOOD):
        rows: dict[int, PartnerFigureRow] = {each.line: each.said for each in stored}
        standing = standing_values([row.period for row in rows.values()])
        store.move(RowState.SKIPPED, [line for line, row in rows.items() if standing.get(row.period) == row.says])


@dataclass(frozen=True)
class Prepared:
    """What each row says, by line; and by code, the unit of each series."""

    rows: Mapping[int, PartnerFigureRow]
    units: Mapping[str, str]


def prepare(batch: Batch, stored: Sequence[StoredRow]) -> Prepared:
    rows: dict[int, PartnerFigureRow] = {each.line: each.said for each in stored}
    return Prepared(rows, _units({row.series for row in rows.values()}, batch.store))


def write(batch: Batch, prepared: Prepared) -> Written:
    """Record values, under series that are made where they are new."""
    rows = prepared.rows
    series = _series(prepared, batch.import_id)
    values = [
        {
            "series_id": series[row.series],
            "period_from": row.period_from,
            "period_to": row.period_to,
            "value": row.value,
            "qualifier": row.qualifier,
            "change_per_cent": row.change_per_cent,
            "source": row.source,
            "note": row.note,
            "entered_at": batch.now,
            "import_id": batch.import_id,
        }
        for row in rows.values()
    ]
    return Written(dict(zip(rows, add_rows_for_ids(PartnerValue, values), strict=True)))


def _series(prepared: Prepared, import_id: int) -> dict[str, int]:
    """By code, the id of each series; made where nobody supplied figures under it yet."""
    wanted = {row.series: row.title for row in prepared.rows.values()}
    new = [
        {"code": code, "title": title, "unit": prepared.units[code], "version": 1, "import_id": import_id}
        for code, title in wanted.items()
    ]
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    db.session.execute(dialect.insert(PartnerSeries).on_conflict_do_nothing(index_elements=["code"]), new)
    found = db.session.execute(select(PartnerSeries.code, PartnerSeries.id).where(PartnerSeries.code.in_(wanted)))
    return dict(found.all())


def _other_unit(line: int, unit: str, known: str) -> Told:
    return Told(
        line,
        "unit",
        "unit_differs",
        f"The series is kept in “{known}”, not “{unit}”.",
        "Use that, or another series.",
        "",
    )
