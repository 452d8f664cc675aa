"""Opening a case, giving it a priority and an owner, marking it as entered in error."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.deadline import Deadline
from asb_cases.models.search_entry import SearchEntry
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.not_found import NotFound
from asb_cases.services.cases import (
    Description,
    allocate,
    allocate_cases,
    change_case,
    change_priority,
    mark_case_entered_in_error,
    open_case,
    start_work,
)
from asb_cases.services.versions import StaleVersion
from tests.factories import (
    NOW,
    TODAY,
    category,
    make_actor,
    make_case,
    make_complaint,
    make_team,
    make_user,
)
from tests.support.record import clocks, history_kinds, last_entry, refused

NOISE = Description(
    "Music at night", summary="Every weekend", categories=("noise", "noise_music"), address="1 Example Street"
)


def test_open_case(in_app: Flask) -> None:
    officer = make_actor(Role.OFFICER, team=make_team())
    case_id = open_case(actor=officer, now=NOW, description=NOISE, priority=2, owner_id=officer.user_id)
    reference = db.session.scalars(select(Case.reference)).one()
    case = load_case_for(officer, reference, TODAY)
    assert (case.id, reference, case.status, case.opened_on) == (case_id, "ASB-2026-000001", CaseStatus.OPEN, TODAY)
    assert (case.team_id, case.owner_id) == (officer.team_id, officer.user_id)
    assert [category.code for category in case.categories] == ["noise", "noise_music"]
    deadline = db.session.scalars(select(Deadline)).one()
    assert (deadline.rule, deadline.case_id, deadline.last_day) == ("response_priority_2", case_id, date(2026, 3, 6))
    assert history_kinds() == ["case_opened"]
    entry = last_entry()
    assert (entry.case_id, entry.actor_user_id) == (case_id, officer.user_id)
    assert "Music" not in entry.details
    words = db.session.scalars(select(SearchEntry.words)).one()
    assert {"music", "weekend", "example", "000001"} <= set(words.split())


def test_case_of_nobody_is_new_until_it_has_an_owner(in_app: Flask) -> None:
    manager, officer = make_actor(Role.MANAGER), make_user(Role.OFFICER, team=make_team())
    case_id = open_case(actor=CONSOLE, now=NOW, description=Description("Litter"))
    case = db.session.get_one(Case, case_id)
    assert (case.status, case.priority) == (CaseStatus.NEW, None)
    assert clocks(case_id=case_id) == {}
    allocate(actor=manager, now=NOW, case_id=case_id, team_id=officer.team_id, owner_id=None)
    assert db.session.get_one(Case, case_id).status is CaseStatus.NEW
    allocate(actor=manager, now=NOW, case_id=case_id, team_id=officer.team_id, owner_id=officer.id)
    case = db.session.get_one(Case, case_id)
    assert (case.status, case.owner_id, case.team_id) == (CaseStatus.OPEN, officer.id, officer.team_id)
    assert history_kinds() == ["case_opened", "case_allocated", "case_allocated"]


def test_start_work_makes_a_new_case_one_s_own(in_app: Flask) -> None:
    officer = make_actor(Role.OFFICER, team=make_team())
    case_id = open_case(actor=CONSOLE, now=NOW, description=Description("Litter"))
    start_work(actor=officer, now=NOW, case_id=case_id)
    case = db.session.get_one(Case, case_id)
    assert (case.status, case.owner_id, case.team_id) == (CaseStatus.OPEN, officer.user_id, officer.team_id)
    with refused("move_not_open"):
        start_work(actor=officer, now=NOW, case_id=case_id)


def test_what_an_opening_must_say(in_app: Flask) -> None:
    with refused("needs_words", "unknown_priority"):
        open_case(actor=CONSOLE, now=NOW, description=Description(" "), priority=4)
    with refused("unknown_category"):
        open_case(actor=CONSOLE, now=NOW, description=Description("Shouting", categories=("noise", "shouting")))
    with refused("day_not_come"):
        open_case(actor=CONSOLE, now=NOW, description=NOISE, opened_on=date(2026, 3, 3))
    assert db.session.scalars(select(Case)).all() == []
    case_id = open_case(actor=CONSOLE, now=NOW, description=NOISE)
    assert db.session.get_one(Case, case_id).reference == "ASB-2026-000001", "a refused opening takes no number"


def test_change_case_asks_for_the_version_seen(in_app: Flask) -> None:
    case_id = open_case(actor=CONSOLE, now=NOW, description=NOISE)
    change_case(
        actor=CONSOLE,
        now=NOW,
        case_id=case_id,
        version=1,
        description=Description("Barking dogs", categories=("animals",)),
    )
    case = load_case_for(CONSOLE, "ASB-2026-000001", TODAY)
    assert (case.title, case.summary, case.address_id) == ("Barking dogs", None, None)
    assert [category.code for category in case.categories] == ["animals"]
    with pytest.raises(StaleVersion):
        change_case(actor=CONSOLE, now=NOW, case_id=case_id, version=1, description=NOISE)
    assert db.session.get_one(Case, case_id).title == "Barking dogs"
    assert history_kinds() == ["case_opened", "case_changed"]


def test_new_priority_owes_the_response_by_its_own_clock(in_app: Flask) -> None:
    received = datetime(2026, 2, 27, 22, 0, tzinfo=UTC)
    case_id = open_case(actor=CONSOLE, now=NOW, description=NOISE, priority=3, received=received)
    with refused("reason_needed"):
        change_priority(actor=CONSOLE, now=NOW, case_id=case_id, priority=1, reason=" ")
    change_priority(actor=CONSOLE, now=NOW, case_id=case_id, priority=1, reason="A threat was made")
    assert clocks(case_id=case_id) == {"response_priority_3": "superseded", "response_priority_1": "running"}
    due = db.session.scalars(select(Deadline.due_at).where(Deadline.rule == "response_priority_1")).one()
    assert due == datetime(2026, 2, 28, 22, 0, tzinfo=UTC)
    assert last_entry().reason == "A threat was made"


def test_priority_set_after_the_response_starts_no_clock(in_app: Flask) -> None:
    case = make_case(priority=3)
    change_priority(actor=CONSOLE, now=NOW, case_id=case.id, priority=2, reason="More than noise")
    assert clocks(case_id=case.id) == {}
    first = make_case(priority=None)
    change_priority(actor=CONSOLE, now=NOW, case_id=first.id, priority=2, reason="")
    assert clocks(case_id=first.id) == {"response_priority_2": "running"}


def test_entered_in_error(in_app: Flask) -> None:
    manager = make_actor(Role.MANAGER)
    case_id = open_case(actor=manager, now=NOW, description=NOISE, priority=2)
    make_complaint(case=db.session.get_one(Case, case_id))
    with refused("reason_needed", "case_has_steps"):
        mark_case_entered_in_error(actor=manager, now=NOW, case_id=case_id, reason="")
    empty = open_case(actor=manager, now=NOW, description=NOISE, priority=2)
    mark_case_entered_in_error(actor=manager, now=NOW, case_id=empty, reason="Opened twice")
    case = db.session.get_one(Case, empty)
    assert (case.entered_in_error_on, case.entered_in_error_reason) == (TODAY, "Opened twice")
    assert clocks(case_id=empty) == {"response_priority_2": "stopped"}
    with refused("entered_in_error"):
        mark_case_entered_in_error(actor=manager, now=NOW, case_id=empty, reason="Again")


def test_each_act_asks_who_may(in_app: Flask) -> None:
    team = make_team()
    case = make_case(team=team, status=CaseStatus.NEW)
    officer, stranger = make_actor(Role.OFFICER, team=team), make_actor(Role.OFFICER, team=make_team())
    partner = make_actor(Role.PARTNER)
    acts = {
        "allocate": lambda actor: allocate(actor=actor, now=NOW, case_id=case.id, team_id=None, owner_id=None),
        "error": lambda actor: mark_case_entered_in_error(actor=actor, now=NOW, case_id=case.id, reason="Twice"),
    }
    for act in acts.values():
        with pytest.raises(NotPermitted):
            act(officer)
    with pytest.raises(NotPermitted):
        open_case(actor=partner, now=NOW, description=NOISE)
    with pytest.raises(NotFound):
        start_work(actor=stranger, now=NOW, case_id=case.id)
    with pytest.raises(NotFound):
        change_priority(actor=stranger, now=NOW, case_id=case.id, priority=1, reason="Mine")
    assert history_kinds() == []
    assert db.session.get_one(Case, case.id).version == 1


def test_allocation_on_an_older_version_is_told(in_app: Flask) -> None:
    manager, officer = make_actor(Role.MANAGER), make_user()
    case = make_case()
    allocate(actor=manager, now=NOW, case_id=case.id, team_id=None, owner_id=officer.id, version=1)
    with pytest.raises(StaleVersion):
        allocate(actor=manager, now=NOW, case_id=case.id, team_id=None, owner_id=manager.user_id, version=1)
    assert db.session.get_one(Case, case.id).owner_id == officer.id


def test_several_cases_are_allocated_together_or_not_at_all(in_app: Flask) -> None:
    manager, officer = make_actor(Role.MANAGER), make_user(team=make_team())
    cases = [make_case(), make_case()]
    with pytest.raises(StaleVersion):
        allocate_cases(
            actor=manager, now=NOW, versions={cases[0].id: 1, cases[1].id: 9}, team_id=None, owner_id=officer.id
        )
    assert [db.session.get_one(Case, case.id).owner_id for case in cases] == [None, None]
    versions = {case.id: 1 for case in cases}
    allocate_cases(actor=manager, now=NOW, versions=versions, team_id=officer.team_id, owner_id=officer.id)
    assert [db.session.get_one(Case, case.id).owner_id for case in cases] == [officer.id] * 2
    assert history_kinds() == ["case_allocated"] * 2
    with refused("cannot_own_cases"):
        allocate(actor=manager, now=NOW, case_id=cases[0].id, team_id=None, owner_id=make_user(Role.ANALYST).id)
    with refused("cannot_own_cases"):
        gone = make_user(active=False)
        allocate(actor=manager, now=NOW, case_id=cases[0].id, team_id=None, owner_id=gone.id)


def test_a_category_no_longer_in_use_stays_where_it_was(in_app: Flask) -> None:
    case = make_case(categories=("begging",))
    begging = category("begging")
    begging.active = False
    db.session.commit()
    both = Description("Noise and begging", categories=("begging", "litter_fly_tipping"))
    change_case(actor=CONSOLE, now=NOW, case_id=case.id, version=None, description=both)
    assert {each.code for each in load_case_for(CONSOLE, case.reference, TODAY).categories} == {
        "begging", "litter_fly_tipping",
    }  # fmt: skip
    with refused("unknown_category"):
        change_case(actor=CONSOLE, now=NOW, case_id=make_case().id, version=None, description=both)


def test_the_priority_it_has_is_no_other(in_app: Flask) -> None:
    case = make_case(priority=2)
    with refused("same_priority"):
        change_priority(actor=CONSOLE, now=NOW, case_id=case.id, priority=2, reason="Again")
