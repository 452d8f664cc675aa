"""Putting one row into the database, complete and committed."""

import itertools
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from asb_cases.extensions import Base, db

Row = TypeVar("Row", bound=Base)

#: The day and moment that made-up rows refer to, unless a test says otherwise: a Monday morning in Oxford.
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

_numbers = itertools.count(1)


def number() -> int:
    """A number that no other row of this run was given."""
    return next(_numbers)


def keep(row: Row) -> Row:
    """Add and commit: acts begin by ending the read transaction, and would lose a row that is only added."""
    db.session.add(row)
    db.session.commit()
    return row


def filled(given: dict[str, Any], **least: Any) -> dict[str, Any]:
    """The least a row needs, with what the test says in its place."""
    return {**least, **given}
