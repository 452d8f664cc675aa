"""A report taken in with its case, in one act."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from asb_cases.domain.complaints import Channel, TriageState
from asb_cases.domain.contact_preferences import ContactWay
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import Base, db
from asb_cases.models.case import Case, Participant
from asb_cases.models.complaint import Complaint, ComplaintSubject
from asb_cases.models.data_import import OtherReference
from asb_cases.models.deadline import Deadline
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.person_contact import ContactPreference
from asb_cases.models.place import Address
from asb_cases.models.search_entry import SearchEntry
from asb_cases.queries.contact_preferences import standing_preference
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.search import search
from asb_cases.services.complaints import log_complaint
from asb_cases.services.intake import log_case
from asb_cases.services.people import Details
from asb_cases.services.search_index import index
from asb_cases.services.told import Complainant, Told, ToldAbout
from tests.factories import (
    NOW,
    TODAY,
    keep,
    make_actor,
    make_address,
    make_case,
    make_participant,
    make_person,
    make_team,
    make_ward,
)
from tests.support.record import clocks, history_kinds, last_entry, refused

#: Of one act: categories, addresses, people by identity and the merges among them, what the same person told us before,
#: policy, the end of the history; and one to spare.
READS = 8

MUSIC = Told(
    "Music until three",
    Channel.PHONE,
    NOW - timedelta(hours=2),
    occurred_on=date(2026, 3, 1),
    occurred_when="10pm to 3am",
    still_going_on=True,
    place="14 Marsh Lane",
    postcode="OX4 9ZZ",
    categories=("noise_party", "noise_music"),
    safe_contact="Text first",
)
ANN = Complainant(details=Details("Ann O’Neill", phone="01865 000000"), address="2 Example Street")
BOB = ToldAbout(details=Details("Bob Bass"), address="14 Marsh Lane, OX4 9ZZ")
OCCUPIER = ToldAbout(
    details=Details("The occupier of 14 Marsh Lane", kind=PersonKind.OCCUPIER), address="14 Marsh Lane, OX4 9ZZ"
)


def count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def parts_of(case_id: int) -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(Person.name, Participant.part)
        .join(Participant, Participant.person_id == Person.id)
        .where(Participant.case_id == case_id, Participant.to_on.is_(None))
        .order_by(Participant.id)
    )
    return [(name, part.value) for name, part in rows]


def test_case_complaint_and_people_in_one_act(in_app: Flask) -> None:
    officer = make_actor(team=make_team())
    logged = log_case(
        actor=officer, now=NOW, told=MUSIC, priority=1, complainant=ANN, about=[BOB], owner_id=officer.user_id
    )
    case = db.session.get_one(Case, logged.case_id)
    assert (case.reference, logged.case_reference) == ("ASB-2026-000001", "ASB-2026-000001")
    assert (case.status, case.team_id, case.owner_id) == (CaseStatus.OPEN, officer.team_id, officer.user_id)
    assert (case.title, case.summary) == ("Noise: party, 14 Marsh Lane", "Music until three")
    assert (case.opened_on, case.received_at) == (TODAY, NOW - timedelta(hours=2))
    complaint = db.session.scalars(select(Complaint)).one()
    assert (complaint.reference, complaint.triage, complaint.case_id) == (
        logged.complaint_reference, TriageState.JOINED, case.id,
    )  # fmt: skip
    assert (complaint.occurred_when, complaint.still_going_on, complaint.safe_contact) == (
        "10pm to 3am", True, "Text first",
    )  # fmt: skip
    assert parts_of(case.id) == [("Ann O’Neill", "complainant"), ("Bob Bass", "subject")]
    assert count(ComplaintSubject) == 1
    place = db.session.get_one(Address, case.address_id)
    assert (place.text, place.postcode, complaint.address_id) == ("14 Marsh Lane, OX4 9ZZ", "OX4 9ZZ", place.id)
    assert history_kinds() == ["case_opened"]
    assert (last_entry().entity_kind, last_entry().case_id) == ("case", case.id)
    assert "Ann" not in last_entry().details


def test_the_clocks_run_from_when_it_was_reported(in_app: Flask) -> None:
    logged = log_case(actor=CONSOLE, now=NOW, told=MUSIC, priority=1)
    assert clocks(case_id=logged.case_id) == {"response_priority_1": "running", "acknowledge": "running"}
    due = db.session.scalars(select(Deadline.due_at).where(Deadline.rule == "response_priority_1")).one()
    assert due == NOW + timedelta(hours=22)
    assert [(each.rule, each.last_day, each.due_at) for each in logged.due] == [
        ("response_priority_1", date(2026, 3, 3), due),
        ("acknowledge", date(2026, 3, 3), None),
    ]


def test_everything_is_found_by_its_words_at_once(in_app: Flask) -> None:
    officer = make_actor(team=make_team())
    log_case(actor=officer, now=NOW, told=MUSIC, priority=2, complainant=ANN, about=[BOB])
    for words, kinds in (("bob bass", {"person"}), ("music three", {"case", "complaint"}), ("oneill", {"person"})):
        assert {hit.kind for hit in search(officer, words, TODAY).hits} == kinds, words
    assert count(SearchEntry) == 4


def test_a_place_and_people_known_already_are_not_recorded_again(in_app: Flask) -> None:
    place = make_address("14 Marsh Lane, OX4 9ZZ")
    bob, ward = make_person("Bob Bass", address=place), make_ward()
    told = replace(MUSIC, ward_id=ward.id)
    logged = log_case(actor=CONSOLE, now=NOW, told=told, priority=3, about=[BOB, BOB])
    assert [row.person_id for row in db.session.scalars(select(Participant))] == [bob.id]
    assert (count(Address), count(Person)) == (1, 1)
    assert (place.ward_id, db.session.get_one(Case, logged.case_id).ward_id) == (ward.id, ward.id)


def test_somebody_of_a_case_of_others_is_not_come_by_through_a_report(in_app: Flask) -> None:
    """Whoever is behind a report is shown with all that is known of them to those who took it in."""
    ann = make_person("Ann O’Neill", address=make_address("2 Example Street"), phone="07700 900000")
    make_participant(make_case(team=make_team(), restricted=True), ann)
    log_complaint(actor=make_actor(team=make_team()), now=NOW, told=MUSIC, complainant=ANN)
    assert db.session.scalars(select(Complaint.complainant_id)).one() != ann.id
    assert count(Person) == 2


def test_by_name_alone_nobody_is_taken_for_the_same(in_app: Flask) -> None:
    for _ in range(2):
        log_case(actor=CONSOLE, now=NOW, told=MUSIC, priority=3, about=[ToldAbout(details=Details("J Smith"))])
    assert count(Person) == 2


def test_somebody_chosen_is_filled_in_and_never_overwritten(in_app: Flask) -> None:
    ann = make_person("Ann O’Neill", phone="01865 000000")
    index("person", ann.id, None, ann.name, ann.phone)
    db.session.commit()
    said = Details("Ann O’Neill", phone="01865 999999", email="ann@example.org")
    chosen = Complainant(person_id=ann.id, details=said, address="7 New Street")
    log_case(actor=CONSOLE, now=NOW, told=MUSIC, priority=3, complainant=chosen)
    db.session.refresh(ann)
    assert (ann.phone, ann.email, ann.email_key) == ("01865 000000", "ann@example.org", "ann@example.org")
    assert count(PersonAddress) == 1
    complaint = db.session.scalars(select(Complaint)).one()
    assert complaint.safe_contact == "Text first\nThis time gave telephone 01865 999999."
    assert {hit.row_id for hit in search(CONSOLE, "ann new street", TODAY).hits} == {ann.id}


def test_ways_that_give_somebody_away_are_kept_with_them(in_app: Flask) -> None:
    ann = make_person("Ann O’Neill")
    keep(ContactPreference(person_id=ann.id, preferred=ContactWay.LETTER, not_by="email", from_on=TODAY))
    told = replace(MUSIC, not_by=frozenset({ContactWay.LETTER}))
    log_case(actor=CONSOLE, now=NOW, told=told, priority=3, complainant=Complainant(person_id=ann.id))
    standing = standing_preference(ann.id)
    assert standing is not None
    assert (standing.preferred, standing.not_by, standing.not_by_because) == (None, "email,letter", "Text first")
    assert count(ContactPreference) == 2
    with refused("no_way_left"):
        log_case(actor=CONSOLE, now=NOW, told=replace(MUSIC, not_by=frozenset(ContactWay)), priority=3, complainant=ANN)


def test_the_occupier_of_premises_is_a_subject(in_app: Flask) -> None:
    for _ in range(2):
        logged = log_case(actor=CONSOLE, now=NOW, told=MUSIC, priority=3, about=[OCCUPIER])
    assert parts_of(logged.case_id) == [("The occupier of 14 Marsh Lane", "subject")]
    assert count(Person) == 1


def test_their_reference_is_kept_and_found_once(in_app: Flask) -> None:
    passed_on = replace(MUSIC, channel=Channel.PARTNER, received_by_body="Police", their_reference="43/260012")
    officer = make_actor(team=make_team())
    log_case(actor=officer, now=NOW, told=passed_on, priority=3)
    assert [hit.kind for hit in search(officer, "43 260012", TODAY).exact] == ["complaint"]
    with refused("their_reference_known"):
        log_complaint(actor=officer, now=NOW, told=replace(passed_on, their_reference="43-260012"))
    assert count(OtherReference) == 1


@pytest.mark.parametrize(
    ("told", "complainant", "about", "codes"),
    [
        (replace(MUSIC, made=NOW + timedelta(minutes=5)), None, (), ("moment_not_come",)),
        (replace(MUSIC, made=NOW + timedelta(days=2)), None, (), ("day_not_come",)),
        (replace(MUSIC, anonymous=True), ANN, (), ("anonymous_complainant",)),
        (replace(MUSIC, categories=("nois",)), None, (), ("unknown_category",)),
        (MUSIC, Complainant(details=Details(" ")), (), ("needs_words",)),
        (MUSIC, Complainant(details=Details("B"), address="1 A Road"),
         [ToldAbout(details=Details("b"), address="1 a road")], ("reported_themselves",)),
    ],
)  # fmt: skip
def test_what_can_t_be_right_leaves_nothing(
    in_app: Flask, told: Told, complainant: Complainant | None, about: Sequence[ToldAbout], codes: tuple[str]
) -> None:
    with refused(*codes):
        log_case(actor=CONSOLE, now=NOW, told=told, priority=1, complainant=complainant, about=about)
    assert [count(table) for table in (Case, Complaint, Person, Address)] == [0, 0, 0, 0]
    logged = log_case(actor=CONSOLE, now=NOW, told=MUSIC, priority=1)
    assert logged.case_reference == "ASB-2026-000001", "numbers nobody saw are given again"


def test_who_may(in_app: Flask) -> None:
    for role in set(Role) - {Role.OFFICER, Role.MANAGER}:
        with pytest.raises(NotPermitted):
            log_case(actor=make_actor(role), now=NOW, told=MUSIC, priority=1)
    elsewhere = make_case(team=make_team(), restricted=True)
    hidden = make_person("Hidden")
    make_participant(elsewhere, hidden)
    for complainant, about in ((Complainant(person_id=hidden.id), ()), (None, [ToldAbout(person_id=hidden.id)])):
        with pytest.raises(NotFound):
            log_case(
                actor=make_actor(team=make_team()),
                now=NOW,
                told=MUSIC,
                priority=1,
                complainant=complainant,
                about=about,
            )
    assert count(Complaint) == 0


def statements(of: Any) -> tuple[list[str], int]:
    """The statements that an act sends, and how often it commits."""
    sent: list[str] = []
    commits: list[datetime] = []
    engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    def committed(_connection: object) -> None:
        commits.append(NOW)

    event.listen(engine, "before_cursor_execute", note)
    event.listen(engine, "commit", committed)
    try:
        of()
    finally:
        event.remove(engine, "before_cursor_execute", note)
        event.remove(engine, "commit", committed)
    return [each for each in sent if each.split()[0] not in {"BEGIN", "COMMIT", "ROLLBACK"}], len(commits)


def test_it_asks_little_and_commits_once(in_app: Flask) -> None:
    officer = make_actor(team=make_team())
    sent, commits = statements(
        lambda: log_case(actor=officer, now=NOW, told=MUSIC, priority=1, complainant=ANN, about=[BOB, OCCUPIER])
    )
    assert commits == 1
    assert len([each for each in sent if each.startswith("SELECT")]) <= READS, sent
