"""A new row of any power, and how it is found. Parts of the acts that begin one."""

from typing import Any

from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor
from asb_cases.domain.powers import POWERS
from asb_cases.domain.record_keeping import CASE_IS_CLOSED
from asb_cases.domain.workflow import next_status
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.intervention import Intervention
from asb_cases.services.reference_numbers import next_reference
from asb_cases.services.search_index import index


def new_step(
    power: str, case: Case, *, reference_year: int, actor: Actor, move: str = "draft", **columns: Any
) -> Intervention:
    """What begins with a move of its power, mostly a draft, as a part of the act that begins it. The caller describes it and
    records the history."""
    start = next_status(POWERS[power].transitions, None, move)
    step = Intervention(
        reference=next_reference(POWERS[power].prefix, reference_year),
        power=power,
        status=start,
        case_id=case.id,
        drafter_id=actor.user_id,
        **columns,
    )
    db.session.add(step)
    return step


def check_case_open(case: Case) -> None:
    """Raises `RuleBroken` where the case is closed: what begins now needs an open one."""
    if case.closed_on is not None:
        raise RuleBroken((CASE_IS_CLOSED,))


def index_step(step: Intervention) -> None:
    """Let it be found by its reference, its subject's name and the conduct."""
    index("intervention", step.id, step.case_id, step.reference, step.subject.name, step.conduct)
