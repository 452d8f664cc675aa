"""Appeals: in time or late, what they suspend on which day, what is recorded and what is not."""

from dataclasses import replace
from datetime import date

import pytest

from asb_cases.domain.appeals import (
    GROUND_TITLES,
    MOVE_OF_OUTCOME,
    Appeal,
    AppealFacts,
    AppealGround,
    AppealOutcome,
    check_determination,
    check_lodging,
    is_late,
)
from asb_cases.domain.powers import POWERS

#: Given on 2 March 2026: 21 days beginning with that day end on Sunday 22 March.
FACTS = AppealFacts(
    lodged_on=date(2026, 3, 20),
    issued_on=date(2026, 3, 2),
    last_day=date(2026, 3, 22),
    next_open_day=date(2026, 3, 23),
    today=date(2026, 6, 1),
)


@pytest.mark.parametrize(
    ("codes", "late", "changed"),
    [
        ((), False, {}),
        ((), False, {"lodged_on": date(2026, 3, 2)}),
        ((), False, {"lodged_on": date(2026, 3, 22)}),
        (("appeal_last_day_court_shut",), False, {"lodged_on": date(2026, 3, 23)}),
        (("appeal_late",), True, {"lodged_on": date(2026, 3, 24)}),
        (("appeal_late",), True, {"lodged_on": date(2026, 3, 23), "next_open_day": date(2026, 3, 22)}),
        (("appeal_before_issue",), False, {"lodged_on": date(2026, 3, 1)}),
        (("appeal_in_future", "appeal_late"), True, {"lodged_on": date(2026, 6, 2)}),
        (("appeal_already_pending",), False, {"earlier": (Appeal(date(2026, 3, 3)),)}),
        ((), False, {"earlier": (Appeal(date(2026, 3, 3), date(2026, 3, 10), AppealOutcome.WITHDRAWN),)}),
    ],
)
def test_lodging(codes, late, changed):
    facts = replace(FACTS, **changed)
    assert check_lodging(facts).codes == codes
    assert is_late(facts) is late


def test_lateness_never_refuses():
    assert check_lodging(replace(FACTS, lodged_on=date(2026, 5, 30))).allowed


def test_an_appeal_ends_after_it_was_lodged_and_not_in_the_future():
    appeal = Appeal(date(2026, 3, 20))
    assert check_determination(appeal, date(2026, 3, 19), date(2026, 6, 1)).codes == ("determined_before_lodged",)
    assert check_determination(appeal, date(2026, 3, 20), date(2026, 6, 1)).codes == ()
    assert check_determination(appeal, date(2026, 6, 2), date(2026, 6, 1)).codes == ("determined_in_future",)


ENDED = Appeal(date(2026, 3, 20), date(2026, 4, 10), AppealOutcome.DISMISSED)


@pytest.mark.parametrize(
    ("appeal", "day", "running"),
    [
        (ENDED, date(2026, 3, 19), False),
        (ENDED, date(2026, 3, 20), True),
        (ENDED, date(2026, 4, 10), True),
        (ENDED, date(2026, 4, 11), False),
        (Appeal(date(2026, 3, 20)), date(2030, 1, 1), True),
        (Appeal(date(2026, 3, 20), None, AppealOutcome.QUASHED), date(2030, 1, 1), False),
        (Appeal(None, date(2026, 4, 10), AppealOutcome.DISMISSED), date(2026, 4, 1), False),
    ],
)
def test_it_is_in_progress_from_lodging_until_it_ends(appeal, day, running):
    assert appeal.in_progress(day) is running


def test_stop_requirements_rest_only_from_the_courts_order():
    ordered = replace(ENDED, stop_suspended_on=date(2026, 3, 25))
    assert not ordered.stop_suspended(date(2026, 3, 24))
    assert ordered.stop_suspended(date(2026, 3, 25))
    assert not ordered.stop_suspended(date(2026, 4, 11))
    assert not ENDED.stop_suspended(date(2026, 3, 25))


def test_every_outcome_is_a_move_of_the_notice_and_every_ground_has_words():
    moves = {row.move for row in POWERS["CPN"].transitions}
    assert set(MOVE_OF_OUTCOME) == set(AppealOutcome)
    assert set(MOVE_OF_OUTCOME.values()) <= moves
    assert set(GROUND_TITLES) == set(AppealGround)
