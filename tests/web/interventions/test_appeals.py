"""Appeals on their pages: in time and late, what they suspend, and how they end."""

import pytest
from flask import Flask

from asb_cases.extensions import db
from asb_cases.models.appeal import Appeal
from asb_cases.models.policy import BankHolidayChange
from asb_cases.models.requirement import Requirement
from asb_cases.services.draft_content import Asked
from tests.factories import keep
from tests.support.desk import Desk, make_desk, text_of, typed_day
from tests.support.enforcement_track import DO, STOP, Track, day, running


@pytest.fixture
def desk(app: Flask) -> Desk:
    return make_desk(app)


def in_force(track: Track) -> int:
    return track.notice(20, requirements=[STOP, Asked(DO.kind, DO.text, day(40))])


def appeal_row(desk: Desk) -> Appeal:
    with desk.app.app_context():
        return db.session.query(Appeal).one()


def words(desk: Desk, notice: int) -> list[tuple[int, int, str]]:
    """Number, version and words of each requirement that stands."""
    with desk.app.app_context():
        rows = db.session.query(Requirement).filter_by(intervention_id=notice, to_on=None).order_by(Requirement.number)
        return [(row.number, row.version, row.text) for row in rows]


def lodge(desk: Desk, notice: int, on: int, **typed: object) -> None:
    answers = {
        "grounds": ["not_unreasonable", "wrong_person"],
        "court": "Oxford",
        **typed_day("lodged_on", on),
        **typed,
    }
    response = desk.send(on + 1, "officer", desk.path(notice, "lodge-appeal"), answers)
    assert response.status_code == 302


def test_do_and_steps_rest_until_the_appeal_is_dismissed(desk: Desk) -> None:
    notice = desk.arrange(in_force)
    page = desk.page(30, "officer", desk.path(notice, "lodge-appeal")).root.text
    assert "The last day to appeal is 14 February 2026" in page  # given on 25 January
    assert "Stays in force, unless the court orders otherwise" in page
    assert "Has no effect (2014 Act s.46(3))" in page
    lodge(desk, notice, 30)
    assert desk.step(notice).status == "appealed"
    assert (appeal_row(desk).late, appeal_row(desk).grounds) == (False, "not_unreasonable,wrong_person")
    with desk.app.app_context():
        assert "requirement_due" not in running(intervention_id=notice)
    path = desk.path(notice, "determine-appeal")
    ends = desk.page(50, "legal", path).root.text
    assert "If it ended today and the notice stands, the last day for requirement 2 is 7 March 2026" in ends
    answers = {"outcome": "dismissed", **typed_day("determined_on", 50), "note": "Costs of £85"}
    assert desk.send(50, "legal", path, {**answers, **as_they_stand(desk, notice)}).status_code == 302
    assert desk.step(notice).status == "in_force"
    with desk.app.app_context():
        assert running(intervention_id=notice)["requirement_due"] == day(61)


def as_they_stand(desk: Desk, notice: int) -> dict[str, str]:
    """The questions about requirements, left as they are."""
    last_day = typed_day("comply_by_2", 40)
    return {**{f"text_{number}": text for number, _, text in words(desk, notice)}, **last_day}


def test_modified_in_the_words_of_the_court(desk: Desk) -> None:
    notice = desk.arrange(in_force)
    lodge(desk, notice, 30)
    path = desk.path(notice, "determine-appeal")
    answers = {"outcome": "modified", **typed_day("determined_on", 45), **as_they_stand(desk, notice)}
    refused = desk.send(46, "manager", path, answers)
    assert refused.status_code == 422
    assert "Give the requirements, or the last day, in the court’s words" in text_of(refused)
    answers |= {"text_2": "Cover the sofa.", **typed_day("comply_by_2", 60)}
    assert desk.send(46, "manager", path, answers).status_code == 302
    assert words(desk, notice) == [(1, 1, STOP.text), (2, 2, "Cover the sofa.")]
    with desk.app.app_context():
        assert running(intervention_id=notice)["requirement_due"] == day(60)


@pytest.mark.engines("sqlite")
def test_the_court_takes_one_away(desk: Desk) -> None:
    notice = desk.arrange(in_force)
    lodge(desk, notice, 30)
    answers = {"outcome": "modified", **typed_day("determined_on", 45), **as_they_stand(desk, notice), "away_2": "yes"}
    assert desk.send(46, "manager", desk.path(notice, "determine-appeal"), answers).status_code == 302
    assert words(desk, notice) == [(1, 1, STOP.text)]


@pytest.mark.engines("sqlite")
def test_the_court_may_change_the_last_day_alone(desk: Desk) -> None:
    notice = desk.arrange(in_force)
    lodge(desk, notice, 30)
    answers = {"outcome": "modified", **typed_day("determined_on", 45), **typed_day("ends_on", 100)}
    answers |= as_they_stand(desk, notice)
    assert desk.send(46, "legal", desk.path(notice, "determine-appeal"), answers).status_code == 302
    assert (desk.step(notice).status, desk.step(notice).ends_on) == ("in_force", day(100))


def test_quashed(desk: Desk) -> None:
    notice = desk.arrange(in_force)
    desk.arrange(lambda track: track.penalty(track.breach(notice, 25), 27))
    lodge(desk, notice, 30)
    assert "If it was quashed, FPN-2026-0001" in desk.page(46, "legal", desk.path(notice, "determine-appeal")).root.text
    answers = {"outcome": "quashed", **typed_day("determined_on", 45), **as_they_stand(desk, notice)}
    assert desk.send(46, "legal", desk.path(notice, "determine-appeal"), answers).status_code == 302
    assert (desk.step(notice).status, desk.step(notice).ended_on) == ("quashed", day(45))
    with desk.app.app_context():
        assert set(running(intervention_id=notice)) == {"prosecution_limit"}


@pytest.mark.engines("sqlite")
def test_requirements_are_not_changed_where_the_court_did_not(desk: Desk) -> None:
    notice = desk.arrange(in_force)
    lodge(desk, notice, 30)
    answers = {
        "outcome": "dismissed",
        **typed_day("determined_on", 45),
        **as_they_stand(desk, notice),
        "text_1": "No music",
    }
    refused = desk.send(46, "legal", desk.path(notice, "determine-appeal"), answers)
    assert refused.status_code == 422
    assert "You changed what the notice says" in text_of(refused)
    assert "No music" in refused.text
    assert words(desk, notice)[0] == (1, 1, STOP.text)


@pytest.mark.engines("sqlite")
def test_the_court_orders_stop_requirements_to_rest_too(desk: Desk) -> None:
    notice = desk.arrange(in_force)
    lodge(desk, notice, 30)
    path = desk.path(notice, "direct-appeal")
    assert (
        desk.send(40, "legal", path, {**typed_day("stop_suspended_on", 40), "note": "Until the hearing"}).status_code
        == 302
    )
    assert appeal_row(desk).stop_suspended_on == day(40)
    early = desk.send(41, "legal", path, typed_day("stop_suspended_on", 29))
    assert early.status_code == 422
    assert "How the record works" in text_of(early)


@pytest.mark.engines("sqlite")
def test_a_late_appeal_is_recorded_as_out_of_time(desk: Desk) -> None:
    notice = desk.arrange(in_force)
    with desk.day(60):
        client = desk.client("officer")
        answers = typed_day("lodged_on", 60)
        response = client.submit(desk.path(notice, "lodge-appeal"), answers, follow_redirects=True)
    assert "recorded as out of time: the court decides" in text_of(response)
    assert appeal_row(desk).late
    assert desk.step(notice).status == "appealed"


@pytest.mark.engines("sqlite")
def test_the_next_day_the_court_opens_may_be_in_time(desk: Desk) -> None:
    """Given on Monday 26 January, the last day is Sunday 15 February; Monday's appeal is not marked late."""
    notice = desk.arrange(lambda track: track.notice(21))
    page = desk.page(30, "officer", desk.path(notice, "lodge-appeal")).root.text
    assert "The last day to appeal is 15 February 2026" in page
    assert "Monday 16 February 2026, may be in time (Kaur v Russell" in page
    lodge(desk, notice, 42)
    assert not appeal_row(desk).late


@pytest.mark.engines("sqlite")
def test_a_bank_holiday_of_the_council_counts_too(desk: Desk) -> None:
    with desk.app.app_context():
        keep(BankHolidayChange(day=day(42), title="A day of mourning", observed=True))
    notice = desk.arrange(lambda track: track.notice(21))
    lodge(desk, notice, 43)
    assert not appeal_row(desk).late


@pytest.mark.engines("sqlite")
def test_refusals_of_appeals_on_screen(desk: Desk) -> None:
    notice = desk.arrange(in_force)
    path = desk.path(notice, "lodge-appeal")
    before = desk.send(25, "officer", path, typed_day("lodged_on", 19))
    assert before.status_code == 422
    assert "before the notice was given" in text_of(before)
    assert "2014 Act s.46(2)" in text_of(before)
    ahead = desk.send(25, "officer", path, typed_day("lodged_on", 26))
    assert "has not come yet" in text_of(ahead)
    lodge(desk, notice, 30)
    second = desk.page(32, "officer", path).root
    assert "An appeal against this notice is in progress already" in second.text
    assert second.all("textarea") == []
    assert (
        "No appeal against this notice is in progress"
        in desk.page(
            32, "legal", desk.path(desk.arrange(lambda track: track.notice(31, warned_on=25)), "determine-appeal")
        ).root.text
    )


@pytest.mark.engines("sqlite")
def test_the_slower_of_two_who_end_an_appeal_is_told(desk: Desk) -> None:
    notice = desk.arrange(in_force)
    lodge(desk, notice, 30)
    path = desk.path(notice, "direct-appeal")
    answers = {**typed_day("stop_suspended_on", 40), "note": "Both heard of it"}
    first, second = desk.send_late(41, "manager", "legal", path, answers)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Both heard of it" in second.text


@pytest.mark.engines("sqlite")
def test_an_officer_records_an_appeal_and_not_its_end(desk: Desk) -> None:
    notice = desk.arrange(in_force)
    lodge(desk, notice, 30)
    with desk.day(40):
        client = desk.client("officer")
        for move in ("determine-appeal", "direct-appeal"):
            assert client.get(desk.path(notice, move)).status_code == 403
