"""Pages on paper: the record without the tools, with the working that the screen folds away."""

from io import BytesIO

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from asb_cases.adapters.time import today
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Role
from tests import factories as make
from tests.factories import make_contact, make_participant, make_person
from tests.support.enforcement_track import Track, at
from tests.support.office import Office
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


def on_paper(page: Page, address: str) -> tuple[str, int]:
    """The words of a page as it is printed, and on how many sheets of A4."""
    page.goto(address)
    paper = PdfReader(BytesIO(page.pdf(format="A4")))
    return " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split()), len(paper.pages)


#: What stands on no sheet of paper.
TOOLS = ("Skip to main content", "Sign out", "New complaint", "Apply filters", "What you can do", "Download as CSV")


def test_a_case_a_notice_a_letter_and_a_list_are_read_back_from_paper(office: Office) -> None:
    def told(track: Track) -> tuple[str, int, int]:
        complainant = make_person("Ann Carter")
        make_participant(track.case, complainant, Part.COMPLAINANT)
        contact = make_contact(track.case, person_id=complainant.id, told="We have warned them.", at=at(16))
        return track.case.reference, track.notice(20), contact.id

    case, notice, contact = office.arrange(told, name="Rowan Bassline")
    number = office.reference(notice)
    papers = {
        f"/cases/{case}": ("Where each subject stands", "Rowan Bassline", "21 days beginning with", "Ann Carter"),
        f"/interventions/{number}/documents/notice": (
            "Community protection notice", "Rowan Bassline", "Stop doing something", "4 Rose Lane", "magistrates",
        ),
        f"/cases/{case}/letters/update/{contact}": ("Ann Carter", "We have warned them."),
        "/interventions": (number, "Rowan Bassline", "In force"),
    }  # fmt: skip
    with office.on(21):
        page = office.tab("officer")
        for address, words in papers.items():
            text, sheets = on_paper(page, address)
            assert [each for each in words if each.lower() not in text.lower()] == [], (address, text)
            assert [tool for tool in TOOLS if tool in text] == [], address
            assert sheets <= 5, address
        assert "Rowan" not in on_paper(page, f"/cases/{case}/letters/update/{contact}")[0], "a letter names nobody else"
