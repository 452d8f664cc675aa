"""Contacts, notes and tasks of a case."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.complaints import Channel
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import ContactEntry, Direction, Note, NoteKind, Task
from asb_cases.models.search_entry import SearchEntry
from asb_cases.queries.not_found import NotFound
from asb_cases.services.cases import Description, open_case
from asb_cases.services.casework import (
    ContactMade,
    add_contact,
    add_note,
    add_task,
    change_task,
    correct_note,
    finish_task,
    withhold_note,
)
from asb_cases.services.complaints import log_complaint
from asb_cases.services.told import Told
from asb_cases.services.versions import StaleVersion
from tests.factories import (
    NOW,
    TODAY,
    make_actor,
    make_body,
    make_case,
    make_note,
    make_participant,
    make_person,
    make_share,
    make_task,
    make_team,
    make_user,
)
from tests.support.record import clocks, history_kinds, last_entry, refused


@pytest.fixture
def case_id(in_app: Flask) -> int:
    """A case whose first response and acknowledgement are owed."""
    case_id = open_case(actor=CONSOLE, now=NOW, description=Description("Music"), priority=1)
    log_complaint(actor=CONSOLE, now=NOW, told=Told("Music", Channel.PHONE, NOW), case_id=case_id)
    return case_id


def contact(case_id: int, direction: Direction = Direction.OUT, **given: object) -> ContactMade:
    least = {"channel": Channel.PHONE, "told": "That we will visit tonight"}
    return add_contact(actor=CONSOLE, now=NOW, case_id=case_id, direction=direction, **{**least, **given})  # type: ignore[arg-type]


def test_contact_is_the_response_owed(case_id: int) -> None:
    made = contact(case_id)
    entry = db.session.get_one(ContactEntry, made.id)
    assert {clock.rule for clock in made.answered} == {"response_priority_1", "acknowledge"}
    assert (entry.at, entry.channel, entry.told) == (NOW, Channel.PHONE, "That we will visit tonight")
    assert clocks(case_id=case_id) == {"response_priority_1": "met", "acknowledge": "met"}
    assert history_kinds()[-1] == "contact_recorded"
    words = db.session.scalars(select(SearchEntry.words).where(SearchEntry.entity_kind == "contact_entry")).one()
    assert "tonight" in words.split()


def test_late_contact_leaves_the_clocks_missed(case_id: int) -> None:
    later = NOW + timedelta(days=3)
    add_contact(
        actor=CONSOLE,
        now=later,
        case_id=case_id,
        channel=Channel.EMAIL,
        direction=Direction.OUT,
        told="Sorry",
        at=later,
    )
    assert clocks(case_id=case_id) == {"response_priority_1": "missed", "acknowledge": "missed"}


@pytest.mark.parametrize(
    ("part", "direction", "state"),
    [
        (Part.COMPLAINANT, Direction.OUT, "met"),
        (Part.VICTIM, Direction.OUT, "met"),
        (Part.SUBJECT, Direction.OUT, "running"),
        (Part.PROFESSIONAL, Direction.OUT, "running"),
        (Part.COMPLAINANT, Direction.IN, "running"),
    ],
)
def test_whose_contact_answers_the_report(case_id: int, part: Part, direction: Direction, state: str) -> None:
    person = make_person()
    make_participant(db.session.get_one(Case, case_id), person, part)
    contact(case_id, direction, person_id=person.id)
    assert clocks(case_id=case_id)["response_priority_1"] == state


def test_what_a_contact_must_say(case_id: int) -> None:
    with refused("needs_words", "day_not_come"):
        contact(case_id, told=" ", at=NOW + timedelta(days=1))
    with refused("moment_not_come"):
        contact(case_id, at=NOW + timedelta(minutes=1))
    with pytest.raises(NotFound):
        contact(case_id, person_id=make_person().id)


def test_note_is_corrected_by_another_and_stays(case_id: int) -> None:
    officer = make_actor()
    note_id = add_note(actor=officer, now=NOW, case_id=case_id, text="Visited number 3")
    wrong = "The wrong house"
    with refused("reason_needed"):
        correct_note(actor=officer, now=NOW, note_id=note_id, text="Visited number 5", reason=" ")
    correction = correct_note(actor=officer, now=NOW, note_id=note_id, text="Visited number 5", reason=wrong)
    assert db.session.get_one(Note, note_id).text == "Visited number 3"
    later = db.session.get_one(Note, correction)
    assert (later.text, later.corrects_id, later.author_id) == ("Visited number 5", note_id, officer.user_id)
    assert (later.corrected_because, last_entry().reason) == (wrong, wrong)
    with refused("note_already_corrected"):
        correct_note(actor=officer, now=NOW, note_id=note_id, text="Visited number 7", reason=wrong)
    with refused("needs_words"):
        add_note(actor=officer, now=NOW, case_id=case_id, text="")
    assert history_kinds()[-2:] == ["note_added", "note_corrected"]


def test_partner_adds_to_what_is_shared_and_only_to_the_record(in_app: Flask) -> None:
    body, case = make_body(), make_case()
    partner = make_actor(Role.PARTNER, body=body)
    with pytest.raises(NotFound):
        add_note(actor=partner, now=NOW, case_id=case.id, text="Known to us")
    make_share(case, body=body)
    note_id = add_note(actor=partner, now=NOW, case_id=case.id, text="Known to us", kind=NoteKind.INTERNAL)
    assert db.session.get_one(Note, note_id).kind is NoteKind.RECORD
    with pytest.raises(NotPermitted):
        correct_note(actor=partner, now=NOW, note_id=note_id, text="Not known to us", reason="A mistake")
    with pytest.raises(NotPermitted):
        add_note(actor=make_actor(Role.ANALYST), now=NOW, case_id=case.id, text="Interesting")


def test_task(in_app: Flask) -> None:
    officer, case = make_actor(), make_case()
    task_id = add_task(actor=officer, now=NOW, case_id=case.id, title="Ring back", due_on=TODAY)
    assert db.session.get_one(Task, task_id).owner_id == officer.user_id
    with refused("needs_words", "days_out_of_order"):
        add_task(actor=officer, now=NOW, case_id=case.id, title="", due_on=TODAY - timedelta(days=1))
    finish_task(actor=officer, now=NOW, task_id=task_id, outcome="No answer", version=1)
    task = db.session.get_one(Task, task_id)
    assert (task.done_on, task.outcome) == (TODAY, "No answer")
    with pytest.raises(StaleVersion):
        finish_task(actor=officer, now=NOW, task_id=task_id, version=1)
    with refused("already_done"):
        finish_task(actor=officer, now=NOW, task_id=task_id)
    assert history_kinds() == ["task_added", "task_done"]


def test_a_contact_that_reached_nobody_answers_nothing(case_id: int) -> None:
    made = contact(case_id, reached=False)
    assert db.session.get_one(ContactEntry, made.id).reached is False
    contact(case_id, somebody_else=True)
    assert clocks(case_id=case_id) == {"response_priority_1": "running", "acknowledge": "running"}


def test_a_withheld_note_keeps_its_words_and_is_found_by_none_of_them(in_app: Flask) -> None:
    officer, manager, case = make_actor(), make_actor(Role.MANAGER), make_case()
    first = add_note(actor=officer, now=NOW, case_id=case.id, text="Informant lives opposite")
    second = correct_note(actor=officer, now=NOW, note_id=first, text="Informant lives behind", reason="Wrong side")
    with pytest.raises(NotPermitted):
        withhold_note(actor=officer, now=NOW, note_id=second, reason="Names an informant")
    with refused("reason_needed"):
        withhold_note(actor=manager, now=NOW, note_id=second, reason="")
    withhold_note(actor=manager, now=NOW, note_id=second, reason="Would tell who told us")
    for note_id, text in ((first, "Informant lives opposite"), (second, "Informant lives behind")):
        note = db.session.get_one(Note, note_id)
        assert (note.text, note.withheld_on, note.withheld_because) == (text, TODAY, "Would tell who told us")
    assert set(db.session.scalars(select(SearchEntry.words).where(SearchEntry.entity_kind == "note"))) == {""}
    with refused("already_withheld"):
        withhold_note(actor=manager, now=NOW, note_id=second, reason="Again")
    with refused("note_withheld"):
        correct_note(actor=manager, now=NOW, note_id=second, text="Somebody told us", reason="Milder")
    assert history_kinds()[-1] == "note_withheld"


def test_a_task_is_given_away_and_moved_with_a_reason(in_app: Flask) -> None:
    officer, other, case = make_actor(), make_user(), make_case()
    task_id = add_task(actor=officer, now=NOW, case_id=case.id, title="Ring back", due_on=TODAY)
    later = TODAY + timedelta(days=3)
    with refused("reason_needed"):
        change_task(actor=officer, now=NOW, task_id=task_id, owner_id=other.id, due_on=later, reason="")
    with refused("cannot_own_cases"):
        analyst = make_user(Role.ANALYST)
        change_task(actor=officer, now=NOW, task_id=task_id, owner_id=analyst.id, due_on=later, reason="Away")
    with refused("days_out_of_order"):
        before = TODAY - timedelta(days=1)
        change_task(actor=officer, now=NOW, task_id=task_id, owner_id=other.id, due_on=before, reason="Away")
    change_task(actor=officer, now=NOW, task_id=task_id, owner_id=other.id, due_on=later, reason="Away", version=1)
    task = db.session.get_one(Task, task_id)
    assert (task.owner_id, task.due_on, task.version) == (other.id, later, 2)
    entry = last_entry()
    assert (entry.kind, entry.reason) == ("task_changed", "Away")
    assert json.loads(entry.details)["from_owner_id"] == officer.user_id
    with pytest.raises(StaleVersion):
        change_task(actor=officer, now=NOW, task_id=task_id, owner_id=None, due_on=later, reason="x", version=1)
    finish_task(actor=officer, now=NOW, task_id=task_id)
    with refused("already_done"):
        change_task(actor=officer, now=NOW, task_id=task_id, owner_id=None, due_on=later, reason="x")


def test_what_hangs_on_a_case_of_others_is_not_there(in_app: Flask) -> None:
    officer, away = make_actor(team=make_team()), make_case(team=make_team())
    note, task = make_note(away), make_task(away)
    elsewhere, restricted = make_actor(Role.MANAGER), make_note(make_case(restricted=True))
    acts = (
        lambda: add_note(actor=officer, now=NOW, case_id=away.id, text="Mine"),
        lambda: correct_note(actor=officer, now=NOW, note_id=note.id, text="Mine", reason="Mine"),
        lambda: correct_note(actor=officer, now=NOW, note_id=999, text="Mine", reason="Mine"),
        lambda: finish_task(actor=officer, now=NOW, task_id=task.id),
        lambda: finish_task(actor=officer, now=NOW, task_id=999),
        lambda: change_task(actor=officer, now=NOW, task_id=task.id, owner_id=None, due_on=TODAY, reason="Mine"),
        lambda: withhold_note(actor=elsewhere, now=NOW, note_id=restricted.id, reason="Mine"),
        lambda: add_task(actor=officer, now=NOW, case_id=away.id, title="Mine", due_on=TODAY),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()
    assert history_kinds() == []
