"""An act happens whole or not at all, joins the act around it, and leaves one link in the history."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from asb_cases.domain.history import CHAIN_START, chained_hash
from asb_cases.domain.permissions import Actor, Via
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry, HistoryHead
from asb_cases.models.user import Team
from asb_cases.queries.history import covered
from asb_cases.services.history import Subject, record
from asb_cases.services.reference_numbers import next_numbers
from asb_cases.services.transaction import transaction

CONSOLE = Actor(via=Via.CONSOLE)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@transaction
def make_team(name: str, *, fail: bool = False) -> int:
    team = Team(name=name, name_key=name.lower())
    db.session.add(team)
    db.session.flush()
    record("team_created", Subject("team", team.id), actor=CONSOLE, now=NOW, details={"number": team.id}, reason=name)
    if fail:
        raise RuntimeError("the lights went out")
    return team.id


@transaction
def make_two(first: str, second: str, *, fail: bool = False) -> None:
    make_team(first)
    make_team(second, fail=fail)


def teams() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Team.name).order_by(Team.id)))


def entries() -> list[HistoryEntry]:
    return list(db.session.scalars(select(HistoryEntry).order_by(HistoryEntry.id)))


def test_an_act_commits_with_its_entry(in_app: Flask) -> None:
    make_team("North")
    assert teams() == ["North"]
    (entry,) = entries()
    assert (entry.id, entry.kind, entry.previous_hash) == (1, "team_created", CHAIN_START)
    assert entry.reason == "North"
    assert "North" not in entry.details


def test_a_failed_act_leaves_neither_row_nor_entry(in_app: Flask) -> None:
    with pytest.raises(RuntimeError):
        make_team("North", fail=True)
    assert (teams(), entries()) == ([], [])
    make_team("South")
    assert [entry.id for entry in entries()] == [1]


def test_acts_within_an_act_stand_or_fall_together(in_app: Flask) -> None:
    with pytest.raises(RuntimeError):
        make_two("North", "South", fail=True)
    assert teams() == []
    make_two("North", "South")
    assert teams() == ["North", "South"]
    assert len(entries()) == 2


def test_each_entry_is_linked_to_the_one_before(in_app: Flask) -> None:
    make_two("North", "South")
    make_team("East")
    previous = CHAIN_START
    for entry in entries():
        assert entry.previous_hash == previous
        previous = entry.hash
        assert entry.hash == chained_hash(entry.previous_hash, covered(entry))
    head = db.session.scalars(select(HistoryHead)).one()
    assert (head.last_id, head.last_hash) == (3, previous)


def test_erasing_a_reason_leaves_the_chain_whole(in_app: Flask) -> None:
    make_team("North")
    (entry,) = entries()
    entry.reason = entry.reason_salt = None
    db.session.commit()
    db.session.expire_all()
    (again,) = entries()
    assert again.reason is None
    assert again.hash == chained_hash(again.previous_hash, covered(again))


def test_reference_numbers_go_up_and_a_failed_act_gives_its_number_back(in_app: Flask) -> None:
    @transaction
    def take(count: int, *, fail: bool = False) -> list[int]:
        numbers = list(next_numbers("CPW", 2026, count))
        if fail:
            raise RuntimeError
        return numbers

    assert take(2) == [1, 2]
    with pytest.raises(RuntimeError):
        take(1, fail=True)
    assert take(1) == [3]
    assert db.session.scalar(select(func.count()).select_from(HistoryEntry)) == 0
