"""The pages of the lists that an administrator keeps."""

from collections.abc import Callable

import pytest
from flask import Flask

from asb_cases.domain.permissions import Role
from tests.factories import make_authorisation, make_team, make_user, make_ward
from tests.support.page_client import PageClient

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def administrator(client_as: Callable[..., PageClient]) -> PageClient:
    return client_as(Role.ADMINISTRATOR)


def test_an_entry_is_renamed_retired_and_put_back(app: Flask, administrator: PageClient) -> None:
    with app.app_context():
        team = make_team("North").id
    assert administrator.submit(f"/admin/teams/{team}", {"name": "North East"}, form=1).location == "/admin/teams"
    assert administrator.submit(f"/admin/teams/{team}").location == "/admin/teams"
    assert "Retired" in administrator.get("/admin/teams").text
    assert "North East" not in administrator.get("/admin/users/new").text
    again = administrator.submit("/admin/teams", {"team_name": "north east"}, form=1)
    assert (again.status_code, "put that in use again" in again.text) == (422, True)
    assert administrator.submit(f"/admin/teams/{team}").location == "/admin/teams"
    assert "North East" in administrator.get("/admin/users/new").text


def test_two_administrators_one_ward(app: Flask, administrator: PageClient) -> None:
    with app.app_context():
        ward = make_ward("Headingtn", to_be_checked=True).id
    assert "To be looked at" in administrator.get("/admin/wards").text
    stale = administrator.hidden(f"/admin/wards/{ward}", form=2)
    assert administrator.submit(f"/admin/wards/{ward}", {"name": "Headington"}, form=2).status_code == 302
    late = administrator.post(f"/admin/wards/{ward}", data={**stale, "name": "Heddington"})
    assert (late.status_code, "Headington" in late.text, "Heddington" in late.text) == (409, True, True)
    assert "To be looked at" not in administrator.get("/admin/wards").text


def test_a_ward_is_merged_on_its_page(app: Flask, administrator: PageClient) -> None:
    with app.app_context():
        wrong, right = make_ward("Headingtn").id, make_ward("Headington").id
    assert administrator.submit(f"/admin/wards/{wrong}/merge", {"into": str(right)}).location == "/admin/wards"
    assert "0 cases and complaints moved" in administrator.get("/admin/wards").text


def test_a_new_category_is_offered_where_reports_are_taken(
    administrator: PageClient, client_as: Callable[..., PageClient]
) -> None:
    new = {"title": "Street trading", "code": "street_trading", "parent_id": "", "position": "900"}
    assert administrator.submit("/admin/categories/new", new).location == "/admin/categories"
    assert "Street trading" in client_as(Role.OFFICER).get("/complaints/new").text
    refused = administrator.submit("/admin/categories/new", {**new, "title": "Other trading"})
    assert (refused.status_code, "never used again" in refused.text) == (422, True)


def test_who_may_issue_what(app: Flask, administrator: PageClient) -> None:
    assert "Nobody is authorised" in administrator.get("/admin/authorisations").text
    with app.app_context():
        user = make_user(name="Ann Lee")
        ended = make_authorisation(make_user(name="Bob Hill"), "FPN").id
        ann = user.id
    day = {"to_on-day": "1", "to_on-month": "3", "to_on-year": "2020"}
    assert administrator.submit(f"/admin/authorisations/{ended}/end", day).status_code == 302
    given = {"user": str(ann), "power": "CPN", "delegation_reference": "Part 3, item 14"}
    assert administrator.submit("/admin/authorisations/new", given).status_code == 302
    page = administrator.page("/admin/authorisations")
    tables = {table.all("caption")[0].text: table.text for table in page.root.all("table")}
    assert "Ann Lee" in tables["In force"]
    assert "Part 3, item 14" in tables["In force"]
    assert "Bob Hill" in tables["Ended"]
