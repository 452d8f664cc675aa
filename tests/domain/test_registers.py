"""The lists that an administrator keeps: what may be called how, and what may be retired."""

import pytest

from asb_cases.domain.registers import (
    check_code,
    check_name,
    check_not_needed,
    check_parent,
    check_retiring_category,
)


@pytest.mark.parametrize(
    ("name", "taken", "found"),
    [
        ("Headington", False, ()),
        (" ", False, ("needs_words",)),
        ("…", False, ("name_without_letters",)),
        ("Headington", True, ("name_taken",)),
    ],
)
def test_a_name_says_something_and_is_given_once(name: str, taken: bool, found: tuple[str, ...]) -> None:
    assert check_name("The name", name, "name", taken=taken).codes == found


@pytest.mark.parametrize(
    ("code", "readable"),
    [
        ("street_trading", True),
        ("a1", True),
        ("a", False),
        ("Street", False),
        ("1st", False),
        ("two words", False),
        ("x" * 30, True),
        ("x" * 31, False),
    ],
)
def test_a_code_is_one_small_word(code: str, readable: bool) -> None:
    assert check_code(code, taken=False).codes == (() if readable else ("code_unreadable",))
    assert "code_taken" in check_code(code, taken=True).codes


@pytest.mark.parametrize(
    ("parent_id", "parents_parent", "below", "found"),
    [
        (None, None, 3, ()),
        (2, None, 0, ()),
        (1, None, 0, ("parent_below",)),
        (2, 5, 0, ("parent_below",)),
        (2, None, 1, ("has_categories_below",)),
    ],
)
def test_categories_stand_one_step_below_others(
    parent_id: int | None, parents_parent: int | None, below: int, found: tuple[str, ...]
) -> None:
    assert check_parent(own_id=1, parent_id=parent_id, parents_parent=parents_parent, below=below).codes == found


def test_what_is_still_needed_is_not_retired() -> None:
    assert check_not_needed(people=0, cases=0).allowed
    (refusal,) = check_not_needed(people=1, cases=12).refusals
    assert "one person with an account in use belongs to it and 12 open cases belong to it" in refusal.message
    assert check_retiring_category("animals", 0).allowed
    assert check_retiring_category("noise", 4).codes == ("still_needed",)
    assert check_retiring_category("noise_party", 0).codes == ("counted_at_night",)
