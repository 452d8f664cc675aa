"""A complaint that was joined to the wrong case: moved, or put back, with a reason; what it brought goes with it."""

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.complaints import Channel, TriageState
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.files import FileOf
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor, Role
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.case import Case, Participant
from asb_cases.models.casework import AttachmentLink
from asb_cases.models.complaint import Complaint
from asb_cases.models.deadline import Deadline
from asb_cases.models.incident import IncidentComplaint
from asb_cases.models.intervention import InterventionEvidence
from asb_cases.models.person import Person
from asb_cases.models.search_entry import SearchEntry
from asb_cases.queries.files import file_shown
from asb_cases.queries.incidents import complaints_telling_of
from asb_cases.queries.not_found import NotFound
from asb_cases.services.complaints import log_complaint
from asb_cases.services.files import About, attach_file
from asb_cases.services.people import Details
from asb_cases.services.told import Complainant, Told, ToldAbout
from asb_cases.services.triage import join_complaint, move_complaint, put_complaint_back
from asb_cases.services.versions import StaleVersion
from tests.factories import (
    NOW,
    TODAY,
    keep,
    make_actor,
    make_case,
    make_complaint,
    make_file,
    make_incident,
    make_intervention,
    make_participant,
    make_person,
    make_team,
)
from tests.support.record import last_entry, refused

MUSIC = Told("Music until three", Channel.PHONE, NOW, place="1 Example Street")
ANN = Complainant(details=Details("Ann O’Neill"), address="2 Example Street")
BOB = ToldAbout(details=Details("Bob Bass"), address="1 Example Street")


@pytest.fixture
def officer(in_app: Flask) -> Actor:
    return make_actor(team=make_team())


def joined(actor: Actor, case: Case) -> int:
    return log_complaint(actor=actor, now=NOW, told=MUSIC, complainant=ANN, about=[BOB], case_id=case.id)


def parts(case: Case) -> dict[Part, bool]:
    """Which parts are played in the case, and whether still."""
    rows = db.session.scalars(select(Participant).where(Participant.case_id == case.id))
    return {row.part: row.to_on is None for row in rows}


def where_it_is(complaint_id: int) -> tuple[int | None, int | None, int | None]:
    """The case of the complaint, of its clock, and of its words."""
    clock = db.session.scalars(select(Deadline.case_id).where(Deadline.complaint_id == complaint_id)).one()
    words = select(SearchEntry.case_id).where(SearchEntry.entity_kind == "complaint")
    return (
        db.session.get_one(Complaint, complaint_id).case_id,
        clock,
        db.session.scalars(words.where(SearchEntry.entity_id == complaint_id)).one(),
    )


def test_moved_with_all_that_it_brought(officer: Actor) -> None:
    wrong, right = make_case(), make_case()
    complaint_id = joined(officer, wrong)
    assert parts(wrong) == {Part.COMPLAINANT: True, Part.SUBJECT: True}
    ended = move_complaint(
        actor=officer, now=NOW, complaint_id=complaint_id, case_id=right.id, reason="Another flat", version=1
    )
    assert len(ended) == 2
    assert parts(wrong) == {Part.COMPLAINANT: False, Part.SUBJECT: False}
    assert parts(right) == {Part.COMPLAINANT: True, Part.SUBJECT: True}
    assert where_it_is(complaint_id) == (right.id, right.id, right.id)
    entry = last_entry()
    assert (entry.kind, entry.case_id, entry.reason) == ("complaint_moved", right.id, "Another flat")
    assert f'"from_case_id":{wrong.id}' in entry.details


def test_the_case_it_left_does_not_name_it_any_more(officer: Actor) -> None:
    """It may have gone to a case that few may read."""
    wrong, right = make_case(), make_case()
    complaint_id = joined(officer, wrong)
    incident, file, own = make_incident(wrong), make_file(wrong), make_file(wrong)
    link = db.session.scalars(select(AttachmentLink).where(AttachmentLink.attachment_id == own.id)).one()
    link.entity_kind, link.entity_id = FileOf.COMPLAINT.value, complaint_id
    db.session.commit()
    keep(IncidentComplaint(incident_id=incident.id, complaint_id=complaint_id))
    attach_file(actor=officer, now=NOW, file_id=file.id, about=About(FileOf.COMPLAINT, complaint_id))

    def named() -> tuple[int, list[FileOf]]:
        belongs_to = file_shown(officer, file.id, TODAY).belongs_to
        return len(complaints_telling_of(incident.id)), [each.kind for each in belongs_to]

    assert named() == (1, [FileOf.CASE, FileOf.COMPLAINT])
    move_complaint(actor=officer, now=NOW, complaint_id=complaint_id, case_id=right.id, reason="Another flat")
    assert named() == (0, [FileOf.CASE])
    assert file_shown(officer, own.id, TODAY).facts.case_id == right.id, "what came with it alone goes with it"
    assert file_shown(officer, file.id, TODAY).facts.case_id == wrong.id
    assert f'"attachment_ids":[{own.id}]' in last_entry().details


def test_put_back_it_waits_for_triage_again(officer: Actor) -> None:
    case = make_case()
    complaint_id = joined(officer, case)
    put_complaint_back(actor=officer, now=NOW, complaint_id=complaint_id, reason="Not theirs")
    assert where_it_is(complaint_id) == (None, None, None)
    assert db.session.get_one(Complaint, complaint_id).triage is TriageState.NEW
    assert parts(case) == {Part.COMPLAINANT: False, Part.SUBJECT: False}
    assert (last_entry().kind, last_entry().case_id) == ("complaint_put_back", case.id)
    join_complaint(actor=officer, now=NOW, complaint_id=complaint_id, case_id=case.id)
    assert parts(case) == {Part.COMPLAINANT: True, Part.SUBJECT: True}


def test_whoever_else_speaks_of_them_keeps_their_part(officer: Actor) -> None:
    wrong, right = make_case(), make_case()
    first, second = joined(officer, wrong), joined(officer, wrong)
    assert move_complaint(actor=officer, now=NOW, complaint_id=first, case_id=right.id, reason="Another flat") == []
    assert parts(wrong) == {Part.COMPLAINANT: True, Part.SUBJECT: True}
    bob = db.session.scalars(select(Participant).where(Participant.part == Part.SUBJECT)).first()
    assert bob is not None
    make_intervention("CPW", case=wrong, subject=db.session.get_one(Person, bob.person_id))
    put_complaint_back(actor=officer, now=NOW, complaint_id=second, reason="Another flat")
    assert parts(wrong) == {Part.COMPLAINANT: False, Part.SUBJECT: True}


def test_a_part_of_its_own_is_left_alone(officer: Actor) -> None:
    wrong, person = make_case(), make_person()
    make_participant(wrong, person, Part.VICTIM)
    complaint_id = log_complaint(
        actor=officer, now=NOW, told=MUSIC, complainant=Complainant(person_id=person.id), case_id=wrong.id
    )
    put_complaint_back(actor=officer, now=NOW, complaint_id=complaint_id, reason="Another flat")
    assert parts(wrong) == {Part.COMPLAINANT: False, Part.VICTIM: True}


def test_refused(officer: Actor) -> None:
    wrong, right = make_case(), make_case()
    complaint_id = joined(officer, wrong)
    given = {"actor": officer, "now": NOW, "complaint_id": complaint_id}
    with refused("same_case"):
        move_complaint(**given, case_id=wrong.id, reason="x")
    with refused("reason_needed"):
        move_complaint(**given, case_id=right.id, reason=" ")
    with refused("reason_needed"):
        put_complaint_back(**given, reason="")
    with pytest.raises(StaleVersion):
        put_complaint_back(**given, reason="x", version=9)
    closed = make_case(status=CaseStatus.CLOSED, closed_on=TODAY, closure_reason="Over")
    with refused("case_is_closed"):
        move_complaint(**given, case_id=closed.id, reason="x")
    hidden = make_case(restricted=True)
    with pytest.raises(NotFound):
        move_complaint(**given, case_id=hidden.id, reason="x")
    waiting = make_complaint()
    with refused("move_not_open"):
        put_complaint_back(actor=officer, now=NOW, complaint_id=waiting.id, reason="x")
    with pytest.raises(NotPermitted):
        put_complaint_back(**{**given, "actor": make_actor(Role.DUTY_OFFICER)}, reason="x")


def test_evidence_stays_where_the_step_is(officer: Actor) -> None:
    wrong, right = make_case(), make_case()
    complaint_id = joined(officer, wrong)
    step = make_intervention("CPW", case=wrong)
    keep(InterventionEvidence(intervention_id=step.id, limb="unreasonable", complaint_id=complaint_id))
    given = {"actor": officer, "now": NOW, "complaint_id": complaint_id, "reason": "Another flat"}
    with refused("complaint_is_evidence"):
        move_complaint(**given, case_id=right.id)
    with refused("complaint_is_evidence"):
        put_complaint_back(**given)
    step.entered_in_error_on, step.entered_in_error_reason = TODAY, "Drafted by mistake"
    db.session.commit()
    put_complaint_back(**given)
