"""Contacts and visits on the pages: what they settle is said, and staff are warned first."""

from datetime import timedelta

import pytest

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.casework import ContactEntry
from asb_cases.models.deadline import Deadline
from asb_cases.models.person import Person
from tests.factories import make_contact_warning
from tests.web.casework.conftest import Desk, day_parts


def contact_of(desk: Desk) -> ContactEntry:
    with desk.app.app_context():
        return db.session.query(ContactEntry).one()


def state_of_response(desk: Desk) -> str:
    with desk.app.app_context():
        return db.session.query(Deadline).filter_by(case_id=desk.case_id, rule="response_priority_2").one().state.value


def test_a_contact_with_who_complained_meets_the_response_and_says_so(desk: Desk) -> None:
    client = desk.client()
    assert "Still owed: First response" in client.get(f"{desk.path}/contacts/new").text.replace("\n", " ")
    answers = {"who": str(desk.complainant_id), "direction": "out", "channel": "letter", "told": "We visit tonight"}
    sent = client.submit(f"{desk.path}/contacts/new", answers | now_parts())
    assert sent.location == desk.path
    page = client.get(desk.path).text
    assert "The contact is recorded. On" in page
    assert "it met “First response" in page
    assert "Letter contact to Wilhelmina Quennell" in page
    assert state_of_response(desk) == "met"


def now_parts() -> dict[str, str]:
    """The first minute of today: past, whenever the test runs."""
    return {**day_parts("at", today()), "at_time": "00:00"}


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"who": "subject"}, "running"),
        ({"who": "complainant", "no_answer": "yes"}, "running"),
        ({"who": "reporter"}, "met"),
        ({"who": "other"}, "running"),
    ],
)
@pytest.mark.engines("sqlite")
def test_whom_a_visit_reached_decides(desk: Desk, answers: dict[str, str], state: str) -> None:
    ids = {"subject": str(desk.subject_id), "complainant": str(desk.complainant_id)}
    who = ids.get(answers["who"], answers["who"])
    given = {**answers, "who": who, "told": "Music heard from the street", **now_parts()}
    assert desk.client(Role.DUTY_OFFICER).get(f"{desk.path}/visits/new").status_code == 404, "no notice is in force"
    assert desk.client().submit(f"{desk.path}/visits/new", given).status_code == 302
    contact = contact_of(desk)
    assert (contact.channel.value, contact.direction.value, contact.reached) == (
        "in_person",
        "out",
        "no_answer" not in answers,
    )
    assert state_of_response(desk) == state
    page = desk.client().get(desk.path).text
    assert ("nobody answered" in page) is ("no_answer" in answers)


@pytest.mark.engines("sqlite")
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk: Desk) -> None:
    client, tomorrow = desk.client(), today() + timedelta(days=1)
    answers = {"who": "", "told": "Spoke for an hour", "at_time": "25:00", **day_parts("at", tomorrow)}
    sent = client.submit(f"{desk.path}/visits/new", answers)
    assert sent.status_code == 422
    for words in (
        "Say who it was with",
        "must be a time, like 14:30",
        "must be today or in the past",
        "Spoke for an hour",
    ):
        assert words in sent.text
    late = client.submit(
        f"{desk.path}/visits/new", {"who": "other", "told": "x", "at_time": "23:59", **day_parts("at", today())}
    )
    assert late.status_code in {302, 422}, "the last minute of the day may have come"
    if late.status_code == 422:
        assert "has not come yet" in late.text


@pytest.mark.engines("sqlite")
def test_staff_are_warned_before_they_go(desk: Desk) -> None:
    with desk.app.app_context():
        make_contact_warning(db.session.get_one(Person, desk.subject_id), precautions="Go in pairs")
    for page in ("contacts", "visits"):
        assert "Go in pairs" in desk.client().get(f"{desk.path}/{page}/new").text


@pytest.mark.engines("sqlite")
def test_a_partner_makes_no_contact_of_ours(desk: Desk) -> None:
    assert desk.client(Role.PARTNER).get(f"{desk.path}/contacts/new").status_code == 403
    assert "contacts/new" not in desk.client(Role.PARTNER).get(desk.path).text
