"""A notice at the door at night: one officer, one act, as far as policy lets them; and drafts to whoever lives there."""

import json
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.draft_content import StatutoryNuisance
from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import Role
from asb_cases.domain.powers.screening import SCREEN, Screened
from asb_cases.domain.service import ServiceMethod
from asb_cases.extensions import db
from asb_cases.models.casework import Task
from asb_cases.models.history import HistoryEntry
from asb_cases.models.policy import PolicyValue
from asb_cases.queries.enforcement import screen_of
from asb_cases.queries.history import verify_history
from asb_cases.services.at_the_door import hand_over_at_once
from asb_cases.services.casework import finish_task
from asb_cases.services.corrections import mark_intervention_entered_in_error
from asb_cases.services.drafting import REFERRAL, Change, Unnamed, change_drafts, draft_warning
from asb_cases.services.interventions import authorise, check_afterwards
from asb_cases.services.service_of_documents import Giving
from asb_cases.services.versions import StaleVersion
from tests.factories import NOW, keep, make_actor, make_person
from tests.support.enforcement_track import Track, at, content, day, entries, make_track, running, step
from tests.support.record import refused

WHY = "Sixty people in the street; it could not wait."


def policy(value: str) -> None:
    keep(PolicyValue(code="cpn_four_eyes", from_on=date(2020, 1, 1), value=value, source="A test", entered_at=NOW))


def handed(track: Track, step_id: int, **given: object) -> int:
    giving = Giving(ServiceMethod.HAND, given_at=at(8, 23, 25), address="4 Rose Lane")
    given = {"now": at(8, 23, 40), "giving": giving, "cautions_reason": WHY, **given}
    return hand_over_at_once(actor=track.officer, intervention_id=step_id, **given)  # type: ignore[arg-type]


def test_authorised_signed_and_given_in_one_go(in_app: Flask) -> None:
    policy("checked_next_working_day")
    track = make_track()
    notice = track.draft_notice(track.warn(0), 8, hour=20)
    before = entries(track.case.id)
    handed(track, notice)
    row = step(notice)
    assert (row.status, row.issued_at, row.signed_at, row.authoriser_id) == (
        "in_force", at(8, 23, 25), at(8, 23, 25), track.officer.user_id,
    )  # fmt: skip
    assert row.cautions_reason == WHY or not row.cautions_reason
    assert entries(track.case.id)[len(before) :] == ["handed_over_at_once"]
    (entry,) = db.session.scalars(select(HistoryEntry).where(HistoryEntry.kind == "handed_over_at_once"))
    assert entry.reason == WHY
    assert {"own", "signed_at", "service_id"} <= set(json.loads(entry.details)), "what each of the three would say"
    assert verify_history().holds
    assert running(intervention_id=notice)["cpn_appeal"] == day(28)
    task_id, due = db.session.execute(select(Task.id, Task.due_on).where(Task.check_of_id == notice)).one()
    assert due == day(9)
    with refused("done_by_checking"):
        finish_task(actor=track.officer, now=at(9), task_id=task_id)
    check_afterwards(actor=make_actor(Role.MANAGER), now=at(9), intervention_id=notice)
    assert db.session.get_one(Task, task_id).outcome == "Checked"


def test_the_check_of_what_was_a_mistake_is_asked_of_nobody(in_app: Flask) -> None:
    policy("checked_next_working_day")
    track = make_track()
    notice = track.draft_notice(track.warn(0), 8, hour=20)
    handed(track, notice)
    mark_intervention_entered_in_error(actor=track.manager, now=at(9), intervention_id=notice, reason="Twice")
    (task,) = db.session.scalars(select(Task).where(Task.check_of_id == notice))
    assert (task.done_on, task.outcome) == (day(9), "Entered in error")


def test_recorded_after_midnight_it_was_signed_when_it_was_given(in_app: Flask) -> None:
    policy("off")
    track = make_track()
    notice = track.draft_notice(track.warn(0), 8, hour=20)
    handed(track, notice, now=at(9, 0, 10))
    assert (step(notice).issued_on, step(notice).signed_at) == (day(8), at(8, 23, 25))


def test_where_policy_wants_a_second_person_first_nothing_happens(in_app: Flask) -> None:
    track = make_track()
    notice = track.draft_notice(track.warn(0), 8, hour=20)
    before = entries(track.case.id)
    with refused("needs_second_person"):
        handed(track, notice)
    assert (step(notice).status, entries(track.case.id)) == ("draft", before)


def test_what_is_refused_at_the_last_step_undoes_the_first(in_app: Flask) -> None:
    policy("off")
    track = make_track()
    notice = track.draft_notice(track.warn(0), 8, hour=20)
    with refused("service_method_not_allowed"):
        handed(track, notice, giving=Giving(ServiceMethod.EMAIL, given_at=at(8, 23)))
    assert step(notice).status == "draft"
    with pytest.raises(StaleVersion):
        handed(track, notice, version=99)


def test_the_occupier_of_premises_is_entered_with_the_draft(in_app: Flask) -> None:
    track = make_track()
    ids = draft_warning(
        actor=track.officer, now=at(0), case_id=track.case.id, subject_ids=[track.subject.id], content=content(),
        unnamed=Unnamed(PersonKind.OCCUPIER, "4 Rose Lane"),
    )  # fmt: skip
    unnamed = step(ids[1])
    subject = db.session.get_one(type(track.subject), unnamed.subject_id)
    assert (len(ids), subject.name, subject.kind) == (2, "The occupier of 4 Rose Lane", PersonKind.OCCUPIER)
    with refused("needs_words"):
        draft_warning(
            actor=track.officer, now=at(0), case_id=track.case.id, subject_ids=[], content=content(),
            unnamed=Unnamed(PersonKind.OWNER, " "),
        )  # fmt: skip


def test_one_change_into_several_drafts_or_into_none(in_app: Flask) -> None:
    track = make_track()
    other = make_person()
    first, second = draft_warning(
        actor=track.officer,
        now=at(0),
        case_id=track.case.id,
        subject_ids=[track.subject.id, other.id],
        content=content(),
    )
    new = content(conduct="Shouting")
    changes = [Change(each, step(each).version, new) for each in (first, second)]
    change_drafts(actor=track.officer, now=at(1), changes=changes)
    assert [step(each).conduct for each in (first, second)] == ["Shouting", "Shouting"]
    assert entries(track.case.id)[-2:] == ["drafted", "draft_changed"]
    newest = [Change(first, step(first).version, content()), Change(second, 1, content())]
    with pytest.raises(StaleVersion):
        change_drafts(actor=track.officer, now=at(1), changes=newest)
    assert [step(each).conduct for each in (first, second)] == ["Shouting", "Shouting"]


def test_the_screen_question_by_question(in_app: Flask) -> None:
    track = make_track()
    answers = [Screened(item.code, item.code == "housing", "Sofa of a friend") for item in SCREEN if not item.young]
    draft = track.draft_warning(0, screening=None, screen=answers)
    assert screen_of(draft) == answers
    assert step(draft).screening_flags is True
    with refused("cautions_need_reason"):  # a flag, and nobody else has looked at it
        authorise(actor=track.officer, now=at(0), intervention_id=draft)
    authorise(actor=track.manager, now=at(0), intervention_id=draft)
    half = track.draft_warning(0, screening=None, screen=answers[:2])
    with refused("cautions_need_reason"):
        authorise(actor=track.manager, now=at(0), intervention_id=half)


def test_environmental_health_is_to_be_told_once(in_app: Flask) -> None:
    track = make_track()
    for _ in range(2):
        track.draft_warning(0, statutory_nuisance=StatutoryNuisance.TO_TELL)
    tasks = db.session.scalars(select(Task).where(Task.title == REFERRAL)).all()
    assert [(task.owner_id, task.due_on) for task in tasks] == [(track.officer.user_id, day(1))]
