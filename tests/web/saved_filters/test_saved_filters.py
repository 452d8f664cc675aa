"""Saved filters on their pages: saved from a list, opened with a click, and nobody else's."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.saved_filter import SavedFilter
from tests import factories as make
from tests.support.page_client import PageClient

OPEN = "/cases?status=open&status=new&sort=oldest&opened_from-day=1&opened_from-month=4&opened_from-year=2015"


def saving_link(client: PageClient, path: str) -> str | None:
    links = [link.attributes["href"] for link in client.page(path).root.all("a") if link.text == "Save these filters"]
    return links[0] if links else None


def kept(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(row.list_code, row.query) for row in db.session.scalars(select(SavedFilter).order_by(SavedFilter.id))]


def test_a_filter_is_saved_from_its_list_and_opened_again(app: Flask, client_as: Callable[..., PageClient]) -> None:
    client = client_as(Role.MANAGER)
    assert saving_link(client, "/cases") is None
    address = saving_link(client, OPEN)
    assert address is not None
    assert client.submit(address, {"name": ""}).status_code == 422
    answer = client.submit(address, {"name": "Open since 2015"}, follow_redirects=True)
    assert "The filter is saved." in answer.text
    assert kept(app) == [("cases", "status=open&status=new&opened_from=2015-04-01&sort=oldest")]
    page = client.get("/cases").text
    assert ">Open since 2015</a>" in page
    assert "Open since 2015" not in client.get("/complaints").text
    opened = client.get("/saved-filters/1/open")
    assert opened.location == "/cases?status=open&status=new&opened_from=2015-04-01&sort=oldest"
    assert "Selected filters" in client.get(opened.location).text
    assert "already" in client.submit(address, {"name": "open SINCE 2015"}).text


def test_only_what_the_list_understands_is_kept(app: Flask, client_as: Callable[..., PageClient]) -> None:
    client = client_as(Role.MANAGER)
    with app.app_context():
        ward = make.make_ward("Carfax").id
    for asked, query in (
        (f"list=cases&ward={ward}&team=7&x=y&next=//evil.example&sort=title&status=nonsense", f"ward={ward}"),
        ("list=complaints&triage=new&channel=out_of_hours&made_from=2026-02-31", "triage=new&channel=out_of_hours"),
        ("list=people&kind=body&kind=%00", "kind=body"),
        ("list=interventions&power=CPN&stage=preparation", "power=CPN&stage=preparation"),
        ("list=case-reviews&stage=held&applied_to=2026-03-02", "stage=held&applied_to=2026-03-02"),
    ):
        client.submit(f"/saved-filters/new?{asked}", {"name": "Mine"})
        assert kept(app)[-1][1] == query
    assert len(kept(app)) == 5
    answer = client.submit("/saved-filters/new?list=cases&status=nonsense", {"name": "Nothing"})
    assert answer.status_code == 422
    assert "No filter is chosen" in answer.text


def test_they_are_renamed_and_deleted_by_their_owner(app: Flask, client_as: Callable[..., PageClient]) -> None:
    client, other = client_as(Role.OFFICER), client_as(Role.OFFICER)
    client.submit("/saved-filters/new?list=cases&status=open", {"name": "Mine"})
    for path in ("/saved-filters/1", "/saved-filters/1/open"):
        assert other.get(path).status_code == 404
    assert "You have not saved a filter yet" in other.get("/saved-filters").text
    client.submit("/saved-filters/1", {"name": "Ours"})
    assert ">Ours</a>" in client.get("/saved-filters").text
    assert "The filter is deleted." in client.submit("/saved-filters", follow_redirects=True).text
    assert kept(app) == []


@pytest.mark.parametrize("code", ["", "users", "complaints", "../cases"])
def test_a_list_that_is_not_theirs_has_no_filters(client_as: Callable[..., PageClient], code: str) -> None:
    client = client_as(Role.PARTNER)
    assert client.get(f"/saved-filters/new?list={code}&triage=new").status_code == 404


def test_a_double_click_saves_one(app: Flask, client_as: Callable[..., PageClient]) -> None:
    client = client_as(Role.OFFICER)
    answers = [
        client.submit("/saved-filters/new?list=cases&status=open", {"name": "Mine", "form_key": "k" * 22}) for _ in "ab"
    ]
    assert len(kept(app)) == 1
    assert urlsplit(answers[1].location).path == "/saved-filters"
    assert parse_qs(urlsplit(answers[0].location).query) == {"status": ["open"]}
