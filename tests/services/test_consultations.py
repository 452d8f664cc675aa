"""Who was shown what is on record, and stays there."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from asb_cases.domain.history import HistoryOperation
from asb_cases.domain.permissions import Role, Via
from asb_cases.extensions import db
from asb_cases.models.history import Consultation, HistoryEntry
from asb_cases.models.user_session import UserSession
from asb_cases.services import sessions
from asb_cases.services.consultations import viewed
from tests.factories import NOW, make_actor, make_case


def test_one_row_for_one_page_however_much_it_lists(in_app: Flask) -> None:
    actor, case = make_actor(Role.OFFICER), make_case()
    viewed(
        actor=actor,
        now=NOW,
        endpoint="cases.case",
        shown={"person": [9, 3, 3], "case": [case.id]},
        case_id=case.id,
        reason="Complaint of the manager",
    )
    row = db.session.scalars(select(Consultation)).one()
    assert (row.at, row.user_id, row.via, row.endpoint) == (NOW, actor.user_id, Via.WEB, "cases.case")
    assert (row.operation, row.case_id, row.reason) == (
        HistoryOperation.CONSULTATION, case.id, "Complaint of the manager",
    )  # fmt: skip
    assert json.loads(row.shown) == {"case": [case.id], "person": [3, 9]}
    assert db.session.scalars(select(HistoryEntry)).all() == []


def test_a_file_that_leaves_is_a_disclosure_and_an_empty_list_is_shown_too(in_app: Flask) -> None:
    actor = make_actor(Role.ANALYST)
    viewed(actor=actor, now=NOW, endpoint="reports.csv", shown={"case": []}, operation=HistoryOperation.DISCLOSURE)
    row = db.session.scalars(select(Consultation)).one()
    assert (row.operation, row.shown) == (HistoryOperation.DISCLOSURE, '{"case":[]}')


def test_the_session_is_marked_in_the_same_transaction(in_app: Flask) -> None:
    actor = make_actor(Role.OFFICER)
    assert actor.user_id is not None
    sessions.start(user_id=actor.user_id, address=None, browser=None, now=NOW)
    session_id = db.session.scalars(select(UserSession.id)).one()
    later = NOW + timedelta(minutes=5)
    viewed(actor=actor, now=later, endpoint="cases.case", shown={"case": [1]}, session_id=session_id)
    assert db.session.get_one(UserSession, session_id).last_seen_at == later


@pytest.mark.parametrize("change", [update(Consultation).values(shown="{}"), delete(Consultation)])
def test_nobody_takes_it_off_the_record(in_app: Flask, change: object) -> None:
    viewed(actor=make_actor(Role.OFFICER), now=NOW, endpoint="cases.case", shown={"case": [1]})
    with pytest.raises(DatabaseError):
        db.session.execute(change)  # type: ignore[call-overload]
