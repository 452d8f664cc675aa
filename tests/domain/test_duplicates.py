"""When two records are put before an officer as perhaps one person's."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.duplicates import Known, Sign, likeness, same_words, signs_of, weight
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import PersonKind, email_match_key, phone_match_key

BORN = date(1990, 5, 1)
ANN = Known(PersonKind.INDIVIDUAL, "ann oneill")
S = Sign


@pytest.mark.parametrize(
    ("changes", "of_ann", "signs"),
    [
        ({}, {}, (S.SAME_NAME,)),
        ({"name_key": "oneill ann"}, {}, (S.SAME_NAME,)),
        ({"name_key": "anne oneill"}, {}, ()),
        ({"name_key": "anne oneill", "born_on": BORN}, {"born_on": BORN}, (S.LIKE_NAME, S.SAME_BIRTH_DATE)),
        (
            {"name_key": "anne oneil", "phone_key": "01865249811"},
            {"phone_key": "01865249811"},
            (S.LIKE_NAME, S.SAME_PHONE),
        ),
        ({"name_key": "a oneill", "email_key": "a@b"}, {"email_key": "a@b"}, (S.LIKE_NAME, S.SAME_EMAIL)),
        ({"name_key": "rob oneill", "email_key": "a@b"}, {"email_key": "a@b"}, (S.SAME_EMAIL,)),
        ({"name_key": "ann mary oneill", "born_on": BORN}, {"born_on": BORN}, (S.LIKE_NAME, S.SAME_BIRTH_DATE)),
        ({"name_key": "ann walker", "born_on": BORN}, {"born_on": BORN}, ()),
        (
            {"name_key": "ann walker", "born_on": BORN, "address_keys": frozenset({"2"})},
            {"born_on": BORN, "address_keys": frozenset({"2"})},
            (S.SAME_BIRTH_DATE, S.SAME_ADDRESS),
        ),
        ({"name_key": "tom oneill", "address_keys": frozenset({"2"})}, {"address_keys": frozenset({"2"})}, ()),
        ({"name_key": "bob smith", "phone_key": "01865249811"}, {"phone_key": "01865249811"}, ()),
        ({"name_key": "bob smith", "born_on": BORN}, {"born_on": BORN}, ()),
        ({"born_on": date(1990, 1, 5)}, {"born_on": BORN}, ()),
        (
            {"born_on": date(1990, 1, 5), "email_key": "a@b"},
            {"born_on": BORN, "email_key": "a@b"},
            (S.SAME_NAME, S.SAME_EMAIL, S.OTHER_BIRTH_DATE),
        ),
        ({"kind": PersonKind.BODY}, {}, ()),
        (
            {"name_key": "ann oneil", "address_keys": frozenset({"1 high street", "2"})},
            {"address_keys": frozenset({"1 high street"})},
            (S.LIKE_NAME, S.SAME_ADDRESS),
        ),
        ({"name_key": "tom oneill", "address_keys": frozenset({"2"})}, {"address_keys": frozenset({"3"})}, ()),
    ],
)
def test_what_speaks_for_it(changes, of_ann, signs):
    one, other = replace(ANN, **of_ann), replace(ANN, **changes)
    assert signs_of(one, other) == signs
    assert signs_of(other, one) == signs


def test_a_company_number_speaks_for_itself():
    one = Known(PersonKind.BODY, "larch lettings ltd", company_number="01234567")
    assert signs_of(one, replace(one, name_key="the old name plc")) == (S.SAME_COMPANY_NUMBER,)


def test_what_is_not_known_is_not_the_same():
    assert signs_of(Known(PersonKind.BODY, "larch"), Known(PersonKind.BODY, "oak")) == ()
    assert signs_of(Known(PersonKind.INDIVIDUAL, ""), Known(PersonKind.INDIVIDUAL, "")) == ()


def test_the_weightiest_comes_first():
    ordered = [(S.SAME_NAME, S.SAME_BIRTH_DATE), (S.SAME_NAME,), (S.LIKE_NAME, S.SAME_ADDRESS, S.OTHER_BIRTH_DATE)]
    assert sorted(ordered, key=weight, reverse=True) == ordered


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_between_nothing_and_the_same(one, other):
    one, other = fold_key(one), fold_key(other)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
    if same_words(one, other) and len(one.split()) <= 8:
        assert likeness(one, other) == pytest.approx(1)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("01865 249811", "01865249811"),
        ("(01865) 249-811", "01865249811"),
        ("+44 1865 249811", "01865249811"),
        ("+44 (0)1865 249811", "01865249811"),
        ("0044 7700 900123", "07700900123"),
        ("07700 900123 (work)", "07700900123"),
        ("+33 1 23 45 67 89", "33123456789"),
        ("ext 12", None),
        ("", None),
        (None, None),
    ],
)
def test_one_number_in_several_spellings(typed, key):
    assert phone_match_key(typed) == key


@pytest.mark.parametrize(
    ("typed", "key"), [(" Ann@Example.org ", "ann@example.org"), ("", None), (None, None), ("a.b@c", "a.b@c")]
)
def test_one_e_mail_address_in_several_spellings(typed, key):
    assert email_match_key(typed) == key
