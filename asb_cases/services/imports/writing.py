"""The acts of an import: begun, written batch by batch, completed or abandoned. Each holds the lock shortly."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import update

from asb_cases.adapters.row_store import StoredRow
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.data_import import Import, ImportRow, ImportState
from asb_cases.queries.imports import last_import_id, tally, unfinished_import
from asb_cases.services.history import Subject, record
from asb_cases.services.imports.batch import Batch, Change, Kind, Written
from asb_cases.services.imports.bulk import add_rows
from asb_cases.services.transaction import end_reading, transaction


class ImportStopped(Exception):
    """The import can't go on. The message says why and what to do; what was written so far stays invisible."""


@dataclass(frozen=True)
class Brought:
    """The records of an import by table (how many, first and last id), and what it changes about older ones as it ends."""

    records: Mapping[str, Mapping[str, int]]
    last_changes: Sequence[Change]


OTHER_IMPORT = "Another import came in while this file was being checked. Run the command again."
TAKEN_OVER = "Another run of the same command is carrying this import on. Let that one finish."


@transaction
def begin(
    *, actor: Actor, now: datetime, kind: Kind, path: Path, fingerprint: str, options: Mapping[str, object], after: int
) -> int:
    """Begin to write a checked file. `after` is the newest import known to the check. Returns the import's id."""
    actor.check(Permission.IMPORT)
    if last_import_id() != after or unfinished_import(kind.name):
        raise ImportStopped(OTHER_IMPORT)
    started = Import(
        kind=kind.name,
        file_name=path.name,
        file_sha256=fingerprint,
        options=json.dumps(options, sort_keys=True),
        state=ImportState.WRITING,
        started_at=now,
        started_by_id=actor.user_id,
    )
    db.session.add(started)
    db.session.flush()
    return started.id


@transaction
def write_batch(
    batch: Batch,
    kind: Kind,
    rows: Sequence[StoredRow],
    prepared: object,
    *,
    written_before: int,
    locked: Callable[[], None],
) -> Written:
    """Write some rows of the import, from what the kind prepared of them. `locked` is told when the lock is ours.

    Raises `ImportStopped` where another process has gone on with it meanwhile.
    """
    locked()
    claimed = db.session.execute(
        update(Import)
        .where(Import.id == batch.import_id, Import.state == ImportState.WRITING, Import.rows_written == written_before)
        .values(rows_written=written_before + len(rows))
        .execution_options(synchronize_session=False)
    )
    if claimed.rowcount != 1:  # type: ignore[attr-defined]
        raise ImportStopped(TAKEN_OVER)
    written = kind.write(batch, prepared)
    add_rows(
        ImportRow,
        [
            {
                "import_id": batch.import_id,
                "line": row.line,
                "fingerprint": row.fingerprint,
                "entity_kind": kind.entity_kind,
                "entity_id": written.records[row.line],
            }
            for row in rows
        ],
    )
    return written


@transaction
def change_some(batch: Batch, kind: Kind, changes: Sequence[Change], *, locked: Callable[[], None]) -> None:
    """Change some of the older records that a large import changes, before the rest with its completion."""
    locked()
    if db.session.get_one(Import, batch.import_id, with_for_update=True).state is not ImportState.WRITING:
        raise ImportStopped(TAKEN_OVER)
    kind.finish(changes)


@transaction
def complete(
    *,
    actor: Actor,
    now: datetime,
    import_id: int,
    kind: Kind,
    counts: Mapping[str, int],
    brought: Brought,
    locked: Callable[[], None],
) -> None:
    """Make the import visible, all at once, with the one history entry that names its rows."""
    locked()
    actor.check(Permission.IMPORT)
    done = db.session.get_one(Import, import_id, with_for_update=True)
    if done.state is not ImportState.WRITING:
        raise ImportStopped(TAKEN_OVER)
    kind.finish(brought.last_changes)
    done.state, done.completed_at = ImportState.COMPLETE, now
    done.rows_read, done.rows_skipped, done.rows_refused = counts["read"], counts["skipped"], counts["refused"]
    record(
        "imported",
        Subject("import", import_id),
        actor=actor,
        now=now,
        details={
            "kind": kind.name,
            "file_sha256": done.file_sha256,
            "rows": dict(counts),
            "records": {word: dict(found) for word, found in brought.records.items()},
        },
    )


def what_it_brought(import_id: int, last_changes: Sequence[Change]) -> Brought:
    """What an import brought. Asked before completing, without the lock."""
    brought = Brought(tally(import_id), last_changes)
    end_reading()
    return brought
