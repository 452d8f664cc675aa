"""Cover for absence: the cover sees and works the absent colleague's cases, for as long as it lasts."""

from datetime import timedelta

import pytest
from flask import Flask

from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.permissions import Actor, Role
from asb_cases.extensions import db
from asb_cases.models.absence import Absence
from asb_cases.models.case import Case
from asb_cases.queries.absences import absences_shown_to
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.not_found import NotFound
from asb_cases.services.absences import end_absence, record_absence
from asb_cases.services.casework import add_note
from asb_cases.services.versions import StaleVersion
from tests.factories import NOW, TODAY, actor_of, make_absence, make_actor, make_case, make_team, make_user
from tests.support.record import last_entry, refused

WEEK = timedelta(days=7)


def sees(actor: Actor, case: Case, on=TODAY) -> bool:  # type: ignore[no-untyped-def]
    try:
        return load_case_for(actor, case.reference, on).id == case.id
    except NotFound:
        return False


def test_the_cover_sees_and_works_what_the_absent_colleague_owns_in_their_team(in_app: Flask) -> None:
    north, south = make_team(), make_team()
    away, cover = make_user(team=north), make_user(team=south)
    theirs, of_another_team = make_case(team=north, owner=away), make_case(team=make_team(), owner=away)
    of_a_colleague, restricted = make_case(team=north), make_case(team=north, owner=away, restricted=True)
    covering = actor_of(cover)
    assert not sees(covering, theirs)
    absence_id = record_absence(
        actor=actor_of(away), now=NOW, user_id=away.id, cover_id=cover.id, from_on=TODAY, to_on=TODAY + WEEK
    )
    assert sees(covering, theirs)
    assert add_note(actor=covering, now=NOW, case_id=theirs.id, text="Looked at it") > 0
    for case in (of_another_team, of_a_colleague, restricted):
        assert not sees(covering, case)
    assert [sees(covering, theirs, TODAY + timedelta(days=days)) for days in (-1, 7, 8)] == [False, True, False]
    end_absence(actor=actor_of(away), now=NOW, absence_id=absence_id, version=1)
    assert not sees(covering, theirs)
    assert last_entry().kind == "absence_ended"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"cover": "away"}, "covers_themselves"),
        ({"from_on": TODAY + WEEK, "to_on": TODAY}, "days_out_of_order"),
        ({"from_on": TODAY - WEEK, "to_on": TODAY - timedelta(days=1)}, "absence_past"),
        ({"from_on": TODAY + 2 * WEEK, "to_on": TODAY + 4 * WEEK}, "away_already"),
        ({"from_on": TODAY + 6 * WEEK, "to_on": TODAY + 6 * WEEK}, "cover_away"),
        ({"cover": "analyst"}, "cannot_own_cases"),
    ],
)
def test_what_no_absence_can_be(in_app: Flask, given: dict[str, object], code: str) -> None:
    away, cover, third = make_user(), make_user(), make_user()
    people = {"away": away.id, "cover": cover.id, "analyst": make_user(Role.ANALYST).id}
    make_absence(away, cover, from_on=TODAY + 3 * WEEK, to_on=TODAY + 3 * WEEK)
    make_absence(cover, third, from_on=TODAY + 6 * WEEK, to_on=TODAY + 6 * WEEK)
    who = people[str(given.get("cover", "cover"))]
    days = {"from_on": TODAY, "to_on": TODAY, **{name: day for name, day in given.items() if name != "cover"}}
    with refused(code):
        record_absence(actor=actor_of(away), now=NOW, user_id=away.id, cover_id=who, **days)  # type: ignore[arg-type]


def test_whose_absence_is_whose(in_app: Flask) -> None:
    officer, other, cover, manager = make_user(), make_user(), make_user(), make_actor(Role.MANAGER)
    days = {"from_on": TODAY, "to_on": TODAY}
    with pytest.raises(NotPermitted):
        record_absence(actor=actor_of(officer), now=NOW, user_id=other.id, cover_id=cover.id, **days)
    for role in (Role.LEGAL, Role.PARTNER, Role.DUTY_OFFICER, Role.ANALYST):
        actor = make_actor(role)
        with pytest.raises(NotPermitted):
            record_absence(actor=actor, now=NOW, user_id=actor.user_id or 0, cover_id=cover.id, **days)
    absence_id = record_absence(actor=manager, now=NOW, user_id=other.id, cover_id=cover.id, **days)
    assert [each.id for each in absences_shown_to(manager, TODAY)] == [absence_id]
    assert [each.id for each in absences_shown_to(actor_of(cover), TODAY)] == [absence_id]
    assert absences_shown_to(actor_of(officer), TODAY) == []
    with pytest.raises(NotFound):
        end_absence(actor=actor_of(officer), now=NOW, absence_id=absence_id)
    with pytest.raises(StaleVersion):
        end_absence(actor=manager, now=NOW, absence_id=absence_id, version=9)
    end_absence(actor=manager, now=NOW, absence_id=absence_id)
    with refused("already_done"):
        end_absence(actor=manager, now=NOW, absence_id=absence_id)
    assert db.session.get_one(Absence, absence_id).ended_on == TODAY
