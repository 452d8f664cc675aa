"""How people want to be contacted and what they need: dated entries, shown to those who work with them."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.contact_preferences import ContactWay, NeedKind, Preferences
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.person_contact import ContactPreference
from asb_cases.queries.contact_preferences import contact_preferences_for, needs_of, preferences_recorded
from asb_cases.queries.not_found import NotFound
from asb_cases.services.contact_preferences import change_contact_preferences, end_need, record_need
from asb_cases.services.versions import StaleVersion
from tests.factories import (
    NOW,
    TODAY,
    keep,
    make_actor,
    make_case,
    make_complaint,
    make_participant,
    make_person,
    make_share,
    make_team,
)
from tests.support.record import history_kinds, last_entry, refused

WANTED = Preferences(
    ContactWay.EMAIL, "After six", "Polish", True, frozenset({ContactWay.PHONE}), "Xqz shares the telephone"
)


def recorded(person_id: int) -> list[tuple[ContactWay | None, date, date | None]]:
    rows = db.session.scalars(
        select(ContactPreference).where(ContactPreference.person_id == person_id).order_by(ContactPreference.id)
    )
    return [(row.preferred, row.from_on, row.to_on) for row in rows]


def test_what_held_before_stays_to_be_read(in_app: Flask) -> None:
    officer, person = make_actor(), make_person()
    change_contact_preferences(actor=officer, now=NOW, person_id=person.id, preferences=WANTED, seen=0)
    assert contact_preferences_for(officer, [person.id]) == {person.id: WANTED}
    assert last_entry().details == (
        '{"fields":["interpreter","language","not_by","not_by_because","preferred","times"]}'
    )
    (first,) = preferences_recorded(person.id)
    later = Preferences(ContactWay.LETTER)
    change_contact_preferences(
        actor=officer, now=NOW + timedelta(days=3), person_id=person.id, preferences=later, seen=first[0].id
    )
    assert recorded(person.id) == [
        (ContactWay.EMAIL, TODAY, TODAY + timedelta(days=3)),
        (ContactWay.LETTER, TODAY + timedelta(days=3), None),
    ]
    assert contact_preferences_for(officer, [person.id]) == {person.id: later}
    assert history_kinds() == ["contact_preferences_changed"] * 2
    assert not any("Xqz" in each for each in db.session.scalars(select(HistoryEntry.details)))


def test_the_later_of_two_editors_is_told(in_app: Flask) -> None:
    officer, person = make_actor(), make_person()
    change_contact_preferences(actor=officer, now=NOW, person_id=person.id, preferences=WANTED, seen=0)
    with pytest.raises(StaleVersion):
        change_contact_preferences(
            actor=officer, now=NOW, person_id=person.id, preferences=Preferences(ContactWay.LETTER), seen=0
        )


def test_what_is_refused(in_app: Flask) -> None:
    officer, person = make_actor(), make_person()

    def change(**answers: object) -> None:
        wanted = Preferences(**answers)  # type: ignore[arg-type]
        change_contact_preferences(actor=officer, now=NOW, person_id=person.id, preferences=wanted)

    with refused("nothing_changed"):
        change()
    with refused("wanted_and_not_wanted"):
        change(preferred=ContactWay.PHONE, not_by=frozenset({ContactWay.PHONE}))
    with refused("no_way_left"):
        change(not_by=frozenset(ContactWay))
    with refused("interpreter_needs_language"):
        change(interpreter=True)


def test_a_need_is_recorded_and_ends(in_app: Flask) -> None:
    officer, person = make_actor(), make_person()
    make_participant(make_case(), person, Part.VICTIM)
    need = record_need(actor=officer, now=NOW, person_id=person.id, kind=NeedKind.ADJUSTMENT, text="Xqz large print")
    assert [row.text for row in needs_of(officer, person.id, TODAY).standing] == ["Xqz large print"]
    with refused("needs_words"):
        record_need(actor=officer, now=NOW, person_id=person.id, kind=NeedKind.ADJUSTMENT, text=" ")
    with refused("reason_needed"):
        end_need(actor=officer, now=NOW, need_id=need, reason="")
    with refused("days_out_of_order"):
        end_need(actor=officer, now=NOW, need_id=need, reason="Over", to_on=TODAY - timedelta(days=1))
    end_need(actor=officer, now=NOW + timedelta(days=1), need_id=need, reason="Xqz new glasses")
    needs = needs_of(officer, person.id, TODAY)
    assert ([*needs.standing], [(row.text, row.ended_because) for row in needs.over]) == (
        [],
        [("Xqz large print", "Xqz new glasses")],
    )
    with refused("already_done"):
        end_need(actor=officer, now=NOW + timedelta(days=1), need_id=need, reason="Again")
    assert history_kinds() == ["need_recorded", "need_ended"]
    assert not any("Xqz" in each for each in db.session.scalars(select(HistoryEntry.details)))


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("role", "known_by", "seen"),
    [
        (Role.OFFICER, "case", True),
        (Role.OFFICER, "complaint", True),
        (Role.OFFICER, "register", False),
        (Role.OFFICER, "case elsewhere", False),
        (Role.MANAGER, "case elsewhere", True),
        (Role.MANAGER, "register", True),
        (Role.MANAGER, "restricted", False),
        (Role.DUTY_OFFICER, "case", False),
        (Role.LEGAL, "case", False),
        (Role.PARTNER, "shared", False),
        (Role.ANALYST, "case", False),
        (Role.ADMINISTRATOR, "case", False),
    ],
)
def test_who_is_shown_needs(in_app: Flask, role: Role, known_by: str, seen: bool) -> None:
    team, person = make_team(), make_person()
    actor = make_actor(role, team=None if role is Role.PARTNER else team)
    if known_by == "complaint":
        make_complaint(complainant=person)
    elif known_by != "register":
        elsewhere = make_team() if "elsewhere" in known_by else team
        case = make_case(team=elsewhere, restricted=known_by == "restricted")
        make_participant(case, person, Part.VICTIM)
        if known_by == "shared":
            make_share(case, body=db.session.get_one(PartnerBody, actor.body_id))
    record_need(actor=CONSOLE, now=NOW, person_id=person.id, kind=NeedKind.VULNERABILITY, text="Lives alone")
    needs = needs_of(actor, person.id, TODAY)
    assert (needs.seen, bool(needs.standing)) == (seen, seen)


def test_nobody_ends_a_need_that_they_are_not_shown(in_app: Flask) -> None:
    person = make_person()
    need = record_need(actor=CONSOLE, now=NOW, person_id=person.id, kind=NeedKind.VULNERABILITY, text="Lives alone")
    with pytest.raises(NotFound):
        end_need(actor=make_actor(), now=NOW, need_id=need, reason="Over")
    with pytest.raises(NotPermitted):
        end_need(actor=make_actor(Role.DUTY_OFFICER), now=NOW, need_id=need, reason="Over")


def test_one_entry_holds_at_a_time(in_app: Flask) -> None:
    person = make_person()
    row = {"person_id": person.id, "preferred": ContactWay.EMAIL, "from_on": TODAY}
    keep(ContactPreference(**row))
    with pytest.raises(Exception, match=r"(?i)unique"):
        keep(ContactPreference(**row))
    db.session.rollback()
