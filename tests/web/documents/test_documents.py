"""Letters and notices as pages: what they print, what is only for the screen, and who may open them."""

import re
from dataclasses import dataclass

import pytest
import time_machine
from flask import Flask

from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.measures import MeasureKind
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.case import Case, Participant
from asb_cases.models.history import Consultation
from asb_cases.models.intervention import Intervention
from asb_cases.models.measure import Measure
from asb_cases.models.person import Person
from asb_cases.models.policy import PolicyValue
from asb_cases.models.user import User
from asb_cases.services.case_closing import close_case
from asb_cases.services.endings import withdraw
from asb_cases.services.fixed_penalties import cancel
from tests.factories import (
    NOW,
    actor_of,
    keep,
    make_address,
    make_complaint,
    make_contact,
    make_participant,
    make_person,
    make_user,
)
from tests.support.enforcement_track import DO, STOP, Track, at, day, make_track, step
from tests.support.page_client import PageClient
from tests.support.page_markup import Element, Page
from tests.support.signed_in import client_of

TOLD = {"recipient_told": True, "victim_told": True}


@dataclass(frozen=True)
class World:
    """An officer's client, and the references of what was made."""

    app: Flask
    client: PageClient
    case: str
    references: dict[str, str]
    ids: dict[str, int]


@pytest.fixture
def world(app: Flask) -> World:
    with app.app_context(), time_machine.travel(at(60)):
        track = make_track(name="Ebele Larkspindle")
        teller = make_person("Wilhelmina Quennell", address=make_address("3 Rose Lane"))
        other = make_person("Zephaniah Otherwise", address=make_address("5 Rose Lane"))
        part = make_participant(track.case, teller, Part.COMPLAINANT)
        make_participant(track.case, other, Part.VICTIM)
        contact = make_contact(track.case, told="We have written to them.", person_id=teller.id)
        naming = make_contact(track.case, told="Mr Otherwise told us the same.", person_id=teller.id)
        to_nobody = make_contact(track.case, told="Spoke to the landlord.")
        found = steps(track)
        references = {name: step(each).reference for name, each in found.items()}
        ids = {
            "part": part.id, "contact": contact.id, "naming": naming.id, "to_nobody": to_nobody.id, "case": track.case.id,
            "manager": track.manager.user_id or 0, "legal": track.legal.user_id or 0,
        }  # fmt: skip
        case, officer = track.case.reference, track.officer.user_id or 0
    return World(app, client_of(app, officer), case, references, ids)


def steps(track: Track) -> dict[str, int]:
    notice = track.notice(14, requirements=[STOP, DO])
    breach = track.breach(notice, 19)
    cancelled = track.penalty(breach, 20)
    cancel(actor=track.manager, now=at(21), intervention_id=cancelled, reason="Wrong amount", **TOLD)
    track.decide(breach, BreachDecision.FPN, 22)
    penalty = track.penalty(breach, 22, reduced_pence=6000, reduced_within_days=10)
    draft = track.draft_warning(40)
    taken_back = track.warn(41)
    withdraw(actor=track.manager, now=at(45), intervention_id=taken_back, reason="Wrong house", **TOLD)
    return {"notice": notice, "penalty": penalty, "cancelled": cancelled, "draft": draft, "withdrawn": taken_back}


def printed(page: Page) -> str:
    """The words that go on paper."""
    (article,) = page.root.all("article")
    return " ".join(article.text.split())


def screen_only(page: Page) -> str:
    found: list[Element] = [
        each for each in page.root.walk() if "asb-document-tools" in each.attributes.get("class", "")
    ]
    return " ".join(" ".join(each.text for each in found).split())


def document(world: World, name: str, kind: str) -> Page:
    return world.client.page(f"/interventions/{world.references[name]}/documents/{kind}")


def test_a_notice_prints_the_right_to_appeal_without_a_computed_day(world: World) -> None:
    said = printed(document(world, "notice", "notice"))
    assert "within 21 days beginning with the day you are given this" in said
    assert re.search("Given to you on ?________", said)
    assert "8 February 2026" not in said  # the day that the clock of this one comes to
    for words in (STOP.text, DO.text, "Ebele Larkspindle", "level 4", "£2,500", "section 51", "vary or discharge"):
        assert words in said
    assert "DRAFT" not in said


def test_a_draft_says_so(world: World) -> None:
    said = printed(document(world, "draft", "warning"))
    assert said.startswith("DRAFT: not authorised")
    assert "a community protection notice will be issued to you" in said


def test_a_penalty_prints_its_terms(world: World) -> None:
    said = printed(document(world, "penalty", "penalty"))
    assert (
        "before the end of 14 days following the date of this notice , which is the end of 10 February 2026"
        in said.replace("notice,", "notice ,")
    )
    assert "by the end of 6 February 2026" in said
    for words in ("£100", "£60", "by post", "certificate"):
        assert words in said


def test_what_the_council_has_not_decided_is_said_on_screen_alone(world: World) -> None:
    page = document(world, "penalty", "penalty")
    assert "Address of the council on letters and notices" in screen_only(page)
    assert "Not decided yet" not in printed(page)
    with world.app.app_context():
        address = {"code": "letter_council_address", "value": "Town Hall, Oxbridge"}
        keep(PolicyValue(from_on=day(1), source="A test", entered_at=NOW, **address))
    page = document(world, "penalty", "penalty")
    assert "Address of the council" not in screen_only(page)
    assert "Town Hall, Oxbridge" in printed(page)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("notice", "service", "I certify that"),
        ("withdrawn", "withdrawal", "Wrong house"),
        ("cancelled", "withdrawal", "You do not have to pay it"),
    ],
)
def test_each_other_document_is_there(world: World, name: str, kind: str, words: str) -> None:
    assert words in printed(document(world, name, kind))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("notice", "withdrawal"), ("notice", "discharge"), ("notice", "warning"), ("notice", "variation"), ("draft", "service"),
     ("notice", "unheard-of")],
)  # fmt: skip
def test_a_document_that_there_is_not_is_not_found(world: World, name: str, kind: str) -> None:
    assert world.client.get(f"/interventions/{world.references[name]}/documents/{kind}").status_code == 404


def test_work_in_default_has_its_two_notices_once_each_is_recorded(world: World) -> None:
    address = f"/interventions/{world.references['notice']}/documents"
    assert [world.client.get(f"{address}/{kind}").status_code for kind in ("work", "cost")] == [404, 404]
    with world.app.app_context():
        breach = db.session.query(AllegedBreach).first()
        assert breach is not None
        for kind, on, pence, words in (
            (MeasureKind.WORK_NOTICE, 30, 25000, "Clear the garden and take the sofa away"),
            (MeasureKind.WORK_ELSEWHERE, 40, 23050, "Garden cleared in a day"),
            (MeasureKind.COST_NOTICE, 41, 20000, "Payable in two parts"),
        ):
            of = {"intervention_id": breach.intervention_id, "breach_id": breach.id}
            keep(Measure(kind=kind, done_on=day(on), amount_pence=pence, text=words, **of))
    intended = printed(document(world, "notice", "work"))
    for words in ("Clear the garden", "estimated at £250", "I consent / I do not consent", "The owner of the premises"):
        assert words in intended
    asked = printed(document(world, "notice", "cost"))
    for words in (
        "Garden cleared in a day",
        "£230.50",
        "required to pay £200",
        "within 21 days beginning with the day",
    ):
        assert words in asked


def test_a_complaint_is_acknowledged_to_its_complainant_alone(world: World) -> None:
    with world.app.app_context():
        case = db.session.get_one(Case, world.ids["case"])
        teller = db.session.get_one(Participant, world.ids["part"]).person_id
        mine = make_complaint(case=case, complainant=db.session.get_one(Person, teller), description="Xqzdescription")
        anonymous = make_complaint(case=case)
        mine_id, reference, nobody = mine.id, mine.reference, anonymous.id
    address = f"/cases/{world.case}/letters/acknowledgement"
    said = printed(world.client.page(f"{address}/{mine_id}"))
    for words in ("Wilhelmina Quennell", reference, "We have your report"):
        assert words in said
    for words in ("Xqzdescription", "Larkspindle", "Otherwise"):
        assert words not in said
    assert world.client.get(f"{address}/{nobody}").status_code == 404


def test_a_name_in_the_text_is_pointed_out_and_not_hidden(world: World) -> None:
    with world.app.app_context():
        row = db.session.query(Intervention).filter_by(reference=world.references["notice"]).one()
        row.unreasonable = "It went on after Mrs Quennell had asked twice."
        db.session.commit()
    page = document(world, "notice", "notice")
    assert "may name Wilhelmina Quennell" in screen_only(page)


def test_the_page_of_a_step_leads_to_its_documents(world: World) -> None:
    page = world.client.page(f"/interventions/{world.references['notice']}")
    links = {link.attributes.get("href", "") for link in page.root.all("a")}
    address = f"/interventions/{world.references['notice']}/documents"
    assert {f"{address}/notice", f"{address}/service"} <= links


def test_a_document_that_was_looked_at_is_on_record(world: World) -> None:
    document(world, "notice", "notice")
    with world.app.app_context():
        last = db.session.query(Consultation).order_by(Consultation.id.desc()).first()
        assert last is not None
        assert (last.endpoint, last.case_id) == ("documents.of_intervention", world.ids["case"])


def closed(world: World) -> None:
    with world.app.app_context(), time_machine.travel(at(61)):
        manager = db.session.get_one(User, world.ids["manager"])
        row = db.session.get_one(Participant, world.ids["part"])
        close_case(
            actor=actor_of(manager), now=at(61), case_id=row.case_id, outcome="resolved", reason="It has been quiet since.",
            told="The music stopped.", review_on=day(100), cautions_reason="A draft stays",
        )  # fmt: skip


def test_a_closing_letter_tells_of_the_review_and_names_nobody_else(world: World) -> None:
    address = f"/cases/{world.case}/letters/closing/{world.ids['part']}"
    assert world.client.get(address).status_code == 404
    with world.app.app_context():
        for row in db.session.query(Intervention).filter(Intervention.power == "FPN", Intervention.status == "issued"):
            row.status = "paid"
        db.session.commit()
    closed(world)
    said = printed(world.client.page(address))
    for words in ("Wilhelmina Quennell", "It has been quiet since.", "A notice stays in force.",
                  "within 28 days", "ASB case review (also known as the Community Trigger)", "3 or more"):  # fmt: skip
        assert words in said
    # What was told is noted for the record, not for the letter.
    for words in ("Ebele Larkspindle", "Zephaniah Otherwise", "The music stopped."):
        assert words not in said
    assert f"Closing letter to {'Zephaniah Otherwise'}" in world.client.page(f"/cases/{world.case}/letters").root.text


def test_an_update_says_what_was_told(world: World) -> None:
    said = printed(world.client.page(f"/cases/{world.case}/letters/update/{world.ids['contact']}"))
    assert "We have written to them." in said
    naming = world.client.page(f"/cases/{world.case}/letters/update/{world.ids['naming']}")
    assert "The text may name Zephaniah Otherwise" in screen_only(naming)
    assert "may name" not in printed(naming)
    assert "ASB case review" in said
    assert world.client.get(f"/cases/{world.case}/letters/update/{world.ids['to_nobody']}").status_code == 404


def test_letters_to_those_who_complained_are_not_for_legal(world: World) -> None:
    legal = client_of(world.app, world.ids["legal"])
    assert legal.get(f"/cases/{world.case}/letters").status_code == 403
    assert legal.get(f"/interventions/{world.references['notice']}/documents/notice").status_code == 200


def test_another_team_finds_no_document(world: World) -> None:
    with world.app.app_context():
        stranger = make_user(Role.OFFICER).id
    client = client_of(world.app, stranger)
    for path in (f"/interventions/{world.references['notice']}/documents/notice", f"/cases/{world.case}/letters",
                 f"/cases/{world.case}/letters/update/{world.ids['contact']}"):  # fmt: skip
        assert client.get(path).status_code == 404


def test_titles_say_nothing_personal(world: World) -> None:
    page = document(world, "notice", "notice")
    (title,) = [each.text for each in page.root.all("title")]
    assert not re.search("Larkspindle|Quennell", title)
