"""Every list as a file: the same rows as the list with its filters, safe in a spreadsheet, on record as a disclosure."""

import csv
import io
import json

import pytest

from asb_cases.domain.history import HistoryOperation
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.complaint import Complaint
from asb_cases.models.history import Consultation
from tests import factories as make
from tests.support.query_counter import counted_queries
from tests.support.reading_world import COMPLAINANT, PLACE, SUBJECT, WORDS
from tests.web.reading.conftest import Reading


def rows_of(reading: Reading, address: str, role: Role = Role.MANAGER) -> list[dict[str, str]]:
    answer = reading.client(role).get(address, buffered=True)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


def test_a_file_holds_what_its_list_holds(reading: Reading) -> None:
    full = reading.full
    [complaint] = rows_of(reading, "/complaints.csv")
    assert (complaint["reference"], complaint["description"], complaint["complainant"]) == (
        full.complaint, WORDS, COMPLAINANT,
    )  # fmt: skip
    assert {row["reference"] for row in rows_of(reading, "/interventions.csv")} == {
        full.warning, full.notice, full.penalty,
    }  # fmt: skip
    [prepared] = rows_of(reading, "/interventions.csv?stage=preparation")
    assert (prepared["reference"], prepared["status"]) == (full.prosecution, "legal_review")
    [notice] = rows_of(reading, "/interventions.csv?power=CPN")
    assert (notice["reference"], notice["against"], notice["case"]) == (full.notice, SUBJECT, full.case)
    [review] = rows_of(reading, "/case-reviews.csv")
    assert (review["reference"], review["applicant"]) == (full.case_review, COMPLAINANT)
    people = {row["name"]: row for row in rows_of(reading, "/people.csv")}
    assert (people[SUBJECT]["born_on"], people[SUBJECT]["address"]) == ("1990-02-28", PLACE)
    assert "email" not in people[COMPLAINANT]


@pytest.mark.parametrize(
    "address",
    ["/complaints.csv?triage=not_asb", "/interventions.csv?power=CPW&status=withdrawn", "/case-reviews.csv?stage=held",
     "/people.csv?kind=body"],
)  # fmt: skip
def test_filters_narrow_a_file(reading: Reading, address: str) -> None:
    assert rows_of(reading, address) == []


def test_an_analyst_takes_no_names_away(reading: Reading) -> None:
    for address in ("/interventions.csv", "/case-reviews.csv"):
        text = reading.client(Role.ANALYST).get(address, buffered=True).get_data(as_text=True)
        assert len(text.splitlines()) > 1
        assert not [name for name in (SUBJECT, COMPLAINANT, WORDS) if name in text]


def test_a_long_text_is_whole_in_a_file(reading: Reading) -> None:
    with reading.app.app_context():
        row = db.session.query(Complaint).filter_by(reference=reading.full.complaint).one()
        row.description = "=" + "word " * 100
        db.session.commit()
    [complaint] = rows_of(reading, "/complaints.csv")
    assert complaint["description"] == "'=" + "word " * 100


def test_taking_a_file_is_a_disclosure_of_its_rows(reading: Reading) -> None:
    for address, kind, count in (
        ("/complaints.csv", "complaint", 1), ("/people.csv", "person", 2), ("/interventions.csv", "intervention", 3),
        ("/case-reviews.csv", "case_review", 1),
    ):  # fmt: skip
        rows_of(reading, address)
        with reading.app.app_context():
            last = db.session.query(Consultation).order_by(Consultation.id.desc()).first()
            assert last.operation is HistoryOperation.DISCLOSURE
            assert len(json.loads(last.shown)[kind]) == count


def test_a_long_list_is_read_in_batches(reading: Reading) -> None:
    with reading.app.app_context():
        for _ in range(501):
            make.make_complaint()
    with counted_queries(reading.app) as statements:
        rows = rows_of(reading, "/complaints.csv")
    assert len(rows) == 502
    assert len({row["reference"] for row in rows}) == 502
    assert len(statements) <= 8  # one of them looks how many lists the account has saved lately
