"""The occupier or owner of premises turns out to be somebody: a link, on which later steps may stand."""

from datetime import date

import pytest
from flask import Flask

from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.people import PersonKind
from asb_cases.domain.periods import Period
from asb_cases.extensions import db
from asb_cases.models.person import Person
from asb_cases.queries.figures import figures_of
from asb_cases.services.corrections import mark_intervention_entered_in_error
from asb_cases.services.draft_content import NoticeTo
from asb_cases.services.drafting import draft_notice
from asb_cases.services.fixed_penalties import Terms, draft_fixed_penalty
from asb_cases.services.people import change_person, details_of, identify_person, undo_identification
from asb_cases.services.versions import StaleVersion
from tests.factories import make_person
from tests.support.enforcement_track import Track, at, breach_row, content, day, make_track, step
from tests.support.record import last_entry, refused

BECAUSE = "Signed for the keys at the letting agent’s"


def occupier(**subject: object) -> Track:
    return make_track(
        **{"name": "The occupier of 4 Rose Lane", "kind": PersonKind.OCCUPIER, "born_on": None, **subject}
    )


def identify(track: Track, person: int, on: int = 10, **given: object) -> None:
    given = {"because": BECAUSE, **given}
    identify_person(actor=track.officer, now=at(on), person_id=track.subject.id, identified_as_id=person, **given)


def notice_to(track: Track, person: int, warning: int, on: int) -> int:
    text, to = content(ends_on=day(on + 365)), [NoticeTo(person, warning)]
    (notice,) = draft_notice(actor=track.officer, now=at(on), case_id=track.case.id, recipients=to, content=text)
    return notice


def test_a_notice_to_whom_the_warned_occupier_turned_out_to_be(in_app: Flask) -> None:
    track, ann = occupier(), make_person(name="Ann Example", born_on=date(1985, 3, 3)).id
    warning = track.warn(0)
    with refused("warning_to_someone_else"):
        notice_to(track, ann, warning, 14)
    identify(track, ann, identified_on=day(9))
    notice = notice_to(track, ann, warning, 14)
    track.sign(notice, 14)
    track.give(notice, 14)
    assert (step(notice).status, step(notice).subject_id) == ("in_force", ann)
    assert step(warning).status == "escalated"
    found = figures_of(Period(day(0), day(30), "January"), track.manager)
    assert (found.count("cpw_recipients"), found.count("cpn_recipients")) == (1, 1), "each counted as it was"


def test_a_penalty_and_a_prosecution_name_whom_the_occupier_turned_out_to_be(in_app: Flask) -> None:
    track, ann = occupier(), make_person(born_on=date(1985, 3, 3)).id
    notice = track.notice(20)
    first, second = track.breach(notice, 30), track.breach(notice, 31)
    identify(track, ann, 32)
    penalty = track.penalty(first, 33)
    assert (step(penalty).subject_id, step(penalty).status) == (ann, "issued")
    track.lay(file := track.authorised_prosecution(second, 40), 45)
    assert (step(file).subject_id, step(file).status) == (ann, "laid")
    assert breach_row(first).intervention_id == notice


def test_without_it_they_stay_with_the_unnamed(in_app: Flask) -> None:
    track = occupier()
    breach = track.breach(track.notice(20), 30)
    track.decide(breach, BreachDecision.FPN, 31)
    terms = Terms("Amplified music from 23:40 to 01:15.", payee="The council, Town Hall, Oxford")
    penalty = draft_fixed_penalty(actor=track.officer, now=at(31), breach_id=breach, terms=terms)
    assert step(penalty).subject_id == track.subject.id


def test_the_link_is_recorded_with_its_reason(in_app: Flask) -> None:
    track, ann = occupier(), make_person().id
    seen = track.subject.version
    identify(track, ann, version=seen)
    db.session.rollback()
    row = db.session.get_one(Person, track.subject.id)
    assert (row.identified_as_id, row.identified_on, row.identified_because) == (ann, day(10), BECAUSE)
    entry = last_entry()
    assert (entry.kind, entry.operation, entry.entity_id, entry.reason) == (
        "person_identified", "combination", row.id, BECAUSE,
    )  # fmt: skip
    assert entry.details == f'{{"identified_as":{ann}}}'
    with pytest.raises(StaleVersion):
        undo_identification(actor=track.manager, now=at(11), person_id=row.id, reason="Wrong", version=seen)


@pytest.mark.parametrize(
    ("kind", "as_kind", "given", "code"),
    [
        (PersonKind.INDIVIDUAL, PersonKind.INDIVIDUAL, {}, "only_the_unnamed_is_identified"),
        (PersonKind.OCCUPIER, PersonKind.OWNER, {}, "identified_as_the_unnamed"),
        (PersonKind.OWNER, PersonKind.BODY, {"because": " "}, "needs_words"),
        (PersonKind.OWNER, PersonKind.BODY, {"identified_on": day(11)}, "day_not_come"),
    ],
)
def test_what_is_no_identification(
    in_app: Flask, kind: PersonKind, as_kind: PersonKind, given: dict[str, object], code: str
) -> None:
    track, named = occupier(kind=kind), make_person(kind=as_kind, born_on=None).id
    with refused(code):
        identify(track, named, **given)


def test_identified_once_and_the_record_stays_that_of_the_unnamed(in_app: Flask) -> None:
    track, ann = occupier(), make_person().id
    identify(track, ann)
    with refused("identified_already"):
        identify(track, make_person().id)
    row = db.session.get_one(Person, track.subject.id)
    named = details_of(db.session.get_one(Person, ann))
    with refused("identified_stays_unnamed"):
        change_person(actor=track.officer, now=at(11), person_id=row.id, version=None, details=named)


def test_it_is_undone_once_nothing_rests_on_it(in_app: Flask) -> None:
    track, ann = occupier(), make_person(born_on=date(1985, 3, 3)).id
    warning = track.warn(0)
    identify(track, ann)
    notice = notice_to(track, ann, warning, 14)
    given = {"actor": track.manager, "now": at(15), "person_id": track.subject.id, "reason": "It was the lodger"}
    with refused("later_rows_stand"):
        undo_identification(**given)
    mark_intervention_entered_in_error(actor=track.manager, now=at(15), intervention_id=notice, reason="The lodger")
    with pytest.raises(NotPermitted):
        undo_identification(**{**given, "actor": track.officer})
    undo_identification(**given)
    assert last_entry().kind == "identification_undone"
    with refused("warning_to_someone_else"):
        notice_to(track, ann, warning, 16)
    with refused("not_identified"):
        undo_identification(**given)
