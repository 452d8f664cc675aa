"""When clocks are told of, to whom, and in which order: nothing twice, nothing out of turn, the latest at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.calendar import LONDON
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import ClockKind, ClockNature
from asb_cases.domain.reminders import (
    PLANS,
    TASK,
    Audience,
    Delivery,
    Plan,
    emails_at_once,
    furthest_before,
    in_working_hours,
    is_statutory,
    read_days,
    shipped_plan,
    stages,
    told_now,
)

MONDAY = date(2026, 3, 2)
NO_HOLIDAYS: frozenset[date] = frozenset()
OWNER, MANAGER, LEGAL = Audience.OWNER, Audience.MANAGER, Audience.LEGAL


def at(day: date, hour: int = 7, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


def days_of(plan: Plan, last_day: date, due_at: datetime | None = None) -> list[tuple[str, datetime, set[Audience]]]:
    planned = stages(plan, last_day, due_at, NO_HOLIDAYS)
    return [(stage.code, stage.from_moment.astimezone(LONDON), set(stage.audiences)) for stage in planned]


def test_the_six_months_are_told_of_at_60_30_14_and_7_days_to_legal_and_in_the_end_to_the_manager() -> None:
    last = date(2026, 9, 30)
    told = days_of(shipped_plan("prosecution_limit"), last)
    assert [code for code, _, _ in told] == [
        "before 60",
        "before 30",
        "before 14",
        "before 7",
        "before 3",
        "before 1",
        "due",
    ]
    assert [moment for _, moment, _ in told][:2] == [at(date(2026, 8, 1)), at(date(2026, 8, 31))]
    assert told[1][2] == {OWNER, LEGAL}
    assert told[2][2] == {OWNER, LEGAL, MANAGER}


def test_what_the_council_owes_is_escalated_after_working_days() -> None:
    friday = date(2026, 3, 6)
    told = days_of(Plan(escalate_after=2), friday)
    assert [(code, moment) for code, moment, _ in told] == [
        ("due", at(friday)),
        ("over", at(date(2026, 3, 7))),
        ("escalated", at(date(2026, 3, 11))),  # Monday and Tuesday were the two working days
    ]
    assert MANAGER in told[-1][2]
    assert MANAGER not in told[0][2]


def test_a_clock_in_hours_is_told_of_in_hours() -> None:
    due = at(MONDAY, 16, 30)
    told = days_of(shipped_plan("response_priority_1"), MONDAY, due)
    assert [(code, moment) for code, moment, _ in told] == [
        ("due", at(MONDAY, 12, 30)),
        ("over", due),
        ("escalated", due),
    ]


@pytest.mark.parametrize("last_day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_days_on_which_clocks_change_begin_at_seven_like_others(last_day: date) -> None:
    (told,) = days_of(Plan(after=False), last_day)
    assert told[1] == at(last_day)
    assert told[1].astimezone(UTC).hour == (6 if last_day.month == 3 else 7)


def test_only_the_latest_stage_is_told_and_never_again() -> None:
    planned = stages(Plan(days_before=(14, 7)), MONDAY + timedelta(days=10), None, NO_HOLIDAYS)
    told = told_now(planned, at(MONDAY), told_before=frozenset())
    assert told is not None
    assert told.stage.code == "before 14"
    assert told_now(planned, at(MONDAY), told_before=frozenset({"before 14"})) is None
    later = told_now(planned, at(MONDAY + timedelta(days=4)), told_before=frozenset({"before 14"}))
    assert later is not None
    assert (later.stage.code, later.collapsed) == ("before 7", False)


def test_warnings_missed_by_a_late_record_become_one_and_reach_the_manager() -> None:
    planned = stages(shipped_plan("prosecution_limit"), MONDAY + timedelta(days=20), None, NO_HOLIDAYS)
    told = told_now(planned, at(MONDAY), told_before=frozenset())
    assert told is not None
    assert (told.stage.code, told.collapsed) == ("before 30", True)
    assert told.audiences(shipped_plan("prosecution_limit")) == {OWNER, LEGAL, MANAGER}
    assert told.audiences(Plan()) == {OWNER, LEGAL}


def test_a_clock_put_back_tells_nothing_out_of_turn() -> None:
    planned = stages(Plan(days_before=(14, 7)), MONDAY + timedelta(days=14), None, NO_HOLIDAYS)
    assert told_now(planned, at(MONDAY), told_before=frozenset({"before 7"})) is None


def test_nothing_is_told_before_its_time() -> None:
    planned = stages(Plan(), MONDAY, None, NO_HOLIDAYS)
    assert told_now(planned, at(MONDAY, 6, 59), told_before=frozenset()) is None


@given(
    days=st.sets(st.integers(1, 90), max_size=6),
    escalate=st.none() | st.integers(0, 10),
    steps=st.lists(st.integers(1, 40), min_size=1, max_size=12),
)
def test_whenever_one_looks_stages_come_once_and_in_order(
    days: set[int], escalate: int | None, steps: list[int]
) -> None:
    plan = Plan(days_before=tuple(days), escalate_after=escalate)
    planned = stages(plan, MONDAY + timedelta(days=60), None, NO_HOLIDAYS)
    assert [stage.from_moment for stage in planned] == sorted(stage.from_moment for stage in planned)
    moment, told = at(MONDAY - timedelta(days=60)), []
    for step in steps:
        moment += timedelta(days=step)
        for _ in range(2):  # a double tick
            found = told_now(planned, moment, told_before=frozenset(told))
            if found is not None:
                told.append(found.stage.code)
    order = [stage.code for stage in planned]
    assert len(told) == len(set(told))
    assert told == sorted(told, key=order.index)
    come = [stage.code for stage in planned if stage.from_moment <= moment]
    assert (told[-1] if told else None) == (come[-1] if come else None)


def test_every_clock_and_task_has_a_plan_that_reaches_far_enough() -> None:
    for rule in (*CLOCK_RULES, TASK):
        assert stages(shipped_plan(rule), MONDAY, None, NO_HOLIDAYS), rule
    assert set(PLANS) <= {*CLOCK_RULES, TASK}
    assert furthest_before({}) == 60
    assert furthest_before({"cpn_end": Plan(days_before=(90,))}) == 90


@pytest.mark.parametrize(
    ("rule", "codes", "besides"),
    [
        ("fpn_reduced_offer", ["due"], set()),
        ("fpn_no_proceedings", ["due", "over"], set()),  # day 14, and the first day to proceed
        ("requirement_due", ["before 3", "due", "over"], set()),
        ("cpn_review", ["before 7", "due", "over", "escalated"], {MANAGER}),
        ("court_hearing", ["before 14", "before 7", "before 2", "due", "over", "escalated"], {LEGAL, MANAGER}),
        ("remedial_cost_appeal", ["due", "over"], set()),
        ("seizure_warrant", ["before 7", "before 3", "before 2", "before 1", "due"], {MANAGER}),
        (
            "seizure_retention",
            ["before 14", "before 7", "before 3", "before 1", "due", "over", "escalated"],
            {LEGAL, MANAGER},
        ),
        ("victim_update", ["before 1", "over", "escalated"], {MANAGER}),
        ("case_review_application", ["before 28", "before 14"], set()),
        ("case_review_publication", ["before 56", "before 28", "before 7", "due", "over", "escalated"], {MANAGER}),
        ("plan_review", ["before 2", "due", "over", "escalated"], {MANAGER}),
        ("plan_step", ["before 1", "due", "over", "escalated"], {MANAGER}),
        ("plan_step_of_theirs", ["over"], set()),
    ],
)
def test_when_and_to_whom_the_reminders_that_matter_come(rule: str, codes: list[str], besides: set[Audience]) -> None:
    told = days_of(shipped_plan(rule), MONDAY)
    assert [code for code, _, _ in told] == codes
    assert {who for _, _, audience in told for who in audience} == {OWNER, *besides}


def test_what_an_act_sets_or_what_merely_passes_has_a_plan_of_its_own() -> None:
    """What the council owes by local policy may do with the plan for whatever is owed; nothing else may."""
    without = {code: rule for code, rule in CLOCK_RULES.items() if code not in PLANS}
    assert {code for code, rule in without.items() if rule.nature is not ClockNature.DUTY} == set()
    assert {code for code, rule in without.items() if rule.kind is ClockKind.STATUTORY} == set()


@pytest.mark.parametrize(
    ("rule", "due_at", "delivery", "at_once"),
    [
        ("cpn_appeal", None, Delivery.PRODUCT_ONLY, True),
        ("cpn_appeal", None, Delivery.DIGEST, True),
        ("response_priority_1", at(MONDAY), Delivery.DIGEST, True),
        ("response_priority_1", at(MONDAY), Delivery.PRODUCT_ONLY, False),
        ("acknowledge", None, Delivery.IMMEDIATE, False),
        (TASK, None, Delivery.DIGEST, False),
    ],
)
def test_what_is_emailed_whatever_the_hour(
    rule: str, due_at: datetime | None, delivery: Delivery, at_once: bool
) -> None:
    assert emails_at_once(rule, due_at, delivery) is at_once


def test_only_an_acts_time_limits_are_statutory() -> None:
    assert is_statutory("prosecution_limit")
    assert not is_statutory("acknowledge")
    assert not is_statutory(TASK)


@pytest.mark.parametrize(
    ("moment", "at_work"),
    [
        (at(MONDAY, 8), True),
        (at(MONDAY, 7, 59), False),
        (at(MONDAY, 17, 59), True),
        (at(MONDAY, 18), False),
        (at(date(2026, 3, 7), 10), False),
        (at(date(2026, 3, 3), 10), False),
    ],
)
def test_working_hours(moment: datetime, at_work: bool) -> None:
    assert in_working_hours(moment, frozenset({date(2026, 3, 3)})) is at_work


@pytest.mark.parametrize(("text", "days"), [("60, 7,30", (60, 30, 7)), ("", ()), (" 1 ", (1,))])
def test_days_before_are_read(text: str, days: tuple[int, ...]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize("text", ["0", "401", "7, 7", "seven", "-1", "1.5", "7;8"])
def test_what_are_no_days_before_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_days(text)
