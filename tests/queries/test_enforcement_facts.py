"""Facts that a step is judged by, where what was recorded later, cancelled or not yet done must count as the law counts it."""

from datetime import timedelta

from flask import Flask

from asb_cases.domain.permissions import CONSOLE
from asb_cases.domain.powers.fixed_penalty_notice import check_penalty
from asb_cases.domain.powers.prosecution import check_lay
from asb_cases.domain.requirements import RequirementKind
from asb_cases.models.alleged_breach import AllegedBreach, BreachRequirement
from asb_cases.models.intervention import Consultee, Intervention
from asb_cases.queries.enforcement import breach_to_work_on, intervention_to_work_on
from asb_cases.queries.enforcement_facts import notice_facts, penalty_facts, penalty_for_breach, prosecution_facts
from asb_cases.queries.policy import policy_in_force
from tests.factories import TODAY, keep, make_breach, make_intervention, make_requirement
from tests.factories.outcomes import make_appeal

A_WEEK = timedelta(days=7)


def step(row: Intervention) -> Intervention:
    return intervention_to_work_on(row.id, actor=CONSOLE, today=TODAY)


def breach(row: AllegedBreach) -> AllegedBreach:
    return breach_to_work_on(row.id, actor=CONSOLE, today=TODAY)


def test_a_penalty_that_was_cancelled_still_holds_proceedings_back_for_its_14_days(in_app: Flask) -> None:
    notice = make_intervention("CPN", issued_on=TODAY - 4 * A_WEEK)
    alleged = make_breach(notice, from_on=TODAY - 2 * A_WEEK)
    over = {"status": "cancelled", "ended_on": TODAY, "ended_because": "Wrong amount"}
    make_intervention("FPN", follows=notice, breach_id=alleged.id, issued_on=TODAY - A_WEEK, **over)
    file = make_intervention("PROSECUTION", follows=notice, breach_id=alleged.id, status="draft", issued_on=None)

    given = penalty_for_breach(alleged.id, policy_in_force())
    assert given is not None
    assert given.proceed_from == TODAY + timedelta(days=8)
    facts = prosecution_facts(
        step(file), breach(alleged), on=TODAY, today=TODAY, by_legal=True, policy=policy_in_force()
    )
    assert "proceedings_within_14_days" in check_lay(facts).codes


def test_a_penalty_knows_of_an_appeal_that_was_recorded_after_the_breach(in_app: Flask) -> None:
    notice = make_intervention("CPN", issued_on=TODAY - 2 * A_WEEK)
    alleged = make_breach(notice, from_on=TODAY)
    steps = make_requirement(notice, RequirementKind.STEPS, from_on=notice.issued_on)
    keep(BreachRequirement(breach_id=alleged.id, requirement_id=steps.id))
    penalty = make_intervention("FPN", follows=notice, breach_id=alleged.id, status="draft", issued_on=None)

    def codes() -> tuple[str, ...]:
        facts = penalty_facts(step(penalty), breach(alleged), on=TODAY, policy=policy_in_force())
        return check_penalty(facts).codes

    assert "requirement_suspended" not in codes()
    make_appeal(notice, lodged_on=TODAY - A_WEEK)
    assert "requirement_suspended" in codes()


def test_only_those_told_before_the_notice_count_as_told(in_app: Flask) -> None:
    notice = make_intervention("CPN", status="draft", issued_on=None)

    def told() -> int:
        policy = policy_in_force()
        return notice_facts(step(notice), authoriser_id=None, on=TODAY, at=None, policy=policy).consultees

    keep(Consultee(intervention_id=notice.id, name="Landlord", told_on=TODAY + timedelta(days=1)))
    assert told() == 0
    keep(Consultee(intervention_id=notice.id, name="Social worker", told_on=TODAY))
    assert told() == 1
