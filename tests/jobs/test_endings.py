"""What time alone ends is recorded once, by the rules of the pages; imported history and what the court has stay alone."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from asb_cases.domain.permissions import Via
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.jobs.job import Outcome
from asb_cases.models.case import Case
from asb_cases.models.deadline import Deadline
from asb_cases.models.history import HistoryEntry
from asb_cases.models.reminder import Reminder
from asb_cases.services import deadlines
from asb_cases.services.case_closing import close_case
from asb_cases.services.deadlines import Links
from asb_cases.services.warning_outcomes import record_compliance, record_not_heeded
from tests.factories import keep, make_case, make_import, make_intervention
from tests.jobs.test_reminders import ran
from tests.support.enforcement_track import Track, at, day, make_track, running, step

#: Warnings live six months and notices a year: by then all are over.
LATER = 400


def by_jobs() -> list[tuple[str, int | None]]:
    """What jobs recorded, and of which row."""
    found = select(HistoryEntry.kind, HistoryEntry.entity_id).where(HistoryEntry.via == Via.JOB)
    return [(kind, of) for kind, of in db.session.execute(found.order_by(HistoryEntry.id))]


def last_moment(warning: int, rule: str) -> datetime:
    """A minute before midnight in London, at the end of a clock's last day."""
    last_day = running(intervention_id=warning)[rule]
    return at((last_day - day(0)).days, 22, 59)


def case_status(track: Track) -> str:
    db.session.rollback()
    return db.session.scalars(select(Case.status).where(Case.id == track.case.id)).one()


def test_warnings_lapse_once_their_life_is_over(in_app: Flask) -> None:
    track = make_track()
    served, heeded, not_heeded = (track.warn(day_) for day_ in (0, 1, 2))
    record_compliance(actor=track.officer, now=at(9), intervention_id=heeded, assessment="Quiet since")
    record_not_heeded(
        actor=track.officer, now=at(12), intervention_id=not_heeded, evidence_on=day(11), assessment="Heard again"
    )
    on_the_last_day = last_moment(served, "cpw_life")
    ran(in_app, "make_reminders", on_the_last_day)
    assert ran(in_app, "lapse_warnings", on_the_last_day) == Outcome()
    assert ran(in_app, "lapse_warnings", on_the_last_day + timedelta(minutes=70)) == Outcome(done=1)
    assert ran(in_app, "lapse_warnings", at(LATER)) == Outcome(done=2)
    assert ran(in_app, "lapse_warnings", at(LATER)) == Outcome()
    stand = [(step(each).status, step(each).outcome) for each in (served, heeded, not_heeded)]
    assert stand == [("lapsed", "lapsed"), ("complied", "complied"), ("lapsed", "not_heeded")]
    assert by_jobs() == [("lapsed", served), ("lapsed", not_heeded), ("life_over", heeded)]
    assert not any("cpw_life" in running(intervention_id=each) for each in (served, heeded, not_heeded))
    ran(in_app, "make_reminders", at(LATER))
    assert db.session.scalars(select(Reminder.id).where(Reminder.over_at.is_(None))).all() == []


def test_a_notice_ends_with_its_last_day_and_the_case_that_waits_for_it_is_closed(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(20, ends_on=day(300))
    close_case(
        actor=track.manager, now=at(30), case_id=track.case.id, outcome="notice", reason="It stopped", told="That it did",
        review_on=day(100), cautions_reason="Done",
    )  # fmt: skip
    assert ran(in_app, "end_notices", last_moment(notice, "cpn_end")) == Outcome()
    assert ran(in_app, "close_after_notices", at(300)) == Outcome()
    assert ran(in_app, "end_notices", at(301)) == Outcome(done=1)
    assert ran(in_app, "end_notices", at(302)) == Outcome()
    assert (step(notice).status, step(notice).ended_on, step(notice).outcome) == ("ended", day(300), "ended")
    assert case_status(track) == CaseStatus.CLOSED
    assert ran(in_app, "close_after_notices", at(302)) == Outcome()
    assert by_jobs() == [("ended", notice)]


def test_a_case_whose_notice_ended_otherwise_is_closed_by_itself(in_app: Flask) -> None:
    waiting = make_case(
        status=CaseStatus.CLOSED_NOTICE_IN_FORCE,
        opened_on=day(-1),
        closed_on=day(0),
        closure_reason="r",
        notice_review_on=day(90),
    )
    make_intervention("CPN", case=waiting, issued_on=day(-1), ends_on=day(40))
    assert ran(in_app, "close_after_notices", at(40)) == Outcome()
    assert ran(in_app, "close_after_notices", at(41)) == Outcome(done=1)
    assert db.session.get_one(Case, waiting.id).status is CaseStatus.CLOSED
    assert by_jobs() == [("case_closed", waiting.id)]


def test_imported_history_stays_as_it_is_unless_its_clock_still_ran(in_app: Flask) -> None:
    old = make_import()
    past = make_intervention("CPW", issued_on=day(-900), import_id=old.id)
    ended = make_intervention("CPN", issued_on=day(-900), ends_on=day(-500), import_id=old.id)
    ran_on = make_intervention("CPW", issued_on=day(0), import_id=old.id)
    for each in (past, ran_on):
        db.session.execute(update(type(each)).where(type(each).id == each.id).values(status="served"))
    keep(deadlines.start("cpw_life", day(0), Links(case_id=ran_on.case_id, intervention_id=ran_on.id)))
    assert ran(in_app, "lapse_warnings", at(LATER)) == Outcome(done=1)
    assert ran(in_app, "end_notices", at(LATER)) == Outcome()
    assert [step(each.id).status for each in (past, ended, ran_on)] == ["served", "in_force", "lapsed"]


@pytest.mark.engines("sqlite")
def test_one_poisoned_row_stops_none_of_the_others(in_app: Flask) -> None:
    track = make_track()
    first, poisoned, last = (track.warn(day_) for day_ in (0, 1, 2))
    stray = Deadline(
        rule="cpw_life",
        case_id=track.case.id,
        intervention_id=poisoned,
        starts_on=day(1),
        last_day=day(9000),
        working="w",
    )
    keep(stray)
    assert ran(in_app, "lapse_warnings", at(LATER)) == Outcome(done=2, failed=1)
    assert [step(each).status for each in (first, poisoned, last)] == ["lapsed", "served", "lapsed"]
    db.session.delete(db.session.get_one(Deadline, stray.id))
    db.session.commit()
    assert ran(in_app, "lapse_warnings", at(LATER)) == Outcome(done=1), "made good by the next run"
