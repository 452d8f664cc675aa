"""The merged history of a case on both engines: every kind of event, in order, page by page, for each reader."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from asb_cases.domain.action_plans import StepState
from asb_cases.domain.case_content import content_for
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.complaints import Channel
from asb_cases.domain.hearings import HearingOutcome
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.domain.service import ServiceMethod
from asb_cases.extensions import db
from asb_cases.models.action_plan import ActionPlanReview, ActionPlanStep
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case
from asb_cases.models.complaint import ComplaintUpdate
from asb_cases.models.data_import import ImportState
from asb_cases.models.intervention import Intervention
from asb_cases.models.service import Service
from asb_cases.queries.case_page import case_page
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.timeline import Event, timeline_of
from asb_cases.queries.timeline_sources import RANKS
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.factories.outcomes import (
    make_court_outcome,
    make_hearing,
    make_measure,
    make_payment,
    make_representation,
    make_tool_event,
)
from tests.support.reading_world import PLACE, FullCase, add_many_notes, make_deadline, make_full_case

EVERYTHING = content_for(CONSOLE)
STEPS = {"intervention_given", "appeal_lodged", "breach_alleged"}


@pytest.fixture
def full(in_app: Flask) -> FullCase:
    team = make.make_team()
    return make_full_case(team, make.make_user(team=team, name="Pat Quinn"), TODAY)


def intervention(reference: str) -> Intervention:
    return db.session.query(Intervention).filter_by(reference=reference).one()


def everything_happens(full: FullCase) -> None:
    """Every kind of event that the full case lacks."""
    case = db.session.get_one(Case, full.case_id)
    case.closed_on, case.status, case.closure_reason = TODAY, case.status.CLOSED, "Resolved"
    make.make_task(case, done_on=TODAY, outcome="Rang")
    complaint = make.make_complaint(case=case, channel=Channel.OUT_OF_HOURS)
    make.keep(ComplaintUpdate(complaint_id=complaint.id, written_at=make.NOW, text="Off by one"))
    make.make_file(case)
    make.make_incident(case)
    make.make_pause(case, ended_at=NOW)
    plan = make.make_plan(case)
    step = db.session.query(ActionPlanStep).one()
    step.state, step.closed_on = StepState.DONE, TODAY
    db.session.add(ActionPlanReview(plan_id=plan.id, reviewed_on=TODAY, finding="Quieter"))
    make.make_risk(case)
    make_payment(intervention(full.penalty), paid_on=TODAY)
    make_court_outcome(intervention(full.prosecution))
    make_hearing(intervention(full.prosecution), outcome=HearingOutcome.HELD, note="Plea of not guilty")
    make_representation(intervention(full.notice), answered_on=TODAY, answer="It stands")
    make_measure(make.make_breach(intervention(full.notice), from_on=TODAY))
    make_tool_event(make.make_intervention("CLOSURE_ORDER", case=case), happened_on=TODAY)
    make_deadline(case, TODAY, state=DeadlineState.MET, ended_on=TODAY, rule="acknowledge")
    given_by(intervention(full.notice), given_on=TODAY)
    appeal = db.session.query(Appeal).one()
    appeal.outcome, appeal.determined_on = "dismissed", TODAY
    warning = intervention(full.warning)
    warning.ended_on, warning.ended_because = TODAY, "A notice followed"
    make.make_breach(
        intervention(full.notice),
        from_on=TODAY,
        status="decided",
        decision="warn",
        decision_reason="First",
        decided_on=TODAY,
    )
    make.make_case_review(
        case=case, applied_on=TODAY, threshold="met", decided_on=TODAY, review_held_on=TODAY, outcome_sent_on=TODAY
    )
    db.session.commit()


def read_through(case_id: int, size: int) -> list[Event]:
    events: list[Event] = []
    place: str | None = None
    while True:
        page = timeline_of(case_id, EVERYTHING, after=place, size=size)
        events += page.events
        if page.older is None:
            return events
        place = page.older


def test_every_kind_of_event_is_shown_once_and_in_order(full: FullCase) -> None:
    everything_happens(full)
    events = read_through(full.case_id, 1000)
    assert {event.kind for event in events} == set(RANKS)
    assert len({event.place for event in events}) == len(events)
    for newer, older in itertools.pairwise(events):
        assert key(newer) >= key(older)
    for size in (1, 7, len(events)):
        assert read_through(full.case_id, size) == events


def key(event: Event) -> tuple[str, int, int]:
    at, rank, row_id = event.place.split(".")
    assert at.startswith(str(event.at.astimezone(UTC).date() if isinstance(event.at, datetime) else event.at))
    return at, -int(rank), int(row_id)


def given_by(intervention: Intervention, **given: object) -> Service:
    """A record of service of it."""
    least: dict[str, object] = {"method": ServiceMethod.POST, "given_on": intervention.issued_on}
    return make.keep(Service(**{**least, **given}, intervention_id=intervention.id, power=intervention.power))


def events_of(step: Intervention, *kinds: str) -> list[Event]:
    """Those kinds of event of an intervention, the oldest first."""
    events = reversed(read_through(step.case_id, 100))
    return [event for event in events if event.kind in kinds and event.reference == step.reference]


def test_what_was_given_and_its_service_are_one_event(full: FullCase) -> None:
    events = read_through(full.case_id, 100)
    (given,) = [event for event in events if event.reference == full.notice and event.kind == "intervention_given"]
    assert (given.method, given.address, given.by) == (ServiceMethod.HAND, PLACE, "Pat Quinn")
    assert not [event for event in events if event.kind == "service"]


def test_another_service_stays_an_event_of_its_own(in_app: Flask) -> None:
    case, server = make.make_case(), make.make_user(name="Ola Nordby")
    notice = make.make_intervention("CPN", case=case, issued_on=TODAY)
    given_by(notice, method=ServiceMethod.HAND, entered_in_error_on=TODAY, entered_in_error_reason="Not this one")
    given_by(notice, method=ServiceMethod.LEFT, given_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC), given_on=TODAY)
    given_by(notice, method=ServiceMethod.POST, server_id=server.id)
    given_by(notice, method=ServiceMethod.POST, given_on=TODAY + timedelta(days=3))
    given_by(notice, method=ServiceMethod.HAND, given_on=TODAY, import_id=make.make_import(ImportState.WRITING).id)
    db.session.commit()
    (given,) = events_of(notice, "intervention_given")
    assert (given.method, given.at) == (ServiceMethod.LEFT, datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    services = events_of(notice, "service")
    assert [(event.method, event.in_error, event.by) for event in services] == [
        (ServiceMethod.HAND, True, None),
        (ServiceMethod.POST, False, "Ola Nordby"),
        (ServiceMethod.POST, False, None),
    ]


def test_an_old_register_that_knows_another_day_of_service_gives_two_events(in_app: Flask) -> None:
    case = make.make_case()
    notice = make.make_intervention("CPN", case=case, issued_on=TODAY)
    given_by(notice, given_on=TODAY + timedelta(days=2))
    db.session.commit()
    assert [(event.kind, event.method) for event in events_of(notice, "intervention_given", "service")] == [
        ("intervention_given", None),
        ("service", ServiceMethod.POST),
    ]


@pytest.mark.parametrize("at", [None, datetime(2026, 3, 2, 14, 10, tzinfo=UTC)], ids=["day", "moment"])
def test_a_warning_stands_before_the_notice_of_the_same_moment(in_app: Flask, at: datetime | None) -> None:
    case = make.make_case()
    earlier = make.make_intervention("CPW", issued_on=TODAY - timedelta(days=9))
    notice = make.make_intervention("CPN", case=case, follows=earlier, issued_on=TODAY, issued_at=at)
    make.make_intervention("CPW", case=case, issued_on=TODAY, issued_at=at)
    make.make_intervention("FPN", case=case, follows=notice, issued_on=TODAY, issued_at=at)
    given = [event for event in reversed(read_through(case.id, 100)) if event.kind == "intervention_given"]
    assert [event.code for event in given] == ["CPW", "CPN", "FPN"]


def test_what_began_the_day_stands_before_its_moments_and_what_came_of_it_after(in_app: Flask) -> None:
    case = make.make_case(opened_on=TODAY)
    make_deadline(case, TODAY, rule="response_priority_2", state=DeadlineState.MET, ended_on=TODAY)
    make.make_contact(case, at=datetime(2026, 3, 2, 15, 0, tzinfo=UTC))
    make.make_complaint(case=case, made_on=TODAY, made_at=datetime(2026, 3, 2, 10, 0, tzinfo=UTC))
    make.make_complaint(case=case, made_on=TODAY, made_at=None)
    kinds = [event.kind for event in reversed(read_through(case.id, 100))]
    assert kinds == ["case_opened", "complaint", "complaint", "contact", "deadline_over"]
    assert read_through(case.id, 2)[0].at == TODAY


def test_a_page_is_no_longer_however_much_there_is(full: FullCase) -> None:
    add_many_notes(full.case_id, 200)
    page = timeline_of(full.case_id, EVERYTHING)
    assert len(page.events) == 30
    assert len(read_through(full.case_id, 30)) > 200


def test_a_place_that_is_none_begins_at_the_newest(full: FullCase) -> None:
    newest = timeline_of(full.case_id, EVERYTHING)
    for place in ("", "x", "2026-03-02.999.1", "2026-03-02'.1.1"):
        assert timeline_of(full.case_id, EVERYTHING, after=place) == newest or place == "2026-03-02.999.1"


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.ANALYST, {"case_opened", "case_review_applied", *STEPS}),
        (Role.PARTNER, {"case_opened", "note"}),
        (Role.DUTY_OFFICER, {"case_opened", "note", "contact", "task_added", "complaint"}),
        (Role.LEGAL, {"case_opened", "note", "contact", "task_added", *STEPS}),
    ],
)  # fmt: skip
def test_each_role_is_shown_its_kinds(full: FullCase, role: Role, kinds: set[str]) -> None:
    shown = timeline_of(full.case_id, content_for(make.make_actor(role))).events
    assert {event.kind for event in shown} == kinds


def test_a_partner_reads_notes_for_the_record_alone(full: FullCase) -> None:
    shown = timeline_of(full.case_id, content_for(make.make_actor(Role.PARTNER))).events
    assert [event.text for event in shown if event.kind == "note"] == ["Landlord informed"]


def test_what_an_unfinished_import_brought_is_not_shown(full: FullCase) -> None:
    unfinished = make.make_import(ImportState.WRITING)
    case = db.session.get_one(Case, full.case_id)
    before = read_through(full.case_id, 100)
    make.make_complaint(case=case, import_id=unfinished.id)
    make.make_note(case, import_id=unfinished.id)
    make.make_intervention(case=case, import_id=unfinished.id)
    assert read_through(full.case_id, 100) == before


def test_requirements_bind_by_kind_while_an_appeal_runs(full: FullCase) -> None:
    def binds(on: date) -> list[tuple[bool, bool]]:
        found = case_page(make.make_actor(Role.MANAGER), full.case, on, EVERYTHING)
        notice = next(step for step in found.steps if step.reference == full.notice)
        return [(each.effective, each.resting) for each in notice.requirements]

    assert binds(TODAY) == [(True, False), (False, True)]
    appeal = db.session.query(Appeal).one()
    appeal.outcome, appeal.determined_on = "dismissed", TODAY - timedelta(days=1)
    db.session.commit()
    assert binds(TODAY) == [(True, False), (True, False)]
    notice = intervention(full.notice)
    notice.status, notice.ended_on, notice.ended_because = "withdrawn", TODAY, "Agreed"
    db.session.commit()
    assert binds(TODAY) == [(False, False), (False, False)]


def test_a_case_is_found_however_its_reference_is_typed_and_only_by_who_may_see_it(full: FullCase) -> None:
    typed = full.case.lower().replace("-", " ")
    assert case_page(make.make_actor(Role.MANAGER), typed, TODAY, EVERYTHING).facts.reference == full.case
    with pytest.raises(NotFound):
        case_page(make.make_actor(Role.OFFICER, team=make.make_team()), full.case, TODAY, EVERYTHING)
