"""A whole import: check, say what is wrong, write in batches, complete. Again and again until it is done, if need be."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from asb_cases.adapters.pace import Held, Pace
from asb_cases.adapters.row_store import CHUNK, RowState, RowStore, Told
from asb_cases.adapters.spreadsheets import fingerprint_of, write_csv
from asb_cases.domain.calendar import local
from asb_cases.domain.imports.columns import REASON
from asb_cases.domain.imports.setting import Setting
from asb_cases.domain.imports.subjects import Subject
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.models.data_import import Import
from asb_cases.queries.imports import category_codes, category_ids, last_import_id, unfinished_import, written_lines
from asb_cases.queries.policy import policy_in_force
from asb_cases.services.imports.batch import Batch, Change, Kind
from asb_cases.services.imports.checking import Progress, check_file
from asb_cases.services.imports.writing import (
    ImportStopped,
    begin,
    change_some,
    complete,
    what_it_brought,
    write_batch,
)
from asb_cases.services.transaction import end_reading

CHANGED_MEANWHILE = (
    "Something was recorded meanwhile that this import would record too. "
    "Run the command again: it goes on where it stopped."
)


@dataclass(frozen=True)
class Order:
    """What is asked for. With `rejects` the good rows go in and the others are written to that file."""

    kind: Kind
    path: Path
    dry_run: bool = False
    rejects: Path | None = None
    incomplete_before: date | None = None
    council: str = ""

    @property
    def options(self) -> dict[str, object]:
        """What an interrupted import must be carried on with."""
        before = self.incomplete_before.isoformat() if self.incomplete_before else None
        return {"incomplete_before": before, "rejects": self.rejects is not None}


@dataclass(frozen=True)
class Report:
    """What became of the rows. `written` counts those that went in, or would in a dry run. `remarks`: what is said about
    rows that come in, with their number and the first line. `resumed`: the import had been interrupted before. `held`: for
    how long each act had the lock."""

    read: int
    written: int
    skipped: int
    refused: int
    remarks: Sequence[tuple[str, int, int]] = ()
    import_id: int | None = None
    resumed: bool = False
    held: Sequence[Held] = ()

    @property
    def counts(self) -> dict[str, int]:
        """By what became of them, in the order in which they are told."""
        return {"read": self.read, "written": self.written, "skipped": self.skipped, "refused": self.refused}


def import_file(
    order: Order, *, actor: Actor, now: datetime, tell: Callable[[Told], None], progress: Progress
) -> Report:
    """Bring a file in. `tell` is given everything that is wrong with rows, in file order; `progress` the stage and how
    many rows are through it.

    All rows or none, unless rejects are asked for. Raises `UnreadableTable`, `ImportStopped`, `NotPermitted`.
    """
    actor.check(Permission.IMPORT)
    fingerprint = fingerprint_of(order.path)
    unfinished = _to_carry_on(order, fingerprint)
    newest = last_import_id()
    setting = _setting(order, now)
    with closing(RowStore(order.kind.row, Subject)) as store:
        headings = check_file(order.path, order.kind, setting, store, progress)
        good = store.count(RowState.GOOD)
        if unfinished:
            _mark_written(unfinished, order.kind, store)
        for problem in store.problems():
            tell(problem)
        found = Report(
            read=store.count(),
            written=good,
            skipped=store.count(RowState.SKIPPED),
            refused=store.count(RowState.REFUSED),
            remarks=store.remarks(),
        )
        if order.dry_run:
            return found
        if order.rejects:
            write_csv(order.rejects, _rejected(headings, store))
        if (found.refused and not order.rejects) or not (good or unfinished):
            return replace(found, written=0)
        import_id = unfinished or begin(
            actor=actor,
            now=now,
            kind=order.kind,
            path=order.path,
            fingerprint=fingerprint,
            options=order.options,
            after=newest,
        )
        batch, pace = Batch(import_id, setting, store, now, category_ids()), Pace()
        _write(batch, order.kind, pace, progress)
        last_changes = _change_older_records(batch, order.kind, pace)
    brought = what_it_brought(import_id, last_changes)
    with pace.batch():
        complete(
            actor=actor,
            now=now,
            import_id=import_id,
            kind=order.kind,
            counts=found.counts,
            brought=brought,
            locked=pace.locked,
        )
    return replace(found, import_id=import_id, resumed=unfinished is not None, held=pace.held)


def _to_carry_on(order: Order, fingerprint: str) -> int | None:
    """The import that the same command had begun. Raises `ImportStopped` where another one of the kind is unfinished."""
    unfinished = unfinished_import(order.kind.name)
    if unfinished is None:
        return None
    if unfinished.file_sha256 == fingerprint and json.loads(unfinished.options) == order.options:
        return unfinished.id
    if order.dry_run:
        return None
    raise ImportStopped(_how_to_go_on(unfinished))


def _how_to_go_on(unfinished: Import) -> str:
    options = json.loads(unfinished.options)
    used = [
        "--rejects" if options["rejects"] else "",
        f"--incomplete-before {options['incomplete_before']}" if options["incomplete_before"] else "",
    ]
    with_options = f" with {' and '.join(option for option in used if option)}" if any(used) else ""
    return (
        f"The import of “{unfinished.file_name}” (number {unfinished.id}){with_options} was interrupted. Run that command "
        f"again to finish it, or `flask import abandon {unfinished.id}` to undo it."
    )


def _setting(order: Order, now: datetime) -> Setting:
    policy = policy_in_force()
    return Setting(
        today=local(now).date(),
        values=policy.values,
        holidays=policy.holidays,
        categories=category_codes(),
        council=order.council,
        incomplete_before=order.incomplete_before,
    )


def _mark_written(import_id: int, kind: Kind, store: RowStore) -> None:
    """Let the store know what the interrupted import had written."""
    after = 0
    while lines := written_lines(import_id, after, CHUNK):
        after = max(lines)
        store.written(lines)
        if kind.cases_of:
            cases = kind.cases_of(set(lines.values()))
            store.remember_families_of({line: cases[record] for line, record in lines.items()})
    end_reading()


def _write(batch: Batch, kind: Kind, pace: Pace, progress: Progress) -> None:
    done = batch.store.count(RowState.WRITTEN)
    while rows := batch.store.next_of(RowState.GOOD, pace.size):
        prepared = kind.prepare(batch, rows)
        try:
            with pace.batch():
                written = write_batch(batch, kind, rows, prepared, written_before=done, locked=pace.locked)
        except IntegrityError as error:
            raise ImportStopped(CHANGED_MEANWHILE) from error
        batch.store.written(written.records)
        batch.store.remember_families(written.families)
        done += len(rows)
        progress("Writing", done)


def _change_older_records(batch: Batch, kind: Kind, pace: Pace) -> Sequence[Change]:
    """Change what the import changes about older records. The last batch of it, and mostly that is all, is left for the
    moment at which the import becomes visible."""
    changes = kind.outstanding(batch)
    while len(changes) > pace.size:
        some, changes = changes[: pace.size], changes[pace.size :]
        with pace.batch():
            change_some(batch, kind, some, locked=pace.locked)
    return changes


def _rejected(headings: list[str], store: RowStore) -> Iterator[list[str]]:
    """The refused rows as they stood in the file, each with the reason; a reason it came back with is replaced."""
    kept = [number for number, heading in enumerate(headings) if heading.strip().casefold() != REASON]
    yield [*(headings[number] for number in kept), REASON]
    for texts, reason in store.rejects():
        yield [*(texts[number] if number < len(texts) else "" for number in kept), *texts[len(headings) :], reason]
