"""The answer to requests for information: every question answered, nothing small told, and each file on record."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.adapters.spreadsheets import read_table
from asb_cases.domain.history import HistoryOperation
from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.history import Consultation
from asb_cases.reports.information_request import QUESTIONS
from tests.factories import make_breach, make_case, make_intervention, make_person
from tests.factories.outcomes import make_payment
from tests.support.page_client import PageClient
from tests.support.signed_in import client_with_role

WITHIN = date(2015, 9, 1)
PACK = "/reports/information-requests"


@pytest.fixture
def manager(app: Flask) -> PageClient:
    with app.app_context():
        for number in range(12):
            kind = PersonKind.BODY if number < 2 else PersonKind.INDIVIDUAL
            subject = make_person(kind=kind, born_on=date(1990 if number < 9 else 1960, 1, 1) if number > 1 else None)
            case = make_case(opened_on=WITHIN, categories=("noise",) if number < 7 else ("rowdy",))
            warned = make_intervention("CPW", case=case, subject=subject, issued_on=WITHIN)
            notice = make_intervention("CPN", case=case, subject=subject, follows=warned, issued_on=WITHIN)
            if number < 6:
                penalty = make_intervention(
                    "FPN", case=case, subject=subject, follows=notice, issued_on=WITHIN, amount_pence=10_000,
                    breach_id=make_breach(notice, from_on=WITHIN).id, status="paid" if number < 2 else "unpaid",
                )  # fmt: skip
                if number < 2:
                    make_payment(penalty, paid_on=WITHIN, amount_pence=10_000)
    return client_with_role(app, Role.MANAGER)


def test_every_question_is_answered_and_nothing_small_is_told(manager: PageClient) -> None:
    page = manager.page(f"{PACK}?period=2015-16")
    tables = {
        table.all("caption")[0].text: [[cell.text for cell in row.all("td") + row.all("th")] for row in table.all("tr")]
        for table in page.root.all("table")
    }
    told = {" ".join(cells): cells[0] for cells in tables["Answers"][1:]}
    said = {
        question: next(value for words, value in told.items() if question in words) for question, _what in QUESTIONS
    }
    assert said["Community protection warnings given"] == "12"
    assert said["Fixed penalty notices issued for breach of a notice"] == "6"
    assert said["Their amounts together"] == "£600.00"
    assert (said["Fixed penalties paid"], said["Money received for them"]) == ("hidden", "hidden")
    assert said["Convictions"] == "0"
    by_age = {cells[1]: cells[0] for cells in tables["Recipients of CPNs, by age band"][1:]}
    assert set(by_age.values()) == {"hidden"}, "two bodies and three older people: the rest would give them back"
    assert {cells[0] for cells in tables["Community protection notices (CPNs) issued, by category"][1:]} == {"7", "5"}


def test_the_file_says_the_same_and_is_on_record_as_a_disclosure(
    manager: PageClient, app: Flask, tmp_path: Path
) -> None:
    for ending in ("xlsx", "ods"):
        response = manager.get(f"{PACK}/pack.{ending}?from=2015-04-01&to=2016-03-31")
        (tmp_path / f"pack.{ending}").write_bytes(response.get_data())
        lines = [line.cells[0] for line in read_table(tmp_path / f"pack.{ending}")]
        assert lines[0] == "How these numbers were made"
        assert lines[1] == "Period: 1 April 2015 to 31 March 2016, both days included."
    with app.app_context():
        operations = list(db.session.scalars(select(Consultation.operation)))
    assert operations.count(HistoryOperation.DISCLOSURE) == 2


@pytest.mark.engines("sqlite")
def test_only_those_who_see_all_figures_answer(app: Flask) -> None:
    for role, status in ((Role.OFFICER, 403), (Role.LEGAL, 403), (Role.ANALYST, 200)):
        assert client_with_role(app, role).get(PACK).status_code == status, role
    assert client_with_role(app, Role.ANALYST).get(f"{PACK}?period=soon").status_code == 422
