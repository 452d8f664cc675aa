"""What the acts wrote, for tests to compare: history and clocks."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from asb_cases.domain.errors import RuleBroken
from asb_cases.extensions import db
from asb_cases.models.deadline import Deadline
from asb_cases.models.history import HistoryEntry


def history_kinds() -> list[str]:
    """The kinds of all history entries, in order."""
    return list(db.session.scalars(select(HistoryEntry.kind).order_by(HistoryEntry.id)))


def last_entry() -> HistoryEntry:
    return db.session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc()).limit(1)).one()


def clocks(**links: int) -> dict[str, str]:
    """The state of each clock with these links (`case_id=...`), by its rule; the latest of several."""
    wanted = [getattr(Deadline, name) == value for name, value in links.items()]
    return {
        row.rule: row.state.value for row in db.session.scalars(select(Deadline).where(*wanted).order_by(Deadline.id))
    }


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """The act inside is refused with exactly these codes, each naming an authority and a remedy, and leaves nothing."""
    before = history_kinds()
    with pytest.raises(RuleBroken) as raised:
        yield
    assert tuple(refusal.code for refusal in raised.value.refusals) == codes
    assert all(refusal.authority and refusal.remedy for refusal in raised.value.refusals)
    assert history_kinds() == before
