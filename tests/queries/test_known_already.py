"""Who and what is offered while a report is taken in: what helps, and nothing that the asking person may not know."""

from datetime import date

import pytest
from flask import Flask

from asb_cases.domain.people import Part, PersonKind
from asb_cases.domain.permissions import Actor, Role
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.complaint import ComplaintSubject
from asb_cases.models.person import Person
from asb_cases.models.user import Team
from asb_cases.queries.known_already import NOTHING, Known, known_already
from asb_cases.queries.known_asked import AT_MOST, Asked
from asb_cases.services.search_index import index
from tests.factories import (
    TODAY,
    keep,
    make_actor,
    make_address,
    make_case,
    make_complaint,
    make_intervention,
    make_participant,
    make_person,
    make_reader,
    make_team,
    make_user,
    make_ward,
)
from tests.factories.people import actor_of
from tests.support.query_counter import counted_queries

PLACE = "14 Marsh Lane, Oxford OX4 9ZZ"


@pytest.fixture
def team(in_app: Flask) -> Team:
    return make_team("North")


@pytest.fixture
def officer(team: Team) -> Actor:
    return make_actor(team=team)


def findable(case: Case, address: str = "") -> Case:
    index("case", case.id, case.id, case.reference, case.title, address)
    db.session.commit()
    return case


def person(name: str, case: Case | None = None, part: Part = Part.SUBJECT, **given: object) -> Person:
    """Somebody in the register who can be found by name, with a part in a case."""
    found = make_person(name, **given)
    index("person", found.id, None, found.name, found.phone)
    db.session.commit()
    if case is not None:
        make_participant(case, found, part)
    return found


def asked(actor: Actor, **given: object) -> Known:
    return known_already(actor, TODAY, Asked(**given))  # type: ignore[arg-type]


def names(found: Known) -> tuple[list[str], list[str]]:
    return [each.name for each in found.reporters], [each.name for each in found.subjects]


def test_people_of_the_name_by_the_beginnings_of_its_words(team: Team, officer: Actor) -> None:
    person("Óisín O’Farrell", make_case(team=team), address=make_address(PLACE), born_on=date(1990, 2, 28))
    person("Oisin Body", make_case(team=team), kind=PersonKind.BODY)
    found = asked(officer, subject="ofar ois")
    [known] = found.subjects
    assert (known.name, known.address, known.born_on) == ("Óisín O’Farrell", PLACE, date(1990, 2, 28))
    assert names(asked(officer, subject="oisin", subject_kinds=(PersonKind.INDIVIDUAL,)))[1] == ["Óisín O’Farrell"]
    assert names(asked(officer, subject="farrell"))[1] == []
    assert asked(officer, subject="oi") is NOTHING


def test_the_words_must_be_of_the_name(team: Team, officer: Actor) -> None:
    other = person("Bob Bass", make_case(team=team))
    index("person", other.id, None, "Bob Bass", "4 Annesley Road")
    db.session.commit()
    assert not asked(officer, subject="annesley").anything


def test_never_across(team: Team, officer: Actor) -> None:
    case = make_case(team=team)
    for part in Part:
        person(f"Somebody {part.value}", case, part)
    reporters, subjects = names(asked(officer, reporter="somebody", subject="somebody"))
    assert set(reporters) <= {f"Somebody {part}" for part in (
        "complainant", "victim", "witness", "parent_guardian", "professional",
    )}  # fmt: skip
    assert len(reporters) == AT_MOST
    assert set(subjects) == {"Somebody subject", "Somebody owner_landlord", "Somebody occupier"}


def test_a_part_played_out_of_sight_counts_for_nothing(team: Team, officer: Actor) -> None:
    bob = person("Bob Bass", make_case(team=team))
    hidden = make_case(team=make_team())
    make_participant(hidden, bob, Part.COMPLAINANT)
    make_complaint(case=hidden, complainant=bob)
    assert names(asked(officer, reporter="bob bass", subject="bob bass")) == ([], ["Bob Bass"])


def test_those_of_complaints_without_a_case(in_app: Flask, officer: Actor) -> None:
    ann, bob = person("Ann Quill"), person("Bob Quill")
    complaint = make_complaint(complainant=ann)
    keep(ComplaintSubject(complaint_id=complaint.id, person_id=bob.id))
    assert names(asked(officer, reporter="quill", subject="quill")) == (["Ann Quill"], ["Bob Quill"])
    duty = make_actor(Role.DUTY_OFFICER)
    assert names(asked(duty, reporter="quill", subject="quill")) == ([], [])


def test_somebody_in_no_record_is_offered_for_both(officer: Actor) -> None:
    person("Nobody Yet")
    assert names(asked(officer, reporter="nobody", subject="nobody")) == (["Nobody Yet"], ["Nobody Yet"])


def test_open_cases_at_the_place(team: Team, officer: Actor) -> None:
    address = make_address(PLACE, postcode="OX4 9ZZ")
    same = findable(make_case(team=team, address_id=address.id), PLACE)
    neighbour = make_case(team=team, address_id=make_address("9 Marsh Lane", postcode="OX4 9ZZ").id)
    like = findable(make_case(team=team, title="Noise from 14 Marsh Lane"))
    closed = make_case(
        team=team, address_id=address.id, status=CaseStatus.CLOSED, closed_on=TODAY, closure_reason="Over"
    )
    found = asked(officer, place="14 marsh lane", postcode="OX4 9ZZ").cases
    assert {each.reference: each.why for each in found} == {
        same.reference: ("At a place like it", "In the same postcode"),
        like.reference: ("At a place like it",),
        neighbour.reference: ("In the same postcode",),
    }
    assert found[0].reference == same.reference
    assert "At the same place" in asked(officer, place=PLACE).cases[0].why
    assert closed.reference not in {each.reference for each in found}


def test_whoever_rings_from_a_known_number(team: Team, officer: Actor) -> None:
    ann = person("Ann Quill", make_case(team=team), Part.COMPLAINANT, phone="01865 000 123")
    bob = person("Bob Bass", make_case(team=team), phone="01865 000 123")
    assert [each.id for each in asked(officer, phone="+44 1865 000123").reporters] == [ann.id]
    assert asked(officer, phone="01865") is NOTHING
    assert bob.id not in {each.id for each in asked(officer, reporter="quill", phone="01865 000123").reporters}


def test_places_where_something_happened(team: Team, officer: Actor) -> None:
    ward = make_ward("Marston")
    make_case(
        team=team, address_id=make_address("14 Marsh Lane, Oxford OX4 9ZZ", ward_id=ward.id, postcode="OX4 9ZZ").id
    )
    make_complaint(address_id=make_address("14 Marsh View").id)
    make_case(team=make_team(), address_id=make_address("14 Marsh Hidden", postcode="OX4 9ZZ").id)
    person("Ann Quill", address=make_address("14 Marsh Home"))
    assert [(each.text, each.ward) for each in asked(officer, place="14 mar").places] == [
        ("14 Marsh Lane, Oxford OX4 9ZZ", "Marston"), ("14 Marsh View", None),
    ]  # fmt: skip
    assert [each.text for each in asked(officer, postcode="OX4 9ZZ").places] == ["14 Marsh Lane, Oxford OX4 9ZZ"]
    assert asked(officer, place="14 Marsh View").places == []
    assert asked(officer, place="14").places == ()


def test_cases_about_the_subject_or_by_the_reporter(team: Team, officer: Actor) -> None:
    about, by = make_case(team=team), make_case(team=team)
    bob = person("Bob Bass", about)
    ann = person("Ann Quill", by, Part.COMPLAINANT)
    person("Carol Careful", about, Part.COMPLAINANT)
    assert [(each.reference, each.why) for each in asked(officer, subject="bob bass").cases] == [
        (about.reference, ("About somebody of this name",))
    ]
    assert [(each.reference, each.why) for each in asked(officer, reporter_id=ann.id).cases] == [
        (by.reference, ("Reported by them",))
    ]
    assert asked(officer, reporter="bob bass", subject="ann quill").cases == []
    [case] = asked(officer, subject_ids=(bob.id,)).cases
    assert (case.subjects, case.why) == (("Bob Bass",), ("About them",))
    assert "Carol" not in repr(asked(officer, subject="bob bass"))


def test_what_is_chosen_stays_in_sight(team: Team, officer: Actor) -> None:
    case = make_case(team=team)
    bob = person("Bob Bass", case)
    found = asked(officer, subject="somebody else", subject_ids=(bob.id,), case_id=case.id)
    assert ([each.id for each in found.subjects], [each.id for each in found.cases]) == ([bob.id], [case.id])


def test_nothing_of_what_hides(team: Team, officer: Actor) -> None:
    address = make_address("1 Xqzplace Road", postcode="OX1 1XQ")
    secret = {"title": "Xqztitle", "address_id": address.id}
    for case in (
        make_case(team=make_team(), **secret), make_case(team=team, restricted=True, **secret),
    ):  # fmt: skip
        findable(case, address.text)
        for part in Part:
            person(f"Xqzname {part.value}", case, part, address=address)
    everything = Asked(reporter="xqzname", subject="xqzname", place="1 Xqzplace Road", postcode="OX1 1XQ")
    found = known_already(officer, TODAY, everything)
    assert "Xqz" not in repr(found)
    assert not found.anything
    hidden = db.session.query(Case).all()
    chosen = Asked(reporter_id=1, subject_ids=tuple(range(1, 17)), case_id=hidden[0].id, place="Xqztitle")
    assert not known_already(officer, TODAY, chosen).anything


def test_a_named_reader_and_a_duty_officer(team: Team) -> None:
    reader = make_user(Role.OFFICER, team=team)
    case = make_case(team=team, restricted=True)
    make_reader(case, reader)
    person("Bob Bass", case)
    assert [each.restricted for each in asked(actor_of(reader), subject="bob bass").cases] == [True]
    duty, other = make_actor(Role.DUTY_OFFICER), make_case(team=team)
    person("Bob Other", other)
    notice = make_intervention("CPN", case=other, subject=person("Bob Notice", other))
    assert names(asked(duty, subject="bob"))[1] == ["Bob Notice", "Bob Other"]
    notice.ended_on, notice.status = TODAY, "ended"
    db.session.commit()
    assert names(asked(duty, subject="bob")) == ([], [])


def test_a_few_of_each_in_few_questions_whatever_there_is(in_app: Flask, team: Team, officer: Actor) -> None:
    address = make_address(PLACE, postcode="OX4 9ZZ")
    for number in range(AT_MOST + 3):
        case = findable(make_case(team=team, title=f"Marsh {number}", address_id=address.id))
        person(f"Bob Bass {number}", case)
        person(f"Ann Quill {number}", case, Part.COMPLAINANT)
    with counted_queries(in_app) as sent:
        found = known_already(
            officer, TODAY, Asked(reporter="ann quill", subject="bob bass", place=PLACE, postcode="OX4 9ZZ")
        )
    assert (len(found.reporters), len(found.subjects), len(found.cases)) == (AT_MOST, AT_MOST, AT_MOST)
    assert (found.more_reporters, found.more_subjects, found.more_cases) == (True, True, True)
    assert len(sent) <= 6
