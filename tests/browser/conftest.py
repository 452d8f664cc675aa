"""A real browser in front of a real server on this machine, for what only a browser can tell."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.chromium import FLAGS, find_chromium
from tests.support.office import Office, open_office
from tests.support.serving import serving


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once by each worker. Its absence is a failure, never a skip."""
    path = find_chromium()
    if path is None:
        pytest.fail(
            "Chromium is missing. As root: apt-get install chromium. Or set CHROMIUM to its path.", pytrace=False
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address of the application of this test, serving on a port of its own with its own database."""
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def shared_office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for all journeys of a file."""
    with open_office(browser, tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.fixture
def office(shared_office: Office) -> Iterator[Office]:
    """The office of the file, with every tab closed at the end."""
    yield shared_office
    shared_office.close_tabs()


@pytest.fixture
def page(browser: Browser, live_server: str) -> Iterator[Page]:
    """An empty tab; addresses may be given as paths. An error in a page's script fails the test."""
    context = browser.new_context(base_url=live_server, locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.set_default_timeout(10_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors, errors
