"""Hearings: on which days one may be listed, and the next."""

from datetime import date

import pytest

from asb_cases.domain.hearings import HearingOutcome, check_heard, check_listing

BEGAN, LISTED, TODAY = date(2026, 5, 1), date(2026, 6, 10), date(2026, 6, 3)


@pytest.mark.parametrize(
    ("outcome", "today", "next_on", "codes"),
    [
        (HearingOutcome.HELD, LISTED, None, ()),
        (HearingOutcome.HELD, TODAY, None, ("hearing_not_yet",)),
        (HearingOutcome.HELD, LISTED, date(2026, 6, 9), ("next_hearing_not_later",)),
        (HearingOutcome.ADJOURNED, LISTED, LISTED, ()),  # to the afternoon
        (HearingOutcome.HELD, LISTED, LISTED, ()),
        (HearingOutcome.VACATED, TODAY, date(2026, 6, 5), ()),  # brought forward
        (HearingOutcome.ADJOURNED, TODAY, date(2026, 6, 5), ()),
        (HearingOutcome.VACATED, TODAY, date(2026, 4, 30), ("hearing_before_begun",)),
    ],
)
def test_the_next_hearing_may_be_brought_forward(outcome, today, next_on, codes):
    found = check_heard(outcome, listed_on=LISTED, today=today, note="Said so.", next_on=next_on, began=BEGAN)
    assert found.codes == codes
    assert all(refusal.remedy for refusal in found.refusals)


def test_listing():
    assert check_listing(listed_on=LISTED, before_court_since=BEGAN, open_on=None).codes == ()
    assert check_listing(listed_on=LISTED, before_court_since=None, open_on=None).codes == ("not_before_court",)
    early = check_listing(listed_on=date(2026, 4, 30), before_court_since=BEGAN, open_on=LISTED)
    assert early.codes == ("hearing_listed_already", "hearing_before_begun")
