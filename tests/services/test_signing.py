"""Documents signed before they are entered: a notice written by hand on the doorstep at night is recorded next morning."""

import json
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.service import ServiceMethod
from asb_cases.extensions import db
from asb_cases.models.casework import Task
from asb_cases.models.history import HistoryEntry
from asb_cases.models.policy import PolicyValue
from asb_cases.models.user import Authorisation
from asb_cases.services.interventions import authorise, issue
from tests.factories import NOW, keep
from tests.support.enforcement_track import Track, at, day, make_track, running, step
from tests.support.record import refused


def policy(value: str) -> None:
    keep(PolicyValue(code="cpn_four_eyes", from_on=date(2020, 1, 1), value=value, source="A test", entered_at=NOW))


def last_of(kind: str) -> HistoryEntry:
    db.session.rollback()
    query = select(HistoryEntry).where(HistoryEntry.kind == kind).order_by(HistoryEntry.id.desc()).limit(1)
    return db.session.scalars(query).one()


def entered(track: Track, warning: int, on: int) -> int:
    """A notice that is drafted and authorised on a day."""
    notice = track.draft_notice(warning, on)
    authorise(actor=track.officer, now=at(on), intervention_id=notice, cautions_reason="Late on Friday")
    return notice


def drafted_penalty(track: Track, on: int) -> int:
    """A penalty for a breach of day 30, authorised on a day."""
    breach = track.breach(track.notice(20), 30)
    track.decide(breach, BreachDecision.FPN, on)
    penalty = track.draft_penalty(breach, on)
    authorise(actor=track.manager, now=at(on), intervention_id=penalty)
    return penalty


def test_a_notice_of_friday_night_entered_on_saturday(in_app: Flask) -> None:
    policy("checked_next_working_day")
    track = make_track()
    notice = entered(track, track.warn(0), 12)
    issue(actor=track.officer, now=at(12, 9), intervention_id=notice, signed_at=at(11, 23))
    track.give(notice, 12, given_at=at(11, 23, 10))
    assert (step(notice).signed_at, step(notice).issued_on, step(notice).issued_at) == (
        at(11, 23), day(11), at(11, 23, 10),
    )  # fmt: skip
    assert running(intervention_id=notice)["cpn_appeal"] == day(31)
    (task,) = db.session.scalars(select(Task)).all()
    assert (task.created_on, task.due_on) == (day(12), day(14)), "Monday follows the Friday of the signature"
    entry = last_of("issued")
    assert entry.at == at(12, 9)
    assert json.loads(entry.details)["signed_at"] == at(11, 23).isoformat()


def test_a_warning_too(in_app: Flask) -> None:
    track = make_track()
    warning = track.draft_warning(5)
    authorise(actor=track.manager, now=at(5), intervention_id=warning)
    issue(actor=track.officer, now=at(5), intervention_id=warning, signed_at=at(4, 22))
    track.give(warning, 5, given_at=at(4, 22, 30))
    assert step(warning).issued_on == day(4)


def test_not_signed_in_the_future(in_app: Flask) -> None:
    policy("off")
    track = make_track()
    notice = entered(track, track.warn(0), 12)
    with refused("signed_in_future"):
        issue(actor=track.officer, now=at(12, 9), intervention_id=notice, signed_at=at(12, 10))


def test_where_a_second_person_must_look_first_the_signature_comes_after(in_app: Flask) -> None:
    track = make_track()
    notice = track.draft_notice(track.warn(0), 12)
    authorise(actor=track.manager, now=at(12), intervention_id=notice)
    with refused("signed_before_authorised"):
        issue(actor=track.officer, now=at(13), intervention_id=notice, signed_at=at(12, 9))
    issue(actor=track.officer, now=at(13), intervention_id=notice, signed_at=at(12, 11))
    assert step(notice).signed_at == at(12, 11)


def test_a_notice_signed_before_its_warning_was_given_stands_on_nothing(in_app: Flask) -> None:
    policy("off")
    track = make_track()
    notice = entered(track, track.warn(10), 12)
    with refused("warning_not_before_notice"):
        issue(actor=track.officer, now=at(12), intervention_id=notice, signed_at=at(9, 23), cautions_reason="At night")


@pytest.mark.parametrize(("from_on", "to_on", "allowed"), [(0, 31, True), (32, None, False)])
def test_authority_on_the_day_of_signing_counts(in_app: Flask, from_on: int, to_on: int | None, allowed: bool) -> None:
    """A delegation that has run out since carries it; one that began since does not (s.53)."""
    track = make_track()
    penalty = drafted_penalty(track, 32)
    held = Authorisation.user_id == track.officer.user_id, Authorisation.power == "FPN"
    for row in db.session.scalars(select(Authorisation).where(*held)):
        row.from_on, row.to_on = day(from_on), None if to_on is None else day(to_on)
    db.session.commit()
    given = {"actor": track.officer, "now": at(32), "intervention_id": penalty, "signed_at": at(31, 23)}
    if allowed:
        issue(**given)
        assert step(penalty).issued_on == day(31)
    else:
        with refused("issuer_not_authorised"):
            issue(**given)


def test_a_penalty_of_the_night_counts_from_its_own_date(in_app: Flask) -> None:
    track = make_track()
    penalty = drafted_penalty(track, 32)
    issue(actor=track.officer, now=at(32), intervention_id=penalty, signed_at=at(31, 23))
    assert (step(penalty).issued_on, step(penalty).issued_at) == (day(31), at(31, 23))
    assert running(intervention_id=penalty) == {"fpn_no_proceedings": day(45)}
    entry = last_of("issued")
    assert (entry.at, json.loads(entry.details)["dated_on"]) == (at(32), day(31).isoformat())


def test_a_penalty_may_bear_a_later_date_than_its_signature_but_no_earlier_one(in_app: Flask) -> None:
    track = make_track()
    penalty = drafted_penalty(track, 32)
    given = {"actor": track.officer, "now": at(34), "intervention_id": penalty}
    with refused("penalty_dated_before_signed"):
        issue(**given, dated_on=day(33))
    with refused("penalty_dated_in_future"):
        issue(**given, dated_on=day(35))
    issue(**given, signed_at=at(32, 15), dated_on=day(34))
    assert (step(penalty).issued_on, step(penalty).issued_at, step(penalty).signed_at) == (day(34), None, at(32, 15))
    track.give(penalty, 34, method=ServiceMethod.LEFT, address="4 Rose Lane", given_at=at(34, 10))
    assert running(intervention_id=penalty) == {"fpn_no_proceedings": day(48)}
