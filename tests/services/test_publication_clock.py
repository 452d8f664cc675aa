"""Managers are reminded of the year's case review figures until they are published (2014 Act, s.104(9))."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.periods import financial_year
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.deadline import Deadline
from asb_cases.queries.clock_conditions import deadlines_visible_to
from asb_cases.services.publication_clock import settle_publication_clock
from asb_cases.services.publications import publish_case_review_figures
from tests.factories import make_actor, make_case_review

SPRING, YEAR_LATER = datetime(2026, 4, 3, 9, tzinfo=UTC), datetime(2027, 4, 3, 9, tzinfo=UTC)


@pytest.fixture
def applied(in_app: Flask) -> None:
    """The first application that the council knows of came years ago."""
    make_case_review(applied_on=date(2022, 5, 4))


def the_clocks() -> list[tuple[date, date, str]]:
    rows = db.session.scalars(select(Deadline).order_by(Deadline.id))
    return [(row.starts_on, row.last_day, row.state.value) for row in rows]


def test_nothing_is_owed_before_the_first_application(in_app: Flask) -> None:
    assert not settle_publication_clock(now=SPRING)
    assert the_clocks() == []


def test_each_year_has_one_clock_until_it_is_published(applied: None) -> None:
    assert settle_publication_clock(now=SPRING)
    assert not settle_publication_clock(now=SPRING)
    first = (date(2026, 3, 31), date(2026, 6, 30))
    assert the_clocks() == [(*first, "running")], "of years that were over long before nobody is reminded"
    settle_publication_clock(now=YEAR_LATER)
    second = (date(2027, 3, 31), date(2027, 6, 30))
    assert the_clocks() == [(*first, "running"), (*second, "running")]
    manager = make_actor(Role.MANAGER)
    for year in (2025, 2026):
        publish_case_review_figures(actor=manager, now=YEAR_LATER, period=financial_year(year))
    assert settle_publication_clock(now=YEAR_LATER)
    assert the_clocks() == [(*first, "missed"), (*second, "met")]
    assert not settle_publication_clock(now=YEAR_LATER)


def test_it_stands_in_the_list_of_those_who_work_on_case_reviews(applied: None) -> None:
    settle_publication_clock(now=SPRING)
    for role, seen in ((Role.MANAGER, 1), (Role.PARTNER, 0)):
        condition = deadlines_visible_to(make_actor(role), SPRING.date())
        assert len(db.session.scalars(select(Deadline.id).where(condition)).all()) == seen, role
