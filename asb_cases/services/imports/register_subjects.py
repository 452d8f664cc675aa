"""Whom a register's rows are about: people recorded already, or told apart by what all rows of one subject say."""

from collections.abc import Mapping, Sequence
from datetime import date

from asb_cases.adapters.row_store import StoredRow
from asb_cases.domain.imports.register import RegisterRow
from asb_cases.domain.imports.subjects import Subject
from asb_cases.domain.people import identity_key
from asb_cases.queries.import_steps import Recorded
from asb_cases.services.imports.batch import Batch
from asb_cases.services.imports.people import Named, People, people_named
from asb_cases.services.imports.register_checks import is_first_of_subject


def subjects_of(batch: Batch, rows: Sequence[StoredRow], before: Mapping[int, Recorded]) -> People:
    """Look up the subjects of rows. One that an earlier entry is about too is found there; any other by birth date or
    address, where one is given in that row or in those that follow it."""
    first = [row for row in rows if is_first_of_subject(row)]
    facts: dict[str, Subject] = batch.store.facts_about(row.subject or "" for row in first)
    born = _birth_dates(batch, first)
    named = {row.line: _named(row.said, facts.get(row.subject or "", row.said.subject), born) for row in first}
    known = {row.line: before[row.line].subject_id for row in rows if row.line not in named}
    return people_named(named, batch.import_id, known)


def _birth_dates(batch: Batch, rows: Sequence[StoredRow]) -> dict[str, date]:
    """By name and address, the birth date that rows of the file add to one such subject, where they agree on it."""
    keys = (row.said.key_by_address for row in rows)
    found: dict[str, set[date]] = {}
    for key, facts in batch.store.facts_by_likeness(key for key in keys if key):
        if facts.born_on:
            found.setdefault(key, set()).add(facts.born_on)
    return {key: next(iter(days)) for key, days in found.items() if len(days) == 1}


def _named(row: RegisterRow, facts: Subject, born: Mapping[str, date]) -> Named:
    born_on = facts.born_on or born.get(row.key_by_address or "")
    address = row.subject_address or min(facts.addresses, default=None)
    return Named(
        name=row.subject_name,
        key=identity_key(row.subject_kind, row.subject_name, born_on, address),
        kind=row.subject_kind,
        born_on=born_on,
        address=row.subject_address,
        distinct=bool(born_on or address),
    )
