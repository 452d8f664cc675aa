"""Wards and addresses that rows name: found by their folded words, added where nobody has them yet. Parts of an act."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from asb_cases.domain.names import fold_key
from asb_cases.extensions import Base, db
from asb_cases.models.place import Address, Ward


def find_or_add_wards(names: Iterable[str | None], import_id: int) -> dict[str, int]:
    """By folded name, the id of each ward. One that nobody knew is marked for an administrator to look at."""
    wanted = {fold_key(name): name for name in names if name}
    known = _wards(wanted)
    new = [
        {"name": name, "name_key": key, "active": True, "to_be_checked": True, "import_id": import_id}
        for key, name in wanted.items()
        if key not in known
    ]
    _add_missing(Ward, "name_key", new)
    return _wards(wanted)


def find_or_add_addresses(texts: Iterable[str | None], import_id: int) -> dict[str, int]:
    """By folded words, the id of each address."""
    wanted = {fold_key(text): text for text in texts if text}
    known = _addresses(wanted)
    new = [{"text": text, "text_key": key, "import_id": import_id} for key, text in wanted.items() if key not in known]
    _add_missing(Address, "text_key", new)
    return _addresses(wanted)


def _wards(wanted: Mapping[str, str]) -> dict[str, int]:
    return dict(db.session.execute(select(Ward.name_key, Ward.id).where(Ward.name_key.in_(wanted))).all())


def _addresses(wanted: Mapping[str, str]) -> dict[str, int]:
    query = select(Address.text_key, Address.id).where(Address.text_key.in_(wanted))
    return dict(db.session.execute(query).all())


def _add_missing(rows: type[Base], key: str, new: Sequence[Mapping[str, object]]) -> None:
    """Add rows that nobody has under their key; somebody else may add the same one at this moment."""
    if not new:
        return
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    db.session.execute(dialect.insert(rows).on_conflict_do_nothing(index_elements=[key]), list(new))
