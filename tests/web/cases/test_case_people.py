"""Who plays which part in a case: known or new, and no longer."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.adapters.time import today
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Participant
from asb_cases.models.history import HistoryEntry
from asb_cases.models.person import Person
from asb_cases.services.search_index import index
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.page_markup import Page
from tests.support.signed_in import client_of

NEW = {"kind": "individual", "name": "Ann Example", "part": "victim", "phone": "01865 249811"}


@pytest.fixture
def case(app: Flask) -> tuple[str, int]:
    """A case, and an officer of its team."""
    with app.app_context():
        team = make.make_team("North")
        return make.make_case(team=team).reference, make.make_user(Role.OFFICER, team=team).id


def parts(app: Flask) -> list[tuple[str, Part, bool]]:
    with app.app_context():
        rows = db.session.execute(
            select(Person.name, Participant.part, Participant.to_on)
            .join(Participant, Participant.person_id == Person.id)
            .order_by(Participant.id)
        )
        return [(row.name, row.part, row.to_on is not None) for row in rows]


def asked_again(client: PageClient, path: str, answers: dict[str, str], **more: str) -> dict[str, str]:
    """What a person sends who was asked whether it is one of those shown."""
    page = Page(client.submit(path, answers).text)
    (form,) = [form for form in page.root.all("form") if form.attributes.get("method", "").lower() == "post"][-1:]
    hidden = {
        field.attributes["name"]: field.attributes["value"]
        for field in form.all("input")
        if field.attributes.get("type") == "hidden"
    }
    return hidden | answers | more


def test_somebody_new_is_recorded_with_the_part_in_one_act(app: Flask, case: tuple[str, int]) -> None:
    reference, user_id = case
    client = client_of(app, user_id)
    answer = client.submit(f"/cases/{reference}/people/new", NEW)
    assert (answer.status_code, answer.location) == (302, f"/cases/{reference}")
    assert parts(app) == [("Ann Example", Part.VICTIM, False)]
    assert "Ann Example" in client.get(f"/cases/{reference}").text
    with app.app_context():
        (entry,) = db.session.scalars(select(HistoryEntry)).all()
        assert (entry.kind, entry.case_id is not None) == ("participant_added", True)
        assert "Ann" not in entry.details


def test_somebody_known_is_offered_and_chosen(app: Flask, case: tuple[str, int]) -> None:
    reference, user_id = case
    with app.app_context():
        known = make.make_person("Anne Example", phone="01865249811")
        index("person", known.id, None, known.name)
        db.session.commit()
        known_id = known.id
    client, path = client_of(app, user_id), f"/cases/{reference}/people/new"
    answers = asked_again(client, path, NEW, who=str(known_id))
    assert parts(app) == []
    assert client.post(path, data=answers).status_code == 302
    assert parts(app) == [("Anne Example", Part.VICTIM, False)]
    again = client.post(path, data=asked_again(client, path, NEW, who=str(known_id)))
    assert (again.status_code, "They already play this part in the case" in again.text) == (422, True)


def test_a_part_ends_and_is_still_told(app: Flask, case: tuple[str, int]) -> None:
    reference, user_id = case
    client = client_of(app, user_id)
    client.submit(f"/cases/{reference}/people/new", NEW)
    page = client.get(f"/cases/{reference}").text
    end = page.split('/end">End this part')[0].rsplit('href="', 1)[1] + "/end"
    tomorrow = today() + timedelta(days=1)
    day = {"to_on-day": str(tomorrow.day), "to_on-month": str(tomorrow.month), "to_on-year": str(tomorrow.year)}
    assert client.submit(end, day).status_code == 422
    day = {"to_on-day": str(today().day), "to_on-month": str(today().month), "to_on-year": str(today().year)}
    assert client.submit(end, day).status_code == 302
    assert parts(app) == [("Ann Example", Part.VICTIM, True)]
    page = client.get(f"/cases/{reference}").text
    assert "Victim, until" in page
    assert "End this part" not in page


def test_a_part_of_another_case_is_not_found(app: Flask, case: tuple[str, int]) -> None:
    reference, user_id = case
    with app.app_context():
        other = make.make_participant(make.make_case(), make.make_person()).id
    assert client_of(app, user_id).get(f"/cases/{reference}/people/{other}/end").status_code == 404


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("role", [Role.PARTNER, Role.LEGAL, Role.DUTY_OFFICER])
def test_nobody_else_is_shown_the_way(app: Flask, case: tuple[str, int], role: Role) -> None:
    reference, _user_id = case
    with app.app_context():
        user_id = make.make_user(role).id
    client = client_of(app, user_id)
    assert client.get(f"/cases/{reference}/people/new").status_code == 403
    assert "people/new" not in client.get(f"/cases/{reference}").text
