"""Finding records on both engines: by references, by beginnings of words, and only what the reader may see."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asb_cases.domain.names import fold_key
from asb_cases.domain.permissions import Actor, Role, Via
from asb_cases.extensions import db
from asb_cases.models.data_import import ImportState, OtherReference
from asb_cases.models.search_entry import SearchEntry
from asb_cases.queries.search import RESULTS, search, search_words
from asb_cases.services import search_index
from tests import factories as make
from tests.factories import TODAY
from tests.support.reading_world import COMPLAINANT, SUBJECT, FullCase, make_full_case


@pytest.fixture
def full(in_app: Flask) -> FullCase:
    team = make.make_team()
    return make_full_case(team, make.make_user(team=team), TODAY)


@pytest.fixture
def manager(full: FullCase) -> Actor:
    return make.make_actor(Role.MANAGER)


def titles(actor: Actor, text: str) -> list[str | None]:
    found = search(actor, text, TODAY)
    return [hit.title for hit in (*found.exact, *found.hits)]


@pytest.mark.parametrize("text", ["oisin", "Óisín", "O'Farrell oisin", "ofarr", "FARRELL ois", "marsh wharf ofarrell"])
def test_a_person_is_found_however_the_name_is_written(manager: Actor, text: str) -> None:
    expected = [SUBJECT] if "FARRELL ois" not in text else []
    assert titles(manager, text) == expected


def test_an_address_finds_the_case_and_the_person_there(manager: Actor) -> None:
    assert set(titles(manager, "14 Marsh Wharf")) == {"Loud music from a top-floor flat", SUBJECT}
    assert titles(manager, "1 Marsh Wharf") == []  # a single digit is a house number, not the beginning of one


def test_all_words_are_needed(manager: Actor) -> None:
    assert titles(manager, "bass bedroom") == [COMPLAINANT]
    assert titles(manager, "bass ballroom") == []


def test_references_are_found_exactly_however_typed(manager: Actor, full: FullCase) -> None:
    for text in (full.case, full.case.replace("-", " ").lower(), full.case.replace("-", ""), "ox/77 B", " OX 77 b "):
        assert [hit.key for hit in search(manager, text, TODAY).exact] == [full.case], text
    for reference in (full.complaint, full.notice, full.penalty, full.case_review):
        assert [hit.key for hit in search(manager, reference, TODAY).exact] == [reference]


def test_what_one_may_not_see_is_not_found(full: FullCase) -> None:
    elsewhere = make.make_actor(Role.OFFICER, team=make.make_team())
    for text in ("bass", "oisin", "quennell", full.case, full.notice, full.case_review, "OX/77 b"):
        found = search(elsewhere, text, TODAY)
        assert (found.exact, found.hits) == ([], []), text


def test_legal_finds_no_complaint_and_a_duty_officer_only_what_is_in_force(full: FullCase) -> None:
    legal, duty = make.make_actor(Role.LEGAL), make.make_actor(Role.DUTY_OFFICER)
    assert search(legal, full.complaint, TODAY).exact == []
    assert [hit.kind for hit in search(legal, "bass", TODAY).hits] == ["note"]
    assert [hit.key for hit in search(duty, full.notice, TODAY).exact] == [full.notice]
    assert search(duty, full.warning, TODAY).exact == []


def test_rows_of_an_unfinished_import_are_not_found(manager: Actor) -> None:
    unfinished = make.make_import(ImportState.WRITING)
    case = make.make_case(title="Imported", import_id=unfinished.id)
    db.session.add(
        SearchEntry(entity_kind="case", entity_id=case.id, case_id=case.id, words="imported", import_id=unfinished.id)
    )
    make.keep(
        OtherReference(
            entity_kind="case", entity_id=case.id, reference="Q1", reference_key="q1", import_id=unfinished.id
        )
    )
    assert titles(manager, "imported") == []
    assert titles(manager, "Q1") == []
    unfinished.state, unfinished.completed_at = ImportState.COMPLETE, make.NOW
    db.session.commit()
    assert titles(manager, "imported") == ["Imported"]
    assert titles(manager, "Q1") == ["Imported"]


def test_results_go_on_after_the_first_page_newest_first(manager: Actor) -> None:
    for each in range(RESULTS + 5):
        case = make.make_case(title=f"Numbered {each}", opened_on=TODAY - timedelta(days=each))
        search_index.index("case", case.id, case.id, case.title)
    db.session.commit()
    first = search(manager, "numbered", TODAY)
    assert first.more
    assert first.hits[0].title == f"Numbered {RESULTS + 4}"
    rest = search(manager, "numbered", TODAY, before=first.hits[-1].entry_id)
    assert not rest.more
    assert [hit.title for hit in rest.hits] == [f"Numbered {each}" for each in range(4, -1, -1)]


@given(text=st.text(max_size=60) | st.sampled_from(['"', "a AND b", "NEAR(", "*", "col:x", "a & !b", "':*", "\\", "%"]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_is_an_error(in_app: Flask, text: str) -> None:
    text = text.replace("\x00", "")
    manager = Actor(via=Via.WEB, role=Role.MANAGER)
    found = search(manager, text.encode("utf-8", "ignore").decode(), TODAY)
    assert (found.exact, found.hits) == ([], [])
    assert all(word == fold_key(word) or len(word) == 40 for word in search_words(text))
