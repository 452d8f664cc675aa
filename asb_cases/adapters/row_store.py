"""Rows of a file laid out on disk while they are checked, in a nameless file that is gone when the process ends.

However many rows there are, and in whatever order they refer to each other, the memory needed stays the same. Nothing
of it reaches the database before every row has been looked at.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import msgspec

#: How many rows are looked at together. SQLite takes at least 999 values in one statement.
CHUNK = 500
CACHE_KILOBYTES = 16_384

_TABLES = """
    CREATE TABLE rows (
        line INTEGER PRIMARY KEY,
        texts TEXT NOT NULL,
        said BLOB,
        reference TEXT,
        follows TEXT,
        fingerprint TEXT,
        mark TEXT,
        state TEXT NOT NULL DEFAULT 'good',
        depth INTEGER,
        family TEXT,
        subject TEXT,
        likeness TEXT,
        record_id INTEGER
    );
    CREATE INDEX rows_by_reference ON rows (reference);
    CREATE INDEX rows_by_follows ON rows (follows);
    CREATE INDEX rows_by_fingerprint ON rows (fingerprint, line);
    CREATE INDEX rows_by_family ON rows (family);
    CREATE INDEX rows_by_likeness ON rows (likeness) WHERE likeness IS NOT NULL;
    CREATE INDEX rows_in_turn ON rows (state, depth, line);
    CREATE TABLE families (name TEXT PRIMARY KEY, record_id INTEGER NOT NULL);
    CREATE TABLE subjects (name TEXT PRIMARY KEY, facts BLOB NOT NULL);
    CREATE TABLE remarks (line INTEGER NOT NULL, remark TEXT NOT NULL);
    CREATE TABLE problems (
        line INTEGER NOT NULL, column_name TEXT, code TEXT, message TEXT, remedy TEXT, authority TEXT
    );
    CREATE INDEX problems_by_line ON problems (line);
"""
#: How deep each row stands below the first of those it follows. Rows that follow each other in a circle get none.
_DEPTHS = """
    CREATE TEMP TABLE depths AS
    WITH RECURSIVE below (line, depth) AS (
        SELECT line, 0 FROM rows
        WHERE follows IS NULL
           OR NOT EXISTS (SELECT 1 FROM rows AS earlier WHERE earlier.reference = rows.follows AND earlier.state <> 'refused')
        UNION ALL
        SELECT rows.line, below.depth + 1
        FROM below
        JOIN rows AS earlier ON earlier.line = below.line AND earlier.state <> 'refused'
        JOIN rows ON rows.follows = earlier.reference
    )
    SELECT line, depth FROM below
"""
_REPEATS = """
    UPDATE rows SET fingerprint = again(fingerprint, repeats.number)
    FROM (SELECT line, row_number() OVER (PARTITION BY fingerprint ORDER BY line) AS number FROM rows
          WHERE fingerprint IS NOT NULL) AS repeats
    WHERE repeats.line = rows.line AND repeats.number > 1
"""
_SET_DEPTHS = "UPDATE rows SET depth = depths.depth FROM depths WHERE depths.line = rows.line"


class RowState(StrEnum):
    """What has become of a row."""

    GOOD = "good"
    REFUSED = "refused"
    SKIPPED = "skipped"
    WRITTEN = "written"


@dataclass(frozen=True)
class Told:
    """Something wrong with a row, as it is laid down: see `domain.imports.problems.Problem`."""

    line: int
    column: str
    code: str
    message: str
    remedy: str
    authority: str


@dataclass(frozen=True)
class StoredRow:
    """A row as it was read: its line, the keys that tie it to others, and what became of it."""

    line: int
    reference: str | None
    follows: str | None
    fingerprint: str
    state: RowState
    depth: int | None
    family: str | None
    subject: str | None
    record_id: int | None
    packed: bytes | None
    unpack: Callable[[bytes], Any]

    @cached_property
    def said(self) -> Any:
        """What the row says, as its format read it; None where that could not be read."""
        return self.unpack(self.packed) if self.packed else None


@dataclass(frozen=True)
class NewRow:
    """A row to be laid down: its cells as they stand in the file, and what they say. `reference` and `follows` are folded
    keys; `mark` is a word to find rows by; `remarks` are told where the row comes in."""

    line: int
    texts: Sequence[str]
    said: object = None
    reference: str | None = None
    follows: str | None = None
    fingerprint: str | None = None
    mark: str | None = None
    remarks: Sequence[str] = ()


_COLUMNS = "line, reference, follows, coalesce(fingerprint, ''), state, depth, family, subject, record_id, said"
_PACK = msgspec.msgpack.Encoder().encode
_STATES = {state.value: state for state in RowState}


class RowStore:
    """The rows of one file. `said_as` is what a row of it is read into, `facts_as` what is kept of subjects; both are
    dataclasses. Not for two threads."""

    def __init__(self, said_as: type, facts_as: type) -> None:
        self._unpack_row: Callable[[bytes], Any] = msgspec.msgpack.Decoder(said_as).decode
        self._unpack_facts: Callable[[bytes], Any] = msgspec.msgpack.Decoder(facts_as).decode
        self._rows = sqlite3.connect("")
        self._rows.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
        self._rows.execute("PRAGMA synchronous = OFF")
        self._rows.execute("PRAGMA temp_store = FILE")
        self._rows.executescript(_TABLES)

    def close(self) -> None:
        self._rows.close()

    def add(self, rows: Iterable[NewRow]) -> None:
        """Lay rows down."""
        laid = list(rows)
        self._rows.executemany(
            "INSERT INTO rows (line, texts, said, reference, follows, fingerprint, mark) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    row.line,
                    json.dumps(list(row.texts)),
                    None if row.said is None else _PACK(row.said),
                    row.reference,
                    row.follows,
                    row.fingerprint,
                    row.mark,
                )
                for row in laid
            ),
        )
        self._rows.executemany(
            "INSERT INTO remarks VALUES (?, ?)", ((row.line, remark) for row in laid for remark in row.remarks)
        )

    def refuse(self, problems: Iterable[Told]) -> None:
        """Note what is wrong with rows, which are refused by it."""
        told = list(problems)
        self._rows.executemany(
            "INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?)",
            ((each.line, each.column, each.code, each.message, each.remedy, each.authority) for each in told),
        )
        self.move(RowState.REFUSED, {each.line for each in told})

    def move(self, state: RowState, lines: Iterable[int]) -> None:
        """Set what has become of rows."""
        self._rows.executemany("UPDATE rows SET state = ? WHERE line = ?", ((state.value, line) for line in lines))

    def written(self, records: Mapping[int, int]) -> None:
        """Note which record each line became."""
        self._rows.executemany(
            "UPDATE rows SET state = ?, record_id = ? WHERE line = ?",
            ((RowState.WRITTEN.value, record_id, line) for line, record_id in records.items()),
        )

    def find_depths(self) -> None:
        """Order the rows: each after the one it follows. Rows refused by now are followed by none, so that among the
        others no reference may stand twice."""
        self._rows.execute(_DEPTHS)
        self._rows.execute("CREATE UNIQUE INDEX temp.depths_by_line ON depths (line)")
        self._rows.execute(_SET_DEPTHS)
        self._rows.execute("DROP TABLE temp.depths")

    def count(self, state: RowState | None = None) -> int:
        """How many rows there are, or how many of a state."""
        if state is None:
            return int(self._rows.execute("SELECT count(*) FROM rows").fetchone()[0])
        return int(self._rows.execute("SELECT count(*) FROM rows WHERE state = ?", (state.value,)).fetchone()[0])

    def in_file_order(self, state: RowState) -> Iterator[list[StoredRow]]:
        """Rows of a state, some hundred at a time. The state of those handed out may change meanwhile."""
        after = 0
        while rows := self._select("state = ? AND line > ? ORDER BY line", state.value, after):
            after = rows[-1].line
            yield rows

    def in_turn(self, state: RowState, limit: int = CHUNK) -> Iterator[list[StoredRow]]:
        """Rows of a state, those of one depth together and each after the one it follows."""
        depth, after = 0, 0
        while True:
            rows = self._select(
                "state = ? AND depth = ? AND line > ? ORDER BY line", state.value, depth, after, limit=limit
            )
            if rows:
                after = rows[-1].line
                yield rows
                continue
            deeper = "SELECT min(depth) FROM rows WHERE state = ? AND depth > ?"
            (depth,) = self._rows.execute(deeper, (state.value, depth)).fetchone()
            if depth is None:
                return
            after = 0

    def next_of(self, state: RowState, limit: int) -> list[StoredRow]:
        """The first rows of a state in turn, all of one depth."""
        return next(self.in_turn(state, limit), [])

    def by_reference(self, keys: Iterable[str]) -> dict[str, StoredRow]:
        """Rows by the reference they have. Where several share one, the first."""
        wanted = sorted(set(keys))
        found = self._select(f"reference IN ({_marks(wanted)}) ORDER BY line DESC", *wanted, limit=-1) if wanted else []
        return {row.reference: row for row in found if row.reference}

    def of_families(self, names: Iterable[str]) -> dict[str, list[StoredRow]]:
        """By name, the rows that belong together under it and are let in, in file order."""
        found: dict[str, list[StoredRow]] = {name: [] for name in names}
        wanted = list(found)
        if wanted:
            condition = f"family IN ({_marks(wanted)}) AND state <> 'refused' ORDER BY line"
            for row in self._select(condition, *wanted, limit=-1):
                found[row.family or ""].append(row)
        return found

    def marks_of_followers(self, references: Iterable[str]) -> dict[str, frozenset[str]]:
        """The marks of the rows that follow each of these and are let in."""
        found: dict[str, frozenset[str]] = {}
        for wanted in _chunks(references):
            query = f"SELECT follows, mark FROM rows WHERE state <> 'refused' AND follows IN ({_marks(wanted)})"  # noqa: S608
            for follows, mark in self._rows.execute(query, wanted):
                found[follows] = found.get(follows, frozenset()) | {mark}
        return found

    def set_families(self, families: Mapping[int, str]) -> None:
        """Say, by line, which rows belong together."""
        self._rows.executemany(
            "UPDATE rows SET family = ? WHERE line = ?", ((name, line) for line, name in families.items())
        )

    def set_subjects(self, subjects: Mapping[int, tuple[str, str | None]]) -> None:
        """Say, by line, which subject a row is about, and by what key others may be about the same one."""
        self._rows.executemany(
            "UPDATE rows SET subject = ?, likeness = ? WHERE line = ?",
            ((name, likeness, line) for line, (name, likeness) in subjects.items()),
        )

    def keep_facts(self, facts: Mapping[str, object]) -> None:
        """Keep what several rows together say of subjects, by name."""
        self._rows.executemany(
            "INSERT OR REPLACE INTO subjects VALUES (?, ?)", ((name, _PACK(said)) for name, said in facts.items())
        )

    def facts_about(self, names: Iterable[str]) -> dict[str, Any]:
        """What was kept of these subjects."""
        wanted = sorted(set(names))
        query = f"SELECT name, facts FROM subjects WHERE name IN ({_marks(wanted)})"  # noqa: S608
        return {name: self._unpack_facts(said) for name, said in self._rows.execute(query, wanted)} if wanted else {}

    def facts_by_likeness(self, keys: Iterable[str]) -> Iterator[tuple[str, Any]]:
        """What was kept of subjects of which some row has one of these keys, with the key."""
        wanted = sorted(set(keys))
        query = f"""SELECT DISTINCT rows.likeness, facts FROM rows JOIN subjects ON subjects.name = rows.subject
                    WHERE rows.likeness IN ({_marks(wanted)}) AND rows.state <> 'refused'"""  # noqa: S608
        for likeness, said in self._rows.execute(query, wanted) if wanted else ():
            yield likeness, self._unpack_facts(said)

    def facts_beginning(self, prefix: str) -> Iterator[tuple[str, Any]]:
        """What was kept of subjects whose names begin so, by name."""
        cursor = self._rows.execute(
            "SELECT name, facts FROM subjects WHERE substr(name, 1, ?) = ?", (len(prefix), prefix)
        )
        while row := cursor.fetchone():
            yield row[0], self._unpack_facts(row[1])

    def remember_families(self, records: Mapping[str, int]) -> None:
        """Note which record a family has become."""
        self._rows.executemany("INSERT OR REPLACE INTO families VALUES (?, ?)", records.items())

    def remember_families_of(self, records: Mapping[int, int]) -> None:
        """The same by a line of the family."""
        self._rows.executemany(
            "INSERT OR REPLACE INTO families SELECT family, ? FROM rows WHERE line = ? AND family IS NOT NULL",
            ((record_id, line) for line, record_id in records.items()),
        )

    def records_of_families(self, names: Iterable[str]) -> dict[str, int]:
        """The records of those families that have become one."""
        wanted = sorted(set(names))
        query = f"SELECT name, record_id FROM families WHERE name IN ({_marks(wanted)})"  # noqa: S608
        return dict(self._rows.execute(query, wanted).fetchall()) if wanted else {}

    def shared_references(self) -> Iterator[tuple[str, list[int]]]:
        """References that stand on several rows, with the lines of these."""
        query = """SELECT reference, json_group_array(line) FROM rows
                   WHERE reference IS NOT NULL GROUP BY reference HAVING count(*) > 1"""
        for reference, lines in self._rows.execute(query).fetchall():
            yield reference, sorted(json.loads(lines))

    def lines_in_circles(self) -> list[int]:
        """Rows that follow each other in a circle, or follow one that does."""
        return [
            line for (line,) in self._rows.execute("SELECT line FROM rows WHERE depth IS NULL AND follows IS NOT NULL")
        ]

    def tell_repeats_apart(self) -> None:
        """Give the second and each further row that says exactly the same a fingerprint of its own."""
        self._rows.create_function(
            "again", 2, lambda print_, number: hashlib.sha256(f"{print_}:{number}".encode()).hexdigest()
        )
        self._rows.execute(_REPEATS)

    def problems(self) -> Iterator[Told]:
        """Everything that is wrong, in file order."""
        cursor = self._rows.execute("SELECT * FROM problems ORDER BY line, rowid")
        while row := cursor.fetchone():
            yield Told(*row)

    def remarks(self) -> list[tuple[str, int, int]]:
        """What was remarked about the rows that come in: each remark once, with their number and the first line."""
        query = """SELECT remark, count(*), min(line) FROM remarks JOIN rows USING (line)
                   WHERE state IN ('good', 'written') GROUP BY remark ORDER BY min(line), remark"""
        return self._rows.execute(query).fetchall()

    def rejects(self) -> Iterator[tuple[list[str], str]]:
        """The texts of each refused row as they stood in the file, and why it was refused."""
        query = """
            SELECT texts, (SELECT group_concat(why, ' ') FROM (
                SELECT CASE WHEN column_name = '' THEN '' ELSE column_name || ': ' END || message
                       || CASE WHEN authority = '' THEN '' ELSE ' (' || authority || ')' END || ' ' || remedy AS why
                FROM problems WHERE problems.line = rows.line ORDER BY problems.rowid))
            FROM rows WHERE state = 'refused' ORDER BY line"""
        cursor = self._rows.execute(query)
        while row := cursor.fetchone():
            yield json.loads(row[0]), row[1] or ""

    def _select(self, condition: str, *values: object, limit: int = CHUNK) -> list[StoredRow]:
        query = f"SELECT {_COLUMNS} FROM rows WHERE {condition} LIMIT ?"  # noqa: S608
        return [self._stored(*row) for row in self._rows.execute(query, (*values, limit))]

    def _stored(self, line: int, *others: Any) -> StoredRow:
        reference, follows, fingerprint, state, depth, family, subject, record_id, packed = others
        return StoredRow(
            line,
            reference,
            follows,
            fingerprint,
            _STATES[state],
            depth,
            family,
            subject,
            record_id,
            packed,
            self._unpack_row,
        )


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    """Distinct values in order, so many at a time as fit into one statement."""
    distinct = sorted(set(values))
    for start in range(0, len(distinct), CHUNK):
        yield distinct[start : start + CHUNK]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
