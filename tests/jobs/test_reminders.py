"""Reminders are made from what the record says: once each, to whoever works the case, and end with what they are of."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.outbox import EmailState
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.domain.reminders import Delivery
from asb_cases.extensions import db
from asb_cases.jobs.job import Outcome
from asb_cases.jobs.register import job_called
from asb_cases.jobs.running import run_job
from asb_cases.models.absence import Absence
from asb_cases.models.action_plan import ActionPlanStep
from asb_cases.models.case import Case
from asb_cases.models.casework import Task
from asb_cases.models.deadline import Deadline
from asb_cases.models.email import Email
from asb_cases.models.reminder import Reminder, ReminderChoice
from asb_cases.models.user import User
from asb_cases.services import reminders as acts
from tests.factories import actor_of, keep, make_case, make_import, make_plan, make_task, make_team, make_user

#: A Monday morning at half past nine.
MONDAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def ran(app: Flask, name: str, at: datetime = AT) -> Outcome:
    job = job_called(name)
    assert job is not None
    outcome = run_job(app, job, holder="here", asked_by="console", at=at)
    assert outcome is not None
    db.session.rollback()
    db.session.expire_all()
    return outcome


def made() -> list[tuple[str, str, int]]:
    """Open reminders as rule, stage and person."""
    rows = db.session.execute(
        select(Reminder.rule, Reminder.stage, Reminder.user_id).where(Reminder.over_at.is_(None)).order_by(Reminder.id)
    )
    return [(rule, stage, user_id) for rule, stage, user_id in rows]


def plan_steps(plan_id: int) -> list[ActionPlanStep]:
    return list(db.session.scalars(select(ActionPlanStep).filter_by(plan_id=plan_id).order_by(ActionPlanStep.number)))


def clock(rule: str, last_day: date, case: Case | None = None, **given: object) -> Deadline:
    return keep(
        Deadline(
            rule=rule,
            case_id=case.id if case else None,
            starts_on=date(2026, 1, 1),
            last_day=last_day,
            working="As it was worked out.",
            **given,
        )
    )


@pytest.fixture
def people(in_app: Flask) -> dict[str, User]:
    team = make_team("North")
    return {
        "officer": make_user(team=team),
        "cover": make_user(team=team),
        "manager": make_user(Role.MANAGER, team=team),
        "elsewhere": make_user(Role.MANAGER, team=make_team("South")),
        "legal": make_user(Role.LEGAL),
    }


@pytest.fixture
def case(people: dict[str, User]) -> Case:
    officer = people["officer"]
    found = make_case(owner=officer)
    db.session.execute(update(Case).where(Case.id == found.id).values(team_id=officer.team_id))
    db.session.commit()
    return db.session.get_one(Case, found.id)


def test_the_owner_is_told_once_however_often_the_clock_ticks(
    in_app: Flask, people: dict[str, User], case: Case
) -> None:
    clock("cpn_appeal", MONDAY, case)
    assert ran(in_app, "make_reminders") == Outcome(done=1)
    assert ran(in_app, "make_reminders") == Outcome()
    assert made() == [("cpn_appeal", "due", people["officer"].id)]


def test_after_a_time_when_nothing_ran_the_latest_is_told(in_app: Flask, people: dict[str, User], case: Case) -> None:
    clock("acknowledge", MONDAY, case)
    assert ran(in_app, "make_reminders", AT + timedelta(days=8)) == Outcome(done=2)
    told = [("acknowledge", "escalated", people["officer"].id), ("acknowledge", "escalated", people["manager"].id)]
    assert made() == told
    assert ran(in_app, "make_reminders", AT + timedelta(days=9)) == Outcome()


def test_of_what_is_simply_over_nobody_is_told_once_that_is_no_news(
    in_app: Flask, people: dict[str, User], case: Case
) -> None:
    for rule in ("cpn_appeal", "requirement_due", "prosecution_limit", "cpn_review"):
        clock(rule, MONDAY - timedelta(days=15), case)
    for rule in ("fpn_no_proceedings", "cpw_compliance"):
        clock(rule, MONDAY - timedelta(days=14), case)
    ran(in_app, "make_reminders")
    officer, manager = people["officer"].id, people["manager"].id
    assert set(made()) == {
        ("fpn_no_proceedings", "over", officer),
        ("cpw_compliance", "over", officer),
        ("cpn_review", "escalated", officer),
        ("cpn_review", "escalated", manager),
    }


def test_a_breach_recorded_late_is_told_at_once_to_officer_manager_and_legal(
    in_app: Flask, people: dict[str, User], case: Case
) -> None:
    clock("prosecution_limit", MONDAY + timedelta(days=20), case)
    ran(in_app, "make_reminders")
    told = {(stage, user_id) for _rule, stage, user_id in made()}
    assert told == {("before 30", people[who].id) for who in ("officer", "manager", "legal")}


def test_who_covers_is_told_in_the_place_of_whoever_is_away(in_app: Flask, people: dict[str, User], case: Case) -> None:
    keep(Absence(user_id=people["officer"].id, cover_id=people["cover"].id, from_on=MONDAY, to_on=MONDAY))
    clock("cpn_appeal", MONDAY, case)
    ran(in_app, "make_reminders")
    assert made() == [("cpn_appeal", "due", people["cover"].id)]


def test_whoever_is_given_the_case_since_is_told_what_was_told_before(
    in_app: Flask, people: dict[str, User], case: Case
) -> None:
    clock("cpn_review", MONDAY - timedelta(days=3), case)
    clock("cpn_appeal", MONDAY - timedelta(days=3), case)
    ran(in_app, "make_reminders")
    db.session.execute(update(Case).values(owner_id=people["cover"].id))
    db.session.commit()
    before = set(made())
    assert ran(in_app, "make_reminders") == Outcome(done=1), "of what has merely passed nobody new is told"
    assert set(made()) - before == {("cpn_review", "over", people["cover"].id)}
    assert ran(in_app, "make_reminders") == Outcome()


def test_what_was_handed_over_is_off_the_list_of_who_had_it_and_comes_back_with_it(
    in_app: Flask, people: dict[str, User], case: Case
) -> None:
    officer, cover, manager = people["officer"].id, people["cover"].id, people["manager"].id
    clock("cpn_review", MONDAY - timedelta(days=20), case)
    ran(in_app, "make_reminders")
    ran(in_app, "email_reminders")
    stage = ("cpn_review", "escalated")
    assert set(made()) == {(*stage, officer), (*stage, manager)}
    keep(Absence(user_id=officer, cover_id=cover, from_on=MONDAY, to_on=MONDAY))
    for _ in range(2):
        ran(in_app, "make_reminders")
    assert set(made()) == {(*stage, cover), (*stage, manager)}, "while the officer is away"
    tuesday = AT + timedelta(days=1)
    for _ in range(2):
        ran(in_app, "make_reminders", tuesday)
    assert set(made()) == {(*stage, officer), (*stage, manager)}, "once the officer is back"
    waiting = db.session.scalars(select(Reminder.user_id).where(Reminder.emailed_at.is_(None)))
    assert set(waiting) == {officer, cover}, "and told anew"

    acts.mark_read(actor=actor_of(people["officer"]), now=tuesday, ids=db.session.scalars(select(Reminder.id)).all())
    db.session.execute(update(Case).values(owner_id=cover))
    db.session.commit()
    ran(in_app, "make_reminders", tuesday)
    assert (*stage, officer) in made(), "what was read stays where it was"


def test_what_nobody_works_is_told_to_the_managers_of_the_team(
    in_app: Flask, people: dict[str, User], case: Case
) -> None:
    db.session.execute(update(Case).values(owner_id=None))
    db.session.commit()
    clock("acknowledge", MONDAY, case)
    ran(in_app, "make_reminders")
    assert made() == [("acknowledge", "due", people["manager"].id)]


def test_a_step_of_an_action_plan_is_told_to_whoever_has_it(in_app: Flask, people: dict[str, User], case: Case) -> None:
    plan = make_plan(case, "Call round", "Keep a diary")
    first, second = plan_steps(plan.id)
    first.owner_id = people["cover"].id
    db.session.commit()
    for step in (first, second):
        clock("plan_step", MONDAY, case, action_plan_id=plan.id, plan_step_id=step.id)
    clock("plan_review", MONDAY, case, action_plan_id=plan.id)
    ran(in_app, "make_reminders")
    told = [("plan_step", "cover"), ("plan_step", "officer"), ("plan_review", "officer")]
    assert made() == [(rule, "due", people[who].id) for rule, who in told]


def test_a_complaint_of_no_case_is_told_to_managers(in_app: Flask, people: dict[str, User]) -> None:
    clock("acknowledge", MONDAY)
    ran(in_app, "make_reminders")
    assert {user_id for _, _, user_id in made()} == {people["manager"].id, people["elsewhere"].id}


@pytest.mark.parametrize("state", [DeadlineState.MET, DeadlineState.STOPPED, DeadlineState.SUPERSEDED])
def test_reminders_end_with_their_clock(in_app: Flask, case: Case, state: DeadlineState) -> None:
    row = clock("cpn_appeal", MONDAY, case)
    ran(in_app, "make_reminders")
    row = db.session.get_one(Deadline, row.id)
    row.state, row.ended_on = state, MONDAY
    db.session.commit()
    ran(in_app, "make_reminders")
    assert made() == []


def test_a_clock_that_moved_is_told_of_anew_for_its_new_day(in_app: Flask, people: dict[str, User], case: Case) -> None:
    row = clock("cpn_appeal", MONDAY, case)
    ran(in_app, "make_reminders")
    db.session.get_one(Deadline, row.id).last_day = MONDAY + timedelta(days=5)
    db.session.commit()
    ran(in_app, "make_reminders")
    assert made() == []
    ran(in_app, "make_reminders", AT + timedelta(days=5))
    assert made() == [("cpn_appeal", "due", people["officer"].id)]


def test_tasks_are_told_to_their_owner_and_end_when_done(in_app: Flask, people: dict[str, User], case: Case) -> None:
    task = make_task(case, owner_id=people["cover"].id, due_on=MONDAY, created_on=MONDAY)
    ran(in_app, "make_reminders")
    assert made() == [("task", "due", people["cover"].id)]
    db.session.get_one(Task, task.id).done_on = MONDAY
    db.session.commit()
    ran(in_app, "make_reminders")
    assert made() == []


def test_imported_history_is_told_of_only_while_its_clock_runs(
    in_app: Flask, people: dict[str, User], case: Case
) -> None:
    old = make_import()
    clock("cpn_review", MONDAY, case, import_id=old.id)
    clock("cpn_appeal", MONDAY, case, import_id=old.id, state=DeadlineState.STOPPED, ended_on=MONDAY)
    ran(in_app, "make_reminders")
    assert [rule for rule, _, _ in made()] == ["cpn_review"]


def test_one_poisoned_row_stops_none_of_the_others(in_app: Flask, people: dict[str, User], case: Case) -> None:
    clock("cpn_appeal", MONDAY, case)
    poisoned = clock("cpn_appeal", MONDAY, case)
    clock("cpn_review", MONDAY, case)
    key = f"deadline {poisoned.id} due {MONDAY.isoformat()} {people['officer'].id}"
    stray = keep(
        Reminder(
            effect_key=key,
            user_id=people["cover"].id,
            deadline_id=poisoned.id,
            rule="cpn_appeal",
            stage="other",
            due_on=MONDAY - timedelta(days=1),
            made_at=AT,
            over_at=AT,
            over_because="In the way",
        )
    )
    assert ran(in_app, "make_reminders") == Outcome(done=2, failed=1)
    assert [rule for rule, _, _ in made()] == ["cpn_appeal", "cpn_review"]
    db.session.delete(db.session.get_one(Reminder, stray.id))
    db.session.commit()
    assert ran(in_app, "make_reminders") == Outcome(done=1), "made good by the next run"


def test_a_plan_that_was_set_takes_the_place_of_the_shipped_one(
    in_app: Flask, people: dict[str, User], case: Case
) -> None:
    acts.set_plan(
        actor=CONSOLE, now=AT, rule="cpn_end", days_before="90", on_the_day=False, after=False, escalate_after=None,
        manager_from=90, legal=False,
    )  # fmt: skip
    clock("cpn_end", MONDAY + timedelta(days=88), case)
    ran(in_app, "make_reminders")
    assert made() == [("cpn_end", "before 90", people[who].id) for who in ("officer", "manager")]


def emails() -> list[tuple[str, str]]:
    return [(row.address, row.subject) for row in db.session.scalars(select(Email).order_by(Email.id))]


def test_a_reminder_is_emailed_once_in_working_hours_with_nothing_personal_in_it(
    in_app: Flask, people: dict[str, User], case: Case
) -> None:
    db.session.execute(update(Case).values(title="Mrs Smith of 4 High Street"))
    make_task(case, owner_id=people["officer"].id, title="Ring Mrs Smith", due_on=MONDAY, created_on=MONDAY)
    ran(in_app, "make_reminders", AT - timedelta(hours=2))
    assert ran(in_app, "email_reminders", AT - timedelta(hours=2)) == Outcome(), "at half past seven"
    assert ran(in_app, "email_reminders") == Outcome(done=1)
    assert ran(in_app, "email_reminders") == Outcome()
    (sent,) = db.session.scalars(select(Email)).all()
    assert (sent.address, sent.state) == (people["officer"].email, EmailState.QUEUED)
    assert sent.subject == f"{case.reference}: A task, last day 2 March 2026"
    assert f"/cases/{case.reference}" in sent.text
    for words in (sent.subject, sent.text, sent.html or ""):
        assert "Smith" not in words
        assert "High Street" not in words


def test_statutory_warnings_come_at_any_hour_whatever_was_chosen(
    in_app: Flask, people: dict[str, User], case: Case
) -> None:
    keep(ReminderChoice(user_id=people["officer"].id, delivery=Delivery.PRODUCT_ONLY))
    clock("cpn_appeal", MONDAY, case)
    clock("cpn_review", MONDAY, case)
    sunday_night = AT.replace(hour=23) - timedelta(days=1)
    ran(in_app, "make_reminders")
    assert ran(in_app, "email_reminders", sunday_night) == Outcome(done=1)
    assert "Appeal against a community protection notice" in emails()[0][1]


def test_a_digest_tells_everything_of_the_day_once(in_app: Flask, people: dict[str, User], case: Case) -> None:
    keep(ReminderChoice(user_id=people["officer"].id, delivery=Delivery.DIGEST))
    clock("cpn_review", MONDAY, case)
    make_task(case, owner_id=people["officer"].id, due_on=MONDAY, created_on=MONDAY)
    ran(in_app, "make_reminders")
    assert ran(in_app, "email_reminders") == Outcome()
    assert ran(in_app, "email_digests") == Outcome(done=1)
    assert ran(in_app, "email_digests") == Outcome()
    assert emails() == [(people["officer"].email, "ASB cases: 2 reminders on 2 March 2026")]


def test_what_comes_after_the_digest_waits_for_the_next_and_is_not_lost(
    in_app: Flask, people: dict[str, User], case: Case
) -> None:
    keep(ReminderChoice(user_id=people["officer"].id, delivery=Delivery.DIGEST))
    clock("cpn_review", MONDAY, case)
    ran(in_app, "make_reminders")
    assert ran(in_app, "email_digests", AT.replace(hour=0)) == Outcome(), "somebody took over in the night"
    assert ran(in_app, "email_digests") == Outcome(done=1)
    make_task(case, owner_id=people["officer"].id, due_on=MONDAY, created_on=MONDAY)
    ran(in_app, "make_reminders")
    assert ran(in_app, "email_digests", AT + timedelta(hours=3)) == Outcome()
    assert ran(in_app, "email_digests", AT + timedelta(days=1)) == Outcome(done=1)
    assert [subject for _, subject in emails()] == [f"ASB cases: 1 reminder on {day} March 2026" for day in (2, 3)]


def test_what_is_over_by_then_is_not_emailed(in_app: Flask, people: dict[str, User], case: Case) -> None:
    row = clock("cpn_appeal", MONDAY, case)
    ran(in_app, "make_reminders")
    row = db.session.get_one(Deadline, row.id)
    row.state, row.ended_on = DeadlineState.MET, MONDAY
    db.session.commit()
    ran(in_app, "make_reminders")
    assert ran(in_app, "email_reminders") == Outcome()
    assert emails() == []
