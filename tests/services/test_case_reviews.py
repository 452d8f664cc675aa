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
from asb_cases.domain.case_review_steps import Counting
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.permissions import CONSOLE, Actor, Role, Via
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview, CaseReviewComplaint
from asb_cases.models.deadline import Deadline
from asb_cases.models.history import HistoryEntry
from asb_cases.models.user import User
from asb_cases.queries.complaints import standing_complaints_of
from asb_cases.queries.not_found import NotFound
from asb_cases.services.case_reviews import (
    acknowledge_application,
    decide_threshold,
    mark_case_review_entered_in_error,
    receive_application,
    record_review_held,
    send_outcome,
    withdraw_application,
)
from asb_cases.services.versions import StaleVersion
from tests.factories import (
    NOW,
    TODAY,
    make_actor,
    make_case,
    make_complaint,
    make_person,
    make_team,
    make_user,
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
    decide_threshold(actor=actor, now=NOW, case_review_id=review_id, decision=decision, reason=reason, **given)


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
        "case_review_hold": "met",
        "case_review_outcome": "missed",
    }
    assert set(clocks(case_id=case.id)) == set(clocks(case_review_id=review_id))
    assert history_kinds() == [
        "case_review_received",
        "case_review_changed",
        "case_review_decided",
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
    with refused("reason_needed"):
        decide(manager, low, NOT_MET, reason=" ")
    decide(manager, low, NOT_MET, reason="No harm, and we answered in two days")
    assert clocks(case_review_id=low)["case_review_decide"] == "met"
    assert "case_review_hold" not in clocks(case_review_id=low)
    with refused("case_review_decided_already"):
        decide(manager, low, MET)
    with refused("case_review_not_met"):
        record_review_held(actor=manager, now=NOW, case_review_id=low, held_on=TODAY, recommendations=0)
    send_outcome(actor=manager, now=NOW, case_review_id=low)
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
    case, ann = case_with(2), make_person()
    twice = [make_complaint(case=case, complainant=ann, occurred_on=TODAY).id for _ in range(2)]
    review_id = received(case)
    with refused("threshold_must_be_met"):
        decide(manager, review_id, NOT_MET)
    with refused("threshold_must_be_met"):
        decide(manager, review_id, NOT_MET, counting=Counting(incidents=dict.fromkeys(twice, "The party")))
    other = make_case()
    for number in range(3):
        make_complaint(case=other, complainant=ann, occurred_on=TODAY, description=str(number))
    ids = [complaint.id for complaint in standing_complaints_of(other.id)]
    decide(manager, received(other), NOT_MET, counting=Counting(incidents=dict.fromkeys(ids, "The party")))
    assert '"qualifying":1' in last_entry().details


def test_setting_aside_needs_a_reason_and_a_second_person(manager: Actor) -> None:
    case = case_with(3)
    first = standing_complaints_of(case.id)[0]
    review_id, colleague = received(case), make_user(Role.OFFICER)
    with refused("set_aside_needs_second_person"):
        decide(manager, review_id, NOT_MET, counting=Counting({first.id: "About parking"}, manager.user_id))
    with refused("set_aside_needs_second_person", "set_aside_needs_reason", "threshold_must_be_met"):
        decide(manager, review_id, NOT_MET, counting=Counting({first.id: ""}))
    decide(manager, review_id, NOT_MET, counting=Counting({first.id: "About parking"}, colleague.id))
    entry = last_entry()
    assert entry.reason == "Weighed / About parking"
    assert f'"seconded_by_id":{colleague.id}' in entry.details


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
    with refused("case_review_withdrawn", "reason_needed"):
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
