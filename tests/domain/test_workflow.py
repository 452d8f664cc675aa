"""The case's machine, and the machine itself."""

import pytest

from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import CONSOLE, Actor, Permission, Role, Via
from asb_cases.domain.workflow import (
    TITLES,
    TRANSITIONS,
    CaseStatus,
    Transition,
    moves_from,
    moves_open_to,
    next_status,
    statuses,
)

CASE = {
    None: {"log": "new", "open": "open"},
    "new": {
        "start": "open", "close": "closed", "close_notice_in_force": "closed_notice_in_force", "merge": "closed",
    },
    "open": {"close": "closed", "close_notice_in_force": "closed_notice_in_force", "merge": "closed"},
    "closed": {"reopen": "open", "breach_alleged": "open", "unmerge": "open", "unmerge_new": "new"},
    "closed_notice_in_force": {"reopen": "open", "breach_alleged": "open", "notice_over": "closed"},
}  # fmt: skip
CROSSED = [(status, move) for status in CASE for move in sorted({row.move for row in TRANSITIONS})]


@pytest.mark.parametrize(("status", "move"), CROSSED)
def test_every_state_crossed_with_every_move(status, move):
    if move in CASE[status]:
        assert next_status(TRANSITIONS, status, move) == CASE[status][move]
    else:
        with pytest.raises(RuleBroken, match="not possible while the status is"):
            next_status(TRANSITIONS, status, move)


def test_the_table_knows_every_status_and_no_other():
    assert statuses(TRANSITIONS) == set(CaseStatus) == set(TITLES)


def test_the_refusal_says_what_is_possible():
    with pytest.raises(RuleBroken) as caught:
        next_status(TRANSITIONS, CaseStatus.OPEN, "reopen")
    refusal = caught.value.refusals[0]
    assert refusal.message == "“reopen” is not possible while the status is “open”."
    assert refusal.remedy == "Possible now: close, close notice in force, merge."
    with pytest.raises(RuleBroken, match="Nothing further can be done with it"):
        next_status((Transition(None, "done", "do", Permission.DRAFT),), "done", "do")


@pytest.mark.parametrize(
    ("role", "moves"),
    [
        (Role.OFFICER, {"breach_alleged", "notice_over"}),
        (Role.MANAGER, {"breach_alleged", "notice_over", "reopen"}),
        (Role.PARTNER, set()),
        (Role.ADMINISTRATOR, set()),
    ],
)
def test_an_actor_is_offered_the_moves_of_their_role(role, moves):
    actor = Actor(via=Via.WEB, user_id=1, role=role)
    assert {row.move for row in moves_open_to(CaseStatus.CLOSED_NOTICE_IN_FORCE, actor)} == moves


def test_the_console_is_offered_everything():
    for status in CASE:
        assert moves_open_to(status, CONSOLE) == moves_from(TRANSITIONS, status)


def test_no_move_stands_twice_from_one_status():
    keys = [(row.source, row.move) for row in TRANSITIONS]
    assert len(keys) == len(set(keys))
