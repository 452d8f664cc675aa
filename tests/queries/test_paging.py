"""A list read page by page, forwards and backwards, holds every row once and in order, whatever ties there are."""

from datetime import timedelta

import pytest
from flask import Flask

from asb_cases.domain.permissions import CONSOLE
from asb_cases.queries.case_list import ORDERS, CaseFilter, case_ids, cases_page, count_cases
from asb_cases.queries.intervention_list import InterventionFilter, interventions_page
from asb_cases.queries.paging import COUNT_UP_TO, PAGE_SIZE, Page, Place
from asb_cases.queries.people_pages import people_page
from tests import factories as make
from tests.factories import TODAY
from tests.support.reading_world import make_many_cases


def flat(pages: list[list[int]]) -> list[int]:
    return [row_id for page in pages for row_id in page]


def read_through(read_page: object) -> tuple[list[list[int]], list[list[int]]]:
    """The ids of each page, forwards, and then backwards from the last."""
    assert callable(read_page)
    forwards: list[Page] = [read_page(None)]
    while forwards[-1].after is not None:
        forwards.append(read_page(Place(forwards[-1].after)))
    backwards = [forwards[-1]]
    while backwards[-1].before is not None:
        backwards.append(read_page(Place(backwards[-1].before, backwards=True)))
    return [page.ids for page in forwards], [page.ids for page in reversed(backwards)]


@pytest.mark.parametrize("order", ORDERS)
def test_cases_page_by_page(in_app: Flask, order: str) -> None:
    for each in range(PAGE_SIZE * 2 + 7):
        make.make_case(opened_on=TODAY - timedelta(days=each % 5), priority=(None, 1, 2, 3)[each % 4])
    forwards, backwards = read_through(lambda place: cases_page(CONSOLE, TODAY, CaseFilter(), order=order, place=place))
    everything = case_ids(CONSOLE, TODAY, CaseFilter(), order=order)
    assert [len(page) for page in forwards] == [PAGE_SIZE, PAGE_SIZE, 7]
    assert flat(forwards) == everything
    assert flat(backwards) == everything


def test_orders_are_what_they_say(in_app: Flask) -> None:
    old = make.make_case(opened_on=TODAY - timedelta(days=9), priority=3)
    urgent = make.make_case(opened_on=TODAY - timedelta(days=5), priority=1)
    unset = make.make_case(opened_on=TODAY)

    def ids(order: str) -> list[int]:
        return cases_page(CONSOLE, TODAY, CaseFilter(), order=order, place=None).ids

    assert ids("newest") == [unset.id, urgent.id, old.id]
    assert ids("oldest") == [old.id, urgent.id, unset.id]
    assert ids("priority") == [urgent.id, old.id, unset.id]


def test_where_somebody_unseen_stands_by_their_name_is_not_told(in_app: Flask) -> None:
    team = make.make_team()
    names = {name: make.make_person(name) for name in ("Mary", "Nora", "Olga")}
    make.make_participant(make.make_case(team=make.make_team()), names["Nora"])
    officer = make.make_actor(team=team)
    beginning = [names["Mary"].id, names["Olga"].id]
    assert people_page(officer, TODAY, (), Place(names["Mary"].id)).ids == beginning[1:]
    for place in (Place(names["Nora"].id), Place(names["Nora"].id, backwards=True)):
        assert people_page(officer, TODAY, (), place).ids == beginning


def test_interventions_and_people_page_by_page(in_app: Flask) -> None:
    case = make.make_case()
    for each in range(PAGE_SIZE + 3):
        subject = make.make_person(f"P {each % 4}")
        make.make_intervention(case=case, subject=subject, issued_on=TODAY - timedelta(days=each % 3))
        make.make_participant(case, subject)
        make.make_intervention(case=case, issued_on=None, status="draft")
    for stage in (True, False):
        wanted = InterventionFilter(given=stage)
        forwards, backwards = read_through(
            lambda place, wanted=wanted: interventions_page(CONSOLE, TODAY, wanted, place)
        )
        assert [len(page) for page in forwards] == [PAGE_SIZE, 3]
        assert forwards[0] + forwards[1] == flat(backwards)
        assert len(set(flat(forwards))) == PAGE_SIZE + 3
    forwards, backwards = read_through(lambda place: people_page(CONSOLE, TODAY, (), place))
    assert flat(forwards) == flat(backwards)
    assert len(set(flat(forwards))) == 2 * (PAGE_SIZE + 3)


def test_an_unknown_place_is_an_empty_page(in_app: Flask) -> None:
    make.make_case()
    assert cases_page(CONSOLE, TODAY, CaseFilter(), order="newest", place=Place(10**12)) == Page([])


def test_counting_stops_at_its_limit(in_app: Flask) -> None:
    make_many_cases(make.make_team(), COUNT_UP_TO + 50, TODAY)
    assert count_cases(CONSOLE, TODAY, CaseFilter()) == COUNT_UP_TO + 1
    assert count_cases(CONSOLE, TODAY, CaseFilter(priorities=(1,))) < COUNT_UP_TO
