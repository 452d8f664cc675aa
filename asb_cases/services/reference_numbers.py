"""Our own reference numbers, given once and never again."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from asb_cases.domain.references import Prefix, Reference
from asb_cases.extensions import db
from asb_cases.models.policy import ReferenceCounter


def next_numbers(prefix: str, year: int, count: int = 1) -> range:
    """Take `count` numbers under `prefix` in `year`, within the act that runs. Numbers taken by an act that
    then fails are given again, since nobody saw them."""
    counter = _locked(prefix, year) or _first(prefix, year)
    first = counter.last_number + 1
    counter.last_number += count
    db.session.flush()
    return range(first, first + count)


def next_reference(prefix: Prefix, year: int) -> str:
    """One new reference, written out: `ASB-2026-000123`. Within the act that runs."""
    return str(Reference(prefix, year, next_numbers(prefix.value, year).start))


def _locked(prefix: str, year: int) -> ReferenceCounter | None:
    return db.session.execute(
        select(ReferenceCounter)
        .where(ReferenceCounter.prefix == prefix, ReferenceCounter.year == year)
        .with_for_update()
    ).scalar_one_or_none()


def _first(prefix: str, year: int) -> ReferenceCounter:
    """Start counting. Somebody else may start at the same moment: the loser counts on from theirs."""
    try:
        with db.session.begin_nested():
            counter = ReferenceCounter(prefix=prefix, year=year, last_number=0)
            db.session.add(counter)
        return counter
    except IntegrityError:
        theirs = _locked(prefix, year)
        if theirs is None:
            raise
        return theirs
