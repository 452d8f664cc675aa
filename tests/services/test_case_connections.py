"""Linking cases; merging one into another and taking it back, down to the last row and figure."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.case_connections import LinkKind
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.people import Part
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import Base, db
from asb_cases.models.case import Case, Participant
from asb_cases.models.casework import Note
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.queries.case_connections import links_of, merged_into, origins_of
from asb_cases.queries.figures import figures_of
from asb_cases.queries.not_found import NotFound
from asb_cases.services.case_access import restrict_case
from asb_cases.services.case_connections import (
    LEFT,
    MOVED,
    end_case_link,
    link_cases,
    merge_case,
    unmerge_case,
)
from asb_cases.services.casework import add_note, correct_note
from asb_cases.services.search_index import index
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.support.reading_world import make_deadline, make_full_case
from tests.support.record import history_kinds, refused

#: What a merge and its undoing leave behind, by intention.
TRACES = frozenset({"history_entries", "history_head", "case_merges", "case_merge_rows", "consultations"})
REASON = "One party, reported twice"


def content() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but for the number of its version."""
    return {
        table.name: [
            {name: value for name, value in row._mapping.items() if name != "version"}
            for row in db.session.execute(select(table).order_by(*table.primary_key.columns))
        ]
        for table in Base.metadata.sorted_tables
        if table.name not in TRACES
    }


def merge(merged: Case, kept: Case, cautions_reason: str | None = "Agreed", **given: Any) -> int:
    least = {"actor": CONSOLE, "now": NOW, "reason": REASON}
    return merge_case(case_id=merged.id, into_id=kept.id, cautions_reason=cautions_reason, **{**least, **given})


def unmerge(merged: Case, reason: str = "Two parties after all") -> None:
    unmerge_case(actor=CONSOLE, now=NOW, case_id=merged.id, reason=reason)


@pytest.fixture
def two(in_app: Flask) -> tuple[Case, Case]:
    """Two cases with a record of each kind, who share a complainant."""
    team = make.make_team()
    officer = make.make_user(team=team)
    cases = [db.session.get_one(Case, make_full_case(team, officer, TODAY).case_id), make.make_case(team=team)]
    another = make.make_complaint(case=cases[1])
    warning = make.make_intervention("CPW", case=cases[1])
    make.make_note(cases[1])
    make.make_contact(cases[1])
    make.make_task(cases[1])
    make.make_case_review(case=cases[1])
    make_deadline(cases[1], TODAY, intervention_id=warning.id)
    index("complaint", another.id, cases[1].id, "music")
    index("case", cases[1].id, cases[1].id, "music")
    for case in cases:
        person = make.make_person()
        make.make_participant(case, person, Part.VICTIM)
        make.make_file(case)
        make.make_incident(case)
        make.make_plan(case)
        make.make_pause(case)
        make.make_risk(case, person)
    shared = make.make_person("In both")
    make.make_participant(cases[0], shared, Part.WITNESS)
    make.make_participant(cases[1], shared, Part.WITNESS, to_on=TODAY)
    for step in db.session.scalars(select(Intervention).where(Intervention.power == "PROSECUTION")):
        step.status = "abandoned"
        step.ended_because = "Paid"
    db.session.commit()
    return cases[0], cases[1]


def test_every_table_that_names_a_case_goes_or_stays() -> None:
    naming = {
        table.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "cases" for key in column.foreign_keys)
    }
    assert naming == set(MOVED) | LEFT


def test_merging_and_undoing_it_change_nothing(two: tuple[Case, Case]) -> None:
    merged, kept = two
    before, figures = content(), figures_now()
    merge(merged, kept)
    there = content()
    for table in MOVED:
        left = [row for row in there[table] if row["case_id"] == merged.id]
        if table == "participants":
            assert {row["part"] for row in left} <= {Part.WITNESS}
        elif table == "search_entries":
            assert {row["entity_kind"] for row in left} == {"case"}
        else:
            assert len(left) == (1 if table == "response_pauses" else 0), table
        both = [row for row in before[table] if row["case_id"] in (merged.id, kept.id)]
        assert len([row for row in there[table] if row["case_id"] == kept.id]) == len(both) - len(left)
    merged = db.session.get_one(Case, merged.id)
    assert (merged.status, merged.closed_on, merged.closure_outcome) == (CaseStatus.CLOSED, TODAY, "merged")
    witness = select(Participant.to_on).where(Participant.case_id == kept.id, Participant.part == Part.WITNESS)
    assert db.session.scalars(witness).one() is None
    assert figures_now()["cases_opened"] == figures["cases_opened"]
    assert figures_now()["cases_closed"] == figures["cases_closed"] + 1
    assert {name for name, value in figures_now().items() if value != figures[name]} <= {
        "cases_closed", "cases_open_at_end",
    }  # fmt: skip
    unmerge(merged)
    after = content()
    assert {table for table in before if before[table] != after[table]} == set()
    assert figures_now() == figures
    assert history_kinds()[-2:] == ["cases_merged", "case_unmerged"]


def figures_now() -> dict[str, Any]:
    period = Period(date(2014, 10, 20), TODAY + timedelta(days=400), "Ever")
    return {code: found.value for code, found in figures_of(period, CONSOLE).values.items()}


def test_what_came_since_goes_with_what_it_hangs_on(two: tuple[Case, Case]) -> None:
    merged, kept = two
    moved = db.session.scalars(select(Note).where(Note.case_id == merged.id)).first()
    assert moved is not None
    note_id = moved.id
    file_id = make.make_file(merged).id
    merge(merged, kept)
    assert origins_of(kept.id, [("file", file_id)]) == {("file", file_id): merged.reference}
    assert origins_of(kept.id, [("note", note_id), ("case_opened", 1)]) == {("note", note_id): merged.reference}
    correction = correct_note(actor=CONSOLE, now=NOW, note_id=note_id, text="In fact at nine", reason="Misheard")
    of_kept = add_note(actor=CONSOLE, now=NOW, case_id=kept.id, text="About both")
    unmerge(merged)
    assert db.session.get_one(Note, correction).case_id == merged.id
    assert db.session.get_one(Note, of_kept).case_id == kept.id
    assert origins_of(kept.id, [("note", note_id)]) == {}


def test_nobody_works_on_a_merged_case(two: tuple[Case, Case]) -> None:
    merged, kept = two
    merge(merged, kept)
    with refused("case_is_merged"):
        add_note(actor=CONSOLE, now=NOW, case_id=merged.id, text="Here?")
    with refused("case_is_merged"):
        merge(kept, merged)
    assert [each.reference for each in merged_into(kept.id)] == [merged.reference]


def test_merges_are_undone_in_their_order(in_app: Flask) -> None:
    first, second, third = (make.make_case() for _ in range(3))
    before = content()
    merge(first, second)
    merge(second, third)
    with refused("merged_onward"):
        unmerge(first)
    unmerge(second)
    with refused("reason_needed"):
        unmerge(first, reason=" ")
    unmerge(first)
    assert content() == before
    with pytest.raises(NotFound):
        unmerge(first)


def test_steps_that_rest_on_the_merged_case_keep_it_merged(in_app: Flask) -> None:
    merged, kept = make.make_case(), make.make_case()
    warning = make.make_intervention("CPW", case=merged)
    merge(merged, kept)
    subject = db.session.get_one(Person, warning.subject_id)
    make.make_intervention("CPN", case=kept, follows=warning, subject=subject)
    with refused("unmerge_steps_rest_on_it"):
        unmerge(merged)


def test_what_is_refused(in_app: Flask) -> None:
    one, other = make.make_case(), make.make_case()
    with refused("same_case"):
        merge(one, one)
    with refused("reason_needed"):
        merge(one, other, reason=" ")
    closed = make.make_case(status=CaseStatus.CLOSED, closed_on=TODAY, closure_reason="Quiet")
    with refused("merge_closed_case"):
        merge(closed, one)
    with refused("merge_closed_case"):
        merge(one, closed)
    for case in (one, other):
        make.make_intervention("PROSECUTION", case=case, status="legal_review", issued_on=None)
    with refused("merge_two_prosecutions"):
        merge(one, other)
    for role in (Role.LEGAL, Role.DUTY_OFFICER, Role.PARTNER, Role.ANALYST, Role.ADMINISTRATOR):
        with pytest.raises(NotPermitted):
            merge(one, other, actor=make.make_actor(role))
    with pytest.raises(NotFound):
        merge(one, make.make_case(team=make.make_team()), actor=make.make_actor(team=make.make_team()))


def test_what_is_restricted_stays_restricted(in_app: Flask) -> None:
    first, second = make.make_user(), make.make_user()
    secret, plain, other = make.make_case(restricted=True), make.make_case(), make.make_case(restricted=True)
    make.make_reader(secret, first)
    make.make_reader(other, second)
    before = content()
    with refused("cautions_need_reason"):
        merge(secret, plain, cautions_reason=None)
    merge(secret, plain)
    assert db.session.get_one(Case, plain.id).restricted
    assert [row["user_id"] for row in content()["case_readers"] if row["case_id"] == plain.id] == [first.id]
    unmerge(secret)
    assert content() == before
    with refused("merge_no_common_reader"):
        merge(secret, other)


def test_a_restriction_set_since_the_merge_outlives_its_undoing(in_app: Flask) -> None:
    first, second = make.make_user(), make.make_user()
    later = NOW + timedelta(hours=1)

    def readers(case: Case) -> list[int]:
        return [row["user_id"] for row in content()["case_readers"] if row["case_id"] == case.id]

    plain, kept = make.make_case(), make.make_case()
    merge(plain, kept)
    restrict_case(actor=CONSOLE, now=later, case_id=kept.id, reader_ids=[first.id], reason="She is at risk")
    unmerge(plain)
    assert [db.session.get_one(Case, each.id).restricted for each in (plain, kept)] == [True, True]
    assert readers(plain) == readers(kept) == [first.id]

    secret, other = make.make_case(restricted=True), make.make_case()
    for reader in (first, second):
        make.make_reader(secret, reader)
    merge(secret, other)
    restrict_case(actor=CONSOLE, now=later, case_id=other.id, reader_ids=[second.id], reason="He knows him")
    unmerge(secret)
    assert readers(secret) == readers(other) == [second.id]


def test_whoever_the_kept_case_is_shared_with_is_thought_of(in_app: Flask) -> None:
    merged, kept = make.make_case(), make.make_case()
    make.make_share(kept, body=make.make_body())
    with refused("cautions_need_reason"):
        merge(merged, kept, cautions_reason=None)


def test_a_note_goes_nowhere_but_along_a_merge(in_app: Flask) -> None:
    note, other = make.make_note(make.make_case()), make.make_case()
    note.case_id = other.id
    with pytest.raises(Exception, match="only ever added to"):
        db.session.commit()
    db.session.rollback()


def test_links_are_seen_from_both_cases_by_those_who_may_see_the_other(in_app: Flask) -> None:
    team = make.make_team()
    one, other = make.make_case(), make.make_case(team=team, title="Next door")
    link_id = link_cases(
        actor=CONSOLE, now=NOW, case_id=other.id, other_id=one.id, kind=LinkKind.COUNTER_ALLEGATION, reason="He said so"
    )
    with refused("linked_already"):
        link_cases(
            actor=CONSOLE, now=NOW, case_id=one.id, other_id=other.id, kind=LinkKind.COUNTER_ALLEGATION, reason="Again"
        )
    with refused("same_case"):
        link_cases(actor=CONSOLE, now=NOW, case_id=one.id, other_id=one.id, kind=LinkKind.RELATED, reason="Itself")
    assert [each.reference for each in links_of(one.id, CONSOLE, TODAY)] == [other.reference]
    assert [each.reference for each in links_of(other.id, CONSOLE, TODAY)] == [one.reference]
    assert links_of(one.id, make.make_actor(team=make.make_team()), TODAY) == []
    end_case_link(actor=CONSOLE, now=NOW, case_id=one.id, link_id=link_id)
    assert links_of(other.id, CONSOLE, TODAY) == []
    with pytest.raises(NotFound):
        end_case_link(actor=CONSOLE, now=NOW, case_id=one.id, link_id=link_id)
    assert history_kinds() == ["cases_linked", "case_link_ended"]
