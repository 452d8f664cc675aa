"""The frame in a real browser: accessible, narrow enough for a telephone, and whole without JavaScript."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.support.axe import violations
from tests.support.sample_pages import sample_app

PATHS = ["/cases", "/record", "/form", "/refused", "/fails/404"]
DESKTOP, TELEPHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: Buttons, fields and links that stand alone, smaller than 24 by 24 (WCAG 2.2, 2.5.8). Links within a sentence are exempt.
SMALL_TARGETS = """() => [...document.querySelectorAll("nav a, header a, footer a, button, summary, select, input")]
  .filter(part => part.checkVisibility() && !part.matches(".govuk-radios__input, .govuk-checkboxes__input, [aria-hidden]"))
  .map(part => [part.textContent.trim() || part.name, part.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < 24 || box.width < 24))
  .map(([words, box]) => `${words} ${box.width}x${box.height}`)"""


@pytest.fixture
def app() -> Flask:
    return sample_app()


@pytest.mark.parametrize("size", [DESKTOP, TELEPHONE], ids=["desktop", "telephone"])
def test_every_pattern_is_accessible_and_fits(page: Page, size: dict[str, int]) -> None:
    refused: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            refused.append(message.text)

    page.on("console", note)
    page.set_viewport_size(size)  # type: ignore[arg-type]
    for path in PATHS:
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate(OVERFLOW) == 0, path
        assert page.evaluate(SMALL_TARGETS) == [], path
    assert refused == []


def test_errors_lead_to_the_control_that_is_wrong(page: Page) -> None:
    page.goto("/form")
    page.locator("#given_on-day").fill("31")
    page.locator("#given_on-month").fill("2")
    page.locator("#given_on-year").fill("2026")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_title("Error: Every field - ASB cases - Oxbridge City Council")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("link", name="Date given must be a real date").click()
    expect(page.locator("#given_on-day")).to_be_focused()
    expect(page.locator("#given_on-day")).to_have_value("31")
    for link in page.locator(".govuk-error-summary a").all():
        link.click()
        target = (link.get_attribute("href") or "").removeprefix("#")
        expect(page.locator(f'[id="{target}"]')).to_be_focused()


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/cases")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


def test_a_wide_table_scrolls_by_keyboard_inside_its_box(page: Page) -> None:
    page.set_viewport_size(TELEPHONE)  # type: ignore[arg-type]
    page.goto("/cases")
    box = page.get_by_role("region", name="Cases of your team")
    box.focus()
    page.keyboard.press("ArrowRight")
    # The page's own policy forbids waiting for a condition in words: a function is asked again instead.
    for _ in range(50):
        if page.evaluate("() => document.querySelector('.asb-table-scroll').scrollLeft") > 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the box did not scroll")


def test_the_menu_and_the_filters_open_on_a_telephone(page: Page) -> None:
    page.set_viewport_size(TELEPHONE)  # type: ignore[arg-type]
    page.goto("/cases")
    entry = page.get_by_role("link", name="Cases", exact=True)
    expect(entry).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(entry).to_be_visible()
    apply = page.get_by_role("button", name="Apply filters")
    expect(apply).to_be_hidden()
    page.get_by_text("Filter (1 selected)").click()
    expect(apply).to_be_visible()
    assert violations(page) == []


def test_a_password_can_be_shown(page: Page) -> None:
    page.goto("/form")
    field = page.get_by_label("Password", exact=True)
    field.fill("correct horse")
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")


def test_a_long_list_is_searched_by_typing_and_still_sends_its_value(page: Page) -> None:
    page.goto("/form")
    box = page.get_by_role("combobox", name="Ward")
    box.fill("black")
    box.press("ArrowDown")
    box.press("Enter")
    assert page.locator("select[name=ward]").input_value() == "2"
    assert violations(page) == []


def test_everything_works_without_javascript(browser: Browser, live_server: str) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False, viewport=TELEPHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/cases")
    expect(page.get_by_role("link", name="Cases", exact=True)).to_be_visible()
    page.get_by_label("Phone").check()
    page.get_by_role("button", name="Apply filters").click()
    assert "channel=phone" in page.url
    page.goto("/form")
    page.locator("select[name=ward]").select_option("2")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    context.close()


def test_paper_shows_the_record_without_the_tools(page: Page) -> None:
    page.goto("/cases")
    page.emulate_media(media="print")
    for tool in (".asb-navigation", ".asb-filter", ".asb-footer", ".govuk-pagination"):
        expect(page.locator(tool)).to_be_hidden()
    expect(page.get_by_role("heading", name="Cases", exact=True)).to_be_visible()
    expect(page.get_by_role("table")).to_be_visible()
