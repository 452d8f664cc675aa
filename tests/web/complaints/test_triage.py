"""The queue of complaints that wait, and what becomes of one: a case, another case, somebody else's, not ASB; or moved."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from asb_cases.adapters.time import now, today
from asb_cases.domain.complaints import Channel, TriageState
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.case import Case, Participant
from asb_cases.models.complaint import Complaint
from asb_cases.models.deadline import Deadline
from asb_cases.models.user import Team
from asb_cases.services.complaints import log_complaint
from asb_cases.services.people import Details
from asb_cases.services.told import Complainant, Told, ToldAbout
from asb_cases.services.triage import join_complaint
from asb_cases.web.sent_twice import SAID
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.page_markup import Page
from tests.support.query_counter import counted_queries
from tests.support.signed_in import client_of

PLACE = "14 Marsh Lane, OX4 9ZZ"


@dataclass(frozen=True)
class Desk:
    """A team, its people, and a complaint that waits."""

    app: Flask
    team_id: int
    users: dict[Role, int]
    reference: str
    id: int

    def client(self, role: Role = Role.OFFICER) -> PageClient:
        return client_of(self.app, self.users[role])

    def complaint(self) -> Complaint:
        return db.session.get_one(Complaint, self.id)


def logged(days_ago: int = 0, **given: object) -> Complaint:
    told = Told(
        "Music until three", Channel.PHONE, now() - timedelta(days=days_ago), place=PLACE, categories=("noise_music",)
    )
    complainant = Complainant(details=Details("Ann O’Neill"), address="2 Example Street")
    about = [ToldAbout(details=Details("Bob Bass"), address=PLACE)]
    complaint_id = log_complaint(
        actor=CONSOLE, now=now(), told=told, **{"complainant": complainant, "about": about, **given}
    )  # type: ignore[arg-type]
    return db.session.get_one(Complaint, complaint_id)


@pytest.fixture
def desk(app: Flask) -> Desk:
    with app.app_context():
        team = make.make_team("Safer Streets")
        users = {role: make.make_user(role, team=team).id for role in (Role.OFFICER, Role.MANAGER, Role.DUTY_OFFICER)}
        complaint = logged(days_ago=1)
        return Desk(app, team.id, users, complaint.reference, complaint.id)


def case_of(desk: Desk, **given: object) -> tuple[int, str]:
    with desk.app.app_context():
        case = make.make_case(**{"team": db.session.get_one(Team, desk.team_id), "title": "Loud parties", **given})
        return case.id, case.reference


def test_the_longest_waiting_stands_first_with_its_age_and_clock(desk: Desk) -> None:
    with desk.app.app_context():
        older, decided = logged(days_ago=12), logged()
        imported = make.make_complaint(import_id=make.make_import().id)
        mistake = logged()
        mistake.entered_in_error_on, mistake.entered_in_error_reason = today(), "Twice"
        join_complaint(actor=CONSOLE, now=now(), complaint_id=decided.id, case_id=make.make_case().id)
        db.session.commit()
        others = [imported.reference, decided.reference, mistake.reference]
        oldest = older.reference
    page = desk.client().page("/complaints/to-triage")
    text = page.root.text
    assert text.index(oldest) < text.index(desk.reference)
    assert not [each for each in others if each in text]
    for words in ("12 days ago, phone", "Overdue", "yesterday", "To triage (2)", "Ann O’Neill"):
        assert words in text
    links = [link.attributes["href"] for link in page.root.all("a") if link.text.startswith("Decide")]
    assert links == [f"/complaints/{oldest}/triage", f"/complaints/{desk.reference}/triage"]
    assert "To triage (2)" in desk.client().page("/complaints").root.text
    assert "To triage" not in desk.client(Role.DUTY_OFFICER).page("/complaints").root.text


def test_an_empty_queue_says_so(desk: Desk) -> None:
    with desk.app.app_context():
        join_complaint(actor=CONSOLE, now=now(), complaint_id=desk.id, case_id=make.make_case().id)
    page = desk.client().page("/complaints/to-triage").root.text
    assert "Nothing waits for triage" in page
    assert "To triage (0)" in page


def test_pages_of_the_queue_send_few_statements(desk: Desk) -> None:
    with desk.app.app_context():
        for number in range(30):
            make.make_complaint(made_on=today() - timedelta(days=number))
    with counted_queries(desk.app) as sent:
        page = desk.client().page("/complaints/to-triage")
    assert len(sent) <= 5
    assert "Next" in page.root.text


def test_a_new_case(desk: Desk) -> None:
    path = f"/complaints/{desk.reference}/triage"
    response = desk.client().submit(
        path, {"decision": "new_case", "priority": "1", "mine": "yes"}, follow_redirects=True
    )
    text = Page(response.text).root.text
    assert "is opened. Next: " in text
    assert "make the first response by" in text
    with desk.app.app_context():
        complaint, case = desk.complaint(), db.session.scalars(select(Case)).one()
        assert (complaint.triage, complaint.case_id) == (TriageState.JOINED, case.id)
        assert (case.title, case.summary, case.owner_id) == (
            "Noise: loud music, 14 Marsh Lane", "Music until three", desk.users[Role.OFFICER],
        )  # fmt: skip
        assert case.address_id == complaint.address_id
        due = db.session.scalars(select(Deadline).where(Deadline.rule == "response_priority_1")).one()
        assert complaint.made_at is not None
        assert due.due_at == complaint.made_at + timedelta(hours=24)
        parts = db.session.scalars(select(Participant.part).order_by(Participant.id)).all()
        assert parts == [Part.COMPLAINANT, Part.SUBJECT]


def test_a_case_that_was_found_or_named(desk: Desk) -> None:
    with desk.app.app_context():
        address_id = desk.complaint().address_id
    found_id, found = case_of(desk, address_id=address_id)
    client, path = desk.client(), f"/complaints/{desk.reference}/triage"
    page = client.page(path)
    assert f"Join {found}: Loud parties" in page.root.text
    assert "At the same place." in page.root.text
    response = client.submit(path, {"decision": f"case-{found_id}"})
    assert response.location == f"/complaints/{desk.reference}"
    with desk.app.app_context():
        assert desk.complaint().case_id == found_id
        another = logged().reference
    named_id, named = case_of(desk)
    client.submit(f"/complaints/{another}/triage", {"decision": "other_case", "case_reference": named.lower()})
    with desk.app.app_context():
        assert db.session.scalars(select(Complaint.case_id).where(Complaint.reference == another)).one() == named_id


def test_somebody_elses_and_not_asb(desk: Desk) -> None:
    with desk.app.app_context():
        make.make_body("Oxfordshire County Council")
    client, path = desk.client(), f"/complaints/{desk.reference}/triage"
    referred = {"decision": "refer", "body": "Oxfordshire County Council", "refer_reason": "A street lamp"}
    text = client.submit(path, referred, follow_redirects=True).text
    for words in ("Referred to", "Oxfordshire County Council", "A street lamp", "Decide again where it goes"):
        assert words in text
    assert "to be for Oxfordshire County Council" in client.get(path).text
    text = client.submit(path, {"decision": "not_asb", "reason": "A street party"}, follow_redirects=True).text
    assert "A street party" in text
    assert "Oxfordshire" not in text
    with desk.app.app_context():
        complaint = desk.complaint()
        assert (complaint.triage, complaint.referred_to) == (TriageState.NOT_ASB, None)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "Choose where it goes"),
        ({"decision": "case-999"}, "Choose one of the options shown"),
        ({"decision": "new_case"}, "Choose a priority"),
        ({"decision": "other_case"}, "Enter the reference of the case"),
        ({"decision": "other_case", "case_reference": "ASB-2020-000001"}, "There is no open case with this reference"),
        ({"decision": "refer", "refer_reason": "Theirs"}, "Choose whose it is, or enter the name"),
        ({"decision": "refer", "referred_to": "Fire service"}, "Say why it is theirs"),
        (
            {"decision": "not_asb", "reason": " ", "referred_to": "Fire service"},
            "Say why it is not anti-social behaviour",
        ),
    ],
)
@pytest.mark.engines("sqlite")
def test_what_a_decision_needs(desk: Desk, given: dict[str, str], message: str) -> None:
    response = desk.client().submit(f"/complaints/{desk.reference}/triage", given)
    assert response.status_code == 422
    assert message in response.text
    if "referred_to" in given:
        assert 'value="Fire service"' in response.text
    with desk.app.app_context():
        assert desk.complaint().triage is TriageState.NEW
        assert db.session.scalar(select(func.count()).select_from(Case)) == 0


def test_a_colleague_was_quicker(desk: Desk) -> None:
    client, path = desk.client(), f"/complaints/{desk.reference}/triage"
    fields = {
        field.attributes["name"]: field.attributes.get("value", "")
        for field in client.page(path).root.all("input")
        if field.attributes.get("type") == "hidden"
    }
    desk.client(Role.MANAGER).submit(path, {"decision": "not_asb", "reason": "A street party"})
    answer = client.post(
        path, data={**fields, "decision": "refer", "referred_to": "Police", "refer_reason": "My own words"}
    )
    assert answer.status_code == 409
    assert "My own words" in answer.text
    with desk.app.app_context():
        assert desk.complaint().triage is TriageState.NOT_ASB


def test_a_double_click_opens_one_case(desk: Desk) -> None:
    client, path = desk.client(), f"/complaints/{desk.reference}/triage"
    fields = {
        field.attributes["name"]: field.attributes.get("value", "")
        for field in client.page(path).root.all("input")
        if field.attributes.get("type") == "hidden"
    }
    first, second = (client.post(path, data={**fields, "decision": "new_case", "priority": "3"}) for _ in range(2))
    assert SAID in client.get(second.location).text
    assert first.location == second.location
    with desk.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Case)) == 1


def test_what_hides_is_neither_offered_nor_joined(desk: Desk) -> None:
    with desk.app.app_context():
        address_id = desk.complaint().address_id
    _restricted_id, restricted = case_of(desk, restricted=True, title="Xqztitle", address_id=address_id)
    _other_id, other = case_of(desk, team=None, title="Xqzother", address_id=address_id)
    with desk.app.app_context():
        db.session.scalars(select(Case).where(Case.reference == other)).one().team_id = make.make_team().id
        db.session.commit()
    client, path = desk.client(), f"/complaints/{desk.reference}/triage"
    assert "Xqz" not in client.get(path).text
    for reference in (restricted, other):
        answer = client.submit(path, {"decision": "other_case", "case_reference": reference})
        assert (answer.status_code, "There is no open case with this reference for you" in answer.text) == (422, True)
        assert "Xqz" not in answer.text


def joined(desk: Desk) -> str:
    """Join the complaint to a case; its reference."""
    case_id, reference = case_of(desk)
    with desk.app.app_context():
        join_complaint(actor=CONSOLE, now=now(), complaint_id=desk.id, case_id=case_id)
    return reference


def test_one_in_the_wrong_case_is_moved(desk: Desk) -> None:
    wrong = joined(desk)
    right_id, right = case_of(desk)
    client, path = desk.client(), f"/complaints/{desk.reference}/move"
    assert client.get(f"/complaints/{desk.reference}/triage").location == path
    assert wrong in client.page(path).root.text
    refused = client.submit(path, {"where": "other_case", "case": wrong, "reason": "Another flat"})
    assert refused.status_code == 422
    assert "It belongs to this case already." in refused.text
    assert "Another flat" in refused.text
    nobody = client.submit(path, {"where": "other_case", "case": "ASB-2020-1", "reason": "Another flat"})
    assert "There is no open case with this reference for you" in nobody.text
    moved = client.submit(path, {"where": "other_case", "case": right, "reason": "Another flat"}, follow_redirects=True)
    assert (
        f"The complaint has moved to {right}. 2 people no longer play a part in the case it left."
        in Page(moved.text).root.text
    )
    with desk.app.app_context():
        assert desk.complaint().case_id == right_id


def test_or_put_back(desk: Desk) -> None:
    joined(desk)
    client, path = desk.client(), f"/complaints/{desk.reference}/move"
    assert client.submit(path, {"where": "back", "reason": ""}).status_code == 422
    back = client.submit(path, {"where": "back", "reason": "Nothing to do with it"}, follow_redirects=True)
    assert "The complaint waits for triage again." in back.text
    assert desk.reference in client.get("/complaints/to-triage").text
    assert client.get(path).location == f"/complaints/{desk.reference}/triage"


def test_acknowledged(desk: Desk) -> None:
    client, path = desk.client(), f"/complaints/{desk.reference}/acknowledge"
    assert "Acknowledge it" in client.get(f"/complaints/{desk.reference}").text
    day = {"at_on-day": today().day, "at_on-month": today().month, "at_on-year": today().year}
    late = today() - timedelta(days=30)
    before = {"at_on-day": late.day, "at_on-month": late.month, "at_on-year": late.year, "at_time": "10:00"}
    refused = client.submit(path, before)
    assert refused.status_code == 422
    assert "before the complaint on" in refused.text
    done = client.submit(path, {**day, "at_time": "00:00"}, follow_redirects=True)
    assert "The complaint is acknowledged." in done.text
    assert "Acknowledge it" not in done.text
    with desk.app.app_context():
        state = db.session.scalars(select(Deadline.state).where(Deadline.complaint_id == desk.id)).one()
        assert state == "met"
    again = client.submit(path, {**day, "at_time": "00:00"})
    assert again.status_code == 422
    assert "This is done already." in again.text


def test_entered_in_error(desk: Desk) -> None:
    path = f"/complaints/{desk.reference}/entered-in-error"
    assert "Mark it as entered in error" not in desk.client().get(f"/complaints/{desk.reference}").text
    client = desk.client(Role.MANAGER)
    assert "Mark it as entered in error" in client.get(f"/complaints/{desk.reference}").text
    assert client.submit(path, {"reason": ""}).status_code == 422
    done = client.submit(path, {"reason": "Logged twice"}, follow_redirects=True)
    assert "Logged twice" in done.text
    assert "What you can do" not in done.text
    again = client.submit(path, {"reason": "Again"})
    assert again.status_code == 422
    assert "marked as entered in error: nothing further can be done with it" in again.text
    assert "Save the decision" not in client.get(f"/complaints/{desk.reference}/triage").text


def test_the_page_says_what_was_told(desk: Desk) -> None:
    with desk.app.app_context():
        complaint = desk.complaint()
        complaint.occurred_on, complaint.occurred_when, complaint.still_going_on = (
            complaint.made_on,
            "10pm to 3am",
            True,
        )
        complaint.safe_contact = "Text first"
        db.session.commit()
    page = desk.client().page(f"/complaints/{desk.reference}").root.text
    for words in ("10pm to 3am, still going on", "Bob Bass", "Text first", "Decide where it goes"):
        assert words in page
    assert "Decide where it goes" not in desk.client(Role.DUTY_OFFICER).get(f"/complaints/{desk.reference}").text
