"""What the night's shift records of a request, and what is added to it later."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.complaints import Channel, OutOfHoursResponse
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.permissions import Actor, Role
from asb_cases.extensions import db
from asb_cases.models.complaint import Complaint, ComplaintUpdate
from asb_cases.models.search_entry import SearchEntry
from asb_cases.queries.complaints import updates_of
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.out_of_hours import shift_counts, shift_ids, shifts_around
from asb_cases.services.complaints import log_complaint
from asb_cases.services.out_of_hours import add_what_happened
from asb_cases.services.told import Told
from asb_cases.services.triage import join_complaint
from asb_cases.services.versions import StaleVersion
from tests.factories import TODAY, make_actor, make_case, make_complaint
from tests.support.record import history_kinds, last_entry, refused

VISIT, CONTACT, NONE = OutOfHoursResponse.VISIT, OutOfHoursResponse.CONTACT, OutOfHoursResponse.NONE
#: Sunday 1 March, in the night.
EVENING = datetime(2026, 2, 28, 23, 50, tzinfo=UTC)
NIGHT = datetime(2026, 3, 1, 0, 40, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
SATURDAY = EVENING.date()


def logged(actor: Actor, made: datetime = NIGHT, kind: str = "noise_party", **given: object) -> int:
    told = Told("Shouting", Channel.OUT_OF_HOURS, made, categories=(kind,), place="1 Example Street", **given)  # type: ignore[arg-type]
    return log_complaint(actor=actor, now=LATER, told=told)


def test_what_came_of_a_request_is_kept_with_it(in_app: Flask) -> None:
    complaint_id = logged(make_actor(Role.DUTY_OFFICER), response=VISIT, arrived_at=NIGHT, outcome="Music off")
    complaint = db.session.get_one(Complaint, complaint_id)
    assert (complaint.shift_on, complaint.outcome, complaint.arrived_at) == (SATURDAY, "Music off", NIGHT)


@pytest.mark.parametrize(
    ("made", "given", "codes"),
    [
        (LATER + timedelta(minutes=1), {}, ("moment_not_come",)),
        (NIGHT, {"response": CONTACT, "arrived_at": NIGHT}, ("arrival_needs_visit",)),
        (NIGHT, {"response": VISIT, "arrived_at": EVENING}, ("arrived_before_request",)),
        (NIGHT, {"response": VISIT, "arrived_at": LATER + timedelta(minutes=1)}, ("moment_not_come",)),
    ],
)
def test_what_cannot_have_been_so_is_refused(
    in_app: Flask, made: datetime, given: dict[str, object], codes: tuple[str, ...]
) -> None:
    officer = make_actor(Role.OFFICER)
    with refused(*codes):
        logged(officer, made, **given)
    assert db.session.scalars(select(Complaint)).all() == []


def test_what_happened_later_is_added_and_nothing_overwritten(in_app: Flask) -> None:
    duty = make_actor(Role.DUTY_OFFICER)
    complaint_id = logged(duty, response=CONTACT, outcome="Rung back")
    arrived = NIGHT + timedelta(minutes=38)
    add_what_happened(
        actor=duty, now=LATER, complaint_id=complaint_id, text=" Went after all, turned down. ",
        response=VISIT, arrived_at=arrived, version=1,
    )  # fmt: skip
    complaint = db.session.get_one(Complaint, complaint_id)
    assert (complaint.response, complaint.arrived_at, complaint.outcome) == (VISIT, arrived, "Rung back")
    assert complaint.version == 2
    [entry] = updates_of(complaint_id)
    assert (entry.text, entry.response, entry.response_before) == ("Went after all, turned down.", VISIT, "contact")
    assert (entry.arrived_at, entry.arrived_before, entry.author_id) == (arrived, None, duty.user_id)
    assert history_kinds() == ["complaint_logged", "complaint_updated"]
    assert last_entry().entity_id == complaint_id
    words = db.session.scalars(select(SearchEntry.words).where(SearchEntry.entity_kind == "complaint")).one()
    assert {"shouting", "rung", "turned", "example"} <= set(words.split())


def test_words_added_later_are_found_after_the_complaint_joined_a_case(in_app: Flask) -> None:
    officer = make_actor(Role.OFFICER)
    complaint_id, case = logged(officer), make_case()
    add_what_happened(
        actor=officer, now=LATER, complaint_id=complaint_id, text="Trombone", response=NONE, arrived_at=None
    )
    join_complaint(actor=officer, now=LATER, complaint_id=complaint_id, case_id=case.id)
    words = db.session.scalars(select(SearchEntry.words).where(SearchEntry.entity_kind == "complaint")).one()
    assert "trombone" in words.split()


def test_of_two_who_add_at_once_the_later_is_told(in_app: Flask) -> None:
    officer = make_actor(Role.OFFICER)
    complaint_id = logged(officer)
    given = {"actor": officer, "now": LATER, "complaint_id": complaint_id, "text": "t", "response": VISIT}
    add_what_happened(**given, arrived_at=None, version=1)  # type: ignore[arg-type]
    with pytest.raises(StaleVersion):
        add_what_happened(**given, arrived_at=LATER, version=1)  # type: ignore[arg-type]
    assert len(db.session.scalars(select(ComplaintUpdate)).all()) == 1


@pytest.mark.parametrize(
    ("text", "response", "arrived", "codes"),
    [
        ("  ", NONE, None, ("needs_words",)),
        ("Went", NONE, NIGHT, ("arrival_needs_visit",)),
        ("Went", VISIT, NIGHT - timedelta(minutes=1), ("arrived_before_request",)),
    ],
)
def test_an_addition_that_cannot_be_so_is_refused(
    in_app: Flask, text: str, response: OutOfHoursResponse, arrived: datetime | None, codes: tuple[str, ...]
) -> None:
    officer = make_actor(Role.OFFICER)
    complaint_id = logged(officer)
    with refused(*codes):
        add_what_happened(
            actor=officer, now=LATER, complaint_id=complaint_id, text=text, response=response, arrived_at=arrived
        )


def test_only_those_who_work_the_night_add_and_only_to_its_requests(in_app: Flask) -> None:
    officer, day = make_actor(Role.OFFICER), make_complaint()
    complaint_id = logged(officer)
    given = {"now": LATER, "text": "t", "response": NONE, "arrived_at": None}
    with pytest.raises(NotPermitted):
        add_what_happened(actor=make_actor(Role.LEGAL), complaint_id=complaint_id, **given)  # type: ignore[arg-type]
    for actor, found in ((make_actor(Role.DUTY_OFFICER), complaint_id), (officer, day.id)):
        with pytest.raises(NotFound):
            add_what_happened(actor=actor, complaint_id=found, **given)  # type: ignore[arg-type]


def test_a_shift_holds_the_night_and_a_duty_officers_only_their_own(in_app: Flask) -> None:
    duty, other, officer = make_actor(Role.DUTY_OFFICER), make_actor(Role.DUTY_OFFICER), make_actor(Role.OFFICER)
    evening = logged(duty, EVENING, "noise_music", response=VISIT, arrived_at=EVENING + timedelta(minutes=20))
    night = logged(duty, NIGHT, response=VISIT, arrived_at=NIGHT + timedelta(minutes=41))
    theirs = logged(other, NIGHT + timedelta(minutes=1), "noise_alarm", response=NONE)
    logged(duty, EVENING - timedelta(days=1), "noise_alarm", response=CONTACT)
    make_complaint(
        channel=Channel.OUT_OF_HOURS, shift_on=SATURDAY, entered_in_error_on=TODAY, entered_in_error_reason="r"
    )
    assert shift_ids(duty, TODAY, SATURDAY) == [evening, night]
    assert set(shift_ids(officer, TODAY, SATURDAY)) > {evening, night, theirs}
    own, all_ = shift_counts(duty, TODAY, SATURDAY), shift_counts(officer, TODAY, SATURDAY)
    assert (own.requests, dict(own.kinds), dict(own.responses)) == (
        2,
        {"noise_music": 1, "noise_party": 1},
        {"visit": 2},
    )
    assert (sorted(own.minutes), own.average_minutes) == ([20, 41], 30)
    assert (all_.requests, all_.kinds["noise_alarm"], all_.responses["none"]) == (3, 1, 1)
    assert shifts_around(duty, TODAY, SATURDAY) == (SATURDAY - timedelta(days=1), None)
    assert shifts_around(other, TODAY, SATURDAY) == (None, None)
