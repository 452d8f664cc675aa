"""Who looked at a case, for those who answer for it."""

from collections.abc import Callable

import pytest
from flask import Flask

from asb_cases.domain.history import HistoryOperation
from asb_cases.domain.permissions import Role
from asb_cases.queries.paging import PAGE_SIZE
from asb_cases.services.consultations import viewed
from asb_cases.web.page_names import GROUPS, PAGES, page_name
from tests.factories import NOW, actor_of, make_case, make_user
from tests.support.page_client import PageClient

ClientAs = Callable[..., PageClient]


@pytest.fixture
def reference(app: Flask) -> str:
    """A case that Ann looked at with a reason, and of which Bob took a file."""
    with app.app_context():
        case, other = make_case(), make_case()
        ann, bob = (actor_of(make_user(name=name)) for name in ("Ann Lee", "Bob Hill"))
        given = {"now": NOW, "shown": {"case": [case.id]}, "case_id": case.id}
        viewed(actor=ann, endpoint="cases.show_case", reason="Asked by the court", **given)
        viewed(actor=bob, endpoint="cases.download", operation=HistoryOperation.DISCLOSURE, **given)
        viewed(actor=bob, now=NOW, endpoint="cases.other_page", shown={"case": [other.id]}, case_id=other.id)
        return case.reference


def test_who_when_what_and_why(client_as: ClientAs, reference: str) -> None:
    page = client_as(Role.MANAGER).page(f"/cases/{reference}/views")
    rows = [[cell.text for cell in row.all("th", "td")] for row in page.root.all("tbody")[0].all("tr")]
    assert rows == [
        ["2 March 2026 at 10am", "Bob Hill", "Officer", "The case File", ""],
        ["2 March 2026 at 10am", "Ann Lee", "Officer", "The case", "Asked by the court"],
    ]


def test_looking_at_it_is_on_record_too(client_as: ClientAs, reference: str) -> None:
    client = client_as(Role.MANAGER)
    client.get(f"/cases/{reference}/views")
    assert "Who looked at it" in client.get(f"/cases/{reference}/views").text


@pytest.mark.engines("sqlite")
def test_every_page_has_a_name_in_words(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if "." in rule.endpoint}
    groups = {endpoint.partition(".")[0] for endpoint in endpoints}
    never_of_a_case = {group for group in groups if group.startswith(("account", "admin", "risk_matrix"))}
    never_of_a_case |= {
        "health",
        "policy_values",
        "record_keeping",
        "reminder_plans",
        "reports",
        "saved_filters",
        "wordings",
    }
    assert groups - never_of_a_case == set(GROUPS)
    assert set(PAGES) <= endpoints
    assert page_name("gone_since.page") == "Gone since"


@pytest.mark.engines("sqlite")
def test_page_by_page(app: Flask, client_as: ClientAs) -> None:
    with app.app_context():
        case, ann = make_case(), actor_of(make_user())
        for _ in range(PAGE_SIZE + 1):
            viewed(actor=ann, now=NOW, endpoint="cases.show_case", shown={"case": [case.id]}, case_id=case.id)
        path = f"/cases/{case.reference}/views"
    client = client_as(Role.MANAGER)
    first = client.page(path)
    assert len(first.root.all("tbody")[0].all("tr")) == PAGE_SIZE
    later = next(link.attributes["href"] for link in first.root.all("a") if link.attributes.get("rel") == "next")
    assert len(client.page(later).root.all("tbody")[0].all("tr")) == 1


@pytest.mark.engines("sqlite")
def test_a_case_nobody_looked_at_and_one_that_is_not_there(app: Flask, client_as: ClientAs) -> None:
    with app.app_context():
        path = f"/cases/{make_case().reference}/views"
    client = client_as(Role.MANAGER)
    assert "Nobody has looked" in client.get(path).text
    assert client.get("/cases/ASB-2026-999999/views").status_code == 404


@pytest.mark.engines("sqlite")
def test_the_page_of_the_case_leads_there_for_those_who_may(app: Flask, client_as: ClientAs, reference: str) -> None:
    link = f'href="/cases/{reference}/views"'
    assert link in client_as(Role.MANAGER).get(f"/cases/{reference}").text
    assert link not in client_as(Role.OFFICER).get(f"/cases/{reference}").text
