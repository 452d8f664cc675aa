"""Signing in and looking after accounts in a real browser: with and without scripts, wide and narrow."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from asb_cases.adapters import passwords
from asb_cases.domain.permissions import Role
from tests.factories import make_body, make_team, make_user
from tests.support.axe import violations
from tests.support.signed_in import cookie_of

PASSWORD = "purple monkey dishwasher"
PAGES = (
    "/account",
    "/account/password",
    "/admin",
    "/admin/users",
    "/admin/users/new",
    "/admin/users/1",
    "/admin/roles",
    "/admin/teams",
)

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def ann(app: Flask) -> None:
    with app.app_context():
        make_user(Role.ADMINISTRATOR, email="ann@example.org", name="Ann Lee", password_hash=passwords.hashed(PASSWORD))
        make_team("North")
        make_body("Thames Valley Police")


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email address").fill("ann@example.org")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def faults(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    return violations(page) + ([f"{wide} pixels too wide"] if wide > 0 else [])


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_are_open_to_everybody(page: Page, ann: None, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    found = {}
    page.goto("/sign-in")
    found["/sign-in"] = faults(page)
    sign_in(page, "not this one")
    found["wrong"] = faults(page)
    sign_in(page)
    for path in PAGES:
        page.goto(path)
        found[path] = faults(page)
    assert {path: told for path, told in found.items() if told} == {}


def test_in_and_out_by_keyboard(page: Page, ann: None) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email address").focus()
    page.keyboard.type("ann@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")
    page.get_by_role("button", name="Sign out").press("Enter")
    page.wait_for_url("**/sign-in?left=yes")
    page.goto("/account")
    assert "/sign-in" in page.url


def test_what_was_typed_and_not_saved_is_offered_to_nobody_else(page: Page, app: Flask, live_server: str) -> None:
    """Two colleagues at one desk: the session of the first has ended, and the second signs in on the same tab."""
    with app.app_context():
        team = make_team("North")
        first, second = (make_user(Role.OFFICER, team=team).id for _ in range(2))

    def opens_form(user_id: int) -> int:
        page.context.clear_cookies()
        page.context.add_cookies([cookie_of(app, user_id, live_server)])  # type: ignore[list-item]
        page.goto("/people/new")
        return page.get_by_role("button", name="Put it back").count()

    def types() -> None:
        page.get_by_label("Name", exact=True).fill("Mrs Smith of the refuge")
        page.wait_for_function("() => Object.keys(sessionStorage).some((key) => key.startsWith('asb-draft:'))")

    assert opens_form(first) == 0
    types()
    assert opens_form(first) == 1
    assert opens_form(second) == 0
    assert opens_form(first) == 0


def test_an_error_takes_the_reader_to_it(page: Page, ann: None) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in").click()
    assert page.title().startswith("Error: Sign in")
    page.get_by_role("link", name="Enter your email address").click()
    assert page.evaluate("() => document.activeElement.id") == "email"


def test_a_password_can_be_shown_and_pasted(page: Page, ann: None) -> None:
    page.goto("/sign-in")
    field = page.get_by_label("Password", exact=True)
    field.focus()
    page.evaluate(
        "text => document.activeElement.dispatchEvent(new ClipboardEvent('paste', {cancelable: true, clipboardData: "
        "Object.assign(new DataTransfer(), {})})) && document.execCommand('insertText', false, text)",
        PASSWORD,
    )
    assert field.input_value() == PASSWORD
    page.get_by_role("button", name="Show password").click()
    assert field.get_attribute("type") == "text"


def test_without_scripts(browser: Browser, live_server: str, ann: None) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")
    page.goto("/admin/users/new")
    page.get_by_label("Email address").fill("bob@example.org")
    page.get_by_label("Full name").fill("Bob Hill")
    page.get_by_label("Duty officer").check()
    page.get_by_role("button", name="Create account").click()
    assert page.get_by_role("heading", name="Account created").is_visible()
    page.get_by_role("button", name="Sign out").click()
    assert "/sign-in" in page.url
    context.close()
