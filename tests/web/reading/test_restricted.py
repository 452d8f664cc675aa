"""A restricted case: no list and no search shows it to whoever is not its reader, and a manager's reason opens it."""

import json

import pytest
from flask import Flask

from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.history import Consultation, HistoryEntry
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.signed_in import client_of
from tests.web.reading.conftest import Reading

ADDRESS = "/cases/restricted"
REASON = "The officer named is on leave and the complainant has rung"


@pytest.fixture
def manager(reading: Reading) -> PageClient:
    """A manager who is not a reader of the full case, which is restricted."""
    with reading.app.app_context():
        db.session.get_one(Case, reading.full.case_id).restricted = True
        db.session.commit()
    return reading.client(Role.MANAGER)


def entries(app: Flask) -> list[HistoryEntry]:
    with app.app_context():
        return db.session.query(HistoryEntry).filter_by(kind="restricted_case_opened").all()


def test_nothing_leads_to_it(reading: Reading, manager: PageClient) -> None:
    full = reading.full
    for path in ("/cases", "/cases?only=restricted", "/cases.csv", "/interventions", "/complaints", "/case-reviews"):
        assert full.case not in manager.get(path).text, path
    for words in (full.case, "bass", "O’Farrell", "OX/77 b"):
        found = manager.page(f"/search?q={words}")
        hits = [link.attributes["href"] for link in found.root.all("a") if full.case in link.attributes.get("href", "")]
        assert hits == []
    assert manager.get(f"/cases/{full.case}").status_code == 404


def test_a_reason_opens_it_and_is_kept(reading: Reading, manager: PageClient) -> None:
    full = reading.full
    answer = manager.submit(ADDRESS, {"reference": full.case.lower().replace("-", " "), "reason": REASON})
    assert (answer.status_code, answer.location) == (302, f"/cases/{full.case}")
    assert "Loud music" in manager.get(answer.location).text
    (entry,) = entries(reading.app)
    assert (entry.case_id, entry.reason, entry.actor_user_id) == (full.case_id, REASON, reading.users[Role.MANAGER])
    with reading.app.app_context():
        consultation = db.session.query(Consultation).order_by(Consultation.id.desc()).first()
        assert consultation is not None
        assert json.loads(consultation.shown) == {"case": [full.case_id]}
        another = make.make_user(Role.MANAGER).id
    assert client_of(reading.app, another).get(f"/cases/{full.case}").status_code == 404


@pytest.mark.parametrize(
    ("reference", "reason", "said"),
    [
        ("", REASON, "Enter the reference of the case"),
        ("full", "", "Say why you need to open it"),
        ("full", "   ", "Say why you need to open it"),
        ("ASB-2020-999999", REASON, "There is no restricted case with this reference"),
        ("1' OR 1=1", REASON, "There is no restricted case with this reference"),
        ("open", REASON, "This case is not restricted"),
    ],
)
def test_what_it_takes(reading: Reading, manager: PageClient, reference: str, reason: str, said: str) -> None:
    with reading.app.app_context():
        other = make.make_case().reference
    typed = {"full": reading.full.case, "open": other}.get(reference, reference)
    answer = manager.submit(ADDRESS, {"reference": typed, "reason": reason})
    assert answer.status_code == 422
    assert said in answer.text
    assert entries(reading.app) == []


def test_only_a_manager_is_asked(reading: Reading, manager: PageClient) -> None:
    assert 'href="/cases/restricted"' in manager.get("/cases").text
    assert 'href="/cases/restricted"' in manager.get("/search?q=nothing+such").text
    for role in set(Role) - {Role.MANAGER}:
        client = reading.client(role)
        assert client.get(ADDRESS).status_code == 403
        assert 'href="/cases/restricted"' not in client.get("/cases").text
