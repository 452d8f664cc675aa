"""Drafts: what they may hold, who may see and change them, and two people at one of them."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.errors import NotPermitted, RuleBroken
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry
from asb_cases.models.intervention import Consultee, InterventionEvidence
from asb_cases.models.search_entry import SearchEntry
from asb_cases.queries.enforcement import requirements_of
from asb_cases.queries.not_found import NotFound
from asb_cases.services.draft_content import Evidence
from asb_cases.services.drafting import change_draft, draft_warning
from asb_cases.services.interventions import authorise, issue, send_back
from asb_cases.services.versions import StaleVersion
from tests.factories import actor_of, make_actor, make_complaint, make_team, make_user
from tests.support.enforcement_track import DO, STOP, at, content, day, make_track, step


def test_a_changed_draft_holds_the_new_content_alone(in_app: Flask) -> None:
    track = make_track()
    draft = track.draft_warning(0)
    seen = step(draft).version
    new = content(
        conduct="Shouting", requirements=[DO, STOP], consultees=[], evidence=[Evidence("unreasonable", "A film")]
    )
    change_draft(actor=track.colleague, now=at(1), intervention_id=draft, version=seen, content=new)
    assert (step(draft).conduct, step(draft).version) == ("Shouting", seen + 1)
    assert [(row.number, row.kind, row.text) for row in requirements_of(draft)] == [
        (1, DO.kind, DO.text),
        (2, STOP.kind, STOP.text),
    ]
    limbs = db.session.scalars(select(InterventionEvidence.limb).where(InterventionEvidence.intervention_id == draft))
    assert limbs.all() == ["unreasonable"]
    assert db.session.scalars(select(Consultee)).all() == []


def test_the_later_of_two_is_told(in_app: Flask) -> None:
    """Even where only a requirement was changed, which is another row."""
    track = make_track()
    draft = track.draft_warning(0)
    seen = step(draft).version
    first = content(comply_by=day(7), requirements=[DO])
    change_draft(actor=track.officer, now=at(1), intervention_id=draft, version=seen, content=first)
    with pytest.raises(StaleVersion):
        change_draft(actor=track.colleague, now=at(1), intervention_id=draft, version=seen, content=content())
    with pytest.raises(StaleVersion):
        authorise(actor=track.manager, now=at(1), intervention_id=draft, version=seen)
    assert [row.text for row in requirements_of(draft)] == [DO.text]


def test_once_authorised_it_is_changed_no_more_unless_sent_back(in_app: Flask) -> None:
    track = make_track()
    draft = track.draft_warning(0)
    authorise(actor=track.manager, now=at(0), intervention_id=draft)
    with pytest.raises(RuleBroken):
        change_draft(actor=track.officer, now=at(1), intervention_id=draft, version=None, content=content())
    send_back(actor=track.officer, now=at(1), intervention_id=draft, reason="One date is wrong")
    change_draft(actor=track.officer, now=at(1), intervention_id=draft, version=None, content=content())
    assert step(draft).authoriser_id is None


def test_evidence_is_of_the_case(in_app: Flask) -> None:
    track, other = make_track(), make_track()
    own, theirs = make_complaint(case=track.case).id, make_complaint(case=other.case).id
    assert track.draft_warning(0, evidence=[Evidence("unreasonable", complaint_id=own)])
    with pytest.raises(NotFound):
        track.draft_warning(0, evidence=[Evidence("unreasonable", complaint_id=theirs)])
    with pytest.raises(RuleBroken):
        track.draft_warning(0, evidence=[Evidence("unreasonable", description=" ")])


def test_whose_case_it_is_not_finds_nothing(in_app: Flask) -> None:
    track = make_track()
    draft = track.draft_warning(0)
    stranger = actor_of(make_user(Role.OFFICER, team=make_team()))
    with pytest.raises(NotFound):
        change_draft(actor=stranger, now=at(1), intervention_id=draft, version=None, content=content())
    with pytest.raises(NotFound):
        issue(actor=stranger, now=at(1), intervention_id=draft)


@pytest.mark.parametrize("role", [Role.LEGAL, Role.DUTY_OFFICER, Role.PARTNER, Role.ANALYST, Role.ADMINISTRATOR])
def test_who_may_not_draft(in_app: Flask, role: Role) -> None:
    track = make_track()
    with pytest.raises(NotPermitted):
        draft_warning(
            actor=make_actor(role), now=at(0), case_id=track.case.id, subject_ids=[track.subject.id], content=content()
        )


def test_an_officer_authorises_nobody_elses_draft(in_app: Flask) -> None:
    track = make_track()
    draft = track.draft_warning(0)
    with pytest.raises(NotPermitted):
        authorise(actor=track.colleague, now=at(0), intervention_id=draft)


def test_cautions_need_a_reason_which_is_kept(in_app: Flask) -> None:
    track = make_track()
    draft = track.draft_warning(0, screening=None)
    with pytest.raises(RuleBroken) as refused:
        authorise(actor=track.manager, now=at(0), intervention_id=draft)
    assert [each.code for each in refused.value.refusals] == ["cautions_need_reason"]
    authorise(actor=track.manager, now=at(0), intervention_id=draft, cautions_reason="No time at the door")
    issue(actor=track.officer, now=at(0), intervention_id=draft)
    assert step(draft).cautions_reason == "No time at the door"


def test_in_a_closed_case_nothing_begins(in_app: Flask) -> None:
    track = make_track()
    track.case.status, track.case.closed_on, track.case.closure_reason = "closed", day(0), "Quiet"
    db.session.commit()
    with pytest.raises(RuleBroken) as refused:
        track.draft_warning(1)
    assert [each.code for each in refused.value.refusals] == ["case_is_closed"]


def test_it_is_found_by_its_words_and_its_history_holds_none(in_app: Flask) -> None:
    track = make_track()
    draft = track.draft_warning(0, conduct="Bagpipes at night")
    reference = step(draft).reference
    found = db.session.scalars(select(SearchEntry.words).where(SearchEntry.entity_kind == "intervention")).one()
    assert {"bagpipes", *reference.lower().split()} <= set(found.split()) | {reference.lower()}
    details = db.session.scalars(select(HistoryEntry.details).where(HistoryEntry.kind == "drafted")).one()
    assert "agpipes" not in details
    assert track.subject.name not in details


def test_several_recipients_of_one_drafting(in_app: Flask) -> None:
    track = make_track()
    others = [replace(track, subject=make_track().subject).subject.id for _ in range(2)]
    drafts = draft_warning(
        actor=track.officer,
        now=at(0),
        case_id=track.case.id,
        subject_ids=[track.subject.id, *others],
        content=content(),
    )
    assert [step(each).subject_id for each in drafts] == [track.subject.id, *others]
    assert len({step(each).reference for each in drafts}) == 3
