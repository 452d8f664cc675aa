"""How somebody wants to be contacted and what they need, on their page, on the case, and nowhere else."""

import pytest
from flask import Flask

from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Role
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.signed_in import client_of

WANTED = {
    "preferred": "email",
    "times": "After six",
    "not_by": ["phone", "letter"],
    "not_by_because": "Xqz shares a flat",
    "language": "Polish",
    "interpreter": "yes",
}


@pytest.fixture
def world(app: Flask) -> tuple[int, str, dict[Role, int]]:
    """Somebody, the case in which they are the victim, and who reads it."""
    with app.app_context():
        team, body = make.make_team("North"), make.make_body("Police")
        person, case = make.make_person("Ann Example"), make.make_case(team=team)
        make.make_participant(case, person, Part.VICTIM)
        make.make_share(case, body=body)
        users = {role: make.make_user(role, team=team, body=body if role is Role.PARTNER else None).id for role in Role}
        return person.id, case.reference, users


def officer_of(app: Flask, users: dict[Role, int]) -> PageClient:
    return client_of(app, users[Role.OFFICER])


def test_preferences_are_kept_as_they_change(app: Flask, world: tuple[int, str, dict[Role, int]]) -> None:
    person, case, users = world
    officer = officer_of(app, users)
    path = f"/people/{person}/contact-preferences"
    assert officer.submit(path, WANTED).location == f"/people/{person}"
    page = officer.get(f"/people/{person}").text
    for text in ("Not by telephone", "Not by letter", "Best by e-mail", "After six", "Polish, with an interpreter"):
        assert text in page
    shown = officer.get(f"/cases/{case}").text
    assert "Not by telephone" in shown
    assert "Interpreter: Polish" in shown
    assert "Contact: After six" in shown

    unchanged = officer.submit(path, WANTED)
    assert (unchanged.status_code, "This is what is recorded already" in unchanged.text) == (422, True)
    assert officer.submit(path, {"preferred": "letter"}).status_code == 302
    page = officer.get(f"/people/{person}").text
    assert "What held before" in page
    assert "Best by letter" in page
    assert "Not by telephone" not in officer.get(f"/cases/{case}").text


def test_the_later_of_two_is_told(app: Flask, world: tuple[int, str, dict[Role, int]]) -> None:
    person, _case, users = world
    officer = officer_of(app, users)
    path = f"/people/{person}/contact-preferences"
    officer.submit(path, WANTED)
    later = officer.submit(path, {"times": "Mornings", "version": "0"})
    assert (later.status_code, "After six" in later.text, "Mornings" in later.text) == (409, True, True)


def test_a_need_from_its_beginning_to_its_end(app: Flask, world: tuple[int, str, dict[Role, int]]) -> None:
    person, _case, users = world
    officer = officer_of(app, users)
    assert officer.submit(f"/people/{person}/needs/new", {"kind": "vulnerability"}).status_code == 422
    text = "Xqzneed lives alone"
    assert officer.submit(f"/people/{person}/needs/new", {"kind": "vulnerability", "text": text}).status_code == 302
    page = officer.get(f"/people/{person}").text
    assert text in page
    end = page.split('/end">It is over')[0].rsplit('href="', 1)[1] + "/end"
    assert officer.submit(end, {"reason": "Moved in with her son"}).status_code == 302
    page = officer.get(f"/people/{person}").text
    assert "What is over" in page
    assert "Moved in with her son" in page


def test_needs_and_preferences_reach_nobody_else(app: Flask, world: tuple[int, str, dict[Role, int]]) -> None:
    person, case, users = world
    officer = officer_of(app, users)
    officer.submit(f"/people/{person}/contact-preferences", WANTED | {"language": "Xqzlanguage"})
    officer.submit(f"/people/{person}/needs/new", {"kind": "adjustment", "text": "Xqzneed large print"})
    with app.app_context():
        elsewhere = make.make_user(Role.OFFICER, team=make.make_team("South")).id
    for user_id in (users[Role.PARTNER], users[Role.ANALYST], users[Role.ADMINISTRATOR], elsewhere):
        for path in (f"/cases/{case}", f"/people/{person}", f"/people/{person}/needs/1/end", "/people"):
            assert "xqz" not in client_of(app, user_id).get(path).text.lower(), (user_id, path)
    assert "Xqzneed" not in client_of(app, users[Role.LEGAL]).get(f"/people/{person}").text
