"""What each role reads on the same pages: whose names, whose words, and that it is on record who was shown what."""

import csv
import io
import json

import pytest

from asb_cases.domain.history import HistoryOperation
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.history import Consultation
from tests import factories as make
from tests.support.reading_world import COMPLAINANT, PLACE, SUBJECT, WORDS
from tests.web.reading.conftest import Reading

WRITTEN = (
    SUBJECT,
    COMPLAINANT,
    PLACE,
    WORDS,
    "Loud music",
    "Bass heard",
    "Music again",
    "Amplified",
    "Landlord informed",
)


def told(text: str) -> list[str]:
    """What of the case's names and words stands in a page."""
    return [words for words in WRITTEN if words in text.replace("&#39;", "’")]


def test_an_analyst_reads_references_and_no_name_and_no_word(reading: Reading) -> None:
    client, full = reading.client(Role.ANALYST), reading.full
    for path in (
        "/cases",
        "/cases.csv",
        f"/cases/{full.case}",
        "/interventions",
        f"/interventions/{full.notice}",
        f"/interventions/{full.penalty}",
        "/case-reviews",
        f"/case-reviews/{full.case_review}",
    ):
        page = client.get(path)
        assert page.status_code == 200
        assert told(page.text) == [], path
        assert full.case in page.text, path


def test_a_partner_reads_whom_it_is_about_but_not_who_complained(reading: Reading) -> None:
    page = reading.client(Role.PARTNER).get(f"/cases/{reading.full.case}").text
    assert SUBJECT in page
    assert "Landlord informed" in page
    for hidden in (COMPLAINANT, WORDS, "Bass heard", "/people/", "/complaints/", "/interventions/"):
        assert hidden not in page
    assert "Name not shown" in page


def test_nobody_is_called_a_perpetrator(reading: Reading) -> None:
    full = reading.full
    for role in (Role.OFFICER, Role.PARTNER, Role.ANALYST):
        for path in ("/cases", f"/cases/{full.case}", "/cases.csv", f"/people/{full.subject_id}"):
            assert "perpetrator" not in reading.client(role).get(path).text.lower(), path


def test_legal_reads_no_complaint(reading: Reading) -> None:
    page = reading.client(Role.LEGAL).get(f"/cases/{reading.full.case}").text
    assert WORDS not in page
    assert reading.full.notice in page


def test_a_duty_officer_sees_the_notice_in_force_and_no_other_step(reading: Reading) -> None:
    page = reading.client(Role.DUTY_OFFICER).get(f"/cases/{reading.full.case}").text
    full = reading.full
    assert full.notice in page
    assert not any(step in page for step in (full.warning, full.penalty, full.prosecution))
    assert full.warning not in reading.client(Role.DUTY_OFFICER).get("/interventions").text


@pytest.mark.parametrize(
    "path", ["/cases", "/people", "/interventions", "/complaints", "/case-reviews", "/search?q=bass"]
)
def test_an_administrator_has_no_case_content(reading: Reading, path: str) -> None:
    assert reading.client(Role.ADMINISTRATOR).get(path).status_code == 403


def test_a_restricted_case_is_gone_for_whoever_is_not_named(reading: Reading) -> None:
    with reading.app.app_context():
        db.session.get_one(Case, reading.full.case_id).restricted = True
        db.session.commit()
    for role in (Role.OFFICER, Role.MANAGER, Role.LEGAL, Role.PARTNER, Role.DUTY_OFFICER):
        client = reading.client(role)
        assert client.get(f"/cases/{reading.full.case}").status_code == 404
        assert reading.full.case not in client.get("/cases").text


def last_consultation(reading: Reading) -> Consultation:
    with reading.app.app_context():
        return db.session.query(Consultation).order_by(Consultation.id.desc()).first()  # type: ignore[return-value]


def test_what_a_page_shows_is_on_record(reading: Reading) -> None:
    client, full = reading.client(), reading.full
    for path, endpoint, shown in (
        (f"/cases/{full.case}", "cases.case", {"case": [full.case_id]}),
        ("/cases", "cases.list_cases", {"case": [full.case_id]}),
        (f"/people/{full.subject_id}", "people.person", {"person": [full.subject_id]}),
        ("/search?q=oisin", "search.results", {"person": [full.subject_id]}),
        ("/search?q=nobodyatall", "search.results", {"search": []}),
    ):
        client.get(path)
        entry = last_consultation(reading)
        assert (entry.endpoint, json.loads(entry.shown)) == (endpoint, shown)
        assert entry.user_id == reading.users[Role.OFFICER]
    client.get(f"/complaints/{full.complaint}")
    assert last_consultation(reading).case_id == full.case_id


def test_the_file_is_a_disclosure_and_runs_no_formula(reading: Reading) -> None:
    with reading.app.app_context():
        reference = make.make_case(title='=1+1 "quoted", and more').reference
    response = reading.client(Role.MANAGER).get("/cases.csv?sort=reference")
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="cases-')
    assert response.headers["Cache-Control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))
    by_reference = {row["reference"]: row for row in rows}
    full = by_reference[reading.full.case]
    assert full["subjects"] == SUBJECT
    assert full["notice_in_force"] == "yes"
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())
    assert by_reference[reference]["title"].endswith('=1+1 "quoted", and more')
    entry = last_consultation(reading)
    assert entry.operation is HistoryOperation.DISCLOSURE
    assert len(json.loads(entry.shown)["case"]) == 2
