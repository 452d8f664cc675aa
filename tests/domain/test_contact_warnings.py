"""What a contact warning must say, and for how long it may stand without being looked at."""

from datetime import date

import pytest

from asb_cases.domain.contact_warnings import check_ending, check_warning

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("reason", "precautions", "review_on", "codes"),
    [
        ("Threw a bottle at an officer", "Visit in pairs", date(2026, 3, 3), ()),
        ("Threw a bottle at an officer", "Visit in pairs", date(2027, 3, 2), ()),
        ("Threw a bottle at an officer", "Visit in pairs", date(2027, 3, 3), ("review_too_far",)),
        ("Threw a bottle at an officer", "Visit in pairs", date(2026, 3, 2), ("review_not_ahead",)),
        ("Threw a bottle at an officer", "Visit in pairs", date(2026, 3, 1), ("review_not_ahead",)),
        (" ", "Visit in pairs", date(2026, 6, 1), ("needs_words",)),
        (None, "", date(2026, 6, 1), ("needs_words", "needs_words")),
    ],
)
def test_what_a_warning_says(reason, precautions, review_on, codes):
    found = check_warning(reason=reason, precautions=precautions, review_on=review_on, today=TODAY)
    assert found.codes == codes


@pytest.mark.parametrize(
    ("ended", "reason", "codes"),
    [
        (False, "Moved away", ()),
        (True, "Moved away", ("already_done",)),
        (False, " ", ("reason_needed",)),
    ],
)
def test_ending_one(ended, reason, codes):
    assert check_ending(ended=ended, reason=reason).codes == codes
