"""Who somebody is, and how old."""

from datetime import date

import pytest

from asb_cases.domain.people import PersonKind, age_on, identity_key

BORN = date(1990, 5, 1)


def test_a_birth_date_makes_two_entries_one_whatever_the_address() -> None:
    one = identity_key(PersonKind.INDIVIDUAL, "Zoë O'Neill", BORN, "1 High Street")
    assert one == identity_key(PersonKind.INDIVIDUAL, "zoe oneill", BORN, "2 Low Road")
    assert one != identity_key(PersonKind.INDIVIDUAL, "Zoë O'Neill", date(1991, 5, 1), "1 High Street")


def test_without_a_birth_date_the_address_decides() -> None:
    one = identity_key(PersonKind.INDIVIDUAL, "Ann Lee", None, "1 High St.")
    assert one == identity_key(PersonKind.INDIVIDUAL, "ANN LEE", None, "1, high st")
    assert one != identity_key(PersonKind.INDIVIDUAL, "Ann Lee", None, "2 High St.")
    assert one != identity_key(PersonKind.INDIVIDUAL, "Ann Lee", BORN, "1 High St.")


def test_kinds_are_kept_apart() -> None:
    assert identity_key(PersonKind.BODY, "Ann Lee", None, "") != identity_key(PersonKind.OWNER, "Ann Lee", None, "")


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 3, 2), date(2016, 3, 1), 15),
        (date(2000, 3, 2), date(2016, 3, 2), 16),
        (date(2000, 2, 29), date(2016, 2, 28), 15),
        (date(2000, 2, 29), date(2016, 2, 29), 16),
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
    ],
)
def test_an_age_is_reached_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age
