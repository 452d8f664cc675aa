"""Logging what people tell us, and triage."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.complaints import Channel, OutOfHoursResponse, TriageState
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import CONSOLE, Actor, Role, Via
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.case import Case, Participant
from asb_cases.models.complaint import Complaint
from asb_cases.models.deadline import Deadline
from asb_cases.models.person import Person
from asb_cases.models.search_entry import SearchEntry
from asb_cases.queries.complaints import complaint_to_work_on, standing_complaints_of
from asb_cases.queries.not_found import NotFound
from asb_cases.services.cases import Description
from asb_cases.services.complaints import acknowledge_complaint, log_complaint, mark_complaint_entered_in_error
from asb_cases.services.people import Details
from asb_cases.services.told import Complainant, Told
from asb_cases.services.triage import find_not_asb, join_complaint, open_case_from_complaint, refer_complaint
from asb_cases.services.versions import StaleVersion
from tests.factories import (
    NOW,
    TODAY,
    make_actor,
    make_case,
    make_complaint,
    make_intervention,
    make_person,
    make_team,
)
from tests.support.record import clocks, history_kinds, last_entry, refused

MUSIC = Told(
    "Music until three",
    Channel.PHONE,
    NOW,
    occurred_on=date(2026, 3, 1),
    place="1 Example Street",
    categories=("noise_music",),
)
#: Two in the morning of Sunday 1 March: the shift that began on Saturday evening.
AT_NIGHT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
PARTY = Told(
    "A party", Channel.OUT_OF_HOURS, AT_NIGHT, categories=("noise_party",),
    response=OutOfHoursResponse.VISIT, arrived_at=AT_NIGHT + timedelta(minutes=40),
)  # fmt: skip
ANN = Complainant(details=Details("Ann O’Neill", phone="01865 000000"), address="2 Example Street")


def test_log_complaint(in_app: Flask) -> None:
    officer = make_actor(Role.OFFICER)
    complaint_id = log_complaint(actor=officer, now=NOW, told=MUSIC, complainant=ANN)
    complaint = complaint_to_work_on(complaint_id, actor=officer, today=TODAY)
    assert (complaint.reference, complaint.triage, complaint.case_id) == ("CMP-2026-000001", TriageState.NEW, None)
    assert (complaint.made_on, complaint.made_at, complaint.recorded_by_id) == (TODAY, NOW, officer.user_id)
    assert [category.code for category in complaint.categories] == ["noise_music"]
    assert db.session.get_one(Person, complaint.complainant_id).name == "Ann O’Neill"
    [clock] = db.session.scalars(select(Deadline)).all()
    assert (clock.rule, clock.complaint_id, clock.last_day) == ("acknowledge", complaint_id, date(2026, 3, 3))
    assert history_kinds() == ["complaint_logged"]
    words = db.session.scalars(select(SearchEntry.words).where(SearchEntry.entity_kind == "complaint")).one()
    assert {"music", "three", "example"} <= set(words.split())


def test_the_same_complainant_is_recorded_once(in_app: Flask) -> None:
    for _ in range(2):
        log_complaint(actor=CONSOLE, now=NOW, told=MUSIC, complainant=ANN)
    assert len(db.session.scalars(select(Person)).all()) == 1


def test_in_a_case_the_complainant_plays_the_part(in_app: Flask) -> None:
    case, person = make_case(), make_person()
    for _ in range(2):
        log_complaint(actor=CONSOLE, now=NOW, told=MUSIC, complainant=Complainant(person_id=person.id), case_id=case.id)
    assert [complaint.triage for complaint in standing_complaints_of(case.id)] == [TriageState.JOINED] * 2
    [participant] = db.session.scalars(select(Participant)).all()
    assert (participant.case_id, participant.person_id, participant.part) == (case.id, person.id, Part.COMPLAINANT)
    assert clocks(case_id=case.id) == {
        "acknowledge": "running", "victim_update": "running", "case_review_explanation": "running",
    }  # fmt: skip


def test_night_belongs_to_the_shift_on_which_it_began(in_app: Flask) -> None:
    duty = make_actor(Role.DUTY_OFFICER)
    complaint = db.session.get_one(Complaint, log_complaint(actor=duty, now=NOW, told=PARTY))
    assert (complaint.made_on, complaint.shift_on) == (date(2026, 3, 1), date(2026, 2, 28))
    assert complaint.response is OutOfHoursResponse.VISIT
    with refused("shift_needs_time"):
        log_complaint(actor=duty, now=NOW, told=Told("A party", Channel.OUT_OF_HOURS, TODAY))


def test_duty_officer_adds_to_a_case_with_a_notice_in_force(in_app: Flask) -> None:
    duty, notice = make_actor(Role.DUTY_OFFICER), make_intervention("CPN")
    complaint_id = log_complaint(actor=duty, now=NOW, told=PARTY, case_id=notice.case_id)
    assert db.session.get_one(Complaint, complaint_id).case_id == notice.case_id
    with pytest.raises(NotFound):
        log_complaint(actor=duty, now=NOW, told=PARTY, case_id=make_case().id)


@pytest.mark.parametrize(
    ("told", "complainant", "codes"),
    [
        (Told("Later", Channel.PHONE, TODAY + timedelta(days=1)), None, ("day_not_come",)),
        (Told("Before", Channel.PHONE, NOW, occurred_on=TODAY + timedelta(days=1)), None, ("days_out_of_order",)),
        (Told("Who?", Channel.PHONE, NOW, anonymous=True), ANN, ("anonymous_complainant",)),
        (Told("What?", Channel.PHONE, NOW, categories=("nois",)), None, ("unknown_category",)),
    ],
)
def test_what_can_t_be_right_is_refused(
    in_app: Flask, told: Told, complainant: Complainant | None, codes: tuple[str]
) -> None:
    with refused(*codes):
        log_complaint(actor=CONSOLE, now=NOW, told=told, complainant=complainant)
    assert db.session.scalars(select(Complaint)).all() == []


def test_no_complaint_joins_a_closed_case(in_app: Flask) -> None:
    closed = make_case(status=CaseStatus.CLOSED, closed_on=TODAY, closure_reason="Over")
    watched = make_case(
        status=CaseStatus.CLOSED_NOTICE_IN_FORCE, closed_on=TODAY, closure_reason="Over", notice_review_on=TODAY
    )
    with refused("case_is_closed"):
        log_complaint(actor=CONSOLE, now=NOW, told=MUSIC, case_id=closed.id)
    log_complaint(actor=CONSOLE, now=NOW, told=MUSIC, case_id=watched.id)
    assert len(standing_complaints_of(watched.id)) == 1


def test_public_and_partners(in_app: Flask) -> None:
    public = Actor(via=Via.PUBLIC)
    complaint_id = log_complaint(actor=public, now=NOW, told=Told("Litter", Channel.WEB, NOW, anonymous=True))
    assert db.session.get_one(Complaint, complaint_id).recorded_by_id is None
    with pytest.raises(NotPermitted):
        log_complaint(actor=public, now=NOW, told=PARTY)
    with pytest.raises(NotPermitted):
        log_complaint(actor=public, now=NOW, told=MUSIC, case_id=make_case().id)
    for role in (Role.PARTNER, Role.LEGAL, Role.ANALYST, Role.ADMINISTRATOR):
        with pytest.raises(NotPermitted):
            log_complaint(actor=make_actor(role), now=NOW, told=MUSIC)


def test_acknowledgement(in_app: Flask) -> None:
    complaint_id = log_complaint(actor=CONSOLE, now=NOW, told=MUSIC)
    acknowledge_complaint(actor=CONSOLE, now=NOW + timedelta(days=1), complaint_id=complaint_id)
    assert clocks(complaint_id=complaint_id) == {"acknowledge": "met"}
    with refused("already_done"):
        acknowledge_complaint(actor=CONSOLE, now=NOW + timedelta(days=1), complaint_id=complaint_id)


def test_join_complaint(in_app: Flask) -> None:
    officer = make_actor(team=make_team())
    complaint_id, case = log_complaint(actor=CONSOLE, now=NOW, told=MUSIC, complainant=ANN), make_case()
    join_complaint(actor=officer, now=NOW, complaint_id=complaint_id, case_id=case.id, version=1)
    complaint = db.session.get_one(Complaint, complaint_id)
    assert (complaint.triage, complaint.case_id) == (TriageState.JOINED, case.id)
    assert clocks(case_id=case.id) == {"acknowledge": "running", "victim_update": "running"}
    assert db.session.scalars(select(Participant.part)).all() == [Part.COMPLAINANT]
    entry = db.session.scalars(select(SearchEntry).where(SearchEntry.entity_kind == "complaint")).one()
    assert entry.case_id == case.id
    assert "example" in entry.words.split()
    assert (last_entry().kind, last_entry().case_id) == ("complaint_joined", case.id)
    with refused("move_not_open"):
        join_complaint(actor=officer, now=NOW, complaint_id=complaint_id, case_id=make_case().id)
    with pytest.raises(StaleVersion):
        refer_complaint(actor=officer, now=NOW, complaint_id=complaint_id, to="Police", reason="Theirs", version=1)


def test_open_case_from_complaint(in_app: Flask) -> None:
    officer = make_actor(team=make_team())
    told = Told("Threats", Channel.PHONE, NOW - timedelta(hours=3))
    complaint_id = log_complaint(actor=officer, now=NOW, told=told, complainant=ANN)
    case_id = open_case_from_complaint(
        actor=officer, now=NOW, complaint_id=complaint_id, description=Description("Threats"), priority=1,
        owner_id=officer.user_id,
    )  # fmt: skip
    case = db.session.get_one(Case, case_id)
    assert (case.status, case.received_at) == (CaseStatus.OPEN, NOW - timedelta(hours=3))
    assert db.session.get_one(Complaint, complaint_id).case_id == case_id
    due = db.session.scalars(select(Deadline.due_at).where(Deadline.rule == "response_priority_1")).one()
    assert due == NOW + timedelta(hours=21)
    assert history_kinds() == ["complaint_logged", "case_opened", "complaint_joined"]
    with refused("move_not_open"):
        open_case_from_complaint(actor=officer, now=NOW, complaint_id=complaint_id, description=Description("Threats"))
    assert len(db.session.scalars(select(Case)).all()) == 1, "the case opened on the way is undone as well"


def test_sent_elsewhere_with_a_reason_and_looked_at_again(in_app: Flask) -> None:
    complaint = make_complaint()
    with refused("reason_needed"):
        refer_complaint(actor=CONSOLE, now=NOW, complaint_id=complaint.id, to="Fire service", reason=" ")
    refer_complaint(actor=CONSOLE, now=NOW, complaint_id=complaint.id, to="Fire service", reason="A bonfire")
    assert (complaint.triage, complaint.triage_reason) == (TriageState.REFERRED, "A bonfire")
    assert complaint.referred_to == "Fire service"
    find_not_asb(actor=CONSOLE, now=NOW, complaint_id=complaint.id, reason="A street party with a licence")
    assert complaint.triage is TriageState.NOT_ASB
    assert last_entry().reason == "A street party with a licence"
    join_complaint(actor=CONSOLE, now=NOW, complaint_id=complaint.id, case_id=make_case().id)
    assert (complaint.triage, complaint.triage_reason) == (TriageState.JOINED, None)
    assert history_kinds() == ["complaint_triaged", "complaint_triaged", "complaint_joined"]
    with pytest.raises(NotPermitted):
        refer_complaint(
            actor=make_actor(Role.DUTY_OFFICER), now=NOW, complaint_id=complaint.id, to="Police", reason="Theirs"
        )


def test_complaint_entered_in_error(in_app: Flask) -> None:
    case, manager = make_case(), make_actor(Role.MANAGER)
    complaint_id = log_complaint(actor=manager, now=NOW, told=MUSIC, case_id=case.id)
    with refused("reason_needed"):
        mark_complaint_entered_in_error(actor=manager, now=NOW, complaint_id=complaint_id, reason="")
    mark_complaint_entered_in_error(actor=manager, now=NOW, complaint_id=complaint_id, reason="Logged twice")
    assert standing_complaints_of(case.id) == []
    assert clocks(complaint_id=complaint_id) == {"acknowledge": "stopped"}
    with refused("entered_in_error"):
        mark_complaint_entered_in_error(actor=manager, now=NOW, complaint_id=complaint_id, reason="Again")
    with pytest.raises(NotPermitted):
        mark_complaint_entered_in_error(actor=make_actor(), now=NOW, complaint_id=complaint_id, reason="Mine")
