"""Who is put before an officer as perhaps the same: the few likeliest of those that they see."""

from datetime import date

import pytest
from flask import Flask

from asb_cases.domain.duplicates import Sign
from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.queries.duplicates import known_of, people_called, possible_duplicates
from asb_cases.services.people import Details, add_person
from tests.factories import NOW, TODAY, make_actor, make_address, make_case, make_participant, make_person, make_team
from tests.support.query_counter import counted_queries

BORN = date(1990, 5, 1)


def add(name: str, *, address: str | None = None, **details: object) -> int:
    return add_person(actor=CONSOLE, now=NOW, details=Details(name, **details), address=address)  # type: ignore[arg-type]


def suggested(name: str, **known: object) -> list[int]:
    of = known_of(PersonKind.INDIVIDUAL, name, **known)  # type: ignore[arg-type]
    return [each.id for each in possible_duplicates(CONSOLE, of, TODAY)]


def test_each_index_brings_its_candidates(in_app: Flask) -> None:
    same_name = add("Ann O’Neill")
    turned = add("O'Neill Ann")
    phone = add("Roberta Smith", phone="+44 1865 249811")
    email = add("Jo Bloggs", email="JO@example.org")
    born = add("Zoe Clarke", born_on=BORN)
    home = add("Lin Chen", address="1 High Street")
    add("Nobody Else", phone="01865 111111", address="2 High Street")
    assert suggested("ANN ONEILL") == [same_name, turned]
    assert suggested("Bob Smith", phone="(01865) 249811") == [phone]
    assert suggested("Joe Bloggs", email="jo@EXAMPLE.org") == [email]
    assert suggested("Zoë Clark", born_on=BORN) == [born]
    assert suggested("Lin Cheng", addresses=["1 HIGH STREET."]) == [home]
    assert suggested("Somebody New") == []


def test_the_likeliest_first_and_what_speaks_for_it(in_app: Flask) -> None:
    weak = add("Ann Example")
    strong = add("Ann Example", born_on=BORN, email="ann@example.org")
    of = known_of(PersonKind.INDIVIDUAL, "Ann Example", born_on=BORN, email="ann@example.org")
    found = possible_duplicates(CONSOLE, of, TODAY)
    assert [(each.id, each.signs) for each in found] == [
        (strong, (Sign.SAME_NAME, Sign.SAME_BIRTH_DATE, Sign.SAME_EMAIL)),
        (weak, (Sign.SAME_NAME,)),
    ]
    assert [each.id for each in possible_duplicates(CONSOLE, of, TODAY, besides=strong)] == [weak]


def test_nobody_whom_the_reader_does_not_see(in_app: Flask) -> None:
    hidden = make_person("Ann Example", address=make_address("1 High Street"))
    make_participant(make_case(team=make_team("Elsewhere")), hidden)
    add("Ann Example")  # with words to be found by
    of = known_of(PersonKind.INDIVIDUAL, "Ann Example", addresses=["1 High Street"])
    officer = make_actor(team=make_team("Here"))
    assert hidden.id not in {each.id for each in possible_duplicates(officer, of, TODAY)}
    assert hidden.id in {each.id for each in possible_duplicates(make_actor(Role.MANAGER), of, TODAY)}
    assert people_called(officer, "High Street", TODAY) == []


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ANALYST, Role.ADMINISTRATOR])
@pytest.mark.engines("sqlite")
def test_nothing_is_told_to_those_who_see_no_people(in_app: Flask, role: Role) -> None:
    add("Ann Example")
    of = known_of(PersonKind.INDIVIDUAL, "Ann Example")
    assert possible_duplicates(make_actor(role), of, TODAY) == []
    assert people_called(make_actor(role), "Ann", TODAY) == []


def test_chosen_by_any_words_of_name_number_and_address(in_app: Flask) -> None:
    ann = add("Ann Example", phone="01865 249811", address="1 High Street")
    bob = add("Bob Example", address="2 High Street")
    for words, found in [
        ("exa", [bob, ann]),
        ("ann exam", [ann]),
        ("249811", [ann]),
        ("2 high", [bob]),
        ("", []),
        ("?", []),
    ]:
        assert [each.id for each in people_called(CONSOLE, words, TODAY)] == found
    assert people_called(CONSOLE, "ann", TODAY)[0].addresses == ("1 High Street",)


def test_a_common_name_costs_no_more_queries(in_app: Flask) -> None:
    for number in range(80):
        make_person(f"Ann Example{number}")
    of = known_of(PersonKind.INDIVIDUAL, "Ann Example", born_on=BORN, email="a@b", phone="01865249811", addresses=["1"])
    with counted_queries(in_app) as statements:
        assert len(possible_duplicates(CONSOLE, of, TODAY)) <= 5
    assert len(statements) <= 4
