"""The pages of figures in a real browser: accessible, fit for a telephone, and whole without JavaScript."""

from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from asb_cases.domain.complaints import Channel
from asb_cases.domain.permissions import Role
from tests.factories import make_case, make_complaint, make_intervention, make_person, make_user, make_ward
from tests.support.axe import violations
from tests.support.signed_in import cookie_of

YEAR = "from=2015-04-01&to=2016-03-31"
PATHS = (
    "/reports",
    "/reports/figures?from=2015-04-31&to=2016-03-31",
    f"/reports/figures?{YEAR}",
    f"/reports/figures/cpw_issued?{YEAR}",
    f"/reports/figures/cpw_to_cpn_rate?{YEAR}",
    f"/reports/figures/contacts_received?{YEAR}",
    "/reports/partnership/2015-16",
    "/reports/partnership/2015-17",
)
DESKTOP, TELEPHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def manager(app: Flask) -> int:
    """A manager, and a year with rows of every kind."""
    with app.app_context():
        case = make_case(opened_on=date(2015, 5, 5), ward_id=make_ward("Carfax").id, categories=("noise",))
        for number in range(5):
            warned = make_intervention(
                "CPW", case=case, subject=make_person("Ann Example"), issued_on=date(2015, 6, 1 + number)
            )
        make_intervention(
            "CPN", case=case, follows=warned, issued_on=date(2015, 9, 1), status="withdrawn", ended_because="r"
        )
        make_intervention("CPW", case=make_case(restricted=True), issued_on=date(2015, 9, 1))
        make_complaint(made_on=date(2016, 1, 1), channel=Channel.OUT_OF_HOURS)
        return make_user(Role.MANAGER).id


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("size", [DESKTOP, TELEPHONE], ids=["desktop", "telephone"])
def test_pages_of_figures_are_accessible_and_fit(
    page: Page, app: Flask, live_server: str, manager: int, size: dict[str, int]
) -> None:
    page.context.add_cookies([cookie_of(app, manager, live_server)])  # type: ignore[list-item]
    page.set_viewport_size(size)  # type: ignore[arg-type]
    for path in PATHS:
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate(OVERFLOW) == 0, path


@pytest.mark.engines("sqlite")
def test_a_number_opens_its_rows_without_javascript(
    browser: Browser, app: Flask, live_server: str, manager: int
) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False)
    context.add_cookies([cookie_of(app, manager, live_server)])  # type: ignore[list-item]
    page = context.new_page()
    page.goto("/reports")
    for part, value in (
        ("from-day", "1"),
        ("from-month", "4"),
        ("from-year", "2015"),
        ("to-day", "31"),
        ("to-month", "3"),
    ):
        page.locator(f"[name={part}]").fill(value)
    page.locator("[name=to-year]").fill("2016")
    page.get_by_role("button", name="Show figures").click()
    page.get_by_role("link", name="6 Community protection warnings (CPWs) given, 2015-16").click()
    assert page.get_by_role("row").count() > 6
    page.goto("/reports/partnership/2015-16")
    page.get_by_role("link", name="6 community protection warnings (CPWs)", exact=True).click()
    assert page.locator("h1").inner_text() == "Community protection warnings (CPWs) given"
    context.close()
