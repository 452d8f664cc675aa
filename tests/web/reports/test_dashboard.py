"""The dashboard: each number opens as many rows, for the period and the team asked, in a bounded number of queries."""

import re
from datetime import date

import pytest
from flask import Flask

from asb_cases.adapters.time import today
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Role
from asb_cases.models.deadline import Deadline
from tests.factories import (
    make_address,
    make_case,
    make_complaint,
    make_intervention,
    make_participant,
    make_person,
    make_team,
    make_ward,
)
from tests.factories.rows import keep
from tests.support.page_client import PageClient
from tests.support.page_markup import Page
from tests.support.query_counter import counted_queries
from tests.support.signed_in import client_with_role

WITHIN = date(2015, 9, 1)
ASKED = "/reports/dashboard?period=2015-16"


@pytest.fixture
def manager(app: Flask) -> PageClient:
    with app.app_context():
        north, ward, place = make_team("North"), make_ward("Carfax"), make_address("1 Example Street")
        subject, victim = make_person("Sam Field"), make_person("Ann Example")
        for number in range(4):
            case = make_case(
                opened_on=WITHIN, team=north if number else None, ward_id=ward.id, address_id=place.id,
                restricted=number == 3,
            )  # fmt: skip
            make_participant(case, subject, Part.SUBJECT)
            make_complaint(case=case, made_on=WITHIN, complainant=victim)
            make_intervention("CPW", case=case, subject=subject, issued_on=WITHIN)
            state = DeadlineState.MISSED if number == 1 else DeadlineState.MET
            keep(
                Deadline(
                    case_id=case.id, rule="response_priority_2", starts_on=WITHIN, last_day=WITHIN, working="By hand.",
                    state=state, ended_on=WITHIN,
                )
            )  # fmt: skip
        make_case(opened_on=today(), ward_id=ward.id)
    return client_with_role(app, Role.MANAGER)


def numbers_of(page: Page) -> dict[str, tuple[int, str]]:
    """Each number on the page that is linked, by its words."""
    found = {}
    for link in page.root.all("a"):
        words = " ".join(link.text.split())
        number = re.match(r"([\d,]+) (.+)", words) or re.match(r"(.+): (?P<last>[\d,]+)$", words)
        if number:
            last = number.groupdict().get("last")
            value, of = (last, number[1]) if last else (number[1], number[2])
            found[of] = (int(value.replace(",", "")), link.attributes["href"])
    return found


def rows_on(page: Page) -> int:
    return max((len(table.all("tr")) - 1 for table in page.root.all("table")), default=0)


def test_every_number_opens_as_many_rows_as_it_says(manager: PageClient) -> None:
    found = numbers_of(manager.page(ASKED))
    assert {words: number for words, (number, _href) in found.items()} == {
        "Open cases": 4, "Cases opened in the period": 3, "Open cases without an officer": 4,
        "Open cases with something overdue": 0, "Less than 4 weeks old": 1, "4 to 8 weeks old": 0,
        "8 to 12 weeks old": 0, "12 weeks and older": 3,
        "Warnings given": 4, "Notices issued": 0, "Breaches alleged": 0, "Fixed penalties issued": 0,
        "Prosecutions started": 0, "Convictions": 0,
        "met: First response to a category 2 report": 2, "missed: First response to a category 2 report": 1,
        "Carfax": 3, "1 Example Street": 3, "Sam Field": 3, "Ann Example": 3,
    }  # fmt: skip
    wrong = {
        words: rows_on(manager.page(href)) for words, (number, href) in found.items()
        if number and rows_on(manager.page(href)) != number
    }  # fmt: skip
    assert wrong == {}


def test_a_team_has_numbers_of_its_own_and_what_cannot_be_read_is_said(manager: PageClient) -> None:
    page = manager.page(ASKED)
    [north] = [each for each in page.root.all("option") if each.text == "North"]
    found = numbers_of(manager.page(f"{ASKED}&team={north.attributes['value']}"))
    words = ("Open cases", "Warnings given", "Carfax", "1 Example Street")
    assert [found[each][0] for each in words] == [2, 3, 2, 2]
    assert "Ann Example" not in found
    assert rows_on(manager.page(found["1 Example Street"][1])) == 2
    assert manager.get("/reports/dashboard?period=soon").status_code == 422
    assert manager.get("/reports/dashboard/rows?what=place&key=0").status_code == 404


def test_the_page_asks_as_much_for_many_rows_as_for_none(app: Flask, manager: PageClient) -> None:
    with counted_queries(app) as few:
        manager.get("/reports/dashboard?period=1999-00")
    with counted_queries(app) as many:
        manager.get(ASKED)
    assert len(many) <= len(few) <= 30
