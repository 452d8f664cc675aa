"""Notices in force at an address or on a person: what binds tonight, what an appeal suspends, and who is told."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.adapters.time import today
from asb_cases.domain.complaints import Channel, TriageState
from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import Role
from asb_cases.domain.requirements import RequirementKind
from asb_cases.extensions import db
from asb_cases.models.complaint import Complaint
from asb_cases.models.history import Consultation
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person, PersonAddress
from asb_cases.services.addresses import find_or_add_address
from tests import factories as make
from tests.factories.outcomes import make_appeal
from tests.support.page_client import PageClient
from tests.support.query_counter import counted_queries
from tests.support.signed_in import client_of

ASK = "/notices-tonight"


@pytest.fixture
def duty(app: Flask) -> PageClient:
    with app.app_context():
        user = make.make_user(Role.DUTY_OFFICER).id
    return client_of(app, user)


def notice_at(
    place: str = "14 Marsh Wharf Lane, Oxford OX4 9ZZ", name: str = "Óisín O’Farrell", *, restricted: bool = False,
    home: str | None = None, **given: object,
) -> str:  # fmt: skip
    """A notice in force against somebody, in a case about a place. Its reference."""
    case = make.make_case(address_id=_address(place), restricted=restricted)
    person = make.make_person(name)
    if home:
        make.keep(PersonAddress(person_id=person.id, address_id=_address(home)))
    least = {"issued_on": today() - timedelta(days=20)}
    notice = make.make_intervention("CPN", case=case, subject=person, **(least | given))  # type: ignore[arg-type]
    make.make_requirement(notice, RequirementKind.STOP, text="Stop the drums")
    make.make_requirement(notice, RequirementKind.DO, number=2, text="Sell the drums")
    return notice.reference


def _address(text: str) -> int:
    found = find_or_add_address(text)
    db.session.flush()
    return found.id


def found(client: PageClient, **asked: str) -> list[str]:
    page = client.page(f"{ASK}?" + "&".join(f"{name}={value.replace(' ', '+')}" for name, value in asked.items()))
    headings = [each.text for each in page.root.all("h2") if each.attributes.get("id", "").startswith("notice-")]
    return [heading.split(":")[0] for heading in headings]


def test_a_notice_is_found_by_place_postcode_and_name(app: Flask, duty: PageClient) -> None:
    with app.app_context():
        marsh, home = notice_at(), notice_at("1 High Street", "Bo Example", home="2 Mill Lane, OX1 1AA")
        db.session.commit()
    for asked, references in (
        ({"place": "14 marsh wharf"}, [marsh]),
        ({"place": "OX49ZZ"}, [marsh]),
        ({"place": "ox4 9zz"}, [marsh]),
        ({"place": "mill la"}, [home]),
        ({"place": "high street"}, [home]),
        ({"place": "arsh"}, []),
        ({"name": "oisin ofarr"}, [marsh]),
        ({"name": "O'Farrell"}, [marsh]),
        ({"name": "farrell"}, []),
        ({"place": "mill", "name": "ofarrell"}, [home, marsh]),
        ({"place": "%"}, []),
        ({"place": ",."}, []),
        ({}, []),
    ):
        assert sorted(found(duty, **asked)) == sorted(references), asked


def test_what_binds_and_what_an_appeal_suspends(app: Flask, duty: PageClient) -> None:
    with app.app_context():
        reference = notice_at(status="appealed", ends_on=today())
        notice = db.session.scalars(select(Intervention).where(Intervention.reference == reference)).one()
        make_appeal(notice, lodged_on=today() - timedelta(days=3))
    text = " ".join(duty.page(f"{ASK}?place=marsh").root.text.split())
    binding, suspended = text.index("What binds tonight"), text.index("Suspended by the appeal")
    assert binding < text.index("Stop the drums") < suspended < text.index("Sell the drums")
    assert "Ends tonight at midnight" in text
    assert "In progress" in text


@pytest.mark.parametrize(
    "given",
    [
        {"status": "withdrawn", "ended_because": "r"},
        {"ends_on": "yesterday"},
        {"entered_in_error_on": "today", "entered_in_error_reason": "r"},
        {"restricted": True},
    ],
)
def test_what_is_not_in_force_or_hides_is_not_told(app: Flask, duty: PageClient, given: dict[str, object]) -> None:
    days = {"yesterday": today() - timedelta(days=1), "today": today()}
    with app.app_context():
        notice_at(
            **{name: days.get(value, value) if isinstance(value, str) else value for name, value in given.items()}
        )  # type: ignore[arg-type]
        db.session.commit()
    assert found(duty, place="marsh") == []
    assert "No notice in force was found" in duty.get(f"{ASK}?place=marsh").text


def test_an_occupier_is_found_by_the_name_they_turned_out_to_have(app: Flask, duty: PageClient) -> None:
    with app.app_context():
        reference = notice_at(name="The occupier of 14 Marsh Wharf Lane")
        notice = db.session.scalars(select(Intervention).where(Intervention.reference == reference)).one()
        subject = db.session.get_one(Person, notice.subject_id)
        other = make.make_person("Zelda Quux")
        subject.kind, subject.identified_as_id = PersonKind.OCCUPIER, other.id
        subject.identified_on, subject.identified_because = today(), "Told us"
        db.session.commit()
    assert found(duty, name="quux") == [reference]
    assert "who is Zelda Quux" in duty.get(f"{ASK}?name=quux").text


def test_an_officer_is_led_on_to_an_alleged_breach(app: Flask, duty: PageClient) -> None:
    with app.app_context():
        reference = notice_at()
        db.session.commit()
        officer = make.make_user(Role.OFFICER).id
    link = f"/interventions/{reference}/breaches/new"
    assert link in client_of(app, officer).get(f"{ASK}?place=marsh").text
    assert link not in duty.get(f"{ASK}?place=marsh").text


def test_whoever_goes_there_is_warned(app: Flask, duty: PageClient) -> None:
    with app.app_context():
        reference = notice_at()
        notice = db.session.scalars(select(Intervention).where(Intervention.reference == reference)).one()
        make.make_contact_warning(db.session.get_one(Person, notice.subject_id), precautions="Never alone")
        db.session.commit()
    assert "Never alone" in duty.get(f"{ASK}?place=marsh").text


def test_it_is_on_record_what_was_shown_and_the_question_is_not(app: Flask, duty: PageClient) -> None:
    with app.app_context():
        notice_at()
        db.session.commit()
    duty.get(f"{ASK}?name=farrell&place=marsh")
    duty.get(f"{ASK}?name=nobodyatall")
    with app.app_context():
        first, second = db.session.scalars(select(Consultation).order_by(Consultation.id))
        assert first.endpoint == second.endpoint == "notices.tonight"
        assert "intervention" in first.shown
        assert second.shown == '{"intervention":[]}'


def test_a_request_about_a_notice_joins_its_case(app: Flask, duty: PageClient) -> None:
    with app.app_context():
        reference = notice_at()
        db.session.commit()
    new = f"/out-of-hours/new?notice={reference}"
    page = duty.get(new).text
    assert "14 Marsh Wharf Lane" in page
    sent = {
        "made_at": "23:50", "place": "14 Marsh Wharf Lane, Oxford OX4 9ZZ", "kind": "noise_music", "heard": "Drums",
        "who": "anonymous", "response": "none", "join": "yes",
    }  # fmt: skip
    assert duty.submit(new, sent).status_code == 302
    with app.app_context():
        row = db.session.scalars(select(Complaint)).one()
        assert (row.channel, row.triage) == (Channel.OUT_OF_HOURS, TriageState.JOINED)
    assert duty.get("/out-of-hours/new?notice=CPN-2026-9999").status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_finding_notices_keeps_to_its_budget(app: Flask, duty: PageClient, size: int) -> None:
    with app.app_context():
        for _ in range(size):
            notice_at()
        db.session.commit()
    with counted_queries(app) as statements:
        answer = duty.get(f"{ASK}?place=marsh&name=oisin")
    assert len(statements) <= 9
    assert ("There are more." in answer.text) is (size > 20)
