"""The screen: which questions are asked of whom."""

import pytest

from asb_cases.domain.powers.screening import SCREEN, items_for


@pytest.mark.parametrize(
    ("age", "individual", "asked"),
    [(17, True, True), (18, True, False), (None, True, True), (None, False, False)],
)
def test_whoever_may_be_under_18_is_asked_about(age, individual, asked):
    """Somebody believed to be 16 or over, whose birth date is not known, may be 17."""
    codes = {item.code for item in items_for(age, individual=individual)}
    assert ("youth" in codes) is asked
    assert codes >= {item.code for item in SCREEN if not item.young}
