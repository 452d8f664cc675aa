"""What can be found by words. Every act that creates or renames something searchable says so here. Part of an act."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, bindparam, insert, select, update

from asb_cases.domain.names import fold_key
from asb_cases.extensions import db
from asb_cases.models.search_entry import SearchEntry


@dataclass(frozen=True)
class Entry:
    """A record and the texts it is to be found by, for many at once (see `index_new`)."""

    entity_kind: str
    entity_id: int
    case_id: int | None
    texts: tuple[str | None, ...]
    import_id: int | None = None


def index(entity_kind: str, entity_id: int, case_id: int | None, *texts: str | None) -> None:
    """Let a record be found by all words of `texts`, in place of those it had.

    `entity_kind` is the singular of the table (`case`, `complaint`, `person`, `intervention`, `note`, `contact_entry`,
    `incident`). `case_id` is the case whose visibility decides who may find it; None for a person, who may play a part in
    several, and for a complaint that belongs to no case.
    """
    entry = db.session.scalar(
        select(SearchEntry).where(SearchEntry.entity_kind == entity_kind, SearchEntry.entity_id == entity_id)
    )
    if entry is None:
        db.session.add(
            SearchEntry(entity_kind=entity_kind, entity_id=entity_id, case_id=case_id, words=words_of(texts))
        )
    else:
        entry.case_id, entry.words = case_id, words_of(texts)


def index_new(entries: Iterable[Entry]) -> None:
    """Many records that were never indexed before, in one statement."""
    rows = [
        {
            "entity_kind": entry.entity_kind,
            "entity_id": entry.entity_id,
            "case_id": entry.case_id,
            "words": words_of(entry.texts),
            "import_id": entry.import_id,
        }
        for entry in entries
    ]
    if rows:
        db.session.execute(insert(cast(Table, SearchEntry.__table__)), rows)


def index_again(entries: Iterable[Entry]) -> None:
    """Many records that are indexed already, in one statement: the words they are found by from now on."""
    table = cast(Table, SearchEntry.__table__)
    changed = (
        update(table)
        .where(table.c.entity_kind == bindparam("of_kind"), table.c.entity_id == bindparam("of_id"))
        .values(words=bindparam("new_words"))
    )
    rows = [
        {"of_kind": entry.entity_kind, "of_id": entry.entity_id, "new_words": words_of(entry.texts)}
        for entry in entries
    ]
    if rows:
        db.session.connection().execute(changed, rows)


def words_of(texts: Iterable[str | None]) -> str:
    """Each distinct word of the texts once, folded, in the order met."""
    return " ".join(dict.fromkeys(fold_key(" ".join(text for text in texts if text)).split()))
