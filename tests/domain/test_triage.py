"""Where a complaint may go from where."""

import pytest

from asb_cases.domain.complaints import TriageState
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.triage import TRANSITIONS, check_sent_elsewhere
from asb_cases.domain.workflow import next_status

#: Every state and move, and where it leads; None where it is refused.
TABLE = {
    "new": {"join": "joined", "refer": "referred", "not_asb": "not_asb", "log": None},
    "joined": {"join": None, "refer": None, "not_asb": None, "log": None},
    "referred": {"join": "joined", "refer": None, "not_asb": "not_asb", "log": None},
    "not_asb": {"join": "joined", "refer": "referred", "not_asb": None, "log": None},
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
