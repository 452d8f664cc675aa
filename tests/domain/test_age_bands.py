"""The band somebody is in changes on a birthday and on no other day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.age_bands import AGE_BANDS, band_on


@pytest.mark.parametrize(
    ("born", "day", "band"),
    [
        (date(2000, 3, 2), date(2016, 3, 1), "0_to_15"),
        (date(2000, 3, 2), date(2016, 3, 2), "16_to_17"),
        (date(2000, 2, 29), date(2018, 2, 28), "16_to_17"),
        (date(2000, 2, 29), date(2018, 3, 1), "18_to_24"),
        (date(1950, 12, 31), date(2015, 12, 30), "55_to_64"),
        (date(1950, 12, 31), date(2015, 12, 31), "65_and_over"),
        (date(2016, 1, 1), date(2016, 1, 1), "0_to_15"),
    ],
)
def test_the_band_of_a_day(born: date, day: date, band: str) -> None:
    assert band_on(born, day) == band


@given(st.dates(date(1900, 1, 1), date(2015, 1, 1)), st.integers(0, 40_000))
def test_nobody_grows_younger(born: date, days: int) -> None:
    order = [band.code for band in AGE_BANDS]
    day = born + timedelta(days=days)
    assert order.index(band_on(born, day)) <= order.index(band_on(born, day + timedelta(days=1)))
