"""A draft before somebody who may authorise it: asked, given back with what to change, authorised."""

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.casework import Task
from asb_cases.queries.not_found import NotFound
from asb_cases.services.approvals import ask_for_changes, ask_to_authorise
from asb_cases.services.interventions import authorise, drop
from tests.factories import make_user
from tests.support.enforcement_track import at, entries, make_track, step
from tests.support.record import refused


def tasks(case_id: int) -> list[tuple[str, int | None, str | None]]:
    db.session.rollback()
    found = db.session.scalars(select(Task).where(Task.case_id == case_id).order_by(Task.id))
    return [(task.title, task.owner_id, task.outcome) for task in found]


def test_asked_changed_asked_again_and_authorised(in_app: Flask) -> None:
    track = make_track()
    draft = track.draft_warning(0)
    called = step(draft).reference
    manager, officer = track.manager.user_id or 0, track.officer.user_id
    ask_to_authorise(actor=track.officer, now=at(0), intervention_id=draft, of_id=manager)
    assert tasks(track.case.id) == [(f"Authorise {called}, or ask for changes", manager, None)]
    ask_for_changes(actor=track.manager, now=at(1), intervention_id=draft, reason="Say which nights")
    assert tasks(track.case.id) == [
        (f"Authorise {called}, or ask for changes", manager, "Changes asked for"),
        (f"Change {called} as asked", officer, None),
    ]
    ask_to_authorise(actor=track.officer, now=at(2), intervention_id=draft, of_id=manager)
    authorise(actor=track.manager, now=at(2), intervention_id=draft)
    assert [outcome for _, _, outcome in tasks(track.case.id)] == ["Changes asked for", "Asked again", "Authorised"]
    assert entries(track.case.id) == [
        "drafted", "authorisation_asked", "changes_asked", "authorisation_asked", "authorised",
    ]  # fmt: skip


def test_asked_twice_there_is_one_task_for_the_later_one(in_app: Flask) -> None:
    track = make_track()
    draft, other = track.draft_warning(0), make_user(Role.LEGAL)
    for asked in (track.manager.user_id or 0, other.id):
        ask_to_authorise(actor=track.officer, now=at(0), intervention_id=draft, of_id=asked)
    assert [owner for _, owner, _ in tasks(track.case.id)] == [other.id]
    drop(actor=track.officer, now=at(1), intervention_id=draft, reason="They moved out")
    assert [outcome for _, _, outcome in tasks(track.case.id)] == ["Given up"]


def test_nobody_is_asked_who_may_not_and_nobody_asks_who_may_not(in_app: Flask) -> None:
    track = make_track()
    draft = track.draft_warning(0)
    for user_id in (track.colleague.user_id, track.officer.user_id, make_user(Role.MANAGER, active=False).id, 0):
        with pytest.raises(NotFound):
            ask_to_authorise(actor=track.officer, now=at(0), intervention_id=draft, of_id=user_id or 0)
    with pytest.raises(NotPermitted):
        ask_for_changes(actor=track.colleague, now=at(0), intervention_id=draft, reason="No")
    with refused("reason_needed"):
        ask_for_changes(actor=track.manager, now=at(0), intervention_id=draft, reason=" ")
    authorise(actor=track.manager, now=at(0), intervention_id=draft)
    with refused("move_not_open"):
        ask_for_changes(actor=track.manager, now=at(0), intervention_id=draft, reason="No")
