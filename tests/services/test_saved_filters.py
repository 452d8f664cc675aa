"""Filters that people keep for themselves: theirs alone, named once a list."""

import pytest
from flask import Flask

from asb_cases.domain.permissions import CONSOLE, Actor, Role
from asb_cases.domain.saved_filters import MOST
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.saved_filters import saved_filters
from asb_cases.services.saved_filters import delete_filter, rename_filter, save_filter
from tests.factories import NOW, make_actor
from tests.support.record import history_kinds, refused


def saved(actor: Actor, name: str = "Mine", list_code: str = "cases", query: str = "status=open") -> int:
    return save_filter(actor=actor, now=NOW, list_code=list_code, name=name, query=query)


def test_a_filter_is_kept_renamed_and_deleted(in_app: Flask) -> None:
    officer = make_actor(Role.OFFICER)
    filter_id = saved(officer, " My open cases ")
    [row] = saved_filters(officer, "cases")
    assert (row.name, row.query, row.saved_at) == ("My open cases", "status=open", NOW)
    rename_filter(actor=officer, now=NOW, filter_id=filter_id, name="Open")
    rename_filter(actor=officer, now=NOW, filter_id=filter_id, name="OPEN")
    assert [each.name for each in saved_filters(officer)] == ["OPEN"]
    delete_filter(actor=officer, now=NOW, filter_id=filter_id)
    assert saved_filters(officer) == []
    assert history_kinds() == ["filter_saved", "filter_renamed", "filter_renamed", "filter_deleted"]


def test_a_name_is_given_once_for_each_person_and_list(in_app: Flask) -> None:
    officer = make_actor(Role.OFFICER)
    saved(officer, "Mine")
    other = saved(officer, "Other")
    saved(officer, "Mine", "people", "kind=body")
    saved(make_actor(Role.OFFICER), "Mine")
    with refused("filter_name_taken"):
        saved(officer, "  MINE ")
    with refused("filter_name_taken"):
        rename_filter(actor=officer, now=NOW, filter_id=other, name="mine")


@pytest.mark.parametrize(
    ("name", "query", "codes"),
    [
        (" .. ", "status=open", ("needs_words",)),
        ("Mine", "", ("nothing_to_keep",)),
        ("Mine", "q=" + "x" * 2000, ("nothing_to_keep",)),
    ],
)
def test_what_says_nothing_is_refused(in_app: Flask, name: str, query: str, codes: tuple[str, ...]) -> None:
    with refused(*codes):
        saved(make_actor(Role.OFFICER), name, query=query)


def test_there_is_an_end_to_them(in_app: Flask) -> None:
    officer = make_actor(Role.OFFICER)
    for number in range(MOST):
        saved(officer, f"Filter {number}")
    with refused("too_many_filters"):
        saved(officer, "One more")


def test_nobody_touches_anothers(in_app: Flask) -> None:
    filter_id, other = saved(make_actor(Role.OFFICER)), make_actor(Role.MANAGER)
    for act in (
        lambda: rename_filter(actor=other, now=NOW, filter_id=filter_id, name="Theirs"),
        lambda: delete_filter(actor=other, now=NOW, filter_id=filter_id),
        lambda: saved(other, list_code="users"),
        lambda: saved(CONSOLE),
    ):
        with pytest.raises(NotFound):
            act()
    assert saved_filters(other) == []
