"""Pages on paper: the record without the tools, with the working that the screen folds away."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Role
from tests import factories as make
from tests.support.reading_world import make_full_case
from tests.support.signed_in import cookie_of


@pytest.mark.engines("sqlite")
def test_a_record_and_a_report_are_whole_on_paper(page: Page, app: Flask, live_server: str) -> None:
    with app.app_context():
        team = make.make_team()
        full = make_full_case(team, make.make_user(Role.OFFICER, team=team), today())
        manager = make.make_user(Role.MANAGER).id
    page.context.add_cookies([cookie_of(app, manager, live_server)])  # type: ignore[list-item]
    page.emulate_media(media="print")
    page.goto(f"/cases/{full.case}")
    expect(page.get_by_text("21 days beginning with the day of issue.").first).to_be_visible()
    for tool in (page.get_by_role("searchbox"), page.get_by_role("link", name="Who looked at this case")):
        expect(tool).to_be_hidden()
    page.goto("/reports/partnership/2015-16")
    expect(page.get_by_text("Notices issued by this council, by the day issued.").first).to_be_visible()
    expect(page.get_by_role("link", name="All figures for 2015-16")).to_be_hidden()
