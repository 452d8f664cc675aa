"""When two records may be made one, and made two again."""

from dataclasses import replace
from datetime import date

import pytest

from asb_cases.domain.merging import Record, check_merge, check_undoing_merge, opposite_sides, wider
from asb_cases.domain.people import Part, PersonKind

ANN = Record(1, PersonKind.INDIVIDUAL)
OTHER = replace(ANN, id=2)
BORN = date(1990, 5, 1)
P = Part
D1, D2, D3 = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("kept", "merged", "codes"),
    [
        (ANN, OTHER, ()),
        (ANN, ANN, ("one_record",)),
        (ANN, replace(OTHER, kind=PersonKind.BODY), ("kinds_differ",)),
        (ANN, replace(OTHER, kind=PersonKind.OCCUPIER), ("kinds_differ",)),
        (replace(ANN, born_on=BORN), OTHER, ()),
        (replace(ANN, born_on=BORN), replace(OTHER, born_on=BORN), ()),
        (replace(ANN, born_on=BORN), replace(OTHER, born_on=D1), ("birth_dates_differ",)),
        (replace(ANN, company_number="1"), replace(OTHER, company_number="2"), ("company_numbers_differ",)),
        (replace(ANN, identified_as_id=7), replace(OTHER, identified_as_id=8), ("identified_differently",)),
        (replace(ANN, identified_as_id=7), replace(OTHER, identified_as_id=7), ()),
    ],
)
def test_what_must_agree(kept, merged, codes):
    assert check_merge(kept, merged, reason="Same woman").codes == codes
    assert check_merge(kept, merged, reason=" ").codes == (*codes, "reason_needed")


def test_standing_on_opposite_sides_is_told():
    found = check_merge(ANN, OTHER, reason="Same woman", opposite=["ASB-2026-000001", "ASB-2026-000002"])
    assert (found.refusals, found.codes) == ((), ("opposite_parts",))
    assert "ASB-2026-000001, ASB-2026-000002" in str(found.cautions[0])


@pytest.mark.parametrize(
    ("one", "other", "opposite"),
    [
        ({P.COMPLAINANT}, {P.SUBJECT}, True),
        ({P.SUBJECT, P.OCCUPIER}, {P.WITNESS}, True),
        ({P.VICTIM}, {P.COMPLAINANT}, False),
        ({P.SUBJECT}, {P.SUBJECT}, False),
        ({P.PROFESSIONAL}, {P.SUBJECT}, False),
        ({P.OWNER_LANDLORD}, {P.SUBJECT}, False),
        ({P.COMPLAINANT, P.SUBJECT}, {P.PROFESSIONAL}, False),
        ({P.COMPLAINANT, P.SUBJECT}, {P.COMPLAINANT}, True),
    ],
)
def test_which_sides_are_opposite(one, other, opposite):
    assert opposite_sides(one, other) is opposite
    assert opposite_sides(other, one) is opposite


@pytest.mark.parametrize(
    ("undone", "later", "crossing", "reason", "codes"),
    [
        (False, 0, 0, "Two women", ()),
        (True, 0, 0, "Two women", ("already_done",)),
        (False, 1, 0, "Two women", ("merged_again_since",)),
        (False, 0, 2, "Two women", ("later_rows_stand",)),
        (False, 0, 0, "", ("reason_needed",)),
    ],
)
def test_undoing(undone, later, crossing, reason, codes):
    found = check_undoing_merge(undone=undone, later_merges=later, crossing_steps=crossing, reason=reason)
    assert found.codes == codes


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ((D1, D2), (D2, D3), (D1, D3)),
        ((D1, None), (D2, D3), (D1, None)),
        ((None, D2), (D1, D3), (D1, D3)),
        ((None, None), (None, D3), (None, None)),
        ((None, D2), (None, D1), (None, D2)),
    ],
)
def test_two_entries_of_one_part_together(first, second, together):
    assert wider(first, second) == together
    assert wider(second, first) == together
