"""The register of people and bodies, their addresses, and the parts they play."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.people import Part, PersonKind
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.case import Participant
from asb_cases.models.data_import import ImportState
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.place import Address
from asb_cases.models.search_entry import SearchEntry
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.people import person_to_work_on
from asb_cases.services.addresses import find_or_add_address, place_called
from asb_cases.services.participants import add_participant, end_participant
from asb_cases.services.people import (
    Details,
    add_address,
    add_person,
    change_person,
    details_of,
    end_address,
    find_person,
)
from asb_cases.services.versions import StaleVersion
from tests.factories import (
    NOW,
    TODAY,
    make_actor,
    make_address,
    make_case,
    make_import,
    make_participant,
    make_person,
    make_team,
    make_ward,
)
from tests.support.record import history_kinds, last_entry, refused

ANN = Details("Ann O’Neill", born_on=date(1990, 5, 1), email="ann@example.org", phone="01865 000000")


def words(person_id: int) -> set[str]:
    return set(db.session.scalars(select(SearchEntry.words).where(SearchEntry.entity_id == person_id)).one().split())


def called(details: Details, address: str | None = None) -> Person | None:
    return find_person(details, actor=CONSOLE, today=TODAY, address=address)


def test_add_person(in_app: Flask) -> None:
    person_id = add_person(
        actor=CONSOLE, now=NOW, details=ANN, address="1 Example Street", address_from=date(2020, 1, 1)
    )
    person = person_to_work_on(person_id, actor=CONSOLE, today=TODAY)
    assert (person.name, person.name_key, person.identity_key) == (
        "Ann O’Neill",
        "ann oneill",
        "individual|ann oneill|1990-05-01",
    )
    assert [(entry.address.text, entry.from_on) for entry in person.addresses] == [
        ("1 Example Street", date(2020, 1, 1))
    ]
    assert {"ann", "oneill", "example", "street"} <= words(person_id)
    assert history_kinds() == ["person_recorded"]
    assert "Ann" not in last_entry().details


def test_what_belongs_to_another_kind_is_left_out(in_app: Flask) -> None:
    details = replace(ANN, kind=PersonKind.BODY, company_number="01234567")
    person = db.session.get_one(Person, add_person(actor=CONSOLE, now=NOW, details=details))
    assert (person.born_on, person.company_number) == (None, "01234567")
    other = db.session.get_one(Person, add_person(actor=CONSOLE, now=NOW, details=replace(ANN, company_number="1")))
    assert (other.born_on, other.company_number) == (ANN.born_on, None)


def test_change_person_says_which_fields_and_asks_for_the_version(in_app: Flask) -> None:
    person_id = add_person(actor=CONSOLE, now=NOW, details=ANN, address="1 Example Street")
    changed = replace(ANN, name="Ann Smith", phone=None)
    change_person(actor=CONSOLE, now=NOW, person_id=person_id, version=1, details=changed)
    person = person_to_work_on(person_id, actor=CONSOLE, today=TODAY)
    assert details_of(person) == changed
    assert person.identity_key == "individual|ann smith|1990-05-01"
    assert last_entry().details == '{"fields":["name","phone"]}'
    assert "smith" in words(person_id)
    assert "oneill" not in words(person_id)
    with pytest.raises(StaleVersion):
        change_person(actor=CONSOLE, now=NOW, person_id=person_id, version=1, details=ANN)


def test_what_a_person_must_have(in_app: Flask) -> None:
    with refused("needs_words", "day_not_come"):
        add_person(actor=CONSOLE, now=NOW, details=Details(" ", born_on=date(2030, 1, 1)))
    with pytest.raises(NotPermitted):
        add_person(actor=make_actor(Role.PARTNER), now=NOW, details=ANN)


def test_addresses_from_day_to_day(in_app: Flask) -> None:
    person_id = add_person(actor=CONSOLE, now=NOW, details=Details("Ann"), address="1 Example Street")
    second = add_address(actor=CONSOLE, now=NOW, person_id=person_id, address="2 Sample Road", from_on=date(2025, 6, 1))
    with refused("already_done"):
        add_address(actor=CONSOLE, now=NOW, person_id=person_id, address="2, SAMPLE ROAD", from_on=date(2025, 6, 1))
    with refused("needs_words", "days_out_of_order"):
        add_address(actor=CONSOLE, now=NOW, person_id=person_id, address="", from_on=TODAY, to_on=date(2025, 1, 1))
    with refused("days_out_of_order"):
        end_address(actor=CONSOLE, now=NOW, person_id=person_id, entry_id=second, to_on=date(2025, 5, 31))
    with refused("day_not_come"):
        end_address(actor=CONSOLE, now=NOW, person_id=person_id, entry_id=second, to_on=TODAY + timedelta(days=1))
    end_address(actor=CONSOLE, now=NOW, person_id=person_id, entry_id=second, to_on=TODAY)
    assert db.session.get_one(PersonAddress, second).to_on == TODAY
    assert db.session.get_one(Person, person_id).identity_key == "individual|ann|1 example street", (
        "the first one tells"
    )
    assert "sample" in words(person_id)
    with pytest.raises(NotFound):
        end_address(actor=CONSOLE, now=NOW, person_id=make_person().id, entry_id=second, to_on=TODAY)


def test_person_without_an_address_gets_its_key_with_the_first(in_app: Flask) -> None:
    person_id = add_person(actor=CONSOLE, now=NOW, details=Details("Ann"))
    add_address(actor=CONSOLE, now=NOW, person_id=person_id, address="1 Example Street")
    assert db.session.get_one(Person, person_id).identity_key == "individual|ann|1 example street"


def test_one_place_is_one_address(in_app: Flask) -> None:
    ward = make_ward()
    first = find_or_add_address("Flat 2, 1 Example Street")
    again = find_or_add_address("flat 2 1 EXAMPLE street ", ward_id=ward.id, postcode="OX1 1AA")
    db.session.commit()
    assert (first.id, first.text) == (again.id, "Flat 2, 1 Example Street")
    assert (again.ward_id, again.postcode) == (ward.id, "OX1 1AA")
    find_or_add_address("Flat 2, 1 Example Street", ward_id=make_ward().id, postcode="OX2 2BB")
    assert (again.ward_id, again.postcode) == (ward.id, "OX1 1AA"), "what is known stays"
    assert place_called("  ") is None
    assert len(db.session.scalars(select(Address)).all()) == 1


def test_address_that_an_unfinished_import_brought_is_everybody_s_once_used(in_app: Flask) -> None:
    brought = make_address("1 Example Street", import_id=make_import(ImportState.WRITING).id)
    assert find_or_add_address("1 Example Street", import_id=brought.import_id).import_id is not None
    assert find_or_add_address("1 Example Street").import_id is None


def test_the_same_person_is_never_guessed_by_name_alone(in_app: Flask) -> None:
    person_id = add_person(actor=CONSOLE, now=NOW, details=ANN, address="1 Example Street")
    found = called(replace(ANN, name="ANN ONEILL"), address="Elsewhere")
    assert found is not None
    assert found.id == person_id
    assert called(replace(ANN, born_on=None), address="1 Example Street") is None
    assert called(replace(ANN, born_on=None)) is None
    add_person(actor=CONSOLE, now=NOW, details=ANN)
    assert called(ANN) is None, "two of them: nobody knows which"
    half = make_person("Bo", born_on=date(1980, 1, 1), import_id=make_import(ImportState.WRITING).id)
    assert called(Details("Bo", born_on=half.born_on)) is None


def test_nobody_comes_to_somebody_of_others_by_describing_them(in_app: Flask) -> None:
    ours, theirs = make_team(), make_team()
    carl = Details("Carl Cane", born_on=date(1985, 2, 3))
    person_id = add_person(actor=CONSOLE, now=NOW, details=carl)
    make_participant(make_case(team=theirs), db.session.get_one(Person, person_id))
    asked = {team.id: find_person(carl, actor=make_actor(team=team), today=TODAY) for team in (ours, theirs)}
    assert asked[ours.id] is None
    assert asked[theirs.id] is not None


def test_parts_begin_end_and_begin_again(in_app: Flask) -> None:
    team = make_team()
    officer, case, person = make_actor(team=team), make_case(team=team), make_person()
    participant_id = add_participant(actor=officer, now=NOW, case_id=case.id, person_id=person.id, part=Part.SUBJECT)
    with refused("plays_part_already"):
        add_participant(actor=officer, now=NOW, case_id=case.id, person_id=person.id, part=Part.SUBJECT)
    add_participant(actor=officer, now=NOW, case_id=case.id, person_id=person.id, part=Part.WITNESS, from_on=TODAY)
    with refused("day_not_come"):
        end_participant(actor=officer, now=NOW, participant_id=participant_id, to_on=TODAY + timedelta(days=1))
    end_participant(actor=officer, now=NOW, participant_id=participant_id, to_on=TODAY)
    assert db.session.get_one(Participant, participant_id).to_on == TODAY
    again = add_participant(actor=officer, now=NOW, case_id=case.id, person_id=person.id, part=Part.SUBJECT)
    assert (again, db.session.get_one(Participant, again).to_on) == (participant_id, None)
    assert history_kinds() == ["participant_added", "participant_added", "participant_ended", "participant_added"]


def test_parts_in_cases_that_may_not_be_seen(in_app: Flask) -> None:
    officer, away = make_actor(team=make_team()), make_case(team=make_team())
    participant = make_participant(away)
    with pytest.raises(NotFound):
        add_participant(actor=officer, now=NOW, case_id=away.id, person_id=make_person().id, part=Part.SUBJECT)
    with pytest.raises(NotFound):
        end_participant(actor=officer, now=NOW, participant_id=participant.id, to_on=TODAY)
    with pytest.raises(NotFound):
        add_participant(
            actor=officer, now=NOW, case_id=make_case().id, person_id=participant.person_id, part=Part.SUBJECT
        )
    with pytest.raises(NotFound):
        change_person(actor=officer, now=NOW, person_id=participant.person_id, version=None, details=ANN)
