"""Whatever sequence of acts went before: a step said to be open is not refused when it is taken with good answers, and one
said not to be open is refused for one of the reasons given. Every step is really taken, by its act, and undone."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import rule, run_state_machine_as_test

from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.person import Person
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.move_rulings import Desk, beginning_in
from asb_cases.queries.next_steps import NextStep, starts, starts_against, steps_from
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.records_of_case import records_of_case
from asb_cases.web.interventions.steps import STEP_PAGES
from tests.services.test_workflow_machine import STARTS, EnforcementTrack, pick
from tests.support.enforcement_track import Track, at
from tests.support.taking_steps import refused_with, ways_to_take


def all_next_steps(track: Track, others: list[Track], actor: Actor, now: datetime) -> list[NextStep]:
    """What the law says of a case, for somebody, at a moment; nothing where the case is not theirs to see."""
    db.session.rollback()
    try:
        case = load_case_for(actor, track.case.reference, now.date())
    except NotFound:
        return []
    desk = Desk(actor, now, records_of_case(case.id, actor, now.date()), beginning_in(case.closed_on, None))
    people = [db.session.get_one(Person, each.subject.id) for each in (track, *others)]
    found = [step for each in desk.records.interventions for step in steps_from(each, desk)]
    return [*found, *(step for person in people for step in starts_against(person, desk)), *starts(desk)]


def differences(track: Track, others: list[Track], actor: Actor, now: datetime) -> list[str]:
    """Where what is said and what the acts do disagree."""
    wrong = []
    for found in all_next_steps(track, others, actor, now):
        said = {refusal.code for refusal in found.refusals}
        ways = ways_to_take(found, track.case.id, track.subject.id, actor, now)
        answers = [refused_with(way) for way in ways]
        if (found.power, found.move) not in STEP_PAGES:
            wrong.append(f"no line in the table of pages: {found.power}.{found.move}")
        told = f"{found.power}.{found.move} of {found.intervention and found.intervention.reference}: said {said}, {answers}"
        if found.is_open and set() not in answers:
            wrong.append(f"open, but refused: {told}")
        if not found.is_open and not all(codes & said for codes in answers):
            wrong.append(f"not open, but not refused so: {told}")
    return wrong


def wrong_turns(track: Track, others: list[Track], actor: Actor, now: datetime) -> list[str]:
    """Where a step does not open on the day named, or had opened before."""
    wrong = []
    for found in all_next_steps(track, others, actor, now):
        if found.opens_on is None:
            continue
        then = now + timedelta(days=(found.opens_on - now.date()).days)
        for moment, opened in ((then - timedelta(days=1), False), (then, True)):
            again = [
                each
                for each in all_next_steps(track, others, actor, moment)
                if (each.power, each.move) == (found.power, found.move) and of(each) == of(found)
            ]
            is_open = [not [why for why in each.refusals if why.code != "not_permitted"] for each in again]
            if is_open != [opened]:
                wrong.append(f"{found.power}.{found.move} {found.opens_on}: {is_open} on {moment.date()}")
    return wrong


def of(found: NextStep) -> tuple[int | None, ...]:
    return (
        found.intervention.id if found.intervention else None,
        found.breach.id if found.breach else None,
        found.subject_id,
    )


class LookedAt(EnforcementTrack):
    """The machine of the acts, looked at by everybody in turn."""

    @rule(who=pick)
    def look(self, who: int) -> None:
        first, other = self.tracks
        actors = (first.officer, first.manager, first.legal, first.colleague, first.officer, first.manager)
        now = at(self.on, min(max(self.hour, 11) + 1, 23))  # what a start signs, it signs by eleven
        assert differences(first, [other], actors[who], now) == []
        assert wrong_turns(first, [other], actors[who], now) == []

    @rule(who=pick)
    def look_again(self, who: int) -> None:
        self.look(who)


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("far", range(len(STARTS)), ids=STARTS)
def test_what_is_said_of_a_step_is_what_its_act_does(in_app: Flask, far: int) -> None:
    run_state_machine_as_test(
        type("LookedAtFrom", (LookedAt,), {"far": far}),
        settings=settings(
            max_examples=3,
            stateful_step_count=15,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
