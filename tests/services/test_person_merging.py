"""Two records of one person: one everywhere after the merge, and exactly as they were after it is undone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from asb_cases.domain.contact_preferences import ContactWay, NeedKind, Preferences
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.people import Part, PersonKind
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import Base, db
from asb_cases.models.case import Participant
from asb_cases.models.case_review import CaseReview
from asb_cases.models.casework import ContactEntry
from asb_cases.models.complaint import Complaint, ComplaintSubject
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.queries.figures import figures_of
from asb_cases.queries.imports import people_with_identity
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.people import person_to_work_on
from asb_cases.queries.people_pages import people_page
from asb_cases.queries.person_merges import columns_naming_people, kept_for, merged_into, standing_merges
from asb_cases.queries.search import search
from asb_cases.services.contact_preferences import change_contact_preferences, record_need
from asb_cases.services.contact_warnings import set_contact_warning
from asb_cases.services.participants import add_participant, end_participant
from asb_cases.services.people import Details, add_address, add_person, change_person, details_of, find_person
from asb_cases.services.person_merging import merge_people, undo_merge
from asb_cases.services.versions import StaleVersion
from tests.factories import (
    NOW,
    TODAY,
    keep,
    make_actor,
    make_case,
    make_case_review,
    make_complaint,
    make_contact,
    make_intervention,
    make_participant,
    make_person,
    make_team,
)
from tests.support.record import history_kinds, last_entry, refused

BORN = date(1990, 5, 1)
#: What merging and undoing leave behind for good: their own record, the history, and the versions of the two.
OWN = {"person_merges", "person_merge_rows", "history_entries", "history_head", "sent_forms"}


def called(details: Details, address: str | None = None) -> Person | None:
    return find_person(details, actor=CONSOLE, today=TODAY, address=address)


def content() -> dict[str, list[dict[str, Any]]]:
    """Every row there is, as far as a merge may touch it."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in OWN:
            order = ", ".join(f'"{key.name}"' for key in table.primary_key.columns)
            rows = db.session.execute(text(f'SELECT * FROM "{table.name}" ORDER BY {order}')).mappings()
            found[table.name] = [
                {name: value for name, value in row.items() if (table.name, name) != ("people", "version")}
                for row in rows
            ]
    db.session.rollback()
    return found


def add(name: str = "Ann Example", *, address: str | None = None, **details: Any) -> int:
    return add_person(actor=CONSOLE, now=NOW, details=Details(name, **details), address=address)


def merge(kept: int, merged: int, **given: Any) -> int:
    return merge_people(actor=CONSOLE, now=NOW, kept_id=kept, merged_id=merged, **{"reason": "One woman", **given})


def undo(merge_id: int, **given: Any) -> None:
    undo_merge(actor=CONSOLE, now=NOW, merge_id=merge_id, **{"reason": "Two women", **given})


def row(table: type[Base], row_id: int) -> Any:
    db.session.expire_all()
    return db.session.get_one(table, row_id)


def test_every_column_that_names_a_person_follows(in_app: Flask) -> None:
    kept, other = add(), add("Anne Example")
    person = db.session.get_one(Person, other)
    case = make_case()
    part = make_participant(case, person, Part.VICTIM).id
    complaint = make_complaint(case=case, complainant=person).id
    keep(ComplaintSubject(complaint_id=make_complaint().id, person_id=other))
    contact = make_contact(case, person_id=other).id
    review = make_case_review(applicant_id=other).id
    step = make_intervention("CPW", case=case, subject=person).id
    occupier = make_person("The occupier", kind=PersonKind.OCCUPIER, identified_as_id=other, identified_on=TODAY,
                           identified_because="Said so").id  # fmt: skip
    add_address(actor=CONSOLE, now=NOW, person_id=other, address="1 High Street")
    change_contact_preferences(actor=CONSOLE, now=NOW, person_id=other, preferences=Preferences(ContactWay.EMAIL))
    record_need(actor=CONSOLE, now=NOW, person_id=other, kind=NeedKind.ADJUSTMENT, text="Large print")
    set_contact_warning(
        actor=CONSOLE,
        now=NOW,
        person_id=other,
        reason="Shouted",
        precautions="In pairs",
        review_on=TODAY + timedelta(9),
    )
    before = content()
    merge_id = merge(kept, other)
    for naming in columns_naming_people():
        named = set(db.session.scalars(select(naming.column).where(naming.column.is_not(None))))
        assert other not in named, f"{naming.table.name}.{naming.column.name}"
    assert row(Participant, part).person_id == row(Complaint, complaint).complainant_id == kept
    assert row(Intervention, step).subject_id == row(Person, occupier).identified_as_id == kept
    assert (row(ContactEntry, contact).person_id, row(CaseReview, review).applicant_id) == (kept, kept)
    undo(merge_id)
    assert content() == before


def test_a_table_added_later_is_merged_like_the_others(in_app: Flask) -> None:
    """What the merge must be able to do with every table that names a person, whoever adds it."""
    named = {(each.table.name, each.column.name) for each in columns_naming_people()}
    assert {
        ("participants", "person_id"), ("complaints", "complainant_id"), ("complaint_subjects", "person_id"),
        ("interventions", "subject_id"), ("case_reviews", "applicant_id"), ("contact_entries", "person_id"),
        ("people", "identified_as_id"), ("contact_warnings", "person_id"), ("person_needs", "person_id"),
    } <= named  # fmt: skip
    for naming in columns_naming_people():
        assert naming.keys, f"{naming.table.name}: nothing tells its rows apart beside the person"


def test_the_merged_record_is_found_nowhere_and_its_words_find_the_other(in_app: Flask) -> None:
    kept, other = add("Ann Example"), add("Anneliese Sample", email="sample@example.org", address="7 Xqz Lane")
    merge_id = merge(kept, other)
    with pytest.raises(NotFound):
        person_to_work_on(other, actor=CONSOLE, today=TODAY)
    assert [each.id for each in people_page(CONSOLE, TODAY, (), None).rows] == [kept]
    for words in ("anneliese", "sample", "xqz"):
        assert [(hit.kind, hit.row_id) for hit in search(CONSOLE, words, TODAY).hits] == [("person", kept)]
    person = db.session.get_one(Person, kept)
    change_person(actor=CONSOLE, now=NOW, person_id=kept, version=None, details=details_of(person))
    assert [hit.row_id for hit in search(CONSOLE, "anneliese", TODAY).hits] == [kept], (
        "after a change of the record too"
    )
    undo(merge_id)
    assert [hit.row_id for hit in search(CONSOLE, "anneliese", TODAY).hits] == [other]
    assert history_kinds()[-2:] == ["person_changed", "people_unmerged"]


def test_what_the_kept_record_lacks_it_takes_from_the_other(in_app: Flask) -> None:
    kept = add(phone="01865 249811")
    other = add("Ann Exampel", born_on=BORN, email="ann@example.org", phone="07700 900123")
    before = content()
    merge_id = merge(kept, other)
    person = row(Person, kept)
    assert (person.name, person.born_on, person.email, person.email_key, person.phone) == (
        "Ann Example", BORN, "ann@example.org", "ann@example.org", "01865 249811",
    )  # fmt: skip
    assert person.identity_key == "individual|ann example|1990-05-01"
    undo(merge_id)
    assert content() == before


def test_one_part_in_one_case_lasts_as_long_as_both(in_app: Flask) -> None:
    case = make_case()
    kept, other = (db.session.get_one(Person, add(name)) for name in ("Ann Example", "Anne Example"))
    own = make_participant(case, kept, Part.VICTIM, from_on=date(2026, 2, 1), to_on=date(2026, 2, 10)).id
    doubled = make_participant(case, other, Part.VICTIM, from_on=date(2026, 1, 1)).id
    before = content()
    merge_id = merge(kept.id, other.id)
    assert (row(Participant, own).from_on, row(Participant, own).to_on) == (date(2026, 1, 1), None)
    assert row(Participant, doubled).person_id == other.id
    undo(merge_id)
    assert content() == before


def test_figures_follow(in_app: Flask) -> None:
    case, kept, other = make_case(), make_person("Ann Example"), make_person("Ann Example")
    for person in (kept, other):
        make_intervention("CPW", case=case, subject=person, issued_on=TODAY)
    period = Period(TODAY, TODAY, "Today")

    def recipients() -> tuple[int | None, int | None]:
        found = figures_of(period, CONSOLE)
        return found.count("cpw_issued"), found.count("cpw_recipients")

    assert recipients() == (2, 2)
    merge_id = merge(kept.id, other.id)
    assert recipients() == (2, 1)
    undo(merge_id)
    assert recipients() == (2, 2)


def test_merges_of_merged_records_and_in_which_order_they_are_undone(in_app: Flask) -> None:
    first, second, third = add("Ann Example"), add("Anne Example"), add("Anna Example", address="3 High Street")
    case = make_case()
    for person, part in ((first, Part.VICTIM), (second, Part.WITNESS), (third, Part.COMPLAINANT)):
        make_participant(case, db.session.get_one(Person, person), part)
    before = content()
    one = merge(second, first)
    between = content()
    two = merge(third, second)
    assert (kept_for(first, standing_merges()), merged_into(third)) == (third, [second, first])
    parts = db.session.execute(select(Participant.person_id, Participant.part).order_by(Participant.id)).all()
    assert [each.person_id for each in parts] == [third, third, third]
    assert [hit.row_id for hit in search(CONSOLE, "ann", TODAY).hits] == [third]
    with pytest.raises(NotFound):
        undo(one)  # its record is merged itself
    undo(two)
    assert content() == between
    undo(one)
    assert content() == before
    with refused("already_done"):
        undo(one)


def test_a_merge_on_top_is_undone_first(in_app: Flask) -> None:
    kept, first, second = add(), add("Anne Example"), add("Anna Example")
    one, two = merge(kept, first), merge(kept, second)
    with refused("merged_again_since"):
        undo(one)
    undo(two)
    undo(one)


def test_what_happened_since_stays_with_whom_it_happened_to(in_app: Flask) -> None:
    kept, other = add(), add("Anne Example")
    old, new = make_case(), make_case()
    part = make_participant(old, db.session.get_one(Person, other), Part.VICTIM).id
    merge_id = merge(kept, other)
    end_participant(actor=CONSOLE, now=NOW, participant_id=part, to_on=TODAY)
    later = add_participant(actor=CONSOLE, now=NOW, case_id=new.id, person_id=kept, part=Part.WITNESS)
    undo(merge_id)
    assert (row(Participant, part).person_id, row(Participant, part).to_on) == (other, TODAY)
    assert row(Participant, later).person_id == kept


def test_a_detail_that_was_changed_since_is_not_put_back(in_app: Flask) -> None:
    kept, other = add(), add("Anne Example", phone="07700 900123", email="anne@example.org")
    merge_id = merge(kept, other)
    details = replace(details_of(row(Person, kept)), phone="01865 249811")
    change_person(actor=CONSOLE, now=NOW, person_id=kept, version=None, details=details)
    undo(merge_id)
    assert (row(Person, kept).phone, row(Person, kept).email) == ("01865 249811", None)
    assert '"changed_since":2' in last_entry().details  # the number and its key


def test_not_undone_while_a_notice_rests_on_a_warning_to_the_other(in_app: Flask) -> None:
    case, kept, other = make_case(), make_person(), make_person()
    warning = make_intervention("CPW", case=case, subject=other, issued_on=TODAY)
    merge_id = merge(kept.id, other.id)
    make_intervention("CPN", case=case, subject=kept, follows=warning)
    with refused("later_rows_stand"):
        undo(merge_id)


def test_what_is_refused(in_app: Flask) -> None:
    ann, company = add(), add("Larch Ltd", kind=PersonKind.BODY)
    with refused("one_record"):
        merge(ann, ann)
    with refused("kinds_differ"):
        merge(ann, company)
    older, younger, anne = add(born_on=BORN), add(born_on=date(1991, 5, 1)), add("Anne Example")
    with refused("birth_dates_differ"):
        merge(older, younger)
    with refused("reason_needed"):
        merge(ann, anne, reason=" ")
    merge_id = merge(ann, anne)
    with refused("reason_needed"):
        undo(merge_id, reason="")


def test_opposite_sides_need_a_second_look(in_app: Flask) -> None:
    case, complainant, subject = make_case(), make_person(), make_person()
    make_participant(case, complainant, Part.COMPLAINANT)
    make_participant(case, subject, Part.SUBJECT)
    with refused("cautions_need_reason"):
        merge(complainant.id, subject.id)
    merge(complainant.id, subject.id, cautions_reason="She complains of the notice given to her")
    assert last_entry().reason == "One woman / She complains of the notice given to her"


def test_the_later_of_two_editors_is_told(in_app: Flask) -> None:
    kept, other = add(), add("Anne Example")
    seen = {kept: 1, other: 1}
    change_person(actor=CONSOLE, now=NOW, person_id=other, version=1, details=Details("Anne Sample"))
    with pytest.raises(StaleVersion):
        merge(kept, other, seen=seen)


def test_nobody_merges_whom_they_do_not_see(in_app: Flask) -> None:
    officer, seen = make_actor(team=make_team()), make_person()
    hidden = make_person()
    make_participant(make_case(team=make_team()), hidden)
    for pair in ((seen.id, hidden.id), (hidden.id, seen.id)):
        with pytest.raises(NotFound):
            merge_people(actor=officer, now=NOW, kept_id=pair[0], merged_id=pair[1], reason="One woman")
    with pytest.raises(NotPermitted):
        merge_people(actor=make_actor(Role.DUTY_OFFICER), now=NOW, kept_id=seen.id, merged_id=hidden.id, reason="One")


def test_somebody_described_again_is_the_record_that_was_kept(in_app: Flask) -> None:
    kept, other = add("Ann Example"), add("Anne Example", address="1 High Street")
    merge_id = merge(kept, other)
    found = called(Details("Anne Example"), address="1 High Street")
    assert found is not None
    assert found.id == kept
    key = db.session.scalars(select(Person.identity_key).where(Person.id == other)).one()
    assert people_with_identity({key}, 0) == {key: kept}, "by an import too"
    undo(merge_id)
    found = called(Details("Anne Example"), address="1 High Street")
    assert found is not None
    assert found.id == other


PARTS = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 2), st.sampled_from([Part.VICTIM, Part.WITNESS]), st.booleans(), st.booleans()
    ),
    max_size=8,
    unique_by=lambda each: each[:3],
)
PEOPLE = st.lists(
    st.tuples(st.sampled_from([None, BORN]), st.sampled_from([None, "a@example.org", "b@example.org"]), st.booleans()),
    min_size=4,
    max_size=4,
)
PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(lambda pair: pair[0] != pair[1]), max_size=4)


@pytest.mark.engines("sqlite")
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(people=PEOPLE, parts=PARTS, pairs=PAIRS)
def test_merged_and_undone_leaves_every_row_as_it_was(in_app: Flask, people: Any, parts: Any, pairs: Any) -> None:
    ids = [
        add(f"Ann Example {number}", born_on=born, email=email, address="1 High Street" if home else None)
        for number, (born, email, home) in enumerate(people)
    ]
    cases = [make_case() for _ in range(3)]
    for person, case, part, ended, begun in parts:
        make_participant(
            cases[case], db.session.get_one(Person, ids[person]), part,
            from_on=TODAY - timedelta(days=9 - person) if begun else None,
            to_on=TODAY - timedelta(days=person) if ended else None,
        )  # fmt: skip
        make_complaint(case=cases[case], complainant=db.session.get_one(Person, ids[person]))
    states, made = [content()], []
    for kept, merged in pairs:
        merges = standing_merges()
        one, other = kept_for(ids[kept], merges), kept_for(ids[merged], merges)
        if one == other:
            continue
        made.append(merge(one, other))
        states.append(content())
        standing = {kept_for(each, standing_merges()) for each in ids}
        for naming in columns_naming_people():
            if naming.table.name == "complaints":
                assert set(db.session.scalars(select(naming.column).where(naming.column.in_(ids)))) <= standing
    for merge_id in reversed(made):
        states.pop()
        undo(merge_id)
        assert content() == states[-1]


def test_nothing_is_left_on_a_record_that_is_merged_at_the_same_moment(app: Flask) -> None:
    """Whoever comes second is told that there is no such person, or what they wrote is merged with the rest."""
    with app.app_context():
        case_id = make_case().id
        pairs = [(add(f"Ann {number}"), add(f"Anne {number}")) for number in range(6)]
    for kept, other in pairs:
        together = Barrier(2)

        def acted(act: Callable[[], object], together: Barrier = together) -> None:
            with app.app_context():
                together.wait()
                with suppress(NotFound):
                    act()
                db.session.remove()

        with ThreadPoolExecutor(2) as pool:
            pool.submit(acted, lambda kept=kept, other=other: merge(kept, other))
            pool.submit(
                acted,
                lambda other=other: add_participant(
                    actor=CONSOLE, now=NOW, case_id=case_id, person_id=other, part=Part.WITNESS
                ),
            )
        with app.app_context():
            assert other in standing_merges()
            assert not db.session.scalars(select(Participant).where(Participant.person_id == other)).all()
