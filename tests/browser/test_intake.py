"""Taking a report in, in a real browser: what is known already appears while it is typed, and one choice joins a case."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.services.search_index import index
from tests import factories as make
from tests.support.axe import violations
from tests.support.signed_in import cookie_of

TELEPHONE = {"width": 320, "height": 640}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def officer(app: Flask) -> int:
    """An officer, and an open case of their team at 14 Marsh Lane about Bob Bass, reported by Ann."""
    with app.app_context():
        team = make.make_team("Safer Streets")
        address = make.make_address("14 Marsh Lane, OX4 9ZZ", postcode="OX4 9ZZ")
        case = make.make_case(team=team, title="Loud parties", reference="ASB-2026-000007", address_id=address.id)
        for name, part in (("Bob Bass", Part.SUBJECT), ("Ann O’Neill", Part.COMPLAINANT)):
            person = make.make_person(name)
            make.make_participant(case, person, part)
            index("person", person.id, None, person.name)
        index("case", case.id, case.id, case.title, address.text)
        db.session.commit()
        return make.make_user(Role.OFFICER, team=team).id


@pytest.mark.engines("sqlite")
def test_while_it_is_typed(page: Page, app: Flask, live_server: str, officer: int) -> None:
    page.context.add_cookies([cookie_of(app, officer, live_server)])  # type: ignore[list-item]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/cases")
    page.get_by_role("button", name="New case").click()
    expect(page.get_by_role("button", name="Look for known people and open cases")).to_be_hidden()
    expect(page.get_by_label("Which day")).to_be_hidden()
    page.get_by_label("What happened").fill("Parties again")
    page.get_by_label("Noise: party").check()
    page.get_by_label("Address or place").fill("14 Marsh")
    status = page.get_by_role("status")
    expect(status).to_contain_text("1 place, 1 open case")
    page.get_by_label("14 Marsh Lane, OX4 9ZZ", exact=True).check()
    page.get_by_label("Their name").fill("ann onei")
    expect(status).to_contain_text("1 person or body")
    page.get_by_label("Use this entry: Ann O’Neill").check()
    expect(page.get_by_label("Name of the person")).to_be_hidden()
    page.get_by_label("A person").nth(1).check()
    page.get_by_label("Name of the person").fill("bob")
    expect(page.get_by_label("Use this entry: Bob Bass")).to_be_visible()
    expect(page.get_by_label("Use this entry: Ann O’Neill")).to_be_checked()
    expect(page.get_by_label("14 Marsh Lane, OX4 9ZZ", exact=True)).to_be_checked()
    assert violations(page) == []
    page.set_viewport_size(TELEPHONE)  # type: ignore[arg-type]
    assert page.evaluate(OVERFLOW) == 0
    assert violations(page) == []
    page.get_by_label("Join this case: ASB-2026-000007").check()
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_text("has joined this case")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Loud parties")
    assert not [url for url in asked if "ann" in url.lower() or "bob" in url.lower()]


@pytest.mark.engines("sqlite")
def test_without_javascript(browser: Browser, app: Flask, live_server: str, officer: int) -> None:
    context = browser.new_context(base_url=live_server, java_script_enabled=False, viewport=TELEPHONE)  # type: ignore[arg-type]
    context.add_cookies([cookie_of(app, officer, live_server)])  # type: ignore[list-item]
    page = context.new_page()
    page.goto("/complaints/new")
    page.get_by_label("What happened").fill("Parties again")
    page.get_by_label("Noise: party").check()
    page.get_by_label("Somebody who gives no name").check()
    page.get_by_label("A person").nth(1).check()
    page.get_by_label("Name of the person").fill("bob")
    page.get_by_role("button", name="Look for known people and open cases").click()
    assert page.url.endswith("/complaints/new#known")
    expect(page.get_by_label("What happened")).to_have_value("Parties again")
    page.get_by_label("Use this entry: Bob Bass").check()
    page.get_by_role("button", name="Log the complaint").click()
    expect(page.get_by_text("is logged and waits for triage")).to_be_visible()
    context.close()
