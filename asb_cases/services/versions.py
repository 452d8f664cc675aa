"""Two people, one row: the later one is told, and nothing is lost."""

from collections.abc import Callable
from typing import Protocol


class HasVersion(Protocol):
    """A row with a version (see `models.record.Versioned`)."""

    @property
    def version(self) -> int: ...


class StaleVersion(Exception):
    """Somebody else changed the row since the form was made. The page shows both versions and the typed text."""

    def __init__(self, row: object) -> None:
        super().__init__("The record was changed by somebody else in the meantime.")
        self.row = row


def check_version(row: HasVersion, seen: int | None, *, shown: Callable[[], object] | None = None) -> None:
    """Refuse an act that was decided on an older version of `row`. `seen` is None where no form was involved. `shown`
    gives the row as its form shows it, where the questions of the form are not its columns.

    Raises StaleVersion.
    """
    if seen is not None and row.version != seen:
        raise StaleVersion(shown() if shown else row)
