"""Sharing a case, restricting it, opening a restricted one."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.permissions import Actor, Role
from asb_cases.extensions import db
from asb_cases.models.case import Case, CaseReader
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.not_found import NotFound
from asb_cases.services.case_access import end_share, lift_restriction, open_restricted, restrict_case, share_case
from tests.factories import NOW, TODAY, actor_of, make_actor, make_body, make_case, make_team, make_user
from tests.support.record import history_kinds, last_entry, refused


def sees(actor: Actor, case: Case) -> bool:
    try:
        return load_case_for(actor, case.reference, TODAY).id == case.id
    except NotFound:
        return False


def test_share_with_a_team_and_end_it(in_app: Flask) -> None:
    team = make_team()
    case, officer, other = make_case(team=make_team()), make_actor(team=team), make_actor(Role.MANAGER)
    assert not sees(officer, case)
    share_id = share_case(actor=other, now=NOW, case_id=case.id, team_id=team.id, reason="Same family")
    assert sees(officer, case)
    with refused("shared_already"):
        share_case(actor=other, now=NOW, case_id=case.id, team_id=team.id, reason="Again")
    end_share(actor=other, now=NOW, share_id=share_id)
    assert not sees(officer, case)
    with refused("already_done"):
        end_share(actor=other, now=NOW, share_id=share_id)
    share_case(actor=other, now=NOW, case_id=case.id, team_id=team.id, reason="Needed after all")
    assert sees(officer, case)
    assert history_kinds() == ["case_shared", "case_share_ended", "case_shared"]
    assert last_entry().reason == "Needed after all"


def test_share_with_a_body_until_a_day(in_app: Flask) -> None:
    body = make_body()
    partner, manager, case = make_actor(Role.PARTNER, body=body), make_actor(Role.MANAGER), make_case()
    last_day = TODAY + timedelta(days=2)
    share_case(actor=manager, now=NOW, case_id=case.id, partner_body_id=body.id, reason="Joint visit", to_on=last_day)
    assert sees(partner, case)
    assert load_case_for(partner, case.reference, last_day).id == case.id
    with pytest.raises(NotFound):
        load_case_for(partner, case.reference, last_day + timedelta(days=1))


def test_what_sharing_must_say(in_app: Flask) -> None:
    manager, case, team, body = make_actor(Role.MANAGER), make_case(), make_team(), make_body()
    with refused("one_recipient", "reason_needed", "days_out_of_order"):
        share_case(
            actor=manager, now=NOW, case_id=case.id, reason="", team_id=team.id, partner_body_id=body.id,
            to_on=TODAY - timedelta(days=1),
        )  # fmt: skip
    with refused("one_recipient"):
        share_case(actor=manager, now=NOW, case_id=case.id, reason="Because")
    with pytest.raises(NotFound):
        end_share(actor=manager, now=NOW, share_id=1)


def test_restricted_case_has_its_readers_and_no_others(in_app: Flask) -> None:
    team = make_team()
    reader, colleague = make_user(team=team), make_user(team=team)
    manager, case = make_actor(Role.MANAGER), make_case(team=team)
    with refused("reason_needed", "no_readers"):
        restrict_case(actor=manager, now=NOW, case_id=case.id, reader_ids=[], reason="")
    restrict_case(
        actor=manager,
        now=NOW,
        case_id=case.id,
        reader_ids=[reader.id, manager.user_id],
        reason="A colleague's neighbour",
    )
    assert [sees(actor_of(reader), case), sees(actor_of(colleague), case), sees(manager, case)] == [True, False, True]
    restrict_case(
        actor=manager, now=NOW, case_id=case.id, reader_ids=[colleague.id, manager.user_id], reason="On leave"
    )
    assert [sees(actor_of(reader), case), sees(actor_of(colleague), case), sees(manager, case)] == [False, True, True]
    lift_restriction(actor=manager, now=NOW, case_id=case.id, reason="Moved away")
    assert [sees(actor_of(reader), case), sees(actor_of(colleague), case)] == [True, True]
    assert db.session.scalars(select(CaseReader)).all() == []
    with refused("not_restricted"):
        lift_restriction(actor=manager, now=NOW, case_id=case.id, reason="Again")
    assert history_kinds() == ["case_restricted", "case_restricted", "case_unrestricted"]


def test_manager_opens_a_restricted_case_with_a_reason(in_app: Flask) -> None:
    manager, colleague = make_actor(Role.MANAGER), make_actor(Role.MANAGER)
    case = make_case(restricted=True)
    assert not sees(manager, case)
    with refused("reason_needed"):
        open_restricted(actor=manager, now=NOW, case_id=case.id, reason=" ")
    open_restricted(actor=manager, now=NOW, case_id=case.id, reason="Complaint to the ombudsman")
    assert [sees(manager, case), sees(colleague, case)] == [True, False]
    open_restricted(actor=manager, now=NOW, case_id=case.id, reason="Looked again")
    entry = last_entry()
    assert (entry.kind, entry.operation.value, entry.reason) == (
        "restricted_case_opened",
        "consultation",
        "Looked again",
    )
    with refused("not_restricted"):
        open_restricted(actor=manager, now=NOW, case_id=make_case().id, reason="Curious")


def test_nobody_else_opens_a_restricted_case(in_app: Flask) -> None:
    team = make_team()
    case = make_case(team=team, restricted=True)
    for role in set(Role) - {Role.MANAGER, Role.PARTNER}:
        with pytest.raises(NotPermitted):
            open_restricted(actor=make_actor(role, team=team), now=NOW, case_id=case.id, reason="Please")
    with pytest.raises(NotPermitted):
        restrict_case(actor=make_actor(team=team), now=NOW, case_id=case.id, reader_ids=[1], reason="Mine")
    with pytest.raises(NotPermitted):
        share_case(actor=make_actor(Role.PARTNER), now=NOW, case_id=case.id, reason="Ours", team_id=team.id)
    assert history_kinds() == []
