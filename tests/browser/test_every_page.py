"""Every page there is, and every form sent empty: accessible, fit for a telephone, and light enough for a slow line."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Response

from asb_cases.domain.permissions import Role
from tests.support.axe import violations
from tests.support.serving import serving
from tests.support.shared_world import SharedWorld, shared_world
from tests.support.signed_in import cookie_of
from tests.web.test_access_matrix import TABLE, filled

SIZES = ({"width": 1280, "height": 900}, {"width": 320, "height": 640})
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: The elements that stand out on the right, with where they end.
WHAT_IS_WIDER = """[...document.querySelectorAll("body *")]
  .map((element) => [element, element.getBoundingClientRect().right])
  .filter(([, right]) => right > document.documentElement.clientWidth)
  .map(([element, right]) => `${element.tagName}.${element.className} ${right.toFixed(1)}`)"""
#: Bytes of one page as it is sent, and of everything that a first visit fetches, compressed where it is served so.
PAGE_WEIGHT, FIRST_LOAD = 60_000, 150_000
#: Who looks: the first of these whom the table lets in.
READERS = (Role.MANAGER, Role.OFFICER, Role.LEGAL, Role.ADMINISTRATOR, Role.DUTY_OFFICER, Role.ANALYST, Role.PARTNER)
FILES = (".csv", ".json", ".ics", "/download", "/<form>", "/documents/<int:document_id>")


def by_area() -> dict[str, list[tuple[str, Role | None]]]:
    """The addresses that show a page, each with who opens it, by the first part of the address."""
    areas: dict[str, list[tuple[str, Role | None]]] = defaultdict(list)
    for line, row in TABLE.items():
        method, rule = line.split()
        reader = next((role for role in READERS if row[role] == 200), None)
        if method == "GET" and not rule.endswith(FILES) and not rule.startswith("/health"):
            if reader is not None:
                areas[rule.split("/")[1] or "home"].append((rule, reader))
            elif row[None] == 200:
                areas["public"].append((rule, None))
    return areas


AREAS = by_area()


@dataclass(frozen=True)
class Site:
    """What is served where, and the cookie of each role."""

    made: SharedWorld
    cookies: dict[Role, dict[str, str]]
    address: str


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with shared_world(tmp_path_factory.mktemp("storage")) as made, serving(made.app) as address:
        cookies = {role: cookie_of(made.app, user_id, address) for role, user_id in made.world.users.items()}
        made.keep()
        yield Site(made, cookies, address)


@pytest.fixture
def live_server(site: Site) -> Iterator[str]:
    """The one site, as it was in the beginning."""
    yield site.address
    site.made.put_back()


@pytest.mark.parametrize("area", sorted(AREAS))
def test_pages_are_accessible_fit_and_light(page: Page, site: Site, area: str) -> None:
    wrong: list[str] = []
    for rule, reader in AREAS[area]:
        page.context.clear_cookies()
        if reader is not None:
            page.context.add_cookies([site.cookies[reader]])  # type: ignore[list-item]
        address = filled(rule, site.made.world.seen)
        answer = page.goto(address)
        if answer is None or answer.headers.get("content-type", "").split(";")[0] != "text/html":
            continue
        wrong += [f"{address}: {fault}" for fault in faults(page, answer)]
        if send_empty(page):
            wrong += [f"{address}, sent empty: {fault}" for fault in faults(page, None)]
    assert wrong == []


def faults(page: Page, answer: Response | None) -> list[str]:
    found = []
    if answer is not None and len(answer.body()) > PAGE_WEIGHT:
        found.append(f"{len(answer.body()):,} bytes are over {PAGE_WEIGHT:,}")
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if page.evaluate(OVERFLOW) > 0:
            found.append(f"{size['width']} px: wider than the screen by {page.evaluate(WHAT_IS_WIDER)}")
    # At the narrow size, where targets are close together; test_reading.py judges full pages at both.
    return found + violations(page)


def send_empty(page: Page) -> bool:
    """Press the first form's button with nothing filled in, where there is one that asks something."""
    form = page.locator('main form[method="post"]').filter(
        has=page.locator("textarea, input:not([type=hidden]), select")
    )
    if form.count() == 0:
        return False
    # Not the one that Enter presses, nor one that sends the form elsewhere or for a row more.
    buttons = form.first.locator("button[type=submit]:not([aria-hidden], [formaction]), button:not([type])")
    with page.expect_navigation():
        buttons.first.click()
    return True


def test_the_first_page_of_a_visit_is_light(page: Page, site: Site) -> None:
    page.context.add_cookies([site.cookies[Role.OFFICER]])  # type: ignore[list-item]
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(f"/cases/{site.made.world.seen['case']}", wait_until="networkidle")
    assert len(received) > 3, "nothing was measured"
    assert sum(received) < FIRST_LOAD
