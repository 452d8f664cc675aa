"""What stood on which day: one row for each way in which a step begins and ends."""

from datetime import date, timedelta

import pytest

from asb_cases.domain.standing_on import Given, stood_on

FIRST, LAST = date(2026, 3, 2), date(2026, 6, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("step", "on", "stood"), [
    (Given("in_force", FIRST), FIRST - DAY, False),
    (Given("in_force", FIRST), FIRST, True),
    (Given("in_force", FIRST, LAST), LAST, True),
    (Given("in_force", FIRST, LAST), LAST + DAY, False),
    (Given("ended", FIRST, LAST, LAST), LAST, True),
    (Given("withdrawn", FIRST, LAST, FIRST + DAY), FIRST, True),
    (Given("withdrawn", FIRST, LAST, FIRST + DAY), FIRST + DAY, False),
    (Given("ended", FIRST, LAST, FIRST + DAY), FIRST + DAY + DAY, False),
    (Given("paid", FIRST, settled_on=FIRST + DAY), FIRST, True),
    (Given("paid", FIRST, settled_on=FIRST + DAY), FIRST + DAY, False),
    (Given("convicted", FIRST, settled_on=LAST), LAST - DAY, True),
    (Given("draft", None), FIRST, False),
    (Given("proposed", None), FIRST, False),
    (Given("in_force", FIRST, in_error=True), FIRST, False),
])  # fmt: skip
def test_what_stood_on_the_day(step: Given, on: date, stood: bool) -> None:
    assert stood_on(step, on) is stood
