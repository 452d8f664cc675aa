"""An applicant asks for a case review in a real browser: every page accessible, on a telephone and on a desk."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from asb_cases.domain.permissions import Role
from tests.factories import make_user
from tests.support.access_world import switch_public_form_on
from tests.support.axe import violations
from tests.support.signed_in import cookie_of

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SIZES: tuple[Any, ...] = ({"width": 320, "height": 640}, {"width": 1280, "height": 900})


def fine(page: Page) -> None:
    """The page as it stands breaks no rule and fits, small and large."""
    assert violations(page) == [], page.url
    for size in SIZES:
        page.set_viewport_size(size)
        assert page.evaluate(OVERFLOW) == 0, (page.url, size)


def go_on(page: Page, heading: str, button: str = "Continue", *, seen: bool = False) -> None:
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    if not seen:
        fine(page)


@pytest.mark.engines("sqlite")
def test_an_applicant_asks_and_a_manager_sees_it(page: Page, app: Flask, live_server: str) -> None:
    with app.app_context():
        switch_public_form_on()
        manager = make_user(Role.MANAGER).id
    page.goto("/ask-for-a-review")
    fine(page)
    page.get_by_role("button", name="Start now").click()
    go_on(page, "Who are you asking for?")
    assert page.title().startswith("Error: ")
    page.get_by_label("Somebody in my family").check()
    go_on(page, "name of the person")
    page.get_by_label("What is the name").fill("Ida Marsh")
    go_on(page, "Do they agree")
    page.get_by_label("Yes, they have agreed").check()
    go_on(page, "What has been happening?")
    page.get_by_label("What has been happening?").fill("Shouting under the window, most nights")
    go_on(page, "Report 1")
    page.get_by_label("The police").check()
    reported = page.get_by_role("group", name="When was it reported?")
    for part, value in (("Day", "2"), ("Month", "9"), ("Year", "2025")):
        reported.get_by_label(part).fill(value)
    go_on(page, "You have told us about 1 report")
    page.get_by_label("No", exact=True).check()
    go_on(page, "How does it affect")
    go_on(page, "What is your name?")
    page.get_by_label("What is your name?").fill("Ola Berg")
    go_on(page, "How to contact you")
    page.get_by_label("Phone number").fill("01632 960 001")
    go_on(page, "should not contact you")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("Phone number")).to_have_value("01632 960 001")
    go_on(page, "should not contact you", seen=True)
    go_on(page, "Check your answers")
    page.get_by_role("link", name="Change your name").click()
    page.get_by_label("What is your name?").fill("Ola Bergman")
    go_on(page, "Check your answers", seen=True)
    assert "Bergman" not in page.url
    go_on(page, "We have received your request", "Send your request")
    reference = page.locator(".govuk-panel__body strong").inner_text()
    page.goto("/case-review-procedure")
    fine(page)

    page.context.add_cookies([cookie_of(app, manager, live_server)])  # type: ignore[list-item]
    page.goto("/")
    expect(page.locator("main")).to_contain_text(reference)
