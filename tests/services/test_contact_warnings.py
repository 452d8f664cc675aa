"""Contact warnings: set, reviewed, ended; and who is told of them before a visit."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.contact_warning import ContactWarning
from asb_cases.models.person import Person, PersonAddress
from asb_cases.queries.contact_warnings import (
    contact_warnings_at,
    contact_warnings_for,
    warned_of,
    warnings_of_person,
)
from asb_cases.queries.not_found import NotFound
from asb_cases.services.contact_warnings import end_contact_warning, review_contact_warning, set_contact_warning
from tests.factories import (
    NOW,
    TODAY,
    keep,
    make_actor,
    make_address,
    make_case,
    make_contact_warning,
    make_participant,
    make_person,
    make_team,
)
from tests.support.record import history_kinds, last_entry, refused

LATER = TODAY + timedelta(days=90)
SAID = {"reason": "Threatened an officer with a dog lead on 1 March", "precautions": "Visit in pairs"}


def standing(actor, *people: Person, day: date = TODAY) -> list[str]:
    found = contact_warnings_for(actor, [person.id for person in people], day)
    return [warning.precautions for warnings in found.values() for warning in warnings]


def test_set_reviewed_and_ended(in_app: Flask) -> None:
    officer, person = make_actor(), make_person()
    first = set_contact_warning(actor=officer, now=NOW, person_id=person.id, review_on=LATER, **SAID)
    assert (last_entry().kind, last_entry().entity_kind, last_entry().entity_id) == (
        "contact_warning_set",
        "person",
        person.id,
    )
    assert "dog lead" not in last_entry().details
    second = review_contact_warning(
        actor=officer, now=NOW + timedelta(days=80), warning_id=first, reason=SAID["reason"], precautions="Telephone first",
        review_on=LATER + timedelta(days=90),
    )  # fmt: skip
    assert standing(officer, person) == ["Telephone first"]
    end_contact_warning(actor=officer, now=NOW + timedelta(days=100), warning_id=second, reason="Moved away")
    assert standing(officer, person) == []
    rows = warnings_of_person(person.id)
    assert [(row.precautions, row.ended_reason, row.follows_id) for row in rows] == [
        ("Telephone first", "Moved away", first),
        ("Visit in pairs", "Reviewed and kept", None),
    ]
    assert history_kinds() == ["contact_warning_set", "contact_warning_reviewed", "contact_warning_ended"]


def test_what_is_refused(in_app: Flask) -> None:
    officer, person = make_actor(), make_person()
    with refused("review_not_ahead"):
        set_contact_warning(actor=officer, now=NOW, person_id=person.id, review_on=TODAY, **SAID)
    warning = set_contact_warning(actor=officer, now=NOW, person_id=person.id, review_on=LATER, **SAID)
    with refused("reason_needed"):
        end_contact_warning(actor=officer, now=NOW, warning_id=warning, reason=" ")
    end_contact_warning(actor=officer, now=NOW, warning_id=warning, reason="Moved away")
    with refused("already_done"):
        end_contact_warning(actor=officer, now=NOW, warning_id=warning, reason="Again")
    with refused("already_done"):
        review_contact_warning(actor=officer, now=NOW, warning_id=warning, review_on=LATER, **SAID)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICER, Role.MANAGER}))
@pytest.mark.engines("sqlite")
def test_only_officers_and_managers_set_one(in_app: Flask, role: Role) -> None:
    person = make_person()
    with pytest.raises(NotPermitted):
        set_contact_warning(actor=make_actor(role), now=NOW, person_id=person.id, review_on=LATER, **SAID)


def test_not_about_somebody_whom_the_officer_does_not_see(in_app: Flask) -> None:
    person = make_person()
    make_participant(make_case(team=make_team("Elsewhere")), person)
    warning = make_contact_warning(person)
    officer = make_actor(team=make_team("Here"))
    with pytest.raises(NotFound):
        set_contact_warning(actor=officer, now=NOW, person_id=person.id, review_on=LATER, **SAID)
    with pytest.raises(NotFound):
        end_contact_warning(actor=officer, now=NOW, warning_id=warning.id, reason="Moved away")


@pytest.mark.parametrize("role", Role)
@pytest.mark.engines("sqlite")
def test_who_is_told(in_app: Flask, role: Role) -> None:
    address = make_address()
    person = make_person(address=address)
    make_contact_warning(person)
    told = role in {Role.OFFICER, Role.MANAGER, Role.LEGAL, Role.DUTY_OFFICER}
    assert bool(standing(make_actor(role), person)) is told
    assert bool(contact_warnings_at(make_actor(role), address.id, TODAY)) is told


def test_one_that_is_past_its_review_still_holds_and_says_so(in_app: Flask) -> None:
    person = make_person()
    make_contact_warning(person, review_on=LATER)
    for day, overdue in [(LATER, False), (LATER + timedelta(days=1), True)]:
        (warning,) = contact_warnings_for(CONSOLE, [person.id], day)[person.id]
        assert warning.overdue is overdue


def test_of_whom_the_occupier_turned_out_to_be_on_both_records(in_app: Flask) -> None:
    ann = make_person("Ann Example")
    identified = {"identified_as_id": ann.id, "identified_on": TODAY, "identified_because": "Said so"}
    occupier = make_person("The occupier of 4 Rose Lane", kind=PersonKind.OCCUPIER, **identified)
    owner = make_person("The owner of 4 Rose Lane", kind=PersonKind.OWNER, **identified)
    make_contact_warning(occupier, precautions="Mind the dog")
    make_contact_warning(ann, precautions="Visit in pairs")
    make_contact_warning(make_person("Somebody else"), precautions="Not this one")
    for person in (ann, occupier, owner):
        assert standing(make_actor(), person) == ["Mind the dog", "Visit in pairs"]


def test_lists_mark_whom_one_is_about_and_nobody_else(in_app: Flask) -> None:
    ann, bob = make_person("Ann Example"), make_person("Bob Example")
    identified = {"identified_as_id": ann.id, "identified_on": TODAY, "identified_because": "Said so"}
    occupier = make_person("The occupier of 4 Rose Lane", kind=PersonKind.OCCUPIER, **identified)
    make_contact_warning(occupier)
    marked = dict(db.session.execute(select(Person.name, warned_of())).all())
    assert marked == {ann.name: True, occupier.name: True, bob.name: False}


def test_at_an_address_what_to_do_is_told_whoever_it_is_about(in_app: Flask) -> None:
    address = make_address()
    hidden, seen = make_person("Hidden Person", address=address), make_person("Seen Person", address=address)
    make_participant(make_case(team=make_team("Elsewhere")), hidden)
    gone = make_person("Gone Person", address=address)
    for person in (hidden, seen, gone):
        make_contact_warning(person, precautions=f"For {person.name}", reason=f"About {person.name}")
    left = db.session.scalars(select(PersonAddress).where(PersonAddress.person_id == gone.id)).one()
    left.to_on = TODAY - timedelta(days=1)
    keep(left)
    found = contact_warnings_at(make_actor(team=make_team("Here")), address.id, TODAY)
    assert [(each.precautions, each.name, each.reason, each.person_id) for each in found] == [
        ("For Hidden Person", None, None, None),
        ("For Seen Person", "Seen Person", "About Seen Person", seen.id),
    ]


def test_an_impossible_warning_is_refused_by_the_database(in_app: Flask) -> None:
    person = make_person()
    for wrong in ({"review_on": TODAY}, {"ended_on": TODAY}, {"reason": ""}):
        with pytest.raises(Exception, match="ck_contact_warnings"):
            make_contact_warning(person, **wrong)
        db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(ContactWarning)) == 0
