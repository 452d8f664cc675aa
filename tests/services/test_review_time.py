"""One clock a case says until when its complaints are enough for a case review that must be held."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.case_review import Complaint, Threshold
from asb_cases.domain.case_review_time import last_to_count
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.complaints import Channel
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.deadline import Deadline
from asb_cases.services.case_closing import close_case, reopen_case
from asb_cases.services.case_connections import merge_case, unmerge_case
from asb_cases.services.case_reviews import receive_application, withdraw_application
from asb_cases.services.complaints import log_complaint, mark_complaint_entered_in_error
from asb_cases.services.told import Told
from asb_cases.services.triage import put_complaint_back
from tests.factories import NOW, TODAY, make_actor, make_case, make_user

THREE = Threshold(number=3, complaint_months=1, application_months=6)
DAY = timedelta(days=1)


def complaint(row: int, made_on: date | None, occurred_on: date | None = None, **given: str) -> Complaint:
    return Complaint(row=row, occurred_on=occurred_on or made_on, made_on=made_on, **given)


JAN, FEB, MARCH, MAY = date(2026, 1, 10), date(2026, 2, 10), date(2026, 3, 10), date(2026, 5, 10)


@pytest.mark.parametrize(
    ("complaints", "today", "row"),
    [
        ([complaint(1, JAN), complaint(2, FEB)], MARCH, None),
        ([complaint(1, JAN), complaint(2, FEB), complaint(3, MARCH)], MARCH, 1),
        ([complaint(1, JAN), complaint(2, FEB), complaint(3, MARCH), complaint(4, MAY)], MAY, 2),
        # The last day of the first is 9 July; a day later there are two.
        ([complaint(1, JAN), complaint(2, FEB), complaint(3, MARCH)], date(2026, 7, 9), 1),
        ([complaint(1, JAN), complaint(2, FEB), complaint(3, MARCH)], date(2026, 7, 10), None),
        # Made too late, or on a day that nobody knows: it does not help.
        ([complaint(1, JAN), complaint(2, FEB), complaint(3, MARCH, JAN)], MARCH, None),
        ([complaint(1, JAN), complaint(2, FEB), complaint(3, None, FEB)], MARCH, None),
        # One person's one incident counts once.
        ([complaint(each, JAN, complainant="Una", incident="1") for each in (1, 2, 3)], MARCH, None),
    ],
)
def test_whose_time_decides(complaints: list[Complaint], today: date, row: int | None) -> None:
    found = last_to_count(complaints, today=today, threshold=THREE)
    assert (found.row if found else None) == row


@pytest.fixture
def case_id(in_app: Flask) -> int:
    return make_case(owner=make_user()).id


def complain(case_id: int, days_ago: int) -> int:
    made = TODAY - days_ago * DAY
    told = Told("Music", Channel.PHONE, made, occurred_on=made)
    return log_complaint(actor=CONSOLE, now=NOW, told=told, case_id=case_id)


def clocks_of(case_id: int) -> list[tuple[str, int | None]]:
    rows = select(Deadline).where(Deadline.case_id == case_id, Deadline.rule == "case_review_application")
    return [(row.state.value, row.complaint_id) for row in db.session.scalars(rows.order_by(Deadline.id))]


def running_of(case_id: int) -> list[int | None]:
    return [complaint_id for state, complaint_id in clocks_of(case_id) if state == DeadlineState.RUNNING]


def test_it_runs_while_enough_complaints_count_and_nobody_applied(case_id: int) -> None:
    acting = {"actor": make_actor(Role.MANAGER), "now": NOW}
    first, second = complain(case_id, 30), complain(case_id, 20)
    assert clocks_of(case_id) == []
    third = complain(case_id, 10)
    assert running_of(case_id) == [first]
    fourth = complain(case_id, 5)
    assert clocks_of(case_id) == [("superseded", first), ("running", second)]
    mark_complaint_entered_in_error(**acting, complaint_id=third, reason="Twice")
    assert running_of(case_id) == [first]

    review = receive_application(**acting, case_id=case_id)
    assert running_of(case_id) == []
    withdraw_application(**acting, case_review_id=review, reason="All is quiet")
    assert running_of(case_id) == [first]
    closing = {**acting, "case_id": case_id}
    close_case(**closing, outcome="resolved", reason="Quiet", told="Told", cautions_reason="Looked through")
    assert running_of(case_id) == []
    reopen_case(**closing, reason="It began again")
    assert running_of(case_id) == [first]
    put_complaint_back(**acting, complaint_id=fourth, reason="Another street")
    assert running_of(case_id) == []


def test_cases_that_become_one_count_together(case_id: int) -> None:
    manager, other = make_actor(Role.MANAGER), make_case(owner=make_user()).id
    first = complain(other, 30)
    for days_ago in (20, 10):
        complain(case_id, days_ago)
    acting = {"actor": manager, "now": NOW, "case_id": other}
    merge_case(**acting, into_id=case_id, reason="The same", cautions_reason="Looked through")
    assert running_of(case_id) == [first]
    unmerge_case(**acting, reason="Not the same")
    assert running_of(case_id) == running_of(other) == []
