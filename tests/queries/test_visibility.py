"""Role by record: who sees which case, and what hangs on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.complaints import Channel
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import CONSOLE, IMPORT, JOB, Actor, Role, Via
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.complaint import Complaint
from asb_cases.models.data_import import ImportState
from asb_cases.models.intervention import Intervention
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.person import Person
from asb_cases.models.user import Team, User
from asb_cases.queries.visibility import (
    complaints_visible_to,
    interventions_visible_to,
    people_visible_to,
    visible_to,
)
from tests.factories import (
    TODAY,
    actor_of,
    make_body,
    make_case,
    make_complaint,
    make_import,
    make_intervention,
    make_participant,
    make_person,
    make_reader,
    make_share,
    make_team,
    make_user,
)

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@dataclass
class World:
    """A team with one user of each role, another team, and a body the partner belongs to."""

    team: Team
    other_team: Team
    body: PartnerBody
    users: dict[Role, User]

    def actor(self, role: Role) -> Actor:
        return actor_of(self.users[role])

    @property
    def officer(self) -> User:
        return self.users[Role.OFFICER]


@pytest.fixture
def world(in_app: Flask) -> World:
    team, other_team, body = make_team(), make_team(), make_body()
    council = [role for role in Role if role is not Role.PARTNER]
    users = {role: make_user(role, team=team) for role in council}
    users[Role.PARTNER] = make_user(Role.PARTNER, body=body)
    return World(team, other_team, body, users)


def elsewhere(world: World, **given: object) -> Case:
    return make_case(team=world.other_team, **given)


def shared_with_team(world: World, **days: object) -> Case:
    case = elsewhere(world)
    make_share(case, team=world.team, **days)
    return case


def shared_with_body(world: World, **days: object) -> Case:
    case = elsewhere(world, restricted=bool(days.pop("restricted", False)))
    make_share(case, body=world.body, **days)
    return case


def test_a_retired_body_sees_nothing_of_what_was_shared_until_it_is_restored(in_app: Flask) -> None:
    """Also whoever's account of it is in use again; nobody had to end each share."""
    body = make_body()
    partner = actor_of(make_user(Role.PARTNER, body=body))
    make_share(make_case(), body=body)
    seen = []
    for active in (True, False, True):
        body.active = active
        db.session.commit()
        seen.append(len(db.session.scalars(select(Case.id).where(visible_to(partner, TODAY))).all()))
    assert seen == [1, 0, 1]


def shared_with_another_body(world: World) -> Case:
    case = elsewhere(world)
    make_share(case, body=make_body())
    return case


def with_step(world: World, power: str, **given: object) -> Case:
    case = elsewhere(world)
    make_intervention(power, case=case, **given)
    return case


def restricted(world: World, *readers: Role, **given: object) -> Case:
    case = make_case(**{"team": world.team, "restricted": True, **given})
    for role in readers:
        make_reader(case, world.users[role])
    return case


def restricted_and_shared(world: World, *readers: Role) -> Case:
    case = shared_with_body(world, restricted=True)
    for role in readers:
        make_reader(case, world.users[role])
    return case


def recorded_by_duty_officer(world: World) -> Case:
    case = elsewhere(world)
    make_complaint(case=case, recorded_by=world.users[Role.DUTY_OFFICER], channel=Channel.OUT_OF_HOURS)
    return case


def imported(state: ImportState) -> Callable[[World], Case]:
    return lambda world: make_case(team=world.team, import_id=make_import(state).id)


R = Role
SERVICE = {R.MANAGER, R.ANALYST}
TABLE: dict[str, tuple[Callable[[World], Case], set[Role]]] = {
    "own team": (lambda world: make_case(team=world.team), {R.OFFICER, *SERVICE}),
    "other team": (elsewhere, SERVICE),
    "no team yet": (lambda world: make_case(), {R.OFFICER, *SERVICE}),
    "other team, own case": (lambda world: elsewhere(world, owner=world.officer), {R.OFFICER, *SERVICE}),
    "shared with the team": (shared_with_team, {R.OFFICER, *SERVICE}),
    "shared with the team until today": (lambda world: shared_with_team(world, to_on=TODAY), {R.OFFICER, *SERVICE}),
    "shared with the team until yesterday": (
        lambda world: shared_with_team(world, from_on=YESTERDAY, to_on=YESTERDAY),
        SERVICE,
    ),
    "shared with the team from tomorrow": (lambda world: shared_with_team(world, from_on=TOMORROW), SERVICE),
    "shared with the team, ended today": (lambda world: shared_with_team(world, ended_on=TODAY), SERVICE),
    "shared with the body": (shared_with_body, {R.PARTNER, *SERVICE}),
    "shared with the body until yesterday": (
        lambda world: shared_with_body(world, from_on=YESTERDAY, to_on=YESTERDAY),
        SERVICE,
    ),
    "shared with another body": (shared_with_another_body, SERVICE),
    "warning": (lambda world: with_step(world, "CPW"), SERVICE),
    "notice in force": (lambda world: with_step(world, "CPN"), {R.LEGAL, R.DUTY_OFFICER, *SERVICE}),
    "notice under appeal": (
        lambda world: with_step(world, "CPN", status="appealed"),
        {R.LEGAL, R.DUTY_OFFICER, *SERVICE},
    ),
    "notice that ends today": (
        lambda world: with_step(world, "CPN", ends_on=TODAY),
        {R.LEGAL, R.DUTY_OFFICER, *SERVICE},
    ),
    "notice that ended yesterday": (
        lambda world: with_step(world, "CPN", issued_on=YESTERDAY, ends_on=YESTERDAY),
        {R.LEGAL, *SERVICE},
    ),
    "notice entered in error": (
        lambda world: with_step(world, "CPN", entered_in_error_on=TODAY, entered_in_error_reason="Another person"),
        SERVICE,
    ),
    "drafted notice": (
        lambda world: with_step(world, "CPN", status="draft", issued_on=None),
        {R.LEGAL, *SERVICE},
    ),
    "out-of-hours record": (recorded_by_duty_officer, {R.DUTY_OFFICER, *SERVICE}),
    "restricted": (lambda world: restricted(world), {R.ANALYST}),
    "restricted, officer named": (lambda world: restricted(world, R.OFFICER), {R.OFFICER, R.ANALYST}),
    "restricted, other team, officer named": (
        lambda world: restricted(world, R.OFFICER, team=world.other_team),
        {R.OFFICER, R.ANALYST},
    ),
    "restricted, own case, not named": (lambda world: restricted(world, owner=world.officer), {R.ANALYST}),
    "restricted, manager named": (lambda world: restricted(world, R.MANAGER), {R.MANAGER, R.ANALYST}),
    "restricted, legal named": (lambda world: restricted(world, R.LEGAL), {R.LEGAL, R.ANALYST}),
    "restricted, administrator named": (lambda world: restricted(world, R.ADMINISTRATOR), {R.ANALYST}),
    "restricted, partner named but not shared": (lambda world: restricted(world, R.PARTNER), {R.ANALYST}),
    "restricted and shared, partner not named": (lambda world: restricted_and_shared(world), {R.ANALYST}),
    "restricted and shared, partner named": (
        lambda world: restricted_and_shared(world, R.PARTNER),
        {R.PARTNER, R.ANALYST},
    ),
    "reader named, no longer restricted": (
        lambda world: restricted(world, R.LEGAL, restricted=False),
        {R.OFFICER, *SERVICE},
    ),
    "entered in error": (
        lambda world: make_case(team=world.team, entered_in_error_on=TODAY, entered_in_error_reason="Twice"),
        {R.OFFICER, *SERVICE},
    ),
    "import complete": (imported(ImportState.COMPLETE), {R.OFFICER, *SERVICE}),
    "import writing": (imported(ImportState.WRITING), set()),
    "import abandoned": (imported(ImportState.ABANDONED), set()),
}


def seen_by(actor: Actor) -> set[int]:
    return set(db.session.scalars(select(Case.id).where(visible_to(actor, TODAY))))


def test_role_by_record(world: World) -> None:
    """One database for the whole table: each case must be seen by exactly the roles named beside it."""
    cases = {title: make(world).id for title, (make, _) in TABLE.items()}
    seen = {role: seen_by(world.actor(role)) for role in Role}
    found = {title: {role.value for role in Role if case in seen[role]} for title, case in cases.items()}
    assert found == {title: {role.value for role in roles} for title, (_, roles) in TABLE.items()}


def test_ways_without_a_person(world: World) -> None:
    plain, secret = make_case(team=world.team).id, make_case(restricted=True).id
    half = make_case(import_id=make_import(ImportState.WRITING).id).id
    for actor in (CONSOLE, JOB, IMPORT):
        assert seen_by(actor) == {plain, secret}
        assert half not in seen_by(actor)
    assert seen_by(Actor(via=Via.PUBLIC)) == set()
    assert seen_by(Actor(via=Via.WEB)) == set()


def test_officer_of_no_team_sees_no_team_s_cases(world: World) -> None:
    make_case(team=world.team)
    unallocated = make_case()
    assert seen_by(actor_of(make_user(Role.OFFICER))) == {unallocated.id}


def test_condition_holds_where_the_query_joins_the_same_tables(world: World) -> None:
    """The conditions look into interventions and complaints: a query that lists these must not be confused by that."""
    case = with_step(world, "CPN")
    joined = select(Intervention.power).join(Case).where(visible_to(world.actor(Role.LEGAL), TODAY))
    assert set(db.session.scalars(joined)) == {"CPW", "CPN"}
    make_complaint(case=case, recorded_by=world.users[Role.DUTY_OFFICER])
    told = select(Complaint.case_id).join(Case).where(visible_to(world.actor(Role.DUTY_OFFICER), TODAY))
    assert set(db.session.scalars(told)) == {case.id}


def test_complaints(world: World) -> None:
    duty = world.users[Role.DUTY_OFFICER]
    new, own_shift = make_complaint(), make_complaint(recorded_by=duty)
    joined = make_complaint(case=make_case(team=world.team))
    away = make_complaint(case=elsewhere(world))
    secret = make_complaint(case=make_case(team=world.team, restricted=True))
    half = make_complaint(import_id=make_import(ImportState.WRITING).id)

    def seen(role: Role) -> set[int]:
        return set(db.session.scalars(select(Complaint.id).where(complaints_visible_to(world.actor(role), TODAY))))

    assert seen(Role.OFFICER) == {new.id, own_shift.id, joined.id}
    assert seen(Role.MANAGER) == {new.id, own_shift.id, joined.id, away.id}
    assert seen(Role.DUTY_OFFICER) == {own_shift.id}
    for role in (Role.LEGAL, Role.PARTNER, Role.ANALYST, Role.ADMINISTRATOR):
        assert seen(role) == set()
    assert not {secret.id, half.id} & seen(Role.MANAGER)


def test_interventions(world: World) -> None:
    case = make_case(team=world.team)
    notice = make_intervention("CPN", case=case)
    away = make_intervention("CPW", case=elsewhere(world))

    def seen(role: Role) -> set[int]:
        return set(
            db.session.scalars(select(Intervention.id).where(interventions_visible_to(world.actor(role), TODAY)))
        )

    assert seen(Role.OFFICER) == {notice.id, notice.follows_id}
    assert seen(Role.LEGAL) == {notice.id, notice.follows_id}
    assert seen(Role.DUTY_OFFICER) == {notice.id}
    assert seen(Role.MANAGER) == {notice.id, notice.follows_id, away.id}
    assert seen(Role.PARTNER) == seen(Role.ADMINISTRATOR) == set()


def test_people(world: World) -> None:
    subject, stranger, complainant, alone = make_person(), make_person(), make_person(), make_person()
    half = make_person(import_id=make_import(ImportState.WRITING).id)
    make_participant(make_case(team=world.team), subject)
    make_participant(elsewhere(world), stranger, Part.WITNESS)
    make_complaint(complainant=complainant, recorded_by=world.users[Role.DUTY_OFFICER])

    def seen(role: Role) -> set[int]:
        return set(db.session.scalars(select(Person.id).where(people_visible_to(world.actor(role), TODAY))))

    assert seen(Role.OFFICER) == {subject.id, complainant.id, alone.id}
    assert seen(Role.MANAGER) == {subject.id, stranger.id, complainant.id, alone.id}
    assert seen(Role.DUTY_OFFICER) == {complainant.id}
    for role in (Role.PARTNER, Role.ANALYST, Role.ADMINISTRATOR):
        assert seen(role) == set()
    assert half.id not in seen(Role.MANAGER)
