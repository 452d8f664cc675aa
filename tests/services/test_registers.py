"""Acts on the lists that an administrator keeps: teams, partner bodies, wards, categories, authorisations."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.errors import NotPermitted, RuleBroken
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.category import Category
from asb_cases.models.history import HistoryEntry
from asb_cases.models.partner_body import PartnerBodyKind
from asb_cases.models.user import Authorisation
from asb_cases.queries.authorisations import authorisations
from asb_cases.queries.categories import categories_in_use
from asb_cases.queries.users import partner_bodies, teams
from asb_cases.services import authorisations as authorising
from asb_cases.services import categories as categorising
from asb_cases.services import teams as grouping
from asb_cases.services import wards as dividing
from asb_cases.services.imports.places import wards_named, with_new
from asb_cases.services.versions import StaleVersion
from tests.factories import (
    NOW,
    TODAY,
    category,
    make_actor,
    make_address,
    make_authorisation,
    make_body,
    make_case,
    make_complaint,
    make_team,
    make_user,
    make_ward,
)

BY = {"actor": CONSOLE, "now": NOW}
SEEN = {**BY, "seen": None}


def refused(act: Callable[..., object], **given: object) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act(**given)
    return [refusal.code for refusal in broken.value.refusals]


def kinds() -> list[str]:
    return list(db.session.scalars(select(HistoryEntry.kind).order_by(HistoryEntry.id)))


def test_a_team_is_renamed_and_retired_once_nobody_needs_it(in_app: Flask) -> None:
    north, south = make_team("North"), make_team("South")
    assert refused(grouping.change_team, **SEEN, team_id=north.id, name="south") == ["name_taken"]
    assert refused(grouping.add_team, **BY, name="NORTH") == ["name_taken"]
    grouping.change_team(**SEEN, team_id=north.id, name=" North  East ")  # type: ignore[arg-type]
    assert (north.name, north.name_key) == ("North East", "north east")
    user, case = make_user(team=north), make_case(team=north)
    assert refused(grouping.retire_team, **SEEN, team_id=north.id) == ["still_needed"]
    user.active, case.team_id = False, south.id
    db.session.commit()
    grouping.retire_team(**SEEN, team_id=north.id)  # type: ignore[arg-type]
    assert [team.name for team in teams()] == ["South"]
    grouping.restore_team(**SEEN, team_id=north.id)  # type: ignore[arg-type]
    assert kinds() == ["team_changed", "team_retired", "team_restored"]


def test_a_partner_body_likewise(in_app: Flask) -> None:
    police = make_body("Police")
    officer = make_user(Role.PARTNER, body=police)
    kind = PartnerBodyKind.OTHER
    grouping.change_partner_body(**SEEN, body_id=police.id, name="The police", kind=kind)  # type: ignore[arg-type]
    assert (police.name, police.kind) == ("The police", kind)
    assert refused(grouping.retire_partner_body, **SEEN, body_id=police.id) == ["still_needed"]
    officer.active = False
    db.session.commit()
    grouping.retire_partner_body(**SEEN, body_id=police.id)  # type: ignore[arg-type]
    assert partner_bodies() == []
    grouping.restore_partner_body(**SEEN, body_id=police.id)  # type: ignore[arg-type]
    assert kinds() == ["partner_body_changed", "partner_body_retired", "partner_body_restored"]


def test_a_ward_of_an_import_is_looked_at(in_app: Flask) -> None:
    first, second, third = (make_ward(name, to_be_checked=True) for name in ("Headingtn", "Cowley", "Old"))
    dividing.change_ward(**SEEN, ward_id=first.id, name="Headington")  # type: ignore[arg-type]
    dividing.confirm_ward(**SEEN, ward_id=second.id)  # type: ignore[arg-type]
    dividing.retire_ward(**SEEN, ward_id=third.id)  # type: ignore[arg-type]
    assert [ward.to_be_checked for ward in (first, second, third)] == [False, False, False]
    assert (first.name_key, third.active) == ("headington", False)
    dividing.restore_ward(**SEEN, ward_id=third.id)  # type: ignore[arg-type]
    assert refused(dividing.add_ward, **BY, name="cowley") == ["name_taken"]
    assert kinds() == ["ward_changed", "ward_confirmed", "ward_retired", "ward_restored"]


def test_what_lies_in_a_merged_ward_lies_in_the_other(in_app: Flask) -> None:
    wrong, right, gone = make_ward("Headingtn", to_be_checked=True), make_ward("Headington"), make_ward(active=False)
    rows = [make_case(ward_id=wrong.id), make_complaint(ward_id=wrong.id), make_address(ward_id=wrong.id)]
    before = rows[0].version
    for into in (wrong, gone):
        assert refused(dividing.merge_ward, **SEEN, ward_id=wrong.id, into_id=into.id) == ["into_itself"]
    assert dividing.merge_ward(**SEEN, ward_id=wrong.id, into_id=right.id) == 2  # type: ignore[arg-type]
    db.session.expire_all()
    assert {row.ward_id for row in rows} == {right.id}
    assert (wrong.active, wrong.to_be_checked) == (False, False)
    assert rows[0].version == before + 1, "whoever is changing the case is told"
    assert kinds() == ["ward_merged"]
    with_new(wards_named(["headingtn"]), 0)
    db.session.commit()
    db.session.expire_all()
    assert (wrong.active, wrong.to_be_checked) == (False, True), "an import that names it again is looked at again"


def test_a_category_is_added_moved_and_retired_and_its_code_stays(in_app: Flask) -> None:
    new = {**BY, "title": "Street trading", "parent_id": None, "position": 5}
    made = categorising.add_category(**new, code="street_trading")  # type: ignore[arg-type]
    assert categories_in_use()[0].id == made
    assert refused(categorising.add_category, **new, code="street_trading") == ["code_taken", "name_taken"]
    noise, party = category("noise"), category("noise_party")
    change = {**SEEN, "category_id": made, "title": "Trading", "position": 900}
    assert refused(categorising.change_category, **change, parent_id=party.id) == ["parent_below"]
    categorising.change_category(**change, parent_id=noise.id)  # type: ignore[arg-type]
    below = {"category_id": noise.id, "title": "Noise", "position": 1, "parent_id": category("animals").id}
    assert refused(categorising.change_category, **SEEN, **below) == ["has_categories_below"]
    assert refused(categorising.retire_category, **SEEN, category_id=noise.id) == ["still_needed"]
    categorising.retire_category(**SEEN, category_id=made)  # type: ignore[arg-type]
    assert refused(categorising.add_category, **{**new, "title": "Again"}, code="street_trading") == ["code_taken"]
    categorising.restore_category(**SEEN, category_id=made)  # type: ignore[arg-type]
    assert db.session.get_one(Category, made).active
    assert kinds() == ["category_added", "category_changed", "category_retired", "category_restored"]


def test_an_authorisation_is_given_for_a_power_and_ended(in_app: Flask) -> None:
    user = make_user()
    given = {**BY, "user_id": user.id, "from_on": TODAY, "delegation_reference": "Part 3, item 14"}
    assert refused(authorising.give_authorisation, **given, power="KITE") == ["unknown_power"]
    made = authorising.give_authorisation(**given, power="CPN")  # type: ignore[arg-type]
    assert refused(authorising.give_authorisation, **given, power="CPN") == ["authorised_already"]
    authorising.give_authorisation(**{**given, "from_on": TODAY - timedelta(days=9)}, power="CPN")  # type: ignore[arg-type]
    end = {**BY, "authorisation_id": made}
    with pytest.raises(StaleVersion):
        authorising.end_authorisation(**end, to_on=TODAY, seen=0)  # type: ignore[arg-type]
    assert refused(authorising.end_authorisation, **end, to_on=date(2014, 1, 1)) == ["days_out_of_order"]
    authorising.end_authorisation(**end, to_on=TODAY, seen=1)  # type: ignore[arg-type]
    assert refused(authorising.end_authorisation, **end, to_on=TODAY) == ["already_done"]
    assert db.session.get_one(Authorisation, made).to_on == TODAY
    make_authorisation(user, "FPN", from_on=TODAY + timedelta(days=1))
    states = [row.state(TODAY + timedelta(days=1)) for row in authorisations()]
    assert sorted(states) == ["ended", "in_force", "in_force"]
    assert "to_come" in [row.state(TODAY) for row in authorisations()]


def test_the_later_of_two_administrators_is_told_and_nobody_else_may(in_app: Flask) -> None:
    team, body, ward, kind = make_team(), make_body(), make_ward(), category("animals")
    stale = {**BY, "seen": 0}
    acts: list[tuple[Callable[..., object], dict[str, object]]] = [
        (grouping.change_team, {"team_id": team.id, "name": "Mine"}),
        (grouping.retire_team, {"team_id": team.id}),
        (grouping.restore_team, {"team_id": team.id}),
        (grouping.change_partner_body, {"body_id": body.id, "name": "Mine", "kind": PartnerBodyKind.OTHER}),
        (grouping.retire_partner_body, {"body_id": body.id}),
        (grouping.restore_partner_body, {"body_id": body.id}),
        (dividing.change_ward, {"ward_id": ward.id, "name": "Mine"}),
        (dividing.confirm_ward, {"ward_id": ward.id}),
        (dividing.retire_ward, {"ward_id": ward.id}),
        (dividing.restore_ward, {"ward_id": ward.id}),
        (dividing.merge_ward, {"ward_id": ward.id, "into_id": make_ward().id}),
        (categorising.change_category, {"category_id": kind.id, "title": "M", "parent_id": None, "position": 1}),
        (categorising.retire_category, {"category_id": kind.id}),
        (categorising.restore_category, {"category_id": kind.id}),
    ]
    manager = make_actor(Role.MANAGER)
    for act, given in acts:
        with pytest.raises(StaleVersion):
            act(**stale, **given)
        with pytest.raises(NotPermitted):
            act(**{**stale, "actor": manager}, **given)
    assert kinds() == []
