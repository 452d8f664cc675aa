"""What is agreed with somebody in a case."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.action_plans import StepState
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.action_plan import ActionPlan, ActionPlanStep
from asb_cases.models.deadline import Deadline
from asb_cases.queries.action_plans import plans_of
from asb_cases.queries.not_found import NotFound
from asb_cases.services.action_plans import (
    PlannedStep,
    add_plan_step,
    agree_plan,
    change_plan,
    change_plan_step,
    close_plan_step,
    review_plan,
)
from asb_cases.services.case_closing import close_case, reopen_case
from asb_cases.services.versions import StaleVersion
from tests.factories import (
    NOW,
    TODAY,
    make_actor,
    make_case,
    make_participant,
    make_person,
    make_plan,
    make_team,
    make_user,
)
from tests.support.record import history_kinds, last_entry, refused

WEEK = timedelta(days=7)


def first_step(plan_id: int) -> ActionPlanStep:
    return db.session.query(ActionPlanStep).filter_by(plan_id=plan_id, number=1).one()


def test_a_plan_is_agreed_with_somebody_of_the_case(in_app: Flask) -> None:
    officer, case, person = make_actor(), make_case(), make_person()
    make_participant(case, person)
    steps = [PlannedStep("Keep a diary", None, TODAY + WEEK), PlannedStep("Ring on Friday", officer.user_id)]
    common = {"actor": officer, "now": NOW, "case_id": case.id, "summary": "Quiet after eleven", "agreed_on": TODAY}
    plan_id = agree_plan(**common, steps=steps, person_id=person.id, review_on=TODAY + WEEK)
    (plan,) = plans_of(case.id)
    assert plan.id == plan_id
    assert plan.person is not None
    assert (plan.person.id, plan.agreed_by_id, plan.review_on) == (person.id, officer.user_id, TODAY + WEEK)
    assert [(step.number, step.text, step.owner_id) for step in plan.steps] == [
        (1, "Keep a diary", None),
        (2, "Ring on Friday", officer.user_id),
    ]
    with pytest.raises(NotFound):
        agree_plan(**common, steps=steps, person_id=make_person().id)
    with refused("plan_needs_step"):
        agree_plan(**common, steps=[])
    with refused("days_out_of_order"):
        agree_plan(**common, steps=steps, review_on=TODAY - WEEK)
    with refused("needs_words", "day_not_come"):
        agree_plan(**{**common, "summary": "", "agreed_on": TODAY + WEEK}, steps=steps)
    with refused("cannot_own_cases"):
        agree_plan(**common, steps=[PlannedStep("Count", make_user(Role.ANALYST).id)])
    assert history_kinds() == ["plan_agreed"]


def test_a_step_is_changed_and_closed_once(in_app: Flask) -> None:
    officer, plan = make_actor(), make_plan(make_case())
    step_id = first_step(plan.id).id
    other = PlannedStep("Keep a diary of the nights", officer.user_id, TODAY + WEEK)
    with refused("reason_needed"):
        change_plan_step(actor=officer, now=NOW, step_id=step_id, step=other, reason="")
    change_plan_step(actor=officer, now=NOW, step_id=step_id, step=other, reason="Clearer", version=1)
    assert (first_step(plan.id).text, last_entry().reason) == ("Keep a diary of the nights", "Clearer")
    with pytest.raises(StaleVersion):
        close_plan_step(actor=officer, now=NOW, step_id=step_id, state=StepState.DONE, version=1)
    with refused("dropped_needs_reason"):
        close_plan_step(actor=officer, now=NOW, step_id=step_id, state=StepState.DROPPED)
    close_plan_step(actor=officer, now=NOW, step_id=step_id, state=StepState.DROPPED, outcome="They moved")
    assert (first_step(plan.id).state, first_step(plan.id).closed_on) == (StepState.DROPPED, TODAY)
    with refused("step_is_closed"):
        close_plan_step(actor=officer, now=NOW, step_id=step_id, state=StepState.DONE)


def test_a_plan_is_changed_reviewed_and_ended(in_app: Flask) -> None:
    officer, case = make_actor(), make_case()
    plan = make_plan(case)
    common = {"actor": officer, "now": NOW, "plan_id": plan.id}
    change_plan(**common, summary="Quiet after ten", review_on=TODAY + WEEK, reason="As agreed by telephone", version=1)
    with pytest.raises(StaleVersion):
        change_plan(**common, summary="Quiet", review_on=None, reason="Mine", version=1)
    assert add_plan_step(**common, step=PlannedStep("Write to the landlord")) > 0
    review_plan(**common, finding="Quieter", next_review_on=TODAY + 2 * WEEK)
    assert db.session.get_one(ActionPlan, plan.id).review_on == TODAY + 2 * WEEK
    with refused("needs_words", "days_out_of_order"):
        review_plan(**common, finding=" ", next_review_on=TODAY - WEEK)
    review_plan(**common, finding="Quiet for a month", next_review_on=None, ends=True)
    (ended,) = plans_of(case.id)
    assert (ended.ended_on, ended.review_on) == (TODAY, None)
    assert [review.finding for review in ended.reviews] == ["Quieter", "Quiet for a month"]
    for act in (
        lambda: add_plan_step(**common, step=PlannedStep("More")),
        lambda: review_plan(**common, finding="Again", next_review_on=None),
        lambda: change_plan(**common, summary="Again", review_on=None, reason="Again"),
        lambda: close_plan_step(actor=officer, now=NOW, step_id=first_step(plan.id).id, state=StepState.DONE),
    ):
        with refused("plan_is_over"):
            act()
    assert history_kinds() == ["plan_changed", "plan_step_added", "plan_reviewed", "plan_ended"]


def test_whose_plans_are_whose(in_app: Flask) -> None:
    officer, plan = make_actor(team=make_team()), make_plan(make_case(team=make_team()))
    with pytest.raises(NotFound):
        review_plan(actor=officer, now=NOW, plan_id=plan.id, finding="Mine", next_review_on=None)
    with pytest.raises(NotFound):
        close_plan_step(actor=officer, now=NOW, step_id=first_step(plan.id).id, state=StepState.DONE)
    for role in (Role.LEGAL, Role.PARTNER, Role.DUTY_OFFICER, Role.ANALYST):
        with pytest.raises(NotPermitted):
            review_plan(actor=make_actor(role), now=NOW, plan_id=plan.id, finding="Mine", next_review_on=None)


def running_clocks(case_id: int) -> list[tuple[str, date]]:
    rows = db.session.execute(
        select(Deadline.rule, Deadline.last_day)
        .where(Deadline.case_id == case_id, Deadline.state == DeadlineState.RUNNING)
        .order_by(Deadline.last_day, Deadline.id)
    )
    return [(rule, last_day) for rule, last_day in rows]


def test_what_was_agreed_has_clocks_that_go_with_it(in_app: Flask) -> None:
    officer, manager, case = make_actor(), make_actor(Role.MANAGER), make_case(owner=make_user())
    ours, theirs = (
        PlannedStep("Call round", officer.user_id, TODAY + WEEK),
        PlannedStep("Diary", None, TODAY + 2 * WEEK),
    )
    agreed = {"actor": officer, "now": NOW, "case_id": case.id, "summary": "Quiet", "agreed_on": TODAY}
    plan_id = agree_plan(**agreed, steps=[ours, theirs, PlannedStep("No day")], review_on=TODAY + 3 * WEEK)
    all_three = [
        ("plan_step", TODAY + WEEK),
        ("plan_step_of_theirs", TODAY + 2 * WEEK),
        ("plan_review", TODAY + 3 * WEEK),
    ]
    assert running_clocks(case.id) == all_three

    acting = {"actor": officer, "now": NOW}
    later = PlannedStep("Call round", officer.user_id, TODAY + 4 * WEEK)
    change_plan_step(**acting, step_id=first_step(plan_id).id, step=later, reason="Away")
    assert running_clocks(case.id) == [*all_three[1:], ("plan_step", TODAY + 4 * WEEK)]
    close_plan_step(**acting, step_id=first_step(plan_id).id, state=StepState.DONE)
    assert running_clocks(case.id) == all_three[1:]
    review_plan(**acting, plan_id=plan_id, finding="Better", next_review_on=TODAY + 5 * WEEK)
    goes_on = [all_three[1], ("plan_review", TODAY + 5 * WEEK)]
    assert running_clocks(case.id) == goes_on

    case_acts = {"actor": manager, "now": NOW, "case_id": case.id}
    close_case(**case_acts, outcome="resolved", reason="Quiet", told="Told", cautions_reason="Agreed with them")
    assert running_clocks(case.id) == []
    reopen_case(**case_acts, reason="It began again")
    assert running_clocks(case.id) == goes_on
    review_plan(**acting, plan_id=plan_id, finding="Done", next_review_on=None, ends=True)
    assert running_clocks(case.id) == []
