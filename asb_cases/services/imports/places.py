"""Wards and addresses that rows name: found by their folded words, added where nobody has them yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Table, select, update
from sqlalchemy.dialects import postgresql, sqlite

from asb_cases.domain.names import fold_key
from asb_cases.extensions import db
from asb_cases.models.place import Address, Ward
from asb_cases.services.imports.bulk import table_of


@dataclass(frozen=True)
class Places:
    """Wards, or addresses, that rows name: by folded words, how they are written and the ids of those known."""

    table: Table
    key: str
    written: Mapping[str, str]
    known: Mapping[str, int]
    new: Mapping[str, object]


def wards_named(names: Iterable[str | None]) -> Places:
    """Look wards up. One that nobody knows, or that was retired, is to be marked for an administrator to look at."""
    return _look_up(table_of(Ward), "name", names, {"active": True, "to_be_checked": True})


def addresses_named(texts: Iterable[str | None]) -> Places:
    """Look addresses up."""
    return _look_up(table_of(Address), "text", texts, {})


def with_new(places: Places, import_id: int) -> dict[str, int]:
    """By folded words, the ids of places, those that are new added. Somebody else may add the same one at this moment.
    Part of an act."""
    if places.table is table_of(Ward):
        _look_at_retired(places)
    missing = [key for key in places.written if key not in places.known]
    if not missing:
        return dict(places.known)
    rows = [
        {places.key: places.written[key], f"{places.key}_key": key, "import_id": import_id, **places.new}
        for key in missing
    ]
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(places.table).on_conflict_do_nothing(index_elements=[f"{places.key}_key"])
    db.session.execute(insert, rows)
    return {**places.known, **_ids(places.table, places.key, missing)}


def _look_at_retired(places: Places) -> None:
    """An import names a ward that was retired, or merged into another: somebody must look at it again."""
    retired = Ward.name_key.in_(list(places.written)), Ward.active.is_(False), Ward.to_be_checked.is_(False)
    again = update(Ward).where(*retired).values(to_be_checked=True, version=Ward.version + 1)
    db.session.execute(again.execution_options(synchronize_session=False))


def _look_up(table: Table, key: str, texts: Iterable[str | None], new: Mapping[str, object]) -> Places:
    written = {fold_key(text): text for text in texts if text}
    return Places(table, key, written, _ids(table, key, written), new)


def _ids(table: Table, key: str, wanted: Iterable[str]) -> dict[str, int]:
    keys = list(wanted)
    column = table.c[f"{key}_key"]
    return dict(db.session.execute(select(column, table.c.id).where(column.in_(keys))).all()) if keys else {}
