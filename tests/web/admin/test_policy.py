"""What the council decides, on the pages: values from a day, bank holidays, since when records are complete."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.legal_values import shipped
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry
from asb_cases.models.policy import RecordCoverage
from asb_cases.queries.policy import policy_in_force
from tests.support.page_client import PageClient

pytestmark = pytest.mark.engines("sqlite")


def on(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


@pytest.fixture
def administrator(client_as: Callable[..., PageClient]) -> PageClient:
    return client_as(Role.ADMINISTRATOR)


def add(client: PageClient, code: str, value: str, day: date) -> int:
    fields = {"value": value, "source": "Cabinet, minute 14", **on("from_on", day)}
    return client.submit(f"/admin/policy/{code}", fields).status_code


def kinds(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(HistoryEntry.kind).order_by(HistoryEntry.id)))


def test_every_value_has_a_page_and_is_asked_in_its_unit(administrator: PageClient) -> None:
    listed = administrator.get("/admin/policy").text
    for code, entry in shipped().items():
        assert f'href="/admin/policy/{code}"' in listed
        page = administrator.page(f"/admin/policy/{code}")
        asked = {field.attributes.get("name") for field in page.root.all("input", "textarea")} >= {"value", "source"}
        assert asked is (entry.unit != "in_force"), code
    standards = administrator.get("/admin/service-standards").text
    assert "/admin/policy/response_priority_1_hours" in standards
    assert "/admin/policy/fpn_amount" not in standards


def test_a_value_applies_from_its_day_and_is_corrected_by_another(app: Flask, administrator: PageClient) -> None:
    day = date(2026, 4, 1)
    for code, first, second in (
        ("fpn_amount", "80", "75.50"),
        ("response_priority_1_hours", "12", "8"),
        ("close_of_business", "16:30", "16:00"),
        ("cpn_four_eyes", "off", "always"),
        ("letter_contact", "Ring us", "Write to us"),
    ):
        assert (add(administrator, code, first, day), add(administrator, code, second, day)) == (302, 302)
    with app.app_context():
        values = policy_in_force().values
    assert [values.on(code, day).value for code in ("fpn_amount", "response_priority_1_hours")] == [7550, 8]
    assert values.text("close_of_business", date(2026, 3, 31)) == "17:00"
    assert (values.text("cpn_four_eyes", day), values.text("letter_contact", day)) == ("always", "Write to us")
    page = administrator.get("/admin/policy/fpn_amount").text
    assert "Corrected" in page
    assert "£75.50" in page
    assert kinds(app) == ["policy_value_added"] * 10


@pytest.mark.parametrize(
    ("code", "value", "told"),
    [
        ("fpn_amount", "150", "s.52(7)"),
        ("fpn_amount", "", "Enter the value"),
        ("fpn_reduced_offer_days", "14", "s.52(8)"),
        ("response_priority_2_target_days", "9", "would be above 4 working days"),
        ("cpn_four_eyes", "sometimes", "Choose one of the options shown"),
        ("close_of_business", "5pm", "write it as 17:00"),
    ],
)
def test_what_may_not_be_is_said_with_its_section(
    app: Flask, administrator: PageClient, code: str, value: str, told: str
) -> None:
    fields = {"value": value, "source": "Cabinet", **on("from_on", date(2026, 4, 1))}
    answer = administrator.submit(f"/admin/policy/{code}", fields)
    assert (answer.status_code, told in answer.text, "Cabinet" in answer.text) == (422, True, True)
    assert kinds(app) == []


def test_a_bank_holiday_is_added_taken_away_and_put_back(app: Flask, administrator: PageClient) -> None:
    day = date(2026, 6, 19)
    administrator.submit("/admin/bank-holidays", {"title": "Proclaimed", **on("day", day)})
    form = administrator.hidden("/admin/bank-holidays")
    seen = []
    for step in ("remove", "put-back", "put-back"):
        with app.app_context():
            seen.append(day in policy_in_force().holidays)
        last = administrator.post(f"/admin/bank-holidays/{day}/{step}", data={"csrf_token": form["csrf_token"]})
    assert seen == [True, False, True]
    assert last.status_code == 422
    assert "Proclaimed" in administrator.get("/admin/bank-holidays?year=2026").text
    again = administrator.submit("/admin/bank-holidays", {"title": "Twice", **on("day", day)})
    assert "is a bank holiday already" in again.text
    assert administrator.get("/admin/bank-holidays?year=1066").status_code == 200


def test_records_are_complete_from_a_day_and_two_may_say_so(app: Flask, administrator: PageClient) -> None:
    path, note = "/admin/records-complete-from/cpw_issued", "Kept on paper before"
    first = {"note": note, **on("complete_from", date(2015, 4, 1))}
    assert administrator.submit(path, first).status_code == 302
    assert note in administrator.get("/admin/records-complete-from").text
    stale = administrator.hidden(path)
    assert administrator.submit(path, {**first, "note": "Lost in a flood"}).status_code == 302
    late = administrator.post(path, data={**stale, **first, "note": "My words"})
    assert (late.status_code, "Lost in a flood" in late.text, "My words" in late.text) == (409, True, True)
    with app.app_context():
        assert db.session.get_one(RecordCoverage, "cpw_issued").note == "Lost in a flood"
