"""Two records of one person on the pages: side by side, one, and two again."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.complaint import Complaint, ComplaintSubject
from asb_cases.models.person import Person
from asb_cases.models.person_merge import PersonMerge
from asb_cases.services.search_index import index
from tests import factories as make
from tests.support.access_world import World, make_world
from tests.support.page_client import PageClient
from tests.support.signed_in import client_of
from tests.web.test_access_matrix import TABLE, filled

CANARY = "Quixwold Merganser"


@pytest.fixture
def world(app: Flask) -> World:
    return make_world(app)


@pytest.fixture
def twice(app: Flask, world: World) -> tuple[int, int]:
    """The person of the world on two records, who plays the same part, is who the same complaint is about, and made others."""
    with app.app_context():
        kept = db.session.get_one(Person, int(world.seen["person"]))
        case = db.session.scalars(select(Case).where(Case.reference == world.seen["case"])).one()
        complaint = db.session.scalars(select(Complaint).where(Complaint.reference == world.seen["complaint"])).one()
        other = make.make_person(CANARY, address=make.make_address("9 Twice Lane"), phone="01865 249811")
        for part in (Part.SUBJECT, Part.VICTIM):
            make.make_participant(case, other, part)
        for person in (kept, other):
            make.keep(ComplaintSubject(complaint_id=complaint.id, person_id=person.id))
        make.make_complaint(case=case, complainant=other)
        make.make_contact(case, person_id=other.id)
        make.make_case_review(case=case, applicant_id=other.id)
        make.make_intervention("CPW", case=case, subject=other)
        index("person", other.id, None, other.name, "9 Twice Lane")
        db.session.commit()
        return kept.id, other.id


def officer_of(app: Flask, world: World) -> PageClient:
    return client_of(app, world.users[Role.OFFICER])


def merged(app: Flask, world: World, kept: int, other: int) -> None:
    answers = {"kept": str(kept), "reason": "Same date of birth on both tenancies", "cautions_reason": "Seen"}
    answer = officer_of(app, world).submit(f"/people/{kept}/merge/{other}", answers)
    assert (answer.status_code, answer.location) == (302, f"/people/{kept}")


def pages(world: World) -> Iterator[tuple[str, Role]]:
    """Every page, and who opens it."""
    for line, row in TABLE.items():
        if line.startswith("GET "):
            reader = next((role for role in (Role.MANAGER, Role.OFFICER) if row[role] == 200), None)
            if reader is not None:
                yield filled(line.removeprefix("GET "), world.seen), reader


def test_side_by_side_and_then_one(app: Flask, world: World, twice: tuple[int, int]) -> None:
    kept, other = twice
    officer = officer_of(app, world)
    page = officer.get(f"/people/{kept}/merge/{other}").text
    for text in (CANARY, "Plain person", "9 Twice Lane", "01865 249811", "victim"):
        assert text in page
    asked = officer.submit(f"/people/{kept}/merge/{other}", {"kept": str(kept)})
    assert (asked.status_code, "Say why they are one person" in asked.text) == (422, True)
    sides = officer.submit(f"/people/{kept}/merge/{other}", {"kept": str(kept), "reason": "Same woman"})
    assert (sides.status_code, "They stand on opposite sides of" in sides.text) == (422, True)
    merged(app, world, kept, other)
    page = officer.get(f"/people/{kept}").text
    assert "Same date of birth on both tenancies" in page
    assert "9 Twice Lane" in page


def test_its_address_leads_to_the_record_that_was_kept(app: Flask, world: World, twice: tuple[int, int]) -> None:
    kept, other = twice
    merged(app, world, kept, other)
    answer = officer_of(app, world).get(f"/people/{other}")
    assert (answer.status_code, answer.location) == (302, f"/people/{kept}")
    page = officer_of(app, world).get(f"/people/{other}", follow_redirects=True).text
    assert "The record you asked for was merged into this one" in page
    for role in (Role.PARTNER, Role.ANALYST):
        assert client_of(app, world.users[role]).get(f"/people/{other}").status_code == 403
    assert client_of(app, world.others[Role.OFFICER]).get(f"/people/{other}").status_code == 404
    assert officer_of(app, world).get(f"/people/{other}/edit").status_code == 404


def test_the_merged_record_stands_on_no_page_but_that_of_the_kept_one(
    app: Flask, world: World, twice: tuple[int, int]
) -> None:
    kept, other = twice
    clients = {role: client_of(app, world.users[role]) for role in (Role.MANAGER, Role.OFFICER)}
    paths = [*pages(world)]
    before = [path for path, reader in paths if CANARY in clients[reader].get(path).text]
    assert len(before) > 3, "the test would prove nothing"
    merged(app, world, kept, other)
    after = [path for path, reader in paths if CANARY in clients[reader].get(path).text]
    assert after == [f"/people/{kept}"]
    found = officer_of(app, world).get("/search", query_string={"q": "merganser"}).text
    assert f'href="/people/{kept}"' in found
    assert f'href="/people/{other}"' not in found


def test_found_by_words_and_undone(app: Flask, world: World, twice: tuple[int, int]) -> None:
    kept, other = twice
    officer = officer_of(app, world)
    found = officer.submit(f"/people/{kept}/merge", {"find": "merganser"})
    assert (found.status_code, f'value="{other}"' in found.text) == (200, True)
    chosen = officer.submit(f"/people/{kept}/merge", {"find": "merganser", "who": str(other)})
    assert chosen.location == f"/people/{kept}/merge/{other}"
    itself = officer.submit(f"/people/{kept}/merge", {"find": "plain person"})
    assert f'value="{kept}"' not in itself.text

    merged(app, world, kept, other)
    page = officer.get(f"/people/{kept}").text
    undo = page.split('/undo">Undo')[0].rsplit('href="', 1)[1] + "/undo"
    assert officer.submit(undo, {"reason": ""}).status_code == 422
    assert officer.submit(undo, {"reason": "Two women of one name"}).status_code == 302
    assert officer.get(f"/people/{other}").status_code == 200
    page = officer.get(f"/people/{kept}").text
    assert "Two women of one name" in page
    again = officer.submit(undo, {"reason": "Again"})
    assert (again.status_code, "This is done already" in again.text) == (422, True)


def test_sent_twice_is_merged_once(app: Flask, world: World, twice: tuple[int, int]) -> None:
    kept, other = twice
    officer = officer_of(app, world)
    path = f"/people/{kept}/merge/{other}"
    page = officer.get(path).text
    key = page.split('name="form_key" value="')[-1].split('"')[0]
    token = page.split('name="csrf_token" value="')[-1].split('"')[0]
    answers = {
        "form_key": key, "csrf_token": token, "version": "1", "other_version": "1", "kept": str(kept),
        "reason": "Same woman", "cautions_reason": "Seen",
    }  # fmt: skip
    assert [officer.post(path, data=answers).location for _ in range(2)] == [f"/people/{kept}"] * 2
    with app.app_context():
        assert len(db.session.scalars(select(PersonMerge).where(PersonMerge.merged_id == other)).all()) == 1
