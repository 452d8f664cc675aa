"""The pages of records in a real browser: accessible, fit for a telephone, and whole without JavaScript."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.user import Team
from tests import factories as make
from tests.support.axe import violations
from tests.support.reading_world import FullCase, make_full_case, make_many_cases
from tests.support.signed_in import cookie_of

DESKTOP, TELEPHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def full(app: Flask) -> FullCase:
    """A case with a record of each kind, among forty others."""
    with app.app_context():
        team = make.make_team("Safer Streets")
        found = make_full_case(team, make.make_user(Role.OFFICER, team=team, name="Pat Quinn"), today())
        make_many_cases(db.session.get_one(Team, found.team_id), 40, today())
        return found


@pytest.fixture
def manager(app: Flask, full: FullCase) -> int:
    with app.app_context():
        return make.make_user(Role.MANAGER, name="Sam Okafor").id


def addresses(full: FullCase) -> list[str]:
    return [
        "/cases",
        "/cases?status=open&only=notice_in_force&opened_from=2015-04-01",
        "/cases?status=closed&only=restricted",
        f"/cases/{full.case}",
        "/people",
        f"/people/{full.subject_id}",
        "/interventions",
        f"/interventions/{full.notice}",
        f"/interventions/{full.prosecution}",
        "/complaints",
        f"/complaints/{full.complaint}",
        "/case-reviews",
        f"/case-reviews/{full.case_review}",
        "/search?q=bass",
        "/search?q=nothing",
        "/cases/restricted",
    ]


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("size", [DESKTOP, TELEPHONE], ids=["desktop", "telephone"])
def test_reading_pages_are_accessible_and_fit(
    page: Page, app: Flask, live_server: str, full: FullCase, manager: int, size: dict[str, int]
) -> None:
    page.context.add_cookies([cookie_of(app, manager, live_server)])  # type: ignore[list-item]
    page.set_viewport_size(size)  # type: ignore[arg-type]
    for path in addresses(full):
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate(OVERFLOW) == 0, path


@pytest.mark.engines("sqlite")
def test_an_officer_finds_a_case_without_javascript(
    browser: Browser, app: Flask, live_server: str, full: FullCase, manager: int
) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False)
    context.add_cookies([cookie_of(app, manager, live_server)])  # type: ignore[list-item]
    page = context.new_page()
    page.goto("/cases")
    page.get_by_label("With a notice in force").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_text("1 case", exact=True)).to_be_visible()
    page.get_by_role("link", name=full.case).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Loud music from a top-floor flat")
    page.get_by_text("How this day was worked out").first.click()
    expect(page.get_by_text("21 days beginning with the day of issue.").first).to_be_visible()
    page.get_by_role("searchbox").fill("ofarrell")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Óisín O’Farrell").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Óisín O’Farrell")
    context.close()
