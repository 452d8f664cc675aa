"""Filters narrow a list to what they say, can be taken off one by one, and a wrong answer is said and narrows nothing."""

from datetime import date, timedelta

import pytest

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Role
from asb_cases.domain.workflow import CaseStatus
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.page_markup import Page
from tests.web.reading.conftest import Reading


@pytest.fixture
def cases(reading: Reading) -> dict[str, str]:
    """References of cases that differ from one another, by what is particular about each."""
    with reading.app.app_context():
        ward, team, owner = make.make_ward("Carfax"), make.make_team("West"), make.make_user(name="Ola Nordby")
        found = {
            "ward": make.make_case(ward_id=ward.id),
            "team": make.make_case(team=team),
            "officer": make.make_case(owner=owner),
            "priority": make.make_case(priority=1),
            "category": make.make_case(categories=("noise_party",)),
            "closed": make.make_case(
                status=CaseStatus.CLOSED, opened_on=date(2016, 3, 31), closed_on=date(2016, 5, 1), closure_reason="r"
            ),
            "new": make.make_case(status=CaseStatus.NEW, opened_on=today() - timedelta(days=1)),
        }  # fmt: skip
        return {name: case.reference for name, case in found.items()}


def listed(page: Page) -> set[str]:
    return {cell.all("a")[0].text for cell in page.root.all("th") if cell.attributes.get("scope") == "row"}


def choice(page: Page, field: str, label: str) -> str:
    """The value of the option with that label in a filter's list."""
    select = next(each for each in page.root.all("select") if each.attributes.get("name") == field)
    return next(option.attributes["value"] for option in select.all("option") if option.text == label)


def manager(reading: Reading) -> PageClient:
    return reading.client(Role.MANAGER)


def test_each_filter_narrows_to_what_it_says(reading: Reading, cases: dict[str, str]) -> None:
    client = manager(reading)
    page = client.page("/cases")
    assert listed(page) == {reading.full.case, *cases.values()}
    for field, label, expected in (
        ("ward", "Carfax", {cases["ward"]}),
        ("team", "West", {cases["team"]}),
        ("officer", "Ola Nordby", {cases["officer"]}),
        ("category", "– Noise: party", {cases["category"]}),
    ):
        assert listed(client.page(f"/cases?{field}={choice(page, field, label)}")) == expected, field
    noise = choice(page, "category", "Noise")
    assert listed(client.page(f"/cases?category={noise}")) == {cases["category"], reading.full.case}
    assert listed(client.page("/cases?priority=1&priority=2")) == {cases["priority"], reading.full.case}
    assert listed(client.page("/cases?status=closed&status=new")) == {cases["closed"], cases["new"]}
    assert listed(client.page("/cases?only=notice_in_force")) == {reading.full.case}
    assert listed(client.page("/cases?opened_to=2016-03-31")) == {cases["closed"]}
    assert cases["closed"] not in listed(
        client.page("/cases?opened_from-day=1&opened_from-month=4&opened_from-year=2016")
    )


def test_a_filter_is_taken_off_by_its_link(reading: Reading, cases: dict[str, str]) -> None:
    page = manager(reading).page("/cases?status=closed&status=new&opened_to=2020-01-01&sort=oldest")
    links = [link for link in page.root.all("a") if "moj-filter__tag" in link.attributes.get("class", "")]
    assert [link.text.removeprefix("Remove this filter: ") for link in links] == [
        "Status: New", "Status: Closed", "Opened to: 1 Jan 2020",
    ]  # fmt: skip
    assert links[0].attributes["href"] == "/cases?opened_to=2020-01-01&sort=oldest&status=closed"
    assert links[2].attributes["href"] == "/cases?status=closed&status=new&sort=oldest"


def test_a_day_that_is_none_is_said_and_narrows_nothing(reading: Reading, cases: dict[str, str]) -> None:
    page = manager(reading).page("/cases?opened_from-day=31&opened_from-month=2&opened_from-year=2026")
    assert "Opened from must be a real date" in page.root.text
    assert len(listed(page)) == 8


@pytest.mark.parametrize(
    "asked",
    ["status=nonsense", "category=99999999999999999999", "ward=abc", "sort=title", "after=x", "before=-1",
     "after=99999999999999", "priority=9&priority=x", "only=%00", "status=%F0%9F%8E%B8"],
)  # fmt: skip
def test_whatever_is_asked_a_page_answers(reading: Reading, asked: str) -> None:
    client = manager(reading)
    for path in ("/cases", "/people", "/interventions", "/complaints", "/case-reviews", "/search", "/cases.csv"):
        assert client.get(f"{path}?{asked}&q=a").status_code == 200, path


def test_a_number_no_row_can_have_is_not_found(reading: Reading) -> None:
    assert manager(reading).get(f"/people/{10**15}").status_code == 404


def test_what_is_in_preparation_is_listed_apart(reading: Reading) -> None:
    client, full = manager(reading), reading.full
    assert listed(client.page("/interventions")) == {full.warning, full.notice, full.penalty}
    assert listed(client.page("/interventions?stage=preparation")) == {full.prosecution}
    assert listed(client.page("/interventions?power=CPN&status=appealed")) == {full.notice}
    assert listed(client.page("/interventions?given_to=2015-04-01")) == set()
