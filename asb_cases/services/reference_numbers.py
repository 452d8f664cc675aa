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


def next_references(*wanted: tuple[Prefix, int]) -> list[str]:
    """One new reference of each prefix and year, in their order, in one statement. Within the act that runs."""
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    counters = cast(Table, ReferenceCounter.__table__)
    # In one order everywhere, so that two acts that want the same numbers wait for each other and no more.
    rows = [{"prefix": prefix.value, "year": year, "last_number": 1} for prefix, year in sorted(set(wanted))]
    taken = dialect.insert(counters).values(rows)
    numbers = db.session.execute(
        taken.on_conflict_do_update(
            index_elements=["prefix", "year"],
            set_={"last_number": counters.c.last_number + taken.excluded.last_number},
        ).returning(counters.c.prefix, counters.c.year, counters.c.last_number)
    )
    last = {(row.prefix, row.year): row.last_number for row in numbers}
    return [str(Reference(prefix, year, last[prefix.value, year])) for prefix, year in wanted]


def next_reference(prefix: Prefix, year: int) -> str:
    """One new reference, written out: `ASB-2026-000123`. Within the act that runs."""
    return str(Reference(prefix, year, next_numbers(prefix.value, year).start))
