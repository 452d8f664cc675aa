"""The words by which records are found."""

from flask import Flask
from sqlalchemy import select, text

from asb_cases.extensions import db
from asb_cases.models.search_entry import SearchEntry
from asb_cases.services.search_index import Entry, index, index_new, words_of
from tests.factories import make_case


def test_words_are_folded_and_said_once() -> None:
    assert words_of(["Ann O’Neill-Şahin", None, "12 ANN Street,\nOxford"]) == "ann oneill sahin 12 street oxford"
    assert words_of([None, "", " . "]) == ""


def test_a_renamed_record_is_found_by_its_new_words_alone(in_app: Flask) -> None:
    case = make_case()
    index("case", case.id, case.id, "Loud music", None)
    db.session.commit()
    index("case", case.id, case.id, "Barking dogs")
    db.session.commit()
    [entry] = db.session.scalars(select(SearchEntry)).all()
    assert (entry.entity_kind, entry.entity_id, entry.case_id, entry.words) == (
        "case",
        case.id,
        case.id,
        "barking dogs",
    )
    if db.engine.dialect.name == "sqlite":
        found = text("SELECT count(*) FROM search_words WHERE search_words MATCH :word")
        assert [db.session.scalar(found, {"word": word}) for word in ("music", "barking", "bark*")] == [0, 1, 1]


def test_many_at_once(in_app: Flask) -> None:
    index_new([])
    index_new(Entry("person", number, None, (f"Person {number}", "Oxford")) for number in range(1, 201))
    db.session.commit()
    words = db.session.scalars(select(SearchEntry.words).where(SearchEntry.entity_id == 200)).all()
    assert words == ["person 200 oxford"]
