"""Every reading page, empty and full, is a good page, and says what it should to each role."""

from datetime import timedelta

import pytest
from flask import Flask

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.complaint import Complaint
from asb_cases.models.intervention import Intervention
from tests.support.reading_world import make_deadline
from tests.support.signed_in import client_with_role
from tests.web.reading.conftest import Reading

LISTS = (
    "/cases",
    "/people",
    "/interventions",
    "/interventions?stage=preparation",
    "/complaints",
    "/case-reviews",
    "/search",
)
LARGEST = 60_000


def addresses(reading: Reading) -> list[str]:
    full = reading.full
    return [
        *LISTS,
        f"/cases/{full.case}",
        f"/people/{full.subject_id}",
        f"/people/{full.complainant_id}",
        f"/interventions/{full.warning}",
        f"/interventions/{full.notice}",
        f"/interventions/{full.penalty}",
        f"/interventions/{full.prosecution}",
        f"/complaints/{full.complaint}",
        f"/case-reviews/{full.case_review}",
        "/search?q=bass",
    ]


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_says_so(app: Flask, path: str) -> None:
    page = client_with_role(app, Role.MANAGER).get(path)
    assert page.status_code == 200
    assert 'class="asb-empty"' in page.text or path == "/search"


def test_only_what_the_council_owes_is_overdue_and_each_clock_says_whose_it_is(reading: Reading) -> None:
    full = reading.full
    with reading.app.app_context():
        case = db.session.get_one(Case, full.case_id)
        notice = db.session.query(Intervention).filter_by(reference=full.notice).one()
        complaint = db.session.query(Complaint).filter_by(reference=full.complaint).one()
        yesterday = today() - timedelta(days=1)
        for rule in ("cpw_life", "prosecution_limit"):
            make_deadline(case, today(), rule=rule, intervention_id=notice.id, last_day=yesterday)
        make_deadline(case, today(), rule="acknowledge", complaint_id=complaint.id, last_day=yesterday)
        db.session.commit()
    clocks = reading.client().page(f"/cases/{full.case}").root.all("li")
    told = [" ".join(item.text.split()) for item in clocks if "asb-clocks__item" in item.attributes.get("class", "")]
    day = yesterday.strftime("%-d %B %Y")
    for (title, whose, said), text in zip(
        (
            ("Decide whether the case review threshold is met", full.case_review, f"Overdue last day {day}"),
            ("Acknowledge a report", full.complaint, f"Overdue last day {day}"),
            ("Appeal against a community protection notice", full.notice, "Tomorrow"),
            ("Lay an information for the offence", full.notice, f"Expired last day {day}"),
            ("Life of a community protection warning", full.notice, f"Passed last day {day}"),
        ),
        told,
        strict=True,
    ):
        assert text.startswith(f"{title} {whose}")
        assert said in text
    steps = reading.client().page(f"/interventions/{full.notice}").root.text
    assert "Expired" in steps
    assert "Overdue" not in steps


def test_every_page_is_well_made_and_light(reading: Reading) -> None:
    client = reading.client()
    for path in addresses(reading):
        page = client.get(path)
        assert page.status_code == 200, path
        assert len(page.data) < LARGEST, path
