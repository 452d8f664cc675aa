"""What the writing of one batch of rows is given, and what it gives back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from asb_cases.adapters.row_store import RowStore, StoredRow
from asb_cases.domain.imports.columns import Format
from asb_cases.domain.imports.problems import Problem
from asb_cases.domain.imports.setting import Setting


@dataclass(frozen=True)
class Batch:
    """The import that rows are written under, and what they are written against. `categories`: by code, their ids."""

    import_id: int
    setting: Setting
    store: RowStore
    now: datetime
    categories: Mapping[str, int]


@dataclass(frozen=True)
class Written:
    """By line, the record that each row became; by name, the case of each family that got one."""

    records: Mapping[int, int]
    families: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Keys:
    """Folded keys that tie a row to others: its own reference, the one it follows; and a word to find it by."""

    reference: str | None = None
    follows: str | None = None
    mark: str | None = None


def _nothing_more(_store: RowStore, _setting: Setting) -> None:
    """Rows of this kind say nothing about each other."""


@dataclass(frozen=True)
class Change:
    """What the import changes about an older record: a warning is escalated, or a person's birth date is known now."""

    warning_id: int | None = None
    person_id: int | None = None
    born_on: date | None = None
    key: str = ""


def _nothing_left(_batch: Batch) -> Sequence[Change]:
    """No older record is changed by the import."""
    return ()


def _nothing_to_do(_changes: Sequence[Change]) -> None:
    """There is nothing to change."""


@dataclass(frozen=True)
class Kind:
    """One kind of file that can be brought in.

    `row` is what a row is read into. `read` says what a row says, or what is wrong with it. `shared` is the column by
    which no two rows may be the same. `find_known` skips rows that came in before, where that is not by reference or
    by saying exactly the same. `check` looks at good rows together and at what is recorded. `prepare` does what needs
    no lock, `write` turns what it gives into records within the act that runs. `outstanding` finds what the import
    changes about older records and has not changed yet, `finish` changes it. `cases_of` says to which case each
    record belongs, for an import that is resumed.
    """

    layout: Format
    row: type
    entity_kind: str
    read: Callable[[Mapping[str, str], Setting], tuple[Any, list[Problem]]]
    keys: Callable[[Any], Keys]
    prepare: Callable[[Batch, Sequence[StoredRow]], Any]
    write: Callable[[Batch, Any], Written]
    shared: str = "reference"
    find_known: Callable[[RowStore, Setting], None] | None = None
    check: Callable[[RowStore, Setting], None] = _nothing_more
    outstanding: Callable[[Batch], Sequence[Change]] = _nothing_left
    finish: Callable[[Sequence[Change]], None] = _nothing_to_do
    cases_of: Callable[[Collection[int]], Mapping[int, int]] | None = None

    @property
    def name(self) -> str:
        return self.layout.name
