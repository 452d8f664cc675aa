"""Applications for a case review, from receipt to the outcome sent."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.case_review_application import (
    ApplicantRole,
    Application,
    ApplicationChannel,
    NamedComplaint,
    VictimConsent,
    check_application,
)
from asb_cases.domain.case_review_count import Ground
from asb_cases.domain.case_review_meeting import BodyView, Regard
from asb_cases.domain.case_review_states import ReviewStatus
from asb_cases.domain.case_review_steps import EscalationOutcome, Weighed
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.errors import NotPermitted, RuleBroken
from asb_cases.domain.permissions import CONSOLE, Actor, Role, Via
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview, CaseReviewComplaint
from asb_cases.models.deadline import Deadline
from asb_cases.models.history import HistoryEntry
from asb_cases.models.user import User
from asb_cases.queries.case_review_work import bodies_of, work_on
from asb_cases.queries.case_reviews import count_for
from asb_cases.queries.complaints import standing_complaints_of
from asb_cases.queries.not_found import NotFound
from asb_cases.services.case_review_bodies import answer_of_body, chase_body, pass_on
from asb_cases.services.case_review_counting import (
    MadeElsewhere,
    add_complaint_elsewhere,
    confirm_set_aside,
    describe_complaint,
    end_set_aside,
    mark_complaint_of_application_in_error,
    set_complaint_aside,
)
from asb_cases.services.case_review_escalations import decide_escalation, escalate
from asb_cases.services.case_review_meetings import (
    Arranged,
    Asked,
    answer_recommendation,
    arrange_review,
    close_review,
    follow_up_action,
    plan_action,
    recommend,
    record_review_held,
    send_outcome,
    talk_plan_over,
)
from asb_cases.services.case_reviews import (
    acknowledge_application,
    decide_threshold,
    mark_case_review_entered_in_error,
    notify_decision,
    receive_application,
    withdraw_application,
)
from asb_cases.services.versions import StaleVersion
from tests.factories import (
    NOW,
    TODAY,
    make_actor,
    make_body,
    make_case,
    make_complaint,
    make_person,
    make_team,
)
from tests.support.record import clocks, history_kinds, last_entry, refused

MET, NOT_MET = ThresholdDecision.MET, ThresholdDecision.NOT_MET
LATER = NOW + timedelta(days=30)


@pytest.fixture
def manager(in_app: Flask) -> Actor:
    return make_actor(Role.MANAGER)


def case_with(complaints: int, owner: User | None = None, **given: object) -> Case:
    """A case with so many complaints of different people, all of whom qualify on TODAY."""
    case = make_case(owner=owner)
    for _ in range(complaints):
        make_complaint(case=case, complainant=make_person(), occurred_on=TODAY, **given)
    return case


def received(case: Case | None = None, **given: object) -> int:
    return receive_application(actor=CONSOLE, now=NOW, case_id=case.id if case else None, **given)


def decide(actor: Actor, review_id: int, decision: ThresholdDecision, reason: str = "Weighed", **given: object) -> None:
    weighed = Weighed(reason, reason, reason)
    decide_threshold(
        actor=actor, now=NOW, case_review_id=review_id, decision=decision, reason=reason, weighed=weighed, **given
    )


def hold(actor: Actor, review_id: int, **given: object) -> None:
    record_review_held(actor=actor, now=NOW, case_review_id=review_id, held_on=TODAY, recommendations=0, **given)


def review(review_id: int) -> CaseReview:
    return db.session.get_one(CaseReview, review_id)


def test_from_receipt_to_the_outcome(manager: Actor) -> None:
    case = case_with(3)
    review_id = received(case, applicant_id=make_person().id)
    assert (review(review_id).reference, review(review_id).applied_on) == ("ACR-2026-0001", TODAY)
    days = dict(db.session.execute(select(Deadline.rule, Deadline.last_day)).all())
    assert days == {"case_review_acknowledge": date(2026, 3, 5), "case_review_decide": date(2026, 3, 16)}
    acknowledge_application(actor=manager, now=NOW, case_review_id=review_id)
    with refused("already_done"):
        acknowledge_application(actor=manager, now=NOW, case_review_id=review_id)
    decide(manager, review_id, MET, reason="")
    notify_decision(actor=manager, now=NOW, case_review_id=review_id)
    record_review_held(actor=manager, now=LATER, case_review_id=review_id, held_on=date(2026, 3, 20), recommendations=2)
    send_outcome(actor=manager, now=LATER, case_review_id=review_id, sent_on=date(2026, 3, 30))
    done = review(review_id)
    assert (done.threshold, done.decided_on, done.decider_id) == (MET, TODAY, manager.user_id)
    assert (done.review_held_on, done.recommendations, done.outcome_sent_on) == (
        date(2026, 3, 20),
        2,
        date(2026, 3, 30),
    )
    assert clocks(case_review_id=review_id) == {
        "case_review_acknowledge": "met",
        "case_review_decide": "met",
        "case_review_notify": "met",
        "case_review_hold": "met",
        "case_review_outcome": "missed",
    }
    assert set(clocks(case_id=case.id)) == set(clocks(case_review_id=review_id))
    assert history_kinds() == [
        "case_review_received",
        "case_review_acknowledged",
        "case_review_decided",
        "case_review_notified",
        "case_review_held",
        "case_review_outcome_sent",
    ]
    decided = db.session.scalars(select(HistoryEntry.details).where(HistoryEntry.kind == "case_review_decided")).one()
    assert '"qualifying":3' in decided
    with refused("case_review_sent_already"):
        send_outcome(actor=manager, now=LATER, case_review_id=review_id)
    with refused("case_review_over"):
        withdraw_application(actor=manager, now=LATER, case_review_id=review_id, reason="Had enough")


def test_at_the_number_not_met_can_t_be_chosen(manager: Actor) -> None:
    review_id = received(case_with(3))
    with refused("threshold_must_be_met"):
        decide(manager, review_id, NOT_MET, reason="The same few people complain about everything")
    assert review(review_id).threshold is None
    decide(manager, review_id, MET)


def test_below_the_number_the_bodies_weigh_and_say_so(manager: Actor) -> None:
    low = received(case_with(2))
    with refused("needs_words", "needs_words", "needs_words"):
        decide(manager, low, NOT_MET, reason=" ")
    decide(manager, low, NOT_MET, reason="No harm, and we answered in two days")
    assert clocks(case_review_id=low)["case_review_decide"] == "met"
    assert "case_review_hold" not in clocks(case_review_id=low)
    with refused("case_review_decided_already"):
        decide(manager, low, MET)
    with refused("case_review_not_met"):
        record_review_held(actor=manager, now=NOW, case_review_id=low, held_on=TODAY, recommendations=0)
    notify_decision(actor=manager, now=NOW, case_review_id=low)
    assert (review(low).outcome_sent_on, review(low).status) == (TODAY, ReviewStatus.NOT_MET_NOTIFIED)
    harmed = received(case_with(1))
    decide(manager, harmed, MET, reason="Serious harm to one person")
    assert clocks(case_review_id=harmed)["case_review_hold"] == "running"


def test_only_what_stands_and_qualifies_is_counted(manager: Actor) -> None:
    case = case_with(1)
    make_complaint(case=case, occurred_on=TODAY, entered_in_error_on=TODAY, entered_in_error_reason="Twice")
    make_complaint(case=case, occurred_on=date(2025, 6, 1), made_on=date(2025, 6, 2))
    make_complaint(case=case, occurred_on=date(2025, 12, 1), made_on=date(2026, 2, 1))
    decide(manager, received(case), NOT_MET)
    assert '"qualifying":1' in last_entry().details


def test_one_person_s_one_incident_counts_once(manager: Actor) -> None:
    ann, other = make_person(), make_case()
    for number in range(3):
        make_complaint(case=other, complainant=ann, occurred_on=TODAY, description=str(number))
    review_id = received(other)
    with refused("threshold_must_be_met"):
        decide(manager, review_id, NOT_MET)
    for complaint in standing_complaints_of(other.id):
        describe_complaint(
            actor=CONSOLE, now=NOW, case_review_id=review_id, complaint_id=complaint.id, incident="The party",
            occurred_on=TODAY, made_on=None,
        )  # fmt: skip
    decide(manager, review_id, NOT_MET)
    assert '"qualifying":1' in last_entry().details


def test_setting_aside_needs_a_reason_and_a_second_person_who_confirms_it(manager: Actor) -> None:
    case, officer = case_with(3), make_actor()
    first = standing_complaints_of(case.id)[0]
    review_id = received(case)
    aside = {"case_review_id": review_id, "complaint_id": first.id, "ground": Ground.NOT_THIS_BEHAVIOUR}
    with refused("needs_words"):
        set_complaint_aside(actor=officer, now=NOW, **aside, reason=" ")
    row_id = set_complaint_aside(actor=officer, now=NOW, **aside, reason="About parking")
    with refused("set_aside_already"):
        set_complaint_aside(actor=officer, now=NOW, **aside, reason="Again")
    with refused("threshold_must_be_met"):  # it counts until somebody else has confirmed it
        decide(manager, review_id, NOT_MET)
    with refused("set_aside_needs_second_person"):
        confirm_set_aside(actor=officer, now=NOW, set_aside_id=row_id)
    confirm_set_aside(actor=make_actor(), now=NOW, set_aside_id=row_id)
    assert count_for(review(review_id)).rows[0][1].reason.endswith("About parking")
    end_set_aside(actor=officer, now=NOW, set_aside_id=row_id, reason="It was the same night")
    with refused("threshold_must_be_met"):
        decide(manager, review_id, NOT_MET)
    confirm_set_aside(
        actor=manager, now=NOW, set_aside_id=set_complaint_aside(actor=officer, now=NOW, **aside, reason="Parking")
    )
    decide(manager, review_id, NOT_MET)
    with refused("count_is_settled"):
        end_set_aside(actor=officer, now=NOW, set_aside_id=row_id, reason="Late")


def test_complaints_to_others_count_and_a_day_not_known_is_asked_about(manager: Actor) -> None:
    case, officer = case_with(1), make_actor()
    review_id = received(case)
    ids = [
        add_complaint_elsewhere(actor=officer, now=NOW, case_review_id=review_id, made=MadeElsewhere("Police", name))
        for name in ("Ann", "Bob")
    ]
    found = count_for(review(review_id))
    assert (found.assessment.qualifying, [each.counts for _, each in found.rows]) == (1, [True, None, None])
    assert "find them out" in found.assessment.open_question
    for entry_id in ids:
        describe_complaint(
            actor=officer, now=NOW, case_review_id=review_id, entry_id=entry_id, incident=None, occurred_on=TODAY,
            made_on=TODAY,
        )  # fmt: skip
    with refused("threshold_must_be_met"):
        decide(manager, review_id, NOT_MET)
    mark_complaint_of_application_in_error(
        actor=officer, now=NOW, case_review_id=review_id, entry_id=ids[0], reason="Twice"
    )
    decide(manager, review_id, NOT_MET)


def test_the_bodies_missing_or_silent_are_named_before_the_decision(manager: Actor) -> None:
    police, board = make_body("Police", relevant=True), make_body("Care board", relevant=True)
    review_id = received(case_with(3))
    with pytest.raises(RuleBroken, match="has not been passed to Care board and Police"):
        decide(manager, review_id, MET)
    pass_on(
        actor=manager, now=NOW, case_review_id=review_id, body_ids=[police.id, board.id], sent_on=TODAY, how="E-mail",
        proof="Copy", asked="What you know",
    )  # fmt: skip
    assert review(review_id).status is ReviewStatus.INFO_GATHERING
    first, second = sorted(bodies_of(review_id), key=lambda row: row.body.name, reverse=True)
    chase_body(actor=manager, now=NOW, case_review_id=review_id, part_id=second.id, on=TODAY)
    answer_of_body(
        actor=manager, now=NOW, case_review_id=review_id, part_id=first.id, on=TODAY, view=BodyView.DISAGREES,
        view_said="Too few",
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="Nothing is recorded of what Care board said"):
        decide(manager, review_id, MET)
    decide(manager, review_id, MET, cautions_reason="The board was reminded")
    assert (second.chases, db.session.get_one(Deadline, first.deadline_id).state) == (1, DeadlineState.MET)


def test_the_review_from_its_arrangement_to_its_actions(manager: Actor) -> None:
    review_id = received(case_with(3))
    decide(manager, review_id, MET)
    with refused("case_review_not_told"):
        hold(manager, review_id)
    notify_decision(actor=manager, now=NOW, case_review_id=review_id)
    with refused("review_needs_chair", "chair_not_independent_because"):
        arrange_review(actor=manager, now=NOW, case_review_id=review_id, arranged=Arranged("", independent=False))
    asked = (Asked("Sergeant Ferngate", "Police"),)
    arranged = Arranged("Dr Larkmoor", independent=True, asked=asked)
    arrange_review(actor=manager, now=NOW, case_review_id=review_id, arranged=arranged)
    with refused("cautions_need_reason"):
        hold(manager, review_id)
    came = [each.id for each in work_on(review_id).attendees]
    hold(manager, review_id, minutes="Told", attended=came, cautions_reason="She wishes no part in it")
    with refused("recommendations_none_because"):
        send_outcome(actor=manager, now=LATER, case_review_id=review_id)
    recommend(actor=manager, now=LATER, case_review_id=review_id, addressee="Police", text="Visit", due_on=LATER.date())
    plan_action(
        actor=manager, now=LATER, case_review_id=review_id, text="Camera", owner="Landlord", due_on=LATER.date()
    )
    with refused("cautions_need_reason"):  # nobody asked the victim about the plan
        send_outcome(actor=manager, now=LATER, case_review_id=review_id)
    talk_plan_over(actor=manager, now=LATER, case_review_id=review_id, on=LATER.date(), said="Good")
    send_outcome(actor=manager, now=LATER, case_review_id=review_id)
    assert (review(review_id).status, review(review_id).recommendations) == (ReviewStatus.ACTIONS_MONITORING, 1)
    done = work_on(review_id)
    assert [each.attended for each in done.attendees] == [True]
    with refused("cautions_need_reason"):
        close_review(actor=manager, now=LATER, case_review_id=review_id)
    answer_recommendation(
        actor=manager, now=LATER, case_review_id=review_id, part_id=done.recommendations[0].id, on=LATER.date(),
        regard=Regard.ACCEPTED, answer="We will",
    )  # fmt: skip
    follow = {"actor": manager, "now": LATER, "case_review_id": review_id, "part_id": done.actions[0].id}
    follow_up_action(**follow, on=LATER.date())
    follow_up_action(**follow, on=LATER.date(), evidence="Photo")
    close_review(actor=manager, now=LATER, case_review_id=review_id)
    assert clocks(case_review_id=review_id)["case_review_action"] == "met"


def test_what_was_taken_further_is_decided_again_and_the_earlier_decision_stays(manager: Actor) -> None:
    review_id = received(case_with(1))
    decide(manager, review_id, NOT_MET, reason="Weighed once")
    told = {"asked_on": TODAY, "asks": "Nobody asked me", "route": "Head of service"}
    with refused("case_review_not_to_escalate"):
        escalate(actor=manager, now=NOW, case_review_id=review_id, **told)
    notify_decision(actor=manager, now=NOW, case_review_id=review_id)
    escalate(actor=manager, now=NOW, case_review_id=review_id, **told)
    found = {"decided_on": TODAY, "finding": "Not asked"}
    remitted = EscalationOutcome.REMITTED
    decide_escalation(actor=manager, now=NOW, case_review_id=review_id, outcome=remitted, **found)
    assert review(review_id).status is ReviewStatus.INFO_GATHERING
    decide(manager, review_id, MET)
    assert review(review_id).threshold is MET
    assert work_on(review_id).escalations[0].earlier_threshold is NOT_MET
    with refused("escalation_decided_already"):
        decide_escalation(actor=manager, now=NOW, case_review_id=review_id, outcome=remitted, **found)


def test_owner_of_the_case_does_not_decide(manager: Actor) -> None:
    owner = db.session.get_one(User, manager.user_id)
    review_id = received(case_with(3, owner=owner))
    with refused("decider_owns_case"):
        decide(manager, review_id, MET)
    decide(make_actor(Role.MANAGER), review_id, MET)


def test_days_that_can_t_be_right(manager: Actor) -> None:
    with refused("day_not_come"):
        received(applied=TODAY + timedelta(days=1))
    review_id = received(case_with(3))
    with refused("days_out_of_order"):
        decide(manager, review_id, MET, decided_on=TODAY - timedelta(days=1))
    with refused("case_review_nothing_to_send"):
        send_outcome(actor=manager, now=NOW, case_review_id=review_id)
    decide(manager, review_id, MET)
    notify_decision(actor=manager, now=NOW, case_review_id=review_id)
    with refused("recommendations_negative", "days_out_of_order"):
        record_review_held(
            actor=manager, now=NOW, case_review_id=review_id, held_on=TODAY - timedelta(days=1), recommendations=-1
        )
    with refused("case_review_nothing_to_send"):
        send_outcome(actor=manager, now=NOW, case_review_id=review_id)


def test_withdrawn_application_stays_and_its_clocks_stop(manager: Actor) -> None:
    review_id = received()
    with refused("reason_needed"):
        withdraw_application(actor=manager, now=NOW, case_review_id=review_id, reason="")
    withdraw_application(actor=manager, now=NOW, case_review_id=review_id, reason="It has stopped")
    assert set(clocks(case_review_id=review_id).values()) == {"stopped"}
    assert review(review_id).withdrawn_on == TODAY
    with refused("case_review_withdrawn", "needs_words", "needs_words", "needs_words"):
        decide(manager, review_id, MET, reason="")
    with refused("case_review_withdrawn"):
        withdraw_application(actor=manager, now=NOW, case_review_id=review_id, reason="Again")


def test_entered_in_error(manager: Actor) -> None:
    review_id = received()
    with refused("reason_needed"):
        mark_case_review_entered_in_error(actor=manager, now=NOW, case_review_id=review_id, reason=" ")
    mark_case_review_entered_in_error(actor=manager, now=NOW, case_review_id=review_id, reason="Received twice")
    assert review(review_id).entered_in_error_reason == "Received twice"
    assert set(clocks(case_review_id=review_id).values()) == {"stopped"}
    with refused("entered_in_error"):
        decide(manager, review_id, MET)
    with pytest.raises(NotPermitted):
        mark_case_review_entered_in_error(actor=make_actor(), now=NOW, case_review_id=received(), reason="Mine")


def test_before_the_act_s_scheme_nothing_is_computed(manager: Actor) -> None:
    review_id = received(case_with(3), applied=date(2014, 9, 15))
    assert (review(review_id).local_scheme, review(review_id).reference) == (True, "ACR-2014-0001")
    assert clocks(case_review_id=review_id) == {}
    decide(manager, review_id, NOT_MET, reason="Local scheme: asked for five reports", decided_on=date(2014, 10, 1))
    assert review(review_id).threshold is NOT_MET
    first = received(applied=date(2014, 10, 20))
    assert not review(first).local_scheme
    assert set(clocks(case_review_id=first)) == {"case_review_acknowledge", "case_review_decide"}


def test_who_may(manager: Actor) -> None:
    team = make_team()
    away = make_case(team=make_team())
    officer = make_actor(team=team)
    review_id = received(away)
    with pytest.raises(NotFound):
        acknowledge_application(actor=officer, now=NOW, case_review_id=review_id)
    with pytest.raises(NotFound):
        receive_application(actor=officer, now=NOW, case_id=away.id)
    own = receive_application(actor=officer, now=NOW, case_reference="Old register 17")
    with pytest.raises(NotPermitted):
        decide(officer, own, MET)
    for role in (Role.LEGAL, Role.DUTY_OFFICER, Role.PARTNER, Role.ANALYST, Role.ADMINISTRATOR):
        with pytest.raises(NotPermitted):
            receive_application(actor=make_actor(role), now=NOW)
    with pytest.raises(StaleVersion):
        decide(manager, own, MET, version=2)


SAID = Application(
    channel=ApplicationChannel.WEB,
    applicant_role=ApplicantRole.FRIEND,
    on_behalf_of="Ida Marsh",
    victim_consent=VictimConsent.NOT_ASKED,
    words="Shouting under the window",
    contact_name="Ola Berg",
    contact_email="",
    complaints=(
        NamedComplaint(body="Police", occurred_on=TODAY - timedelta(days=9), made_on=TODAY - timedelta(days=8)),
        NamedComplaint(body="Landlord"),
    ),
)


def test_the_public_applies_and_what_they_say_is_kept_as_they_said_it(in_app: Flask) -> None:
    anybody = Actor(via=Via.PUBLIC)
    review_id = receive_application(actor=anybody, now=NOW, said=SAID)
    kept = review(review_id)
    assert (kept.channel, kept.on_behalf_of, kept.contact_name) == (ApplicationChannel.WEB, "Ida Marsh", "Ola Berg")
    assert (kept.victim_consent, kept.contact_email, kept.applicant_id) == (VictimConsent.NOT_ASKED, None, None)
    named = db.session.scalars(select(CaseReviewComplaint).order_by(CaseReviewComplaint.id)).all()
    assert [(each.body, each.made_on) for each in named] == [("Police", date(2026, 2, 22)), ("Landlord", None)]
    assert (last_entry().kind, last_entry().via) == ("case_review_received", Via.PUBLIC)
    assert set(clocks(case_review_id=review_id)) == {"case_review_acknowledge", "case_review_decide"}
    with pytest.raises(NotPermitted):
        acknowledge_application(actor=anybody, now=NOW, case_review_id=review_id)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"applicant_role": ApplicantRole.VICTIM, "on_behalf_of": "Ida Marsh"}, "victim_applies_for_another"),
        ({"complaints": (NamedComplaint(),) * 51}, "too_many_complaints"),
        ({"complaints": (NamedComplaint(made_on=TODAY + timedelta(days=1)),)}, "day_not_come"),
        (
            {"complaints": (NamedComplaint(occurred_on=TODAY, made_on=TODAY - timedelta(days=1)),)},
            "days_out_of_order",
        ),
    ],
)
def test_what_an_application_cannot_say(said: dict[str, object], code: str) -> None:
    application = Application(**said)  # type: ignore[arg-type]
    assert check_application(application, TODAY, TODAY).codes == (code,)
