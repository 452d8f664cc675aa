"""`/reports/caseload`: its figures are those on screen at the same moment, and it is sent to oneself alone."""

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.periods import month
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.email import Email
from asb_cases.queries.policy import policy_in_force
from asb_cases.queries.users import load_user
from asb_cases.reports.caseload import caseload_of
from asb_cases.reports.work_numbers import Number
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.page_markup import Page
from tests.web.home.conftest import HIDDEN, NOW, Desk, ago, others, own_cases
from tests.web.home.test_my_work import listed, numbers

FEBRUARY = "/reports/caseload?month=2026-02"


@pytest.fixture
def desk(app: Flask) -> Desk:
    with app.app_context():
        team = make.make_team()
        officer, manager = make.make_user(team=team, name="Pat Quinn"), make.make_user(Role.MANAGER, team=team)
        own_cases(team, officer, manager)
        others(team, officer)
        reached = make.make_case(team=team, owner=officer, title="Reached", opened_on=ago(60))
        make.make_contact(reached, at=NOW.replace(month=2, day=20))
        missed = make.make_case(team=team, owner=officer, title="Missed", opened_on=ago(60))
        make.make_contact(missed, at=NOW.replace(month=2, day=20), reached=False)
        db.session.commit()
        return Desk(app, officer.id, manager.id, 0)


def shown(page: Page) -> dict[str, tuple[int, str]]:
    """Each number of the preview by the words of its row and its address."""
    found = {}
    for row in (row for table in page.root.all("table") if table.inside("main") for row in table.all("tr")):
        heads, links = row.all("th"), row.all("a")
        if len(heads) == 1 and len(links) == 1 and links[0].attributes["href"].count("/reports/figures") == 0:
            words = heads[0].text
            found[f"{words}|{links[0].attributes['href']}"] = (
                int(links[0].text.split()[0]),
                links[0].attributes["href"],
            )
    return found


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER])
def test_every_number_opens_exactly_what_it_counts(desk: Desk, role: Role) -> None:
    client = desk.client(role)
    page = client.page(FEBRUARY)
    found = shown(page)
    assert len(found) >= 10
    assert {key: listed(client.page(address)) for key, (_, address) in found.items()} == {
        key: number for key, (number, _) in found.items()
    }
    assert HIDDEN not in page.root.text
    quiet = {number for key, (number, _) in found.items() if key.startswith("No contact in 10 working days")}
    assert quiet == ({3} if role is Role.OFFICER else {0, 4})


@time_machine.travel(NOW, tick=False)
def test_it_says_what_the_first_page_says_at_the_same_moment(desk: Desk) -> None:
    client = desk.client(Role.MANAGER)
    first = {address: number for number, address in numbers(client.page("/")).values()}
    mail = {address: number for number, address in shown(client.page(FEBRUARY)).values()}
    both = first.keys() & mail.keys()
    assert len(both) >= 11
    assert {address: first[address] for address in both} == {address: mail[address] for address in both}


@time_machine.travel(NOW, tick=False)
def test_the_text_says_the_same_numbers(desk: Desk) -> None:
    client = desk.client(Role.MANAGER)
    client.post("/reports/caseload", data=token(client) | {"month": "2026-02"})
    with desk.app.app_context():
        email = db.session.scalars(select(Email)).one()
        row = load_user(desk.manager)
        found = caseload_of(make.actor_of(row), month(2026, 2), now=NOW, policy=policy_in_force())
    assert found.service is not None
    everything: list[Number] = [*found.service.numbers, *found.service.ages]
    assert all(f"- {each.words}: {each.said}" in email.text for each in everything)
    assert all(f"{each.href}".replace("&", "&amp;") in (email.html or "") for each in everything)
    assert [officer.open.number for officer in found.service.officers] == [6]
    assert "Pat Quinn: 6, 2, 3" in email.text


@time_machine.travel(NOW, tick=False)
def test_one_sends_it_to_oneself_once_for_each_time_of_asking(desk: Desk) -> None:
    client = desk.client()
    sent = token(client) | {"month": "2026-02"}
    for _ in range(2):
        client.post("/reports/caseload", data=sent)
    client.post("/reports/caseload", data=token(client) | {"month": "2026-02"})
    assert client.post("/reports/caseload", data=token(client) | {"month": "2026-13"}).status_code == 400
    assert client.post("/reports/caseload", data=token(client) | {"month": "2027-01"}).status_code == 400
    with desk.app.app_context():
        emails = db.session.scalars(select(Email)).all()
        assert [(each.user_id, each.subject) for each in emails] == [
            (desk.officer, "ASB cases: caseload for February 2026")
        ] * 2


def token(client: PageClient) -> dict[str, str]:
    """The hidden fields of the form, as a browser sends them."""
    page = client.page("/reports/caseload")
    fields = [field for form in page.root.all("form") for field in form.all("input")]
    names = ("csrf_token", "form_key")
    return {
        name: next(
            field.attributes["value"] for field in fields if field.attributes.get("name") == name and _own(field)
        )
        for name in names
    }


def _own(field: object) -> bool:
    form = field.inside("form")  # type: ignore[attr-defined]
    return form is not None and form.attributes.get("action") == "/reports/caseload"
