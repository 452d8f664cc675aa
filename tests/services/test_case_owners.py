"""Whoever is named in an act is somebody who may have done it: with an account, in use, of a role that includes it."""

from collections.abc import Callable

import pytest
from flask import Flask

from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Role
from asb_cases.domain.service import ServiceMethod
from asb_cases.queries.not_found import NotFound
from asb_cases.services.authorisations import give_authorisation
from asb_cases.services.cases import Description, open_case
from asb_cases.services.service_of_documents import Giving, Posting, record_posting, record_service
from tests.factories import make_actor, make_user
from tests.support.enforcement_track import Track, at, day, make_track

NOBODY = 999_999


def give(track: Track, warning: int, who: int) -> object:
    giving = Giving(ServiceMethod.HAND, given_at=at(0, 11), server_id=who)
    return record_service(actor=track.officer, now=at(0, 11), intervention_id=warning, giving=giving)


def post(track: Track, warning: int, who: int) -> object:
    posting = Posting("4 Rose Lane", server_id=who)
    return record_posting(actor=track.officer, now=at(0, 11), intervention_id=warning, posting=posting)


def own(track: Track, _warning: int, who: int) -> object:
    return open_case(actor=track.officer, now=at(0), description=Description("Drumming"), owner_id=who)


def authorise(_track: Track, _warning: int, who: int) -> object:
    return give_authorisation(
        actor=make_actor(Role.ADMINISTRATOR), now=at(0), user_id=who, power="CPN", from_on=day(0),
        delegation_reference="7.3",
    )  # fmt: skip


@pytest.mark.parametrize("act", [give, post, own, authorise])
def test_nobody_unknown_out_of_use_or_of_another_role_is_named(
    in_app: Flask, act: Callable[[Track, int, int], object]
) -> None:
    track = make_track()
    warning = track.draft_warning(0)
    track.sign(warning, 0)
    with pytest.raises(NotFound):
        act(track, warning, NOBODY)
    for other in (make_user(Role.OFFICER, active=False), make_user(Role.ANALYST)):
        with pytest.raises(RuleBroken) as refused:
            act(track, warning, other.id)
        assert {each.code for each in refused.value.refusals} <= {"cannot_have_done", "cannot_own_cases"}
