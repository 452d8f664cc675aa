"""Whoever reported, or is affected, hears how their case stands: the clock of that runs while there is somebody to tell."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.complaints import Channel
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import Direction
from asb_cases.models.deadline import Deadline
from asb_cases.services.case_closing import close_case, reopen_case
from asb_cases.services.casework import add_contact
from asb_cases.services.complaints import log_complaint
from asb_cases.services.intake import log_case
from asb_cases.services.participants import add_participant, end_participant
from asb_cases.services.people import Details
from asb_cases.services.told import Complainant, Told
from asb_cases.services.triage import put_complaint_back
from tests.factories import NOW, TODAY, make_actor, make_case, make_person, make_user

OPENED = {"actor": CONSOLE, "now": NOW}


def updates(case_id: int) -> list[tuple[DeadlineState, date, date]]:
    """Every clock of the kind in a case, in the order started: its state, first and last day."""
    rows = select(Deadline).where(Deadline.case_id == case_id, Deadline.rule == "victim_update").order_by(Deadline.id)
    return [(row.state, row.starts_on, row.last_day) for row in db.session.scalars(rows)]


def states(case_id: int) -> list[str]:
    return [state.value for state, _, _ in updates(case_id)]


@pytest.fixture
def case(in_app: Flask) -> Case:
    return make_case(owner=make_user())


def told_us(case_id: int | None = None) -> int:
    person = Complainant(person_id=make_person().id)
    told = Told("Music", Channel.PHONE, NOW)
    return log_complaint(**OPENED, told=told, complainant=person, case_id=case_id)


def contact(case_id: int, days: int, **given: object) -> None:
    at = NOW + timedelta(days=days)
    least = {"actor": CONSOLE, "now": at, "channel": Channel.PHONE, "direction": Direction.OUT, "told": "How it stands"}
    add_contact(**{**least, "case_id": case_id, **given})  # type: ignore[arg-type]


def test_it_runs_ten_working_days_from_the_report_and_anew_from_each_contact_made(in_app: Flask) -> None:
    told, who = Told("Music", Channel.PHONE, NOW), Complainant(details=Details("Una Told"))
    case_id = log_case(**OPENED, told=told, complainant=who, priority=2).case_id
    [(state, starts_on, last_day)] = updates(case_id)
    assert (state, starts_on, (last_day - TODAY).days) == (DeadlineState.RUNNING, TODAY, 14)
    contact(case_id, 4, direction=Direction.IN)
    contact(case_id, 4, reached=False)
    contact(case_id, 4, somebody_else=True)
    assert states(case_id) == ["running"], "they rang us, nobody answered, it was somebody else"
    contact(case_id, 5)
    contact(case_id, 40)
    assert states(case_id) == ["met", "missed", "running"]
    contact(case_id, 41, at=NOW + timedelta(days=6))
    assert states(case_id) == ["met", "missed", "running"], "what was told before is no news"


def test_it_runs_only_where_there_is_somebody_to_tell(case: Case) -> None:
    log_complaint(**OPENED, told=Told("Music", Channel.WEB, NOW, anonymous=True), case_id=case.id)
    contact(case.id, 0)
    assert states(case.id) == []
    part = add_participant(**OPENED, case_id=case.id, person_id=make_person().id, part=Part.VICTIM)
    add_participant(**OPENED, case_id=case.id, person_id=make_person().id, part=Part.SUBJECT)
    told_us(case.id)
    assert states(case.id) == ["running"]
    end_participant(**OPENED, participant_id=part, to_on=TODAY)
    assert states(case.id) == ["running"], "whoever complained is still to be told"


def test_it_ends_with_the_complaint_that_did_not_belong_to_the_case(case: Case) -> None:
    complaint_id = told_us(case.id)
    put_complaint_back(**OPENED, complaint_id=complaint_id, reason="Another street")
    assert states(case.id) == ["stopped"]


def test_it_rests_while_the_case_is_closed(case: Case) -> None:
    told_us(case.id)
    acting = {"actor": make_actor(Role.MANAGER), "now": NOW + timedelta(days=7), "case_id": case.id}
    close_case(**acting, outcome="resolved", reason="Quiet", told="Told", cautions_reason="Looked through")
    assert states(case.id) == ["stopped"]
    reopen_case(**acting, reason="It began again")
    assert [(state.value, starts_on) for state, starts_on, _ in updates(case.id)][1:] == [
        ("running", TODAY + timedelta(days=7))
    ]
