"""Any next step, taken by its real act with everything in order that a form would say; and taken back again."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from asb_cases.domain.appeals import AppealOutcome
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.calendar import local
from asb_cases.domain.errors import NotPermitted, RuleBroken
from asb_cases.domain.measures import MeasureKind
from asb_cases.domain.permissions import Actor
from asb_cases.domain.service import ServiceMethod
from asb_cases.queries.enforcement import requirements_of
from asb_cases.queries.enforcement_records import LIVE
from asb_cases.queries.next_steps import NextStep
from asb_cases.services.appeals import Order, determine_appeal, lodge_appeal, record_direction
from asb_cases.services.breaches import allege_breach, decide_breach
from asb_cases.services.draft_content import NoticeTo
from asb_cases.services.drafting import change_draft, draft_notice, draft_warning
from asb_cases.services.endings import discharge, end_notice, lapse, withdraw
from asb_cases.services.fixed_penalties import (
    Terms,
    cancel,
    change_fixed_penalty,
    draft_fixed_penalty,
    mark_unpaid,
    write_off,
)
from asb_cases.services.interventions import authorise, check_afterwards, drop, issue, send_back
from asb_cases.services.measures import Done, record_measure
from asb_cases.services.other_tools import Begin, record_tool
from asb_cases.services.outside_steps import Outside, record_outside_step
from asb_cases.services.payments import record_payment
from asb_cases.services.prosecutions import (
    Result,
    SignOff,
    abandon_prosecution,
    authorise_prosecution,
    lay_prosecution,
    prepare_prosecution,
    record_court_outcome,
    submit_prosecution,
)
from asb_cases.services.service_of_documents import Giving, Posting, record_posting, record_service
from asb_cases.services.transaction import transaction
from asb_cases.services.variations import vary_notice
from asb_cases.services.warning_outcomes import (
    record_compliance,
    record_not_heeded,
    record_requirement_met,
    record_review,
)
from tests.support.enforcement_track import content, requirement_id

WHY = {"reason": "For good reason"}
SAID = {"cautions_reason": "It is right all the same"}
TOLD = {"recipient_told": True, "victim_told": True}
Act = Callable[[], Any]


class TakenBack(Exception):
    """The act went through, and is undone."""


@transaction
def _and_back(act: Act) -> None:
    act()
    raise TakenBack


def refused_with(act: Act) -> set[str]:
    """The codes with which an act is refused; empty where it goes through. Nothing of it stays."""
    try:
        _and_back(act)
    except TakenBack:
        return set()
    except RuleBroken as broken:
        return {refusal.code for refusal in broken.refusals}
    except NotPermitted:
        return {"not_permitted"}
    raise AssertionError("an act goes through or is refused")


def ways_to_take(found: NextStep, case_id: int, subject_id: int, actor: Actor, now: datetime) -> Iterator[Act]:
    """The act of a step, with good answers: one way, or for an alleged breach one for each day worth trying."""
    today = local(now).date()
    how: dict[str, Any] = {"actor": actor, "now": now}
    if (found.power, found.move) == ("BREACH", "allege"):
        yield from _allegations(found, today, how)
        return
    of: dict[str, Any] = how | ({"intervention_id": found.intervention.id} if found.intervention else {})
    if found.move == "record_outside_step":
        given = {"case_id": case_id, "subject_id": subject_id, "outside": Outside("CPW", "Police", today)}
        yield lambda: record_outside_step(**how, **given)
        return
    if found.move == "record_tool":
        begin = Begin("Shouting at night", proposed_on=today)
        yield lambda: record_tool(**how, case_id=case_id, subject_id=subject_id, power="MEDIATION", begin=begin)
        return
    yield _ACTS[found.power, found.move](found, case_id, today, how, of)


def _allegations(found: NextStep, today: date, how: dict[str, Any]) -> Iterator[Act]:
    """Where it is said to be open, every day at which something changes; else the last day there is."""
    notice = found.intervention
    assert notice is not None
    last = min(day for day in (today, notice.ended_on, notice.ends_on) if day)
    edges = {last, notice.issued_on, notice.ended_on}
    for each in LIVE.requirements(notice.id):
        edges |= {each.from_on, each.to_on, each.comply_by}
    for appeal in LIVE.appeals(notice.id):
        edges |= {appeal.lodged_on, appeal.determined_on, each.due_day([appeal])}
    near = {day + timedelta(days=shift) for day in edges if day for shift in (-1, 0, 1)}
    days = sorted((day for day in near if day <= last), reverse=True) if found.is_open else [last]
    for row in requirements_of(notice.id):
        for day in days:
            yield lambda day=day, row_id=row.id: allege_breach(
                **how, intervention_id=notice.id, requirement_ids=[row_id], from_on=day, evidence="Heard", **SAID
            )


def _draft_notice(found: NextStep, case_id: int, how: dict[str, Any]) -> Act:
    if found.subject_id is not None:
        to = NoticeTo(found.subject_id)
    else:
        assert found.intervention is not None
        to = NoticeTo(found.intervention.subject_id, found.intervention.id)
    return lambda: draft_notice(**how, case_id=case_id, recipients=[to], content=content())


def _pay(on: date, of: dict[str, Any], **how: Any) -> Act:
    return lambda: record_payment(**of, paid_on=on, amount_pence=10000, **how, **SAID)


def _last_day_to_pay(found: NextStep, today: date) -> date:
    assert found.intervention is not None
    issued_on = found.intervention.issued_on
    return min(today, issued_on + timedelta(days=14)) if issued_on else today  # a draft's is tried, and refused


_DRAFTED: dict[str, Callable[..., Act]] = {
    "authorise": lambda f, c, t, how, of: lambda: authorise(**of, **SAID),
    "send_back": lambda f, c, t, how, of: lambda: send_back(**of, **WHY),
    "issue": lambda f, c, t, how, of: lambda: issue(**of, **SAID),
    "drop": lambda f, c, t, how, of: lambda: drop(**of, **WHY),
    "record_service": lambda f, c, t, how, of: (
        lambda: record_service(**of, giving=Giving(ServiceMethod.HAND, given_at=how["now"]), **SAID)
    ),
    "give_again": lambda f, c, t, how, of: (
        lambda: record_service(**of, giving=Giving(ServiceMethod.HAND, given_at=how["now"]), **SAID)
    ),
    "record_posting": lambda f, c, t, how, of: lambda: record_posting(**of, posting=Posting("4 Rose Lane"), **SAID),
    "change_draft": lambda f, c, t, how, of: (
        (
            lambda: change_fixed_penalty(
                **of, terms=Terms("Music from 23:40 to 01:15.", "The council, Town Hall, Oxford")
            )
        )
        if f.power == "FPN"
        else (lambda: change_draft(**of, version=None, content=content()))
    ),
    "withdraw": lambda f, c, t, how, of: lambda: withdraw(**of, **WHY, **TOLD),
}
_ACTS: dict[tuple[str, str], Callable[..., Act]] = {
    **{(power, move): act for power in ("CPW", "CPN", "FPN") for move, act in _DRAFTED.items()},
    ("CASE", "draft_warning"): lambda f, c, t, how, of: (
        lambda: draft_warning(**how, case_id=c, subject_ids=[f.subject_id], content=content())
    ),
    ("CASE", "draft_notice"): lambda f, c, t, how, of: _draft_notice(f, c, how),
    ("CPW", "escalate"): lambda f, c, t, how, of: _draft_notice(f, c, how),
    ("CPW", "record_compliance"): lambda f, c, t, how, of: lambda: record_compliance(**of, assessment="Quiet"),
    ("CPW", "record_not_heeded"): lambda f, c, t, how, of: (
        lambda: record_not_heeded(**of, evidence_on=t, assessment="Loud")
    ),
    ("CPW", "lapse"): lambda f, c, t, how, of: lambda: lapse(**of),
    ("CPN", "check_afterwards"): lambda f, c, t, how, of: lambda: check_afterwards(**of),
    ("CPN", "record_review"): lambda f, c, t, how, of: lambda: record_review(**of, assessment="Quiet"),
    ("CPN", "record_requirement_met"): lambda f, c, t, how, of: (
        lambda: record_requirement_met(
            **of, requirement_id=requirement_id(f.intervention.id, 1), met_on=t, assessment="Gone"
        )
    ),
    ("CPN", "lodge_appeal"): lambda f, c, t, how, of: lambda: lodge_appeal(**of, lodged_on=t),
    ("CPN", "record_direction"): lambda f, c, t, how, of: (
        lambda: record_direction(**how, appeal_id=f.appeal_id, stop_suspended_on=t)
    ),
    **{
        ("CPN", f"appeal_{outcome.value}"): lambda f, c, t, how, of, outcome=outcome: (
            lambda: determine_appeal(**how, appeal_id=f.appeal_id, order=Order(outcome, t))
        )
        for outcome in AppealOutcome
    },
    ("CPN", "vary"): lambda f, c, t, how, of: lambda: vary_notice(**of, **WHY, **SAID, review_on=t + timedelta(days=9)),
    ("CPN", "discharge"): lambda f, c, t, how, of: lambda: discharge(**of, **WHY, **TOLD),
    ("CPN", "end"): lambda f, c, t, how, of: lambda: end_notice(**of, complied_because="All was done"),
    **{
        ("BREACH", move): lambda f, c, t, how, of: (
            lambda: decide_breach(**how, breach_id=f.breach.id, decision=BreachDecision.NO_FURTHER_ACTION, **WHY)
        )
        for move in ("decide", "decide_again")
    },
    **{
        ("BREACH", move): lambda f, c, t, how, of, kind=kind: (
            lambda: record_measure(**how, breach_id=f.breach.id, done=Done(kind, t, "By two officers", 30000))
        )
        for move, kind in (
            ("record_remedial_work", MeasureKind.WORK_NOTICE),
            ("record_seizure", MeasureKind.WARRANT_APPLIED),
        )
    },
    ("FPN", "draft"): lambda f, c, t, how, of: (
        lambda: draft_fixed_penalty(
            **how,
            breach_id=f.breach.id,
            terms=Terms("Music in the garden from 23:40 to 01:15.", "The council, Town Hall, Oxford"),
        )
    ),
    ("FPN", "record_payment"): lambda f, c, t, how, of: _pay(_last_day_to_pay(f, t), of),
    ("FPN", "accept_late_payment"): lambda f, c, t, how, of: _pay(t, of, late_reason="In hospital"),
    ("FPN", "mark_unpaid"): lambda f, c, t, how, of: lambda: mark_unpaid(**of),
    ("FPN", "write_off"): lambda f, c, t, how, of: lambda: write_off(**of, **WHY),
    ("FPN", "cancel"): lambda f, c, t, how, of: lambda: cancel(**of, **WHY, **TOLD),
    ("PROSECUTION", "draft"): lambda f, c, t, how, of: lambda: prepare_prosecution(**how, breach_id=f.breach.id),
    ("PROSECUTION", "submit"): lambda f, c, t, how, of: lambda: submit_prosecution(**of, **SAID),
    ("PROSECUTION", "send_back"): lambda f, c, t, how, of: lambda: send_back(**of, **WHY),
    ("PROSECUTION", "authorise"): lambda f, c, t, how, of: (
        lambda: authorise_prosecution(**of, sign_off=SignOff("Strong", "Needed", "D 7.3"), **SAID)
    ),
    ("PROSECUTION", "lay"): lambda f, c, t, how, of: (
        lambda: lay_prosecution(**of, continuing_failure_reason="It went on", **SAID)
    ),
    ("PROSECUTION", "abandon"): lambda f, c, t, how, of: lambda: abandon_prosecution(**of, **WHY),
    **{
        ("PROSECUTION", f"record_{result}"): lambda f, c, t, how, of, result=result: (
            lambda: record_court_outcome(**of, result=Result(result, t))
        )
        for result in ("convicted", "acquitted", "discontinued", "dismissed")
    },
}
