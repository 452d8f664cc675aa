"""Where a complaint may go from where."""

import pytest

from asb_cases.domain.complaints import TriageState
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.triage import TRANSITIONS, check_move, check_referred, check_sent_elsewhere
from asb_cases.domain.workflow import next_status

#: Every state and move, and where it leads; None where it is refused.
TABLE = {
    "new": {"join": "joined", "refer": "referred", "not_asb": "not_asb", "log": None, "move": None, "put_back": None},
    "joined": {"join": None, "refer": None, "not_asb": None, "log": None, "move": "joined", "put_back": "new"},
    "referred": {"join": "joined", "refer": None, "not_asb": "not_asb", "log": None, "move": None, "put_back": None},
    "not_asb": {"join": "joined", "refer": "referred", "not_asb": None, "log": None, "move": None, "put_back": None},
}


@pytest.mark.parametrize(("state", "move"), [(state, move) for state, moves in TABLE.items() for move in moves])
def test_state_by_move(state: str, move: str) -> None:
    target = TABLE[state][move]
    if target is not None:
        assert next_status(TRANSITIONS, state, move) == target
        return
    with pytest.raises(RuleBroken) as refused:
        next_status(TRANSITIONS, state, move)
    assert [refusal.code for refusal in refused.value.refusals] == ["move_not_open"]


def test_table_knows_every_state() -> None:
    assert set(TABLE) == {state.value for state in TriageState}
    assert {row.move for row in TRANSITIONS} == {move for moves in TABLE.values() for move in moves}
    assert next_status(TRANSITIONS, None, "log") == "new"


@pytest.mark.parametrize(("reason", "codes"), [(None, ("reason_needed",)), (" ", ("reason_needed",)), ("Police", ())])
def test_sent_elsewhere_with_a_reason(reason: str | None, codes: tuple[str, ...]) -> None:
    assert check_sent_elsewhere(reason).codes == codes


@pytest.mark.parametrize(
    ("to", "reason", "codes"),
    [("Police", "Theirs", ()), (" ", "Theirs", ("needs_words",)), (None, None, ("needs_words", "reason_needed"))],
)
def test_referred_to_somebody_for_a_reason(to: str | None, reason: str | None, codes: tuple[str, ...]) -> None:
    assert check_referred(to, reason).codes == codes


@pytest.mark.parametrize(
    ("reason", "same", "resting", "codes"),
    [
        ("Wrong flat", False, 0, ()),
        (" ", False, 0, ("reason_needed",)),
        ("Wrong flat", True, 0, ("same_case",)),
        ("Wrong flat", False, 1, ("complaint_is_evidence",)),
    ],
)
def test_moved_for_a_reason_while_nothing_rests_on_it(
    reason: str, same: bool, resting: int, codes: tuple[str, ...]
) -> None:
    assert check_move(reason, same_case=same, steps_resting_on_it=resting).codes == codes
