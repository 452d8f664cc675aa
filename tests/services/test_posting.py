"""What is posted is recorded on the day of posting, and as given once it would have arrived."""

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.service import ServiceMethod
from asb_cases.extensions import db
from asb_cases.models.service import Service
from asb_cases.services.corrections import mark_service_entered_in_error
from asb_cases.services.service_of_documents import (
    Giving,
    Posting,
    record_posting,
    record_returned_post,
    record_service,
)
from tests.support.enforcement_track import Track, at, day, entries, make_track, running, step
from tests.support.record import refused

BY_POST = Giving(ServiceMethod.POST)
TO = Posting("4 Rose Lane, Oxford", address_basis="Last known address", note="First class, recorded")


def signed_notice(track: Track) -> int:
    """Signed on Monday, day 14."""
    notice = track.draft_notice(track.warn(0), 14)
    track.sign(notice, 14)
    return notice


def post(track: Track, step_id: int, on: int, posting: Posting = TO, **given: object) -> int:
    return record_posting(actor=track.officer, now=at(on, 16), intervention_id=step_id, posting=posting, **given)


def arrive(track: Track, step_id: int, on: int, giving: Giving = BY_POST, **given: object) -> int:
    return record_service(actor=track.officer, now=at(on), intervention_id=step_id, giving=giving, **given)


def service(service_id: int) -> Service:
    db.session.rollback()
    return db.session.get_one(Service, service_id)


def test_posted_on_monday_and_given_on_wednesday(in_app: Flask) -> None:
    track = make_track()
    notice = signed_notice(track)
    posted = post(track, notice, 14)
    assert (service(posted).sent_on, service(posted).given_on) == (day(14), None)
    assert (step(notice).status, step(notice).issued_on, running(intervention_id=notice)) == ("issued", None, {})

    with refused("given_in_future"):
        arrive(track, notice, 15)
    assert arrive(track, notice, 17) == posted, "the same record"
    row = service(posted)
    assert (row.sent_on, row.given_on, row.address, row.address_basis, row.note) == (
        day(14), day(16), "4 Rose Lane, Oxford", "Last known address", "First class, recorded",
    )  # fmt: skip
    assert (step(notice).status, step(notice).issued_on) == ("in_force", day(16))
    assert running(intervention_id=notice)["cpn_appeal"] == day(36)
    assert step(step(notice).follows_id or 0).status == "escalated"
    assert entries(track.case.id)[-2:] == ["posting_recorded", "service_recorded"]
    assert db.session.scalars(select(Service.id).where(Service.intervention_id == notice)).all() == [posted]


def test_another_day_than_presumed_is_shown_with_its_reason(in_app: Flask) -> None:
    track = make_track()
    notice = signed_notice(track)
    posted = post(track, notice, 14)
    with refused("cautions_need_reason"):
        arrive(track, notice, 20, Giving(ServiceMethod.POST, given_on=day(19)))
    arrive(
        track,
        notice,
        20,
        Giving(ServiceMethod.POST, given_on=day(19), deemed_because="Tracked: signed for on Saturday"),
    )
    assert (service(posted).given_on, service(posted).deemed_because) == (day(19), "Tracked: signed for on Saturday")
    assert step(notice).issued_on == day(19)


def test_handed_over_while_in_the_post(in_app: Flask) -> None:
    """It counts from the hand; what arrives by post later is a second record."""
    track = make_track()
    notice = signed_notice(track)
    posted = post(track, notice, 14)
    handed = track.give(notice, 15)
    assert handed != posted
    assert step(notice).issued_on == day(15)
    before = running(intervention_id=notice)
    assert arrive(track, notice, 17) == posted
    assert (step(notice).issued_on, running(intervention_id=notice)) == (day(15), before)


def test_posted_twice_the_day_of_posting_says_which_arrived(in_app: Flask) -> None:
    track = make_track()
    notice = signed_notice(track)
    first, second = post(track, notice, 14), post(track, notice, 21)
    assert arrive(track, notice, 24, Giving(ServiceMethod.POST, sent_on=day(14))) == first
    assert step(notice).issued_on == day(16)
    assert arrive(track, notice, 24) == second


def test_what_came_back_is_marked_and_nothing_counted_from_it(in_app: Flask) -> None:
    track = make_track()
    notice = signed_notice(track)
    posted = post(track, notice, 14)
    mark_service_entered_in_error(actor=track.manager, now=at(20), service_id=posted, reason="Came back unopened")
    given = arrive(track, notice, 25, Giving(ServiceMethod.POST, sent_on=day(21), address="9 Iffley Road"))
    assert given != posted
    assert step(notice).issued_on == day(23)
    again = post(track, notice, 26)
    mark_service_entered_in_error(actor=track.manager, now=at(27), service_id=again, reason="Posted to another")
    assert step(notice).issued_on == day(23)
    with refused("only_service"):
        mark_service_entered_in_error(actor=track.manager, now=at(27), service_id=given, reason="Came back")


def test_a_giving_in_error_does_not_leave_what_is_in_the_post_as_given(in_app: Flask) -> None:
    track = make_track()
    notice = signed_notice(track)
    post(track, notice, 14)
    handed = track.give(notice, 15)
    with refused("only_service"):
        mark_service_entered_in_error(actor=track.manager, now=at(16), service_id=handed, reason="Wrong person")


@pytest.mark.parametrize(
    ("posting", "code"),
    [
        (Posting(None), "no_address_of_service"),
        (Posting("4 Rose Lane", sent_on=day(15)), "sent_in_future"),
        (Posting("4 Rose Lane", sent_on=day(13)), "sent_before_signed"),
    ],
)
def test_what_no_posting_is(in_app: Flask, posting: Posting, code: str) -> None:
    track = make_track()
    notice = signed_notice(track)
    with refused(code):
        post(track, notice, 14, posting)


def test_only_what_is_signed_is_posted(in_app: Flask) -> None:
    track = make_track()
    draft = track.draft_notice(track.warn(0), 14)
    with refused("move_not_open"):
        post(track, draft, 14)


def test_a_penalty_dated_before_it_was_posted_needs_a_word(in_app: Flask) -> None:
    track = make_track()
    penalty = track.penalty(track.breach(track.notice(20), 30), 32)
    with refused("cautions_need_reason"):
        post(track, penalty, 33)
    posted = post(track, penalty, 33, cautions_reason="The letter gives 28 days to pay")
    assert arrive(track, penalty, 40) == posted, "no second word is asked for"
    assert step(penalty).issued_on == day(32), "its clocks run from its date"
    assert running(intervention_id=penalty) == {"fpn_no_proceedings": day(46)}


def test_post_that_came_back_has_not_arrived(in_app: Flask) -> None:
    track = make_track()
    notice = signed_notice(track)
    posted = post(track, notice, 14)
    with refused("days_out_of_order"):
        record_returned_post(actor=track.officer, now=at(20), service_id=posted, returned_on=day(13))
    record_returned_post(actor=track.officer, now=at(20), service_id=posted, returned_on=day(19), note="Gone away")
    assert (service(posted).returned_on, service(posted).returned_note) == (day(19), "Gone away")
    assert entries(track.case.id)[-1] == "post_returned"
    assert arrive(track, notice, 25, Giving(ServiceMethod.POST, sent_on=day(21), address="9 Iffley Road")) != posted
    with refused("already_done"):
        record_returned_post(actor=track.officer, now=at(26), service_id=posted, returned_on=day(19))


def test_what_was_handed_over_does_not_come_back_by_post(in_app: Flask) -> None:
    track = make_track()
    handed = track.give(signed_notice(track), 14)
    with refused("not_posted"):
        record_returned_post(actor=track.officer, now=at(20), service_id=handed, returned_on=day(19))


def test_a_notice_that_the_post_brought_back_needs_a_word_before_a_breach_is_alleged(in_app: Flask) -> None:
    track = make_track()
    notice = signed_notice(track)
    posted = post(track, notice, 14)
    arrive(track, notice, 20)
    record_returned_post(actor=track.officer, now=at(25), service_id=posted, returned_on=day(24))
    with pytest.raises(RuleBroken, match="may never have been served"):
        track.breach(notice, 30)
    assert track.breach(notice, 30, cautions_reason="Seen to read it on the doorstep")
    with pytest.raises(RuleBroken, match="alleged already"):
        track.breach(notice, 30, cautions_reason=None, account="The same night")
    track.give(notice, 31)
    assert track.breach(notice, 32), "given again by hand: nothing is to be explained"
