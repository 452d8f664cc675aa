"""References as made, and as typed into a search box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.references import Prefix, Reference, parse_reference


@pytest.mark.parametrize(
    ("reference", "written"),
    [
        (Reference(Prefix.CASE, 2026, 123), "ASB-2026-000123"),
        (Reference(Prefix.COMPLAINT, 2026, 7), "CMP-2026-000007"),
        (Reference(Prefix.WARNING, 2026, 1), "CPW-2026-0001"),
        (Reference(Prefix.NOTICE, 2015, 39), "CPN-2015-0039"),
        (Reference(Prefix.FIXED_PENALTY, 2015, 1), "FPN-2015-0001"),
        (Reference(Prefix.PROSECUTION, 2015, 1), "PRO-2015-0001"),
        (Reference(Prefix.CASE_REVIEW, 2026, 1), "ACR-2026-0001"),
        (Reference(Prefix.WARNING, 2026, 12345), "CPW-2026-12345"),
    ],
)
def test_references_are_written_as_agreed(reference: Reference, written: str) -> None:
    assert str(reference) == written
    assert parse_reference(written) == reference


@pytest.mark.parametrize(
    "typed", ["asb-2026-000123", " ASB 2026 123 ", "asb2026000123", "ASB/2026/123", "Asb–2026–0123", "ASB-2026 123"]
)
def test_a_search_box_forgives_how_it_is_typed(typed: str) -> None:
    assert parse_reference(typed) == Reference(Prefix.CASE, 2026, 123)


@pytest.mark.parametrize(
    "typed", ["", "123", "ASB", "ASB-2026", "ASB-26-123", "XYZ-2026-0001", "CPW-2026-0000", "CPW/15/7", "ASB-2026-1 x"]
)
def test_other_text_is_no_reference_of_ours(typed: str) -> None:
    assert parse_reference(typed) is None


@given(st.sampled_from(Prefix), st.integers(2014, 2099), st.integers(1, 999_999_999))
def test_every_reference_is_read_back(prefix: Prefix, year: int, number: int) -> None:
    reference = Reference(prefix, year, number)
    assert parse_reference(str(reference)) == reference
    assert parse_reference(str(reference).lower().replace("-", "")) == reference
