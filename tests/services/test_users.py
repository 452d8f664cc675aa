"""Making and changing accounts, teams and partner bodies."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from asb_cases.domain.errors import NotPermitted, RuleBroken
from asb_cases.domain.permissions import CONSOLE, Permission, Role
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry
from asb_cases.models.partner_body import PartnerBody, PartnerBodyKind
from asb_cases.models.user import Team, User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.users import can_administer
from asb_cases.services import address_change, setting_passwords, teams, users
from asb_cases.services.account_links import Site
from asb_cases.services.versions import StaleVersion
from tests.factories import NOW, actor_of, make_actor, make_body, make_team, make_user

SITE = Site("https://cases.example", "cases.example", sends_email=False)


def create(**given: object) -> int:
    least = {"actor": CONSOLE, "now": NOW, "email": "ann@example.org", "name": "Ann Lee", "role": Role.OFFICER}
    return users.create_user(**{**least, "password_hash": "kept", "own_password": True, **given})  # type: ignore[arg-type]


def change(user: User, **given: object) -> None:
    least = {"actor": CONSOLE, "now": NOW, "user_id": user.id, "seen": user.version, "name": user.name}
    as_it_is = {"role": user.role, "team_id": user.team_id, "body_id": user.partner_body_id}
    users.change_user(**{**least, **as_it_is, **given})  # type: ignore[arg-type]


def refused(act: object, *arguments: object, **given: object) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act(*arguments, **given)  # type: ignore[operator]
    return [refusal.code for refusal in broken.value.refusals]


def kinds() -> list[str]:
    return list(db.session.scalars(select(HistoryEntry.kind).order_by(HistoryEntry.id)))


def test_an_account_is_made_with_its_team(in_app: Flask) -> None:
    team = make_team()
    user = db.session.get_one(User, create(team_id=team.id, email=" Ann@Example.org "))
    assert (user.email, user.email_key, user.name, user.role) == (
        "Ann@Example.org", "ann@example.org", "Ann Lee", Role.OFFICER,
    )  # fmt: skip
    assert (user.team_id, user.password_changed_at, user.active) == (team.id, NOW, True)
    assert kinds() == ["user_created"]


def test_a_password_that_was_made_up_counts_as_never_chosen(in_app: Flask) -> None:
    assert db.session.get_one(User, create(own_password=False)).password_changed_at is None


def test_one_address_one_account_and_nothing_half_made(in_app: Flask) -> None:
    create()
    assert refused(create, email="ANN@example.org") == ["email_taken"]
    assert db.session.scalar(select(func.count(User.id))) == 1
    assert kinds() == ["user_created"]


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"email": "nobody"}, ["email_unreadable"]),
        ({"name": "  "}, ["name_missing"]),
        ({"role": Role.PARTNER}, ["partner_needs_body"]),
    ],
)
def test_an_account_that_cannot_be(in_app: Flask, given: dict[str, object], codes: list[str]) -> None:
    assert refused(create, **given) == codes
    assert db.session.scalar(select(func.count(User.id))) == 0


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_look_after_accounts(in_app: Flask, role: Role) -> None:
    actor, other = make_actor(role), make_user()
    acts = (
        lambda: create(actor=actor),
        lambda: change(other, actor=actor, role=Role.MANAGER),
        lambda: users.deactivate_user(actor=actor, now=NOW, user_id=other.id, seen=None),
        lambda: users.reactivate_user(actor=actor, now=NOW, user_id=other.id, seen=None),
        lambda: setting_passwords.give_link(actor=actor, now=NOW, user_id=other.id, site=SITE),
        lambda: address_change.ask_for_address_change(
            actor=actor, now=NOW, user_id=other.id, email="mine@example.org", site=SITE
        ),
        lambda: teams.find_or_add_team(actor=actor, now=NOW, name="Mine"),
        lambda: teams.find_or_add_partner_body(actor=actor, now=NOW, name="Mine"),
    )
    for act in acts:
        with pytest.raises(NotPermitted) as not_permitted:
            act()
        assert not_permitted.value.permission == Permission.MANAGE_USERS
    assert kinds() == []


def test_a_change_is_one_entry_and_says_whether_the_role_changed(in_app: Flask) -> None:
    user, team = make_user(Role.OFFICER), make_team()
    change(user, name="Ann Smith", team_id=team.id)
    change(user, role=Role.MANAGER)
    db.session.expire_all()
    assert (user.name, user.team_id, user.role, user.version) == ("Ann Smith", team.id, Role.MANAGER, 3)
    assert kinds() == ["user_changed", "role_changed"]


def test_two_administrators_one_account(in_app: Flask) -> None:
    user = make_user(Role.OFFICER)
    change(user, name="From the first")
    with pytest.raises(StaleVersion):
        change(user, name="From the second", seen=1)
    with pytest.raises(StaleVersion):
        users.deactivate_user(actor=CONSOLE, now=NOW, user_id=user.id, seen=1)
    db.session.expire_all()
    assert (user.name, user.active) == ("From the first", True)


def test_a_partner_has_a_body_and_nobody_else_has(in_app: Flask) -> None:
    user, body = make_user(Role.OFFICER), make_body()
    assert refused(change, user, role=Role.PARTNER) == ["partner_needs_body"]
    assert refused(change, user, body_id=body.id) == ["body_is_for_partners"]
    change(user, role=Role.PARTNER, body_id=body.id)
    assert (user.role, user.partner_body_id) == (Role.PARTNER, body.id)


def test_the_last_administrator_stays(in_app: Flask) -> None:
    ann = make_user(Role.ADMINISTRATOR)
    make_user(Role.ADMINISTRATOR, active=False)
    me = actor_of(ann)
    assert refused(change, ann, actor=me, role=Role.MANAGER) == ["last_administrator"]
    assert refused(users.deactivate_user, actor=me, now=NOW, user_id=ann.id, seen=None) == ["last_administrator"]
    change(ann, actor=me, name="Ann Smith")
    second = make_user(Role.ADMINISTRATOR)
    assert refused(change, ann, actor=me, role=Role.MANAGER) == ["own_role"], "not even where another is left"
    users.deactivate_user(actor=me, now=NOW, user_id=ann.id, seen=None)
    assert refused(users.deactivate_user, actor=CONSOLE, now=NOW, user_id=second.id, seen=None) == [
        "last_administrator"
    ]


def test_two_administrators_who_take_each_other_out_leave_one(app: Flask) -> None:
    with app.app_context():
        pair = [make_user(Role.ADMINISTRATOR) for _ in range(2)]
        tasks = [(actor_of(pair[0]), pair[1].id), (actor_of(pair[1]), pair[0].id)]
        db.session.remove()
    together = Barrier(2)

    def take_out(task: tuple[object, int]) -> str:
        with app.app_context():
            together.wait()
            try:
                users.deactivate_user(actor=task[0], now=NOW, user_id=task[1], seen=None)  # type: ignore[arg-type]
            except RuleBroken:
                return "refused"
            return "done"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(take_out, tasks)) == ["done", "refused"]
    with app.app_context():
        assert db.session.scalar(select(func.count(User.id)).where(can_administer())) == 1


def test_out_of_use_and_into_it_again(in_app: Flask) -> None:
    user = make_user()
    users.deactivate_user(actor=CONSOLE, now=NOW, user_id=user.id, seen=user.version)
    assert not user.active
    users.reactivate_user(actor=CONSOLE, now=NOW, user_id=user.id, seen=user.version)
    assert user.active
    assert kinds() == ["user_deactivated", "user_reactivated"]


def test_passwords_are_replaced_and_never_written_down(in_app: Flask) -> None:
    user = make_user()
    users.change_own_password(actor=actor_of(user), now=NOW, password_hash="chosen", browser=None)
    assert (user.password_hash, user.password_changed_at) == ("chosen", NOW)
    entries = db.session.scalars(select(HistoryEntry)).all()
    assert [entry.kind for entry in entries] == ["password_changed"]
    assert not any("chosen" in entry.details for entry in entries)


def test_an_account_that_is_not_there(in_app: Flask) -> None:
    with pytest.raises(NotFound):
        users.deactivate_user(actor=CONSOLE, now=NOW, user_id=99, seen=None)


def test_teams_and_bodies_are_found_by_name_or_made(in_app: Flask) -> None:
    first = teams.find_or_add_team(actor=CONSOLE, now=NOW, name="Noise and Nuisance")
    assert teams.find_or_add_team(actor=CONSOLE, now=NOW, name="noise  and nuisance ") == first
    police = teams.find_or_add_partner_body(
        actor=CONSOLE, now=NOW, name="Thames Valley Police", kind=PartnerBodyKind.POLICE
    )
    assert teams.find_or_add_partner_body(actor=CONSOLE, now=NOW, name="THAMES VALLEY POLICE") == police
    assert db.session.get_one(Team, first).name == "Noise and Nuisance"
    assert db.session.get_one(PartnerBody, police).kind is PartnerBodyKind.POLICE
    assert kinds() == ["team_created", "partner_body_changed"]
