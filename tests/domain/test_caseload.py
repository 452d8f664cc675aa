"""The first working day of the month, months that are made good, and working days without contact."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from asb_cases.domain.caseload import due_at, last_ended, may_be_due, no_contact_since, to_send
from asb_cases.domain.periods import Period, month

HOLIDAYS = frozenset({date(2027, 1, 1), date(2026, 12, 25), date(2026, 12, 28)})


def months(*texts: str) -> list[Period]:
    return [month(*map(int, text.split("-"))) for text in texts]


@pytest.mark.parametrize(
    ("of", "due"),
    [
        ("2026-10", datetime(2026, 11, 2, 6, tzinfo=UTC)),  # 1 November is a Sunday
        ("2026-12", datetime(2027, 1, 4, 6, tzinfo=UTC)),  # New Year's Day, a Friday
        ("2026-09", datetime(2026, 10, 1, 5, tzinfo=UTC)),  # summer time
        ("2026-02", datetime(2026, 3, 2, 6, tzinfo=UTC)),
    ],
)
def test_it_is_due_on_the_first_working_day_of_the_next_month(of: str, due: datetime) -> None:
    assert due_at(months(of)[0], HOLIDAYS) == due


@pytest.mark.parametrize(
    ("now", "ended"),
    [
        (datetime(2026, 10, 31, 23, 59, tzinfo=UTC), "2026-09"),
        (datetime(2026, 11, 1, 0, 0, tzinfo=UTC), "2026-10"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "2026-06"),  # half past midnight in July, in London
    ],
)
def test_months_end_by_the_clock_of_london(now: datetime, ended: str) -> None:
    assert [last_ended(now)] == months(ended)


@pytest.mark.parametrize(
    ("now", "begun", "sent"),
    [
        ("2026-12-03T09:00", [], ["2026-11"]),  # a new installation begins with the month that has just ended
        ("2026-12-03T09:00", ["2026-10"], ["2026-10", "2026-11"]),
        ("2026-12-03T09:00", ["2026-09"], ["2026-09", "2026-10", "2026-11"]),  # October's was skipped
        ("2026-12-03T09:00", ["2026-08"], ["2026-09", "2026-10", "2026-11"]),  # September's and October's
        ("2026-12-03T09:00", ["2026-07"], ["2026-11"]),  # longer ago than anybody would read
        ("2026-12-01T05:59", ["2026-10"], ["2026-10"]),  # November's is not due yet
        ("2026-12-01T05:59", [], []),
        ("2026-12-01T06:00", ["2026-10", "2026-11"], ["2026-10", "2026-11"]),
    ],
)
def test_a_skipped_month_is_made_good(now: str, begun: list[str], sent: list[str]) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert to_send(may_be_due(at, HOLIDAYS), set(months(*begun)), at) == months(*sent)


@given(some.lists(some.integers(0, 60 * 24), min_size=1, max_size=60))
def test_however_the_machine_is_off_for_up_to_two_months_each_month_is_sent_once(hours_between: list[int]) -> None:
    at, sent = datetime(2026, 1, 20, tzinfo=UTC), [month(2025, 11)]
    for hours in hours_between:
        at += timedelta(hours=hours)
        due = may_be_due(at, HOLIDAYS)
        now_sent = [of for of in to_send(due, set(sent), at) if of not in sent]
        assert all(due_at(of, HOLIDAYS) <= at for of in now_sent)
        sent += now_sent
    expected, last = [month(2025, 11)], max(may_be_due(at, HOLIDAYS))
    while expected[-1] < last:
        following = expected[-1].last + timedelta(days=1)
        expected.append(month(following.year, following.month))
    assert sent == expected


@pytest.mark.parametrize(
    ("today", "days", "since"),
    [
        (date(2026, 3, 6), 5, date(2026, 2, 27)),  # Friday to Friday
        (date(2026, 3, 8), 5, date(2026, 3, 2)),  # Sunday: Monday was the fifth working day before it
        (date(2026, 12, 29), 2, date(2026, 12, 23)),  # over Christmas
    ],
)
def test_working_days_are_counted_back(today: date, days: int, since: date) -> None:
    assert no_contact_since(today, days, HOLIDAYS) == since
