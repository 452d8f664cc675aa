"""`/cases/new` and `/complaints/new`: quick, whole, kept over every mistake, and done once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from asb_cases.adapters.time import today
from asb_cases.domain.calendar import in_words
from asb_cases.domain.complaints import Channel, TriageState
from asb_cases.domain.people import Part, PersonKind
from asb_cases.domain.permissions import Role
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import Base, db
from asb_cases.models.case import Case, Participant
from asb_cases.models.complaint import Complaint
from asb_cases.models.data_import import OtherReference
from asb_cases.models.history import Consultation, HistoryEntry
from asb_cases.models.person import Person
from asb_cases.models.user import Team
from asb_cases.services.search_index import index
from asb_cases.web.sent_twice import SAID
from tests import factories as make
from tests.support.page_markup import Element, Page
from tests.support.query_counter import counted_queries
from tests.support.reading_world import make_many_cases
from tests.web.intake.conftest import Desk, answers

NEW_CASE = {"priority": "2", "mine": "yes"}
#: Reads of one POST that opens a case: who asks, the form's lists, the look at what was sent before, and the act's own.
READS, STATEMENTS, PAGE_WEIGHT = 12, 32, 60_000


def count(app: Flask, *tables: type[Base]) -> list[int]:
    with app.app_context():
        return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def parts(app: Flask) -> list[tuple[str, Part]]:
    with app.app_context():
        rows = select(Person.name, Participant.part).join(Participant, Participant.person_id == Person.id)
        return [(name, part) for name, part in db.session.execute(rows.order_by(Participant.id))]


def hidden(page: Page) -> dict[str, str]:
    return {
        field.attributes["name"]: field.attributes.get("value", "")
        for field in page.root.all("input")
        if field.attributes.get("type") == "hidden"
    }


def control(page: Page, name: str, value: str | None = None) -> Element:
    """The control of this name on the page, and of a value where several have the name."""
    named = [each for each in page.root.all("input", "select", "textarea") if each.attributes.get("name") == name]
    return next(each for each in named if value is None or each.attributes.get("value") == value)


def test_an_officer_opens_a_case_and_is_told_what_is_due(desk: Desk) -> None:
    client = desk.client()
    response = client.submit("/cases/new", answers(**NEW_CASE), follow_redirects=True)
    assert response.status_code == 200
    page = Page(response.text)
    assert "is opened. Next: " in page.root.text
    assert "make the first response by" in page.root.text
    assert "Music until three" in page.root.text
    assert parts(desk.app) == [("Ann O’Neill", Part.COMPLAINANT), ("Bob Bass", Part.SUBJECT)]
    with desk.app.app_context():
        case = db.session.scalars(select(Case)).one()
        assert (case.title, case.status, case.priority) == ("Noise: loud music, 14 Marsh Lane", CaseStatus.OPEN, 2)
        assert (case.team_id, case.owner_id) == (desk.team_id, desk.users[Role.OFFICER])
        complaint = db.session.scalars(select(Complaint)).one()
        assert (complaint.channel, complaint.occurred_on, complaint.still_going_on) == (Channel.PHONE, today(), True)
    assert count(desk.app, HistoryEntry) == [1]


def test_a_double_click_opens_one_case(desk: Desk) -> None:
    client = desk.client()
    fields = {**hidden(client.page("/cases/new")), **answers(**NEW_CASE)}
    first, second = (client.post("/cases/new", data=fields) for _ in range(2))
    assert first.location == second.location
    assert SAID in client.get(second.location).text
    assert count(desk.app, Case, Complaint, Person) == [1, 1, 2]


@pytest.mark.parametrize(
    ("wrong", "message", "target"),
    [
        ({"description": " "}, "Say what happened", "description"),
        ({"categories": None}, "Choose what it is about", "categories"),
        ({"categories": ["made_up"]}, "Choose one of the options shown", "categories"),
        ({"postcode": "OX4"}, "Enter a full postcode, like OX4 1AB, or leave it blank", "postcode"),
        ({"day": "other"}, "Enter the day it happened", "occurred_on-day"),
        ({"day": "other", "occurred_on-day": "31", "occurred_on-month": "2", "occurred_on-year": "2026"},
         "The day it happened must be a real date", "occurred_on-day"),
        ({"made_at": "25:00"}, "Time it was reported must be a time, like 14:30 or 2:30pm", "made_at"),
        ({"reporter_name": ""}, "Enter their name, or choose that they give none", "reporter_name"),
        ({"reporter_email": "ann@"}, "Enter an email address in the correct format, like name@example.com",
         "reporter_email"),
        ({"reporter": "partner"}, "Choose which body, or enter its name", "body"),
        ({"person_name": ""}, "Enter the name of the person, or choose “Not known”", "person_name"),
        ({"about": "body"}, "Enter the name of the company or body, or choose “Not known”", "body_name"),
        ({"about": "premises", "place": "", "postcode": ""}, "Enter which premises", "premises"),
        ({"priority": None}, "Choose a priority", "priority"),
        ({"priority": "4"}, "Choose one of the options shown", "priority"),
        ({"day": (today() - timedelta(days=9)).isoformat()}, "Choose one of the options shown", "day"),
    ],
)  # fmt: skip
@pytest.mark.engines("sqlite")
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(
    desk: Desk, wrong: dict[str, object], message: str, target: str
) -> None:
    response = desk.client().submit("/cases/new", answers(**{**NEW_CASE, **wrong}))
    assert response.status_code == 422
    page = Page(response.text)
    [error] = [link for link in page.root.all("a") if link.text == message]
    assert error.attributes["href"] == f"#{target}"
    typed = answers(**{**NEW_CASE, **wrong})
    for name in ("place", "occurred_when", "reporter_name", "reporter_phone", "person_name", "person_address"):
        assert control(page, name).attributes.get("value", "") == typed.get(name, "")
    assert control(page, "description").text == str(typed["description"]).strip()
    assert "checked" in control(page, "still_going_on").attributes
    assert "checked" in control(page, "reporter", str(typed["reporter"])).attributes
    assert count(desk.app, Case, Complaint, Person) == [0, 0, 0]


@pytest.mark.engines("sqlite")
def test_what_was_not_asked_is_not_judged(desk: Desk) -> None:
    given = answers(
        **NEW_CASE, reporter="anonymous", reporter_email="ann@", about="unknown", person_name="", day=None,
        **{"occurred_on-day": "99"},
    )  # fmt: skip
    assert desk.client().submit("/cases/new", given).status_code == 302
    assert count(desk.app, Person) == [0]
    with desk.app.app_context():
        assert db.session.scalars(select(Complaint.anonymous)).one() is True


def test_a_body_passes_it_on_with_its_own_reference(desk: Desk) -> None:
    with desk.app.app_context():
        make.make_body("Thames Valley Police")
    client = desk.client()
    passed_on = {"reporter": "partner", "body": "Thames Valley Police", "their_reference": "43260012345"}
    assert client.submit("/cases/new", answers(**NEW_CASE, **passed_on)).status_code == 302
    with desk.app.app_context():
        complaint = db.session.scalars(select(Complaint)).one()
        assert (complaint.channel, complaint.received_by_body) == (Channel.PARTNER, "Thames Valley Police")
        assert db.session.scalars(select(OtherReference.reference)).one() == "43260012345"
    again = client.submit("/complaints/new", answers(**passed_on))
    assert again.status_code == 422
    assert "A complaint with the reference 43260012345 is recorded already." in again.text
    assert "put the body’s initials before it" in again.text
    other = {"reporter": "partner", "body": "", "body_other": "Thames Water", "their_reference": ""}
    assert client.submit("/complaints/new", answers(**other)).status_code == 302


@pytest.mark.parametrize(
    ("about", "kind", "name"),
    [
        ({"about": "body", "body_name": "Loud Bar Ltd", "body_address": "1 High Street"}, PersonKind.BODY, "Loud Bar Ltd"),
        ({"about": "premises"}, PersonKind.OCCUPIER, "The occupier of 14 Marsh Lane, OX4 9ZZ"),
        ({"about": "premises", "premises": "Flat 2, 14 Marsh Lane", "premises_as": "owner"}, PersonKind.OWNER,
         "The owner of Flat 2, 14 Marsh Lane"),
    ],
)  # fmt: skip
@pytest.mark.engines("sqlite")
def test_whom_it_is_about(desk: Desk, about: dict[str, str], kind: PersonKind, name: str) -> None:
    desk.client().submit("/cases/new", answers(**{**NEW_CASE, "reporter": "anonymous", **about}))
    with desk.app.app_context():
        person = db.session.scalars(select(Person)).one()
        assert (person.kind, person.name) == (kind, name)
    assert parts(desk.app) == [(name, Part.SUBJECT)]


def test_a_complaint_waits_for_triage(desk: Desk) -> None:
    response = desk.client(Role.DUTY_OFFICER).submit("/complaints/new", answers(), follow_redirects=True)
    assert "is logged and waits for triage. Next: acknowledge the report by" in Page(response.text).root.text
    with desk.app.app_context():
        complaint = db.session.scalars(select(Complaint)).one()
        assert complaint.triage is TriageState.NEW
        assert f"/complaints/{complaint.reference}" == response.request.path
    assert "Bob Bass" in response.text


def test_the_standards_are_those_in_force(desk: Desk) -> None:
    page = desk.client().page("/cases/new").root.text
    for words in ("within 24 hours", "within 4 working days (the aim is 2)", "within 5 working days"):
        assert f"First response {words}" in page
    assert f"Today, {in_words(today())}" in page


def known_case(desk: Desk, **given: object) -> tuple[str, int, int]:
    """An open case of the team at 14 Marsh Lane about Bob Bass, reported by Ann: its reference, and their ids."""
    address = make.make_address("14 Marsh Lane, OX4 9ZZ", postcode="OX4 9ZZ")
    least = {"team": db.session.get_one(Team, desk.team_id), "title": "Loud parties", "address_id": address.id}
    case = make.make_case(**{**least, **given})
    bob, ann = make.make_person("Bob Bass"), make.make_person("Ann O’Neill")
    make.make_participant(case, bob)
    make.make_participant(case, ann, Part.COMPLAINANT)
    index("case", case.id, case.id, case.title, address.text)
    index("person", bob.id, None, bob.name)
    index("person", ann.id, None, ann.name)
    db.session.commit()
    return case.reference, bob.id, ann.id


def test_without_javascript_a_button_looks_for_what_is_known_and_saves_nothing(desk: Desk) -> None:
    with desk.app.app_context():
        reference, bob, ann = known_case(desk)
        case_id = db.session.scalars(select(Case.id)).one()
    client = desk.client()
    fields = {**hidden(client.page("/cases/new")), **answers(priority="", mine="yes", description="")}
    looked = client.post("/cases/new", data={**fields, "look": "yes"})
    assert looked.status_code == 200
    assert count(desk.app, Complaint) == [0]
    page = Page(looked.text)
    assert "There is a problem" not in looked.text
    assert "Known already: 2 people or bodies, 1 open case." in page.root.text
    assert f"Join this case: {reference}" in page.root.text
    assert "About somebody of this name" in page.root.text
    assert control(page, "reporter_name").attributes["value"] == "Ann O’Neill"
    assert hidden(page)["form_key"] == fields["form_key"]
    chosen = {"known_reporter": str(ann), "known_subject": str(bob), "join": str(case_id)}
    again = client.post("/cases/new", data={**hidden(page), **fields, **chosen, "look": "yes"})
    for name, value in chosen.items():
        assert "checked" in control(Page(again.text), name, value).attributes
    sent = client.post("/cases/new", data={**fields, **chosen, "description": "Again"}, follow_redirects=True)
    assert sent.request.path == f"/cases/{reference}"
    assert "has joined this case. Next: acknowledge the report by" in Page(sent.text).root.text
    assert count(desk.app, Case, Complaint, Person) == [1, 1, 2]
    with desk.app.app_context():
        assert db.session.scalars(select(Complaint.complainant_id)).one() == ann


def test_what_was_chosen_and_is_gone_keeps_what_was_typed(desk: Desk) -> None:
    with desk.app.app_context():
        hidden_case = make.make_case(restricted=True, title="Xqztitle")
        person = make.make_person("Xqzname")
        make.make_participant(hidden_case, person)
        case_id, person_id = hidden_case.id, person.id
    for chosen in ({"join": case_id}, {"known_subject": person_id}, {"known_reporter": person_id}, {"join": 2**31 - 1}):
        response = desk.client().submit("/cases/new", answers(**NEW_CASE, **chosen))
        assert response.status_code == 422
        assert "is no longer there for you. Choose again" in response.text
        assert "Xqz" not in response.text
        assert "Music until three" in response.text
    assert count(desk.app, Complaint) == [0]


def test_a_closed_case_is_not_joined(desk: Desk) -> None:
    with desk.app.app_context():
        closed = make.make_case(status=CaseStatus.CLOSED, closed_on=make.TODAY, closure_reason="Over")
        case_id = closed.id
    response = desk.client().submit("/complaints/new", answers(join=case_id))
    assert response.status_code == 422
    assert "This case is closed." in response.text


def test_a_further_complaint_in_a_case(desk: Desk) -> None:
    with desk.app.app_context():
        reference, _bob, _ann = known_case(desk)
    client = desk.client()
    assert f'href="/cases/{reference}/complaints/new"' in client.get(f"/cases/{reference}").text
    page = client.page(f"/cases/{reference}/complaints/new")
    assert "Loud parties" in page.root.text
    response = client.submit(f"/cases/{reference}/complaints/new", answers(), follow_redirects=True)
    assert response.request.path == f"/cases/{reference}"
    assert count(desk.app, Case, Complaint) == [1, 1]


def test_the_fragment_says_how_much_there_is_and_who_was_shown_it(desk: Desk) -> None:
    with desk.app.app_context():
        reference, bob, ann = known_case(desk)
    client = desk.client()
    token = hidden(client.page("/cases/new"))["csrf_token"]
    asked = {"csrf_token": token, "place": "14 Marsh Lane", "reporter": "person", "reporter_name": "ann o",
             "about": "individual", "person_name": "bob b"}  # fmt: skip
    answer = client.post("/complaints/known", data=asked)
    assert answer.mimetype == "application/json"
    found = json.loads(answer.text)
    assert found["said"] == "Known already: 2 people or bodies, 1 place, 1 open case."
    assert f"Join this case: {reference}" in found["html"]
    assert "Bob Bass" in found["html"]
    with desk.app.app_context():
        entry = db.session.scalars(select(Consultation).order_by(Consultation.id.desc()).limit(1)).one()
        assert entry.endpoint == "intake.known"
        shown = json.loads(entry.shown)
        assert (shown["person"], len(shown["case"])) == (sorted((bob, ann)), 1)
    nothing = json.loads(
        client.post("/complaints/known", data={**asked, **dict.fromkeys(asked, ""), "csrf_token": token}).text
    )
    assert (nothing["said"], nothing["html"].strip()) == ("", "")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER, Role.DUTY_OFFICER])
def test_nothing_of_what_hides_is_suggested(desk: Desk, role: Role) -> None:
    with desk.app.app_context():
        address = make.make_address("1 Xqzplace Road", postcode="OX1 1XQ")
        case = make.make_case(
            team=make.make_team("Elsewhere"), title="Xqztitle", restricted=True, address_id=address.id
        )
        for part in Part:
            person = make.make_person(f"Xqzname {part.value}", address=address, phone="01865 777777")
            make.make_participant(case, person, part)
            index("person", person.id, None, person.name)
        index("case", case.id, case.id, case.title, address.text)
        make.make_complaint(case=case, complainant=person, address_id=address.id)
        db.session.commit()
        ids = [str(row) for row in db.session.scalars(select(Person.id))]
        case_id = str(case.id)
    client = desk.client(role)
    token = hidden(client.page("/complaints/new"))["csrf_token"]
    for chosen in ({}, {"known_reporter": ids[0], "known_subject": ids[-1], "join": case_id}):
        for about in ({"about": "individual", "person_name": "Xqzname"}, {"about": "premises", "premises": "Xqztitle"}):
            asked = {
                "csrf_token": token, "place": "1 Xqzplace", "postcode": "OX1 1XQ", "reporter": "person",
                "reporter_name": "Xqzname", "reporter_phone": "01865 777777", **about, **chosen,
            }  # fmt: skip
            answer = client.post("/complaints/known", data=asked)
            assert "Xqz" not in answer.text
            looked = client.submit("/complaints/new", {**answers(**asked), "look": "yes"})
            assert "Xqzname complainant" not in looked.text
            assert "Xqztitle" not in looked.text.replace('value="Xqztitle"', "")
            assert f'value="{case_id}"' not in looked.text or "Join this case" not in looked.text


def test_a_name_never_stands_in_an_address(desk: Desk) -> None:
    page = desk.client().page("/complaints/new")
    [form] = [each for each in page.root.all("form") if "asb-intake" in each.attributes.get("class", "")]
    assert form.attributes["method"] == "post"
    assert desk.client().get("/complaints/known?reporter_name=ann").status_code == 404


XSS = '<script>alert("xss")</script>'


def test_what_is_typed_is_never_markup(desk: Desk) -> None:
    client = desk.client()
    given = answers(
        **NEW_CASE, description=f"D {XSS}", place=f"P {XSS}", occurred_when=f"W {XSS}", reporter_name=f"N {XSS}",
        safe_contact=f"S {XSS}", person_name=f"B {XSS}", person_address=f"A {XSS}", case_title=f"T {XSS}",
    )  # fmt: skip
    response = client.submit("/cases/new", given, follow_redirects=True)
    with desk.app.app_context():
        complaint = db.session.scalars(select(Complaint.reference)).one()
        for person in db.session.scalars(select(Person)):
            index("person", person.id, None, person.name)
        db.session.commit()
    pages = [response.text, client.get(f"/complaints/{complaint}").text]
    pages.append(client.submit("/cases/new", {**given, "look": "yes"}).text)
    pages.append(client.submit("/cases/new", {**given, "priority": ""}).text)
    for path in ("/cases", "/complaints", f"/complaints/{complaint}/move"):
        pages.append(client.get(path).text)
    token = hidden(client.page("/cases/new"))["csrf_token"]
    pages.append(json.loads(client.post("/complaints/known", data={**given, "csrf_token": token}).text)["html"])
    for text in pages:
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text


@contextmanager
def commits(app: Flask) -> Iterator[list[object]]:
    """The commits of the application's database while it is open."""
    seen: list[object] = []

    def note(connection: object) -> None:
        seen.append(connection)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "commit", note)
    try:
        yield seen
    finally:
        event.remove(engine, "commit", note)


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
def test_opening_a_case_keeps_to_its_budget(desk: Desk, known: bool) -> None:
    """Counted is the whole request, who is signed in and all; each table that is written adds a statement or two."""
    with desk.app.app_context():
        _reference, bob, ann = known_case(desk)
        make_many_cases(db.session.get_one(Team, desk.team_id), 50, today())
    chosen = {"known_reporter": ann, "known_subject": bob} if known else {}
    client = desk.client()
    fields = {**hidden(client.page("/cases/new")), **answers(**NEW_CASE, **chosen)}
    with counted_queries(desk.app) as sent, commits(desk.app) as committed:
        assert client.post("/cases/new", data=fields).status_code == 302
    reads = [each for each in sent if each.startswith("SELECT")]
    assert len(reads) <= READS, reads
    assert len(sent) <= STATEMENTS
    assert len(committed) == 1


def test_looking_keeps_to_its_budget_and_the_page_is_light(desk: Desk) -> None:
    with desk.app.app_context():
        known_case(desk)
        for number in range(40):
            make.make_ward(f"A ward with a long name {number}")
        make_many_cases(db.session.get_one(Team, desk.team_id), 200, today())
    client = desk.client()
    for path in ("/cases/new", "/complaints/new"):
        assert len(client.get(path).data) < PAGE_WEIGHT
    token = hidden(client.page("/cases/new"))["csrf_token"]
    asked = {"csrf_token": token, **answers()}
    with counted_queries(desk.app) as sent:
        client.post("/complaints/known", data=asked)
    # Who is signed in, the form's lists, six that look, and the record of what was shown.
    assert len(sent) <= 9
    assert len(client.submit("/cases/new", {**answers(), "look": "yes"}).data) < PAGE_WEIGHT


@pytest.mark.parametrize(
    ("role", "links"),
    [
        (Role.OFFICER, {"/cases/new", "/complaints/new"}),
        (Role.MANAGER, {"/cases/new", "/complaints/new"}),
        (Role.DUTY_OFFICER, {"/complaints/new"}),
    ],
)
def test_the_frame_and_the_lists_lead_there(desk: Desk, role: Role, links: set[str]) -> None:
    client = desk.client(role)
    for path in ("/cases", "/complaints", "/account"):
        page: Page = client.page(path)
        there = {
            link.attributes["href"] for link in page.root.all("a") if link.attributes.get("href", "").endswith("/new")
        }
        assert there == links, path
    buttons = [link for link in client.page("/complaints").root.all("a") if link.attributes.get("role") == "button"]
    assert [link.text for link in buttons] == ["New complaint"]
