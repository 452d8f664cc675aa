"""Response standards, and waiting for the person who reported."""

from datetime import date, datetime, timedelta

import pytest

from asb_cases.adapters.bank_holidays import shipped_bank_holidays
from asb_cases.domain.calendar import LONDON
from asb_cases.domain.clocks import Deadline
from asb_cases.domain.legal_values import AddedValue, LegalValues
from asb_cases.domain.service_standards import Pause, response_deadline, standard_in_words

RECEIVED = datetime(2026, 3, 2, 10, 0, tzinfo=LONDON)


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, 0, tzinfo=LONDON)


def due(priority: int, *pauses: Pause, received: datetime = RECEIVED, now: datetime = RECEIVED) -> Deadline:
    return response_deadline(
        priority, received, now=now, values=LegalValues.load(), holidays=shipped_bank_holidays(), pauses=pauses
    )


def waiting(began: datetime, ended: datetime | None) -> Pause:
    return Pause(began, ended, "awaiting reporter")


def test_each_priority_has_its_standard() -> None:
    assert due(1).due_at == at(3)
    assert (due(2).target_day, due(2).last_day) == (date(2026, 3, 4), date(2026, 3, 6))
    assert due(3).last_day == date(2026, 3, 9)
    with pytest.raises(KeyError):
        due(4)


def test_close_of_business_moves_working_days_and_not_hours() -> None:
    evening = at(6, 19)  # a Friday
    assert due(1, received=evening).due_at == at(7, 19)
    assert due(3, received=evening).last_day == date(2026, 3, 16)


def test_working_days_spent_waiting_are_added_and_shown() -> None:
    deadline = due(2, waiting(at(3), at(5)))
    assert (deadline.target_day, deadline.last_day) == (date(2026, 3, 6), date(2026, 3, 10))
    assert deadline.working.endswith("Waiting for the reporter added 2 working days: 10 March 2026.")


def test_a_weekend_of_waiting_adds_no_working_day() -> None:
    assert due(3, waiting(at(6, 16), at(8))).last_day == due(3).last_day


def test_hours_spent_waiting_are_added_and_shown() -> None:
    deadline = due(1, waiting(at(2, 12), at(2, 15) + timedelta(minutes=30)))
    assert deadline.due_at == at(3) + timedelta(hours=3, minutes=30)
    assert "added 3 h 30 min: 13:30 on 3 March 2026." in deadline.working


def test_waiting_that_goes_on_counts_up_to_now() -> None:
    assert due(1, waiting(at(2, 12), None), now=at(2, 14)).due_at == at(3, 12)
    assert due(2, waiting(at(3), None), now=at(5)).last_day == date(2026, 3, 10)
    assert due(1, waiting(at(2, 12), None), now=at(2, 11)).due_at == at(3)


def test_waiting_that_began_when_the_response_was_overdue_moves_nothing() -> None:
    assert due(1, waiting(at(3, 11), at(4))).due_at == at(3)
    assert due(2, waiting(at(9), at(11))).last_day == date(2026, 3, 6)


def test_waiting_after_the_target_moves_only_the_limit() -> None:
    deadline = due(2, waiting(at(5), at(6)))
    assert (deadline.target_day, deadline.last_day) == (date(2026, 3, 4), date(2026, 3, 9))


def test_two_pauses_at_once_are_not_added_twice() -> None:
    assert due(1, waiting(at(2, 12), at(2, 15)), waiting(at(2, 13), at(2, 14))).due_at == at(3, 13)


def test_one_pause_may_bring_the_next_into_time() -> None:
    pauses = waiting(at(2, 12), at(2, 18)), waiting(at(3, 13), at(3, 14))
    assert due(1, *pauses).due_at == at(3, 17)


def test_a_pause_needs_a_reason_and_an_order() -> None:
    with pytest.raises(ValueError, match="reason"):
        Pause(at(2), at(3), " ")
    with pytest.raises(ValueError, match="ends after"):
        Pause(at(3), at(2), "awaiting reporter")


@pytest.mark.parametrize(
    ("priority", "words"),
    [
        (1, "First response within 24 hours"),
        (2, "First response within 4 working days (the aim is 2)"),
        (3, "First response within 5 working days"),
    ],
)
def test_standards_in_words(priority: int, words: str) -> None:
    assert standard_in_words(priority, date(2026, 3, 2), LegalValues.load()) == words


def test_the_words_follow_the_value_of_the_day() -> None:
    values = LegalValues.load([AddedValue("response_priority_3_days", date(2026, 4, 1), "1", "Cabinet")])
    assert standard_in_words(3, date(2026, 3, 31), values) == "First response within 5 working days"
    assert standard_in_words(3, date(2026, 4, 1), values) == "First response within 1 working day"
