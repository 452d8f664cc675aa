"""Every reading page, empty and full, is a good page, and says what it should to each role."""

import pytest
from flask import Flask

from asb_cases.domain.permissions import Role
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


def test_every_page_is_well_made_and_light(reading: Reading) -> None:
    client = reading.client()
    for path in addresses(reading):
        page = client.get(path)
        assert page.status_code == 200, path
        assert len(page.data) < LARGEST, path
