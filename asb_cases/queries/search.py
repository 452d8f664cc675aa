"""Finding records: by a reference, ours or another register's, exactly; by words of names, addresses and texts.

Words are folded and may be the beginnings of words. SQLite searches its FTS5 index, PostgreSQL its text-search index;
both give the newest first, and only what the reader may see.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    column,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    union_all,
)

from asb_cases.domain.case_content import content_for
from asb_cases.domain.names import fold_key
from asb_cases.domain.permissions import Actor
from asb_cases.domain.references import parse_reference
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview
from asb_cases.models.complaint import Complaint
from asb_cases.models.data_import import OtherReference
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.models.search_entry import SearchEntry
from asb_cases.queries.paging import LARGEST_ID
from asb_cases.queries.search_labels import Hit, labelled
from asb_cases.queries.visibility import (
    ACTORS_AT_ONCE,
    case_reviews_visible_to,
    complaints_visible_to,
    interventions_visible_to,
    of_complete_imports,
    people_visible_to,
    visible_to,
)

MOST_WORDS = 8
LONGEST_WORD = 40
RESULTS = 25

_WORDS_INDEX = table("search_words", column("rowid", Integer), column("search_words"))
_BY_ROWID: ColumnElement[int] = _WORDS_INDEX.c.rowid


@dataclass(frozen=True)
class Found:
    """What was found: `exact` by a reference, `hits` by words, newest first. `more`: further hits are not shown."""

    exact: Sequence[Hit]
    hits: Sequence[Hit]
    more: bool
    words: Sequence[str]


def search(actor: Actor, text: str, today: date, *, before: int | None = None) -> Found:
    """What the actor may see that has the reference, or all the words, of `text`. At most three queries.

    `before` goes on after the entry of that id (`Hit.entry_id`).
    """
    words = search_words(text)
    exact = [] if before is not None else _with_reference(actor, text, today)
    entries = _with_words(actor, words, today, before) if words else []
    more = len(entries) > RESULTS
    entries = entries[:RESULTS]
    known = set(exact)
    wanted = [*((kind, row_id, 0) for kind, row_id in exact), *(entry for entry in entries if entry[:2] not in known)]
    hits = labelled(wanted)
    return Found(
        exact=[hit for hit in hits if hit.entry_id == 0],
        hits=[hit for hit in hits if hit.entry_id != 0],
        more=more,
        words=words,
    )


def people_with_words(actor: Actor, text: str, today: date, most: int) -> list[int]:
    """The ids of people who have all these words in their name, numbers or addresses, the latest recorded first. One query
    at most."""
    words = search_words(text)
    if not words or not content_for(actor).register:
        return []
    sqlite = on_sqlite()
    found = (
        matching_entries(sqlite)
        .where(_of_kind("person", Person, people_visible_to(actor, today)), of_complete_imports(SearchEntry))
        .order_by(newest_entry(sqlite).desc())
        .limit(most)
    )
    return [row.entity_id for row in db.session.execute(found, {"asked": asked_of_index(words)})]


def search_words(text: str) -> list[str]:
    """The folded words that are looked for, each once."""
    return [word[:LONGEST_WORD] for word in dict.fromkeys(fold_key(text).split())][:MOST_WORDS]


def _with_reference(actor: Actor, text: str, today: date) -> list[tuple[str, int]]:
    """The records whose reference this is: ours however typed, or another register's, folded. One query."""
    parsed = parse_reference(text)
    ours, theirs = str(parsed) if parsed else text.strip(), fold_key(text)
    if not theirs:
        return []
    asked = {"ours": ours, "theirs": theirs}
    return [(row.kind, row.id) for row in db.session.execute(_known_by_reference(actor, today), asked)]


@lru_cache(maxsize=ACTORS_AT_ONCE)
def _known_by_reference(actor: Actor, today: date) -> CompoundSelect[*tuple[Any, ...]]:
    """The records of a reference of `ours` or `theirs`. Put together once for each reader and day: that takes several
    times as long as to look."""
    parts: list[Select[*tuple[Any, ...]]] = []
    for kind, rows, visible in (
        ("case", Case, visible_to(actor, today)),
        ("complaint", Complaint, complaints_visible_to(actor, today)),
        ("intervention", Intervention, interventions_visible_to(actor, today)),
        ("case_review", CaseReview, case_reviews_visible_to(actor, today)),
    ):
        known_as = select(OtherReference.entity_id).where(
            OtherReference.entity_kind == kind,
            OtherReference.reference_key == bindparam("theirs"),
            of_complete_imports(OtherReference),
        )
        ids: Any = rows.id
        is_it: ColumnElement[bool] = or_(rows.reference == bindparam("ours"), ids.in_(known_as))
        parts.append(select(literal(kind).label("kind"), ids.label("id")).where(is_it, visible).limit(RESULTS))
    return union_all(*(select(part.subquery()) for part in parts))


def _with_words(actor: Actor, words: Sequence[str], today: date, before: int | None) -> list[tuple[str, int, int]]:
    sqlite = on_sqlite()
    values: dict[str, object] = {"asked": asked_of_index(words)}
    if before is not None:
        values["before"] = min(before, LARGEST_ID)
    found = _entries_for(actor, today, sqlite, before is not None)
    return [(row.entity_kind, row.entity_id, row.id) for row in db.session.execute(found, values)]


@lru_cache(maxsize=ACTORS_AT_ONCE)
def _entries_for(actor: Actor, today: date, sqlite: bool, bounded: bool) -> Select[*tuple[Any, ...]]:
    """The entries that have the words `asked`, the newest first, put together once for each reader and day."""
    entry_id = newest_entry(sqlite)
    found = (
        matching_entries(sqlite)
        .where(_may_be_found(actor, today), of_complete_imports(SearchEntry))
        .order_by(entry_id.desc())
        .limit(RESULTS + 1)
    )
    return found.where(entry_id < bindparam("before", type_=Integer)) if bounded else found


def on_sqlite() -> bool:
    """Whether the engine's own index is SQLite's."""
    return db.engine.dialect.name == "sqlite"


def newest_entry(sqlite: bool) -> Any:
    """The column to order `matching_entries` by, downwards: in the index's own order, so that a common word costs no more
    than its first page."""
    return _BY_ROWID if sqlite else SearchEntry.id


def asked_of_index(words: Sequence[str]) -> str:
    """Words that stand in an entry, each at the beginning of one of its own, in the language of the engine's index: the value
    of `asked` in `matching_entries`."""
    return _asked_of_sqlite(words) if on_sqlite() else _asked_of_postgresql(words)


def matching_entries(sqlite: bool) -> Select[*tuple[Any, ...]]:
    """The entries whose words are those `asked`, in the language of the engine's index. Who may find them is up to the
    caller."""
    entries = select(SearchEntry.entity_kind, SearchEntry.entity_id, SearchEntry.id)
    if sqlite:
        matches = _WORDS_INDEX.c.search_words.op("MATCH")(bindparam("asked", type_=String))
        return entries.join(_WORDS_INDEX, SearchEntry.id == _BY_ROWID).where(matches)
    # Written into the statement, since a plan made for any words is a bad plan for these. Words are letters and digits.
    asked = bindparam("asked", type_=String, literal_execute=True)
    query = func.to_tsquery(literal_column("'simple'"), asked)
    return entries.where(func.to_tsvector(literal_column("'simple'"), SearchEntry.words).op("@@")(query))


def _asked_of_sqlite(words: Sequence[str]) -> str:
    """Words that begin with each of these; a single letter or digit is a word of its own."""
    return " ".join(f'"{word}"' + ("*" if len(word) > 1 else "") for word in words)


def _asked_of_postgresql(words: Sequence[str]) -> str:
    """The same for PostgreSQL."""
    return " & ".join(f"'{word}'" + (":*" if len(word) > 1 else "") for word in words)


def _may_be_found(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `SearchEntry`: by the case it hangs on, and by the kinds of record the reader is shown. Asked of
    each entry as it is met, since few are needed of what may be many."""
    content = content_for(actor)
    kinds = ["case"]
    kinds += ["note", "contact_entry", "incident"] if content.internal_notes else []
    kinds += ["complaint"] if content.complaints else []
    kinds += ["intervention"] if content.interventions else []
    seen = [
        and_(
            SearchEntry.entity_kind.in_(kinds),
            exists().where(Case.id == SearchEntry.case_id, visible_to(actor, today)).correlate(SearchEntry),
        )
    ]
    if content.complaints:
        of_no_case = and_(Complaint.case_id.is_(None), complaints_visible_to(actor, today))
        seen.append(_of_kind("complaint", Complaint, of_no_case))
    if content.notices_in_force and not content.interventions:
        seen.append(_of_kind("intervention", Intervention, interventions_visible_to(actor, today)))
    if content.register:
        seen.append(_of_kind("person", Person, people_visible_to(actor, today)))
    return or_(*seen)


def _of_kind(kind: str, rows: Any, visible: ColumnElement[bool]) -> ColumnElement[bool]:
    itself = exists().where(rows.id == SearchEntry.entity_id, visible).correlate(SearchEntry)
    return and_(SearchEntry.entity_kind == kind, itself)
