"""Our own reference numbers, given once and never again."""

from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from asb_cases.domain.references import Prefix, Reference
from asb_cases.extensions import db
from asb_cases.models.policy import ReferenceCounter


def next_numbers(prefix: str, year: int, count: int = 1) -> range:
    """Take `count` numbers under `prefix` in `year`, within the act that runs. Numbers taken by an act that
    then fails are given again, since nobody saw them.

    One statement begins to count or counts on, whoever does so at the same moment: the counter is locked until the act ends.
    """
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    counters = cast(Table, ReferenceCounter.__table__)
    taken = dialect.insert(counters).values(prefix=prefix, year=year, last_number=count)
    last = db.session.execute(
        taken.on_conflict_do_update(
            index_elements=["prefix", "year"],
            set_={"last_number": counters.c.last_number + taken.excluded.last_number},
        ).returning(counters.c.last_number)
    ).scalar_one()
    return range(last - count + 1, last + 1)


def next_reference(prefix: Prefix, year: int) -> str:
    """One new reference, written out: `ASB-2026-000123`. Within the act that runs."""
    return str(Reference(prefix, year, next_numbers(prefix.value, year).start))
