"""Recording people and bodies, changing what is recorded, and who an occupier turned out to be."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry
from asb_cases.models.person import Person
from asb_cases.services.search_index import index
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.signed_in import client_of

ANN = {"kind": "individual", "name": "Ann Example", "phone": "01865 249811"}


@pytest.fixture
def officer(app: Flask) -> PageClient:
    with app.app_context():
        user_id = make.make_user(Role.OFFICER, team=make.make_team("North")).id
    return client_of(app, user_id)


def person_of(app: Flask, name: str) -> Person:
    with app.app_context():
        return db.session.scalars(select(Person).where(Person.name == name).order_by(Person.id.desc())).first()


def recorded(app: Flask, name: str, **given: object) -> int:
    with app.app_context():
        person = make.make_person(name, **given)
        index("person", person.id, None, person.name, person.phone)
        db.session.commit()
        return person.id


def on(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def count(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Person.id)).all())


def test_somebody_new_in_one_step(app: Flask, officer: PageClient) -> None:
    answer = officer.submit(
        "/people/new",
        ANN | {"address": "1 High Street OX1 1AA", "company_number": "123"} | on("born_on", date(1990, 2, 28)),
    )
    person = person_of(app, "Ann Example")
    assert (answer.status_code, answer.location) == (302, f"/people/{person.id}")
    assert (person.born_on, person.company_number, person.phone) == (date(1990, 2, 28), None, "01865 249811")
    assert "1 High Street OX1 1AA" in officer.get(answer.location).text


def test_somebody_known_is_offered_first_and_nothing_typed_is_lost(app: Flask, officer: PageClient) -> None:
    known = recorded(app, "Ann Example", phone="(01865) 249811")
    asked = officer.submit("/people/new", ANN | {"address": "Typed Street 7"})
    assert (asked.status_code, count(app)) == (200, 1)
    for text in ("Is it one of these?", "Same name, same telephone number.", "Typed Street 7", f'value="{known}"'):
        assert text in asked.text

    again = officer.post("/people/new", data=hidden(asked.text) | ANN)
    assert (again.status_code, count(app)) == (422, 1)
    assert "Say whether it is one of these" in again.text

    chosen = officer.post("/people/new", data=hidden(asked.text) | ANN | {"who": str(known)})
    assert (chosen.status_code, chosen.location, count(app)) == (302, f"/people/{known}", 1)

    new = officer.post("/people/new", data=hidden(asked.text) | ANN | {"who": "new"})
    assert (new.status_code, count(app)) == (302, 2)


def hidden(page: str) -> dict[str, str]:
    from tests.support.page_markup import Page

    return {
        field.attributes["name"]: field.attributes.get("value", "")
        for form in Page(page).root.all("form")
        if form.attributes.get("method", "").lower() == "post"
        for field in form.all("input")
        if field.attributes.get("type") == "hidden"
    }


def test_nobody_is_offered_whom_the_officer_does_not_see(app: Flask, officer: PageClient) -> None:
    hidden_person = recorded(app, "Ann Xqzhidden")
    with app.app_context():
        case = make.make_case(team=make.make_team("South"))
        make.make_participant(case, db.session.get_one(Person, hidden_person))
    answer = officer.submit("/people/new", ANN | {"name": "Ann Xqzhidden"})
    assert (answer.status_code, count(app)) == (302, 2)
    # Whoever names an id that was not offered gets nowhere.
    wrong = officer.submit("/people/new", ANN | {"name": "Somebody Else", "who": str(hidden_person)})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": ""}, "Enter their name"),
        ({"email": "not an address"}, "Enter an email address in the correct format"),
        (on("born_on", date(2099, 1, 1)), "Date of birth must be today or in the past"),
        ({"kind": "ghost"}, "Choose one of the options shown"),
    ],
)
@pytest.mark.engines("sqlite")
def test_answers_that_cannot_be_used(app: Flask, officer: PageClient, typed: dict[str, str], message: str) -> None:
    answer = officer.submit("/people/new", ANN | typed)
    assert (answer.status_code, count(app)) == (422, 0)
    assert message in answer.text
    assert "01865 249811" in answer.text


def test_details_are_changed_and_the_later_editor_is_told(app: Flask, officer: PageClient) -> None:
    person = recorded(app, "Ann Example")
    path = f"/people/{person}/edit"
    fields = hidden(officer.get(path).text)
    assert officer.post(path, data=fields | ANN | {"name": "Ann Sample"}).location == f"/people/{person}"
    later = officer.post(path, data=hidden(officer.get(path).text) | {"version": "1"} | ANN)
    assert later.status_code == 409
    assert "Ann Sample" in later.text
    with app.app_context():
        (entry,) = db.session.scalars(select(HistoryEntry)).all()
    assert (entry.kind, entry.details) == ("person_changed", '{"fields":["name","phone"]}')


def test_addresses_are_added_and_left(app: Flask, officer: PageClient) -> None:
    person = recorded(app, "Ann Example")
    path = f"/people/{person}/addresses/new"
    assert officer.submit(path, {"address": "1 High Street"} | on("from_on", date(2020, 1, 1))).status_code == 302
    page = officer.get(f"/people/{person}").text
    end = page.split('/end">They left')[0].rsplit('href="', 1)[1] + "/end"
    early = officer.submit(end, on("to_on", date(2019, 1, 1)))
    assert early.status_code == 422
    assert officer.submit(end, on("to_on", date(2024, 5, 31))).status_code == 302
    page = officer.get(f"/people/{person}").text
    assert "From 1 January 2020 to 31 May 2024" in page
    assert "They left" not in page


def test_an_address_of_somebody_else_is_not_found(app: Flask, officer: PageClient) -> None:
    person = recorded(app, "Ann Example")
    with app.app_context():
        make.make_person("Bob Example", address=make.make_address())
    assert officer.get(f"/people/{person}/addresses/1/end").status_code == 404


def test_who_the_occupier_turned_out_to_be_and_back(app: Flask, officer: PageClient) -> None:
    occupier = recorded(app, "The occupier of 4 Rose Lane", kind=PersonKind.OCCUPIER)
    ann = recorded(app, "Ann Example")
    path = f"/people/{occupier}/identify"
    nobody = officer.submit(path, {"find": "Zzz"})
    assert (nobody.status_code, "Nobody in the register has all these words" in nobody.text) == (422, True)
    found = officer.submit(path, {"find": "exam"})
    assert (found.status_code, f'value="{ann}"' in found.text) == (200, True)
    answers = hidden(found.text) | {"find": "exam", "who": str(ann)}
    refused = officer.post(path, data=answers)
    assert refused.status_code == 422
    done = officer.post(path, data=answers | {"identified_because": "Signed for the keys"})
    assert done.location == f"/people/{occupier}"
    assert "This turned out to be" in officer.get(f"/people/{occupier}").text
    assert "Also recorded as" in officer.get(f"/people/{ann}").text

    undo = f"/people/{occupier}/undo-identification"
    assert officer.get(undo).status_code == 403
    with app.app_context():
        manager = client_of(app, make.make_user(Role.MANAGER).id)
    assert manager.submit(undo, {"reason": "It was her sister"}).status_code == 302
    assert "This turned out to be" not in officer.get(f"/people/{occupier}").text


def test_perhaps_recorded_twice(app: Flask, officer: PageClient) -> None:
    ann = recorded(app, "Ann Example", phone="01865 249811")
    other = recorded(app, "Anne Example", phone="+44 1865 249811")
    recorded(app, "Nobody Else")
    page = officer.get(f"/people/{ann}").text
    assert "Perhaps recorded twice" in page
    assert f'href="/people/{other}"' in page
    assert "Similar name, same telephone number." in page
    assert "Nobody Else" not in page
