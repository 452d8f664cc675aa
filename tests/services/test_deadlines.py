"""Clocks started and ended by acts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.legal_values import OutsideDates, ValueNotAllowed
from asb_cases.extensions import db
from asb_cases.models.deadline import Deadline
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from tests.factories import NOW, TODAY, keep, make_case, make_complaint, make_intervention
from tests.support.record import clocks


@pytest.fixture
def case_id(in_app: Flask) -> int:
    return make_case().id


def test_clock_keeps_its_arithmetic(case_id: int) -> None:
    notice = make_intervention("CPN")
    started = keep(deadlines.start("cpn_appeal", date(2026, 3, 2), Links(case_id=case_id, intervention_id=notice.id)))
    assert (started.starts_on, started.last_day, started.state) == (TODAY, date(2026, 3, 22), DeadlineState.RUNNING)
    assert "day 1" in started.working
    assert "Sunday 22 March 2026" in (started.warnings or "")
    assert (started.due_at, started.acts_from) == (None, None)


def test_hours_are_kept_as_a_moment(case_id: int) -> None:
    """Over the night on which clocks go forward, 24 hours are 24 hours."""
    received = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)
    started = keep(deadlines.start("response_priority_1", received, Links(case_id=case_id)))
    db.session.expire_all()
    assert started.due_at == received + timedelta(hours=24)


def test_first_day_to_act_is_kept(case_id: int) -> None:
    started = deadlines.start("fpn_no_proceedings", TODAY, Links(case_id=case_id))
    assert (started.last_day, started.acts_from) == (date(2026, 3, 16), date(2026, 3, 17))


def test_length_may_be_chosen_within_its_limits(case_id: int) -> None:
    assert deadlines.start("fpn_reduced_offer", TODAY, Links(case_id=case_id), length=7).last_day == date(2026, 3, 9)
    with pytest.raises(ValueNotAllowed):
        deadlines.start("fpn_reduced_offer", TODAY, Links(case_id=case_id), length=14)


def test_before_the_first_known_day_nothing_is_made_up(case_id: int) -> None:
    with pytest.raises(OutsideDates):
        deadlines.start("cpn_appeal", date(2014, 10, 19), Links(case_id=case_id))


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (datetime(2026, 3, 3, 10, 0, tzinfo=UTC), "met"),
        (datetime(2026, 3, 3, 10, 1, tzinfo=UTC), "missed"),
        (date(2026, 3, 3), "met"),
        (date(2026, 3, 4), "missed"),
    ],
)
def test_late_is_missed(case_id: int, at: date | datetime, state: str) -> None:
    keep(deadlines.start("response_priority_1", NOW, Links(case_id=case_id)))
    [ended] = deadlines.meet("response_priority_1", of=Links(case_id=case_id), at=at, because="Contact made")
    assert (ended.state.value, ended.ended_because) == (state, "Contact made")
    assert ended.ended_on == (at.date() if isinstance(at, datetime) else at)


def test_only_the_running_clocks_that_were_meant_end(case_id: int) -> None:
    other, notice = make_case().id, make_intervention("CPN")
    keep(deadlines.start("cpn_review", TODAY, Links(case_id=case_id, intervention_id=notice.id)))
    keep(deadlines.start("cpn_end", TODAY, Links(case_id=case_id, intervention_id=notice.id)))
    keep(deadlines.start("cpn_end", TODAY, Links(case_id=other)))
    deadlines.stop("cpn_end", of=Links(case_id=case_id), on=TODAY, because="Discharged")
    assert clocks(case_id=case_id) == {"cpn_review": "running", "cpn_end": "stopped"}
    assert clocks(case_id=other) == {"cpn_end": "running"}
    assert deadlines.stop("cpn_end", of=Links(case_id=case_id), on=TODAY, because="Again") == []
    deadlines.supersede(of=Links(intervention_id=notice.id), on=TODAY, because="Varied")
    assert clocks(case_id=case_id) == {"cpn_review": "superseded", "cpn_end": "stopped"}


def test_clocks_are_never_ended_wholesale(in_app: Flask) -> None:
    with pytest.raises(ValueError, match="At least one link"):
        deadlines.stop("cpn_end", of=Links(), on=TODAY, because="All of them")


def test_restarted_clock_takes_the_place_of_the_one_that_runs(case_id: int) -> None:
    first = keep(deadlines.start("cpn_review", TODAY, Links(case_id=case_id)))
    second = keep(
        deadlines.restart(
            "cpn_review", TODAY + timedelta(days=30), Links(case_id=case_id), on=TODAY, because="Reviewed"
        )
    )
    assert (first.state, second.state) == (DeadlineState.SUPERSEDED, DeadlineState.RUNNING)
    assert second.last_day > first.last_day


def test_clocks_follow_a_complaint_into_its_case(case_id: int) -> None:
    complaint = make_complaint()
    started = keep(deadlines.start("acknowledge", TODAY, Links(complaint_id=complaint.id)))
    deadlines.attach(Links(complaint_id=complaint.id), case_id=case_id)
    db.session.commit()
    assert db.session.get_one(Deadline, started.id).case_id == case_id
