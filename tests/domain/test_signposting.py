"""When an explanation of the case review is owed: dates round every edge."""

from datetime import date

import pytest

from asb_cases.domain.signposting import owes_explanation

FIRST = date(2025, 9, 17)


@pytest.mark.parametrize(
    ("made", "earlier", "explained", "owed"),
    [
        (FIRST, (), (), False),
        (FIRST, (date(2025, 9, 16),), (), True),  # an older first complaint counts, an older second owes nothing
        (date(2025, 9, 16), (date(2025, 9, 15),), (), False),
        (date(2026, 3, 1), (date(2025, 9, 2),), (), True),  # six months beginning with 2 September end on 1 March
        (date(2026, 3, 2), (date(2025, 9, 2),), (), False),
        (date(2026, 3, 2), (date(2026, 3, 2),), (), True),
        (date(2026, 3, 9), (date(2026, 3, 2), date(2026, 3, 5)), (date(2026, 3, 5),), False),  # told at the second
        (date(2026, 10, 9), (date(2026, 3, 2), date(2026, 9, 1)), (date(2026, 3, 5),), True),
    ],
)
def test_owed(made: date, earlier: tuple[date, ...], explained: tuple[date, ...], owed: bool) -> None:
    assert owes_explanation(made, earlier=earlier, explained=explained) is owed
